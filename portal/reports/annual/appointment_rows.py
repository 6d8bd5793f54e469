"""Who was appointed in the reported year's stages, by role and without a name, and what it cost."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import Select, select

from portal.many_questions import Question
from portal.procedures.procedure import StageKey, Track
from portal.procedures.state import AppointedAs
from portal.records.appointment import Appointment
from portal.records.case import CaseStage
from portal.records.investigation_fee import InvestigationFee
from portal.reports.annual.scope import Scope
from portal.reports.annual.stage_rows import StageRow


class AppointmentRow(NamedTuple):
    """One person in one role at one stage."""

    matter: int
    track: Track
    key: StageKey
    role: AppointedAs


class Fee(NamedTuple):
    """What somebody was paid for their part in one stage. `costs` counts these."""

    matter: int
    track: Track
    key: StageKey
    role: AppointedAs
    pence: int


def question(scope: Scope) -> Question:
    """Ask for the appointments of the reported year's stages, up to the day of the report.

    Args:
        scope: the report's bounds.
    """
    wanted = select(CaseStage.id, Appointment.role).where(Appointment.appointed_on <= scope.as_at)
    return _of_stages(wanted, scope)


def read(rows: Iterable[Any], stages: dict[int, StageRow]) -> Iterator[AppointmentRow]:
    """Read them.

    Args:
        rows: what `question` found.
        stages: the year's stages by their keys.
    """
    for stage, role in _worked(rows, stages):
        yield AppointmentRow(stage.matter, stage.track, stage.key, role)


def fees_question(scope: Scope) -> Question:
    """Ask what was paid by the day of the report for work in the reported year's stages. What was
    taken back as recorded wrongly is left out.

    Args:
        scope: the report's bounds.
    """
    wanted = (
        select(CaseStage.id, Appointment.role, InvestigationFee.amount_pence)
        .where(InvestigationFee.appointment_id == Appointment.id)
        .where(InvestigationFee.paid_on <= scope.as_at)
        .where(InvestigationFee.taken_back_at.is_(None))
    )
    return _of_stages(wanted, scope)


def fees(rows: Iterable[Any], stages: dict[int, StageRow]) -> Iterator[Fee]:
    """Read the fees.

    Args:
        rows: what `fees_question` found.
        stages: the year's stages by their keys.
    """
    for stage, role, pence in _worked(rows, stages):
        yield Fee(stage.matter, stage.track, stage.key, role, pence)


def _of_stages(wanted: Select[*tuple[Any, ...]], scope: Scope) -> Question:
    """Narrow what is asked of appointments and their stages to those of the year."""
    wanted = wanted.where(
        Appointment.case_id == CaseStage.case_id, Appointment.stage_key == CaseStage.key
    ).where(CaseStage.opened_on.between(scope.span()[0], scope.until))
    return Question(wanted, Appointment.id)


def _worked(rows: Iterable[Any], stages: dict[int, StageRow]) -> Iterator[tuple[Any, ...]]:
    """The rows of stages and appointments, each with its stage in place of the stage's key."""
    # A stage that was asked for again has two rows with one key; the later one was worked.
    worked = {(row.case_id, row.key): key for key, row in sorted(stages.items())}
    for stage_id, *rest in rows:
        stage = stages.get(stage_id)
        if stage is not None and worked[stage.case_id, stage.key] == stage_id:
            yield (stage, *rest)

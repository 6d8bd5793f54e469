"""The clocks of the reported year's stages, and what happened to them: each against its lengths."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.counting import TOO_LATE
from portal.many_questions import Question
from portal.procedures.clocks import PROMISED, THE_PERSONS
from portal.procedures.procedure import ClockKey, StartEvent, Track
from portal.procedures.stage_outcome import COMPLETED, Timing, timing_of
from portal.procedures.state import Event
from portal.records.case import Case, CaseClock, CaseStage
from portal.records.case_event import CaseEvent
from portal.reports.annual.scope import Scope
from portal.reports.annual.stage_rows import DueDates, StageRow

AT_A_TIME = 5_000
TOLD = frozenset({Event.EXTENDED, Event.MEETING_HELD})


class ClockRow(NamedTuple):
    """One clock of one stage against one length. `starts` is what it counts from."""

    matter: int
    track: Track
    clock: ClockKey
    starts: StartEvent
    length: int
    timing: Timing


class EventRow(NamedTuple):
    """One extension or one meeting of a stage of the reported year."""

    matter: int
    stage_id: int
    event: Event
    reason: str | None


def read(
    session: Session, scope: Scope, dates: DueDates, stages: dict[int, StageRow]
) -> Iterator[ClockRow]:
    """Read every clock that the council keeps, of the reported year.

    Args:
        session: any session.
        scope: the report's bounds.
        dates: the dates that were counted already.
        stages: the year's stages by their keys.
    """
    profiles = {profile.code: profile for profile in scope.council.profiles}
    wanted = (
        select(
            CaseClock.stage_id, CaseClock.key, CaseClock.reading, CaseClock.starts,
            CaseClock.start_on, CaseClock.met_on, CaseStage.profile, CaseStage.ended_on,
        )
        .join(CaseStage, CaseStage.id == CaseClock.stage_id)
        .where(CaseStage.opened_on.between(scope.span()[0], scope.until))
        .where(CaseClock.key.not_in([key.value for key in THE_PERSONS]))
        .where(CaseClock.start_on <= scope.as_at)
        .order_by(CaseClock.id)
        .execution_options(yield_per=AT_A_TIME)
    )  # fmt: skip
    for row in session.execute(wanted):
        stage = stages.get(row.stage_id)
        profile = profiles.get(row.profile)
        if stage is None or profile is None or row.reading not in READINGS:
            continue
        for length, due in dates.of_clock(profile, row.key, row.start_on):
            yield ClockRow(
                stage.matter, stage.track, ClockKey(row.key), StartEvent(row.starts), length,
                _timing(row, stage, due, scope),
            )  # fmt: skip


READINGS = frozenset({PROMISED, "from_request", "from_statement"})
"""Thirteen weeks are another way of saying a length that is there already."""


def _timing(row: Any, stage: StageRow, due: Any, scope: Scope) -> Timing:
    met = row.met_on if row.met_on is not None and row.met_on <= scope.as_at else None
    if met is not None:
        return Timing.LATE if met > due else Timing.IN_TIME
    if stage.outcome in COMPLETED:
        # The stage is over, and this was never done.
        return Timing.LATE
    return timing_of(stage.outcome, None, row.ended_on, due, scope.as_at)


def events_question(scope: Scope) -> Question:
    """Ask for the extensions and the meetings of the reported year's stages.

    Args:
        scope: the report's bounds.
    """
    wanted = (
        select(CaseEvent.stage_id, CaseEvent.event, CaseEvent.reason, CaseEvent.details)
        .join(CaseStage, CaseStage.id == CaseEvent.stage_id)
        .where(CaseEvent.event.in_(TOLD), CaseEvent.on <= scope.as_at)
        .where(CaseStage.opened_on.between(scope.span()[0], scope.until))
    )
    return Question(wanted, CaseEvent.id)


def events(rows: Iterable[Any], stages: dict[int, StageRow]) -> Iterator[EventRow]:
    """Read the meetings, and the extensions that moved a date.

    Args:
        rows: what `events_question` found.
        stages: the year's stages by their keys.
    """
    for row in rows:
        stage = stages.get(row.stage_id)
        if stage is not None and TOO_LATE not in row.details:
            yield EventRow(stage.matter, row.stage_id, row.event, row.reason)


def panels_question(scope: Scope) -> Question:
    """Ask for the panels that were held in the year, whenever they were asked for.

    Args:
        scope: the report's bounds.
    """
    wanted = (
        select(Case.feedback_id, Case.team)
        .join(CaseEvent, CaseEvent.case_id == Case.id)
        .where(CaseEvent.event == Event.PANEL_HELD)
        .where(CaseEvent.on.between(scope.span()[0], scope.until))
    )
    return Question(wanted, CaseEvent.id)


def panels(rows: Iterable[Any], scope: Scope) -> Iterator[tuple[int, str]]:
    """Read each panel's matter and leadership.

    Args:
        rows: what `panels_question` found.
        scope: the report's bounds.
    """
    for matter, team in rows:
        if scope.covers(team):
            yield matter, scope.leadership(team)

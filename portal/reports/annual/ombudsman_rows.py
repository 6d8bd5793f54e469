"""The Ombudsman's matters of the reported year, as slim values: what they decided, on how many."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import Select, select

from portal.many_questions import Question
from portal.procedures.ombudsman_decision import Declined, OmbudsmanDecision, Reached
from portal.procedures.procedure import StageKey
from portal.procedures.vocabulary import Team
from portal.records.case import CaseStage
from portal.records.ombudsman_matter import OmbudsmanCover, OmbudsmanMatter, OmbudsmanRefusal
from portal.reports.annual.scope import Scope
from portal.reports.annual.stage_rows import StageRow

Covered = tuple[str, int]
"""A case of ours or feedback that we refused: which of the two, and its key."""


class OmbudsmanRow(NamedTuple):
    """One matter of theirs. `covers` are the cases and the refusals that its decision is about."""

    matter: int
    case_id: int
    team: Team
    leadership: str
    reached: Reached | None
    decision: OmbudsmanDecision | None
    declined: Declined | None
    public_report: bool
    covers: frozenset[Covered]


def question(scope: Scope) -> Question:
    """Ask what is recorded of the Ombudsman's matters.

    Args:
        scope: the report's bounds; what was recorded after its day is not decided yet.
    """
    wanted = (
        select(
            OmbudsmanMatter.case_id, OmbudsmanMatter.reached, OmbudsmanMatter.decision,
            OmbudsmanMatter.declined, OmbudsmanMatter.public_report,
        )
        .where(OmbudsmanMatter.recorded_at < scope.moment)
        .where(OmbudsmanMatter.case_id.in_(_of_year(scope)))
    )  # fmt: skip
    return Question(wanted, OmbudsmanMatter.case_id)


def cases_question(scope: Scope) -> Question:
    """Ask which cases of ours each matter of the year is about.

    Args:
        scope: the report's bounds.
    """
    wanted = select(OmbudsmanCover.matter_id, OmbudsmanCover.case_id)
    wanted = wanted.where(OmbudsmanCover.matter_id.in_(_of_year(scope)))
    return Question(wanted, OmbudsmanCover.matter_id)


def refusals_question(scope: Scope) -> Question:
    """Ask which feedback that we refused each matter of the year is about.

    Args:
        scope: the report's bounds.
    """
    wanted = select(OmbudsmanRefusal.matter_id, OmbudsmanRefusal.feedback_id)
    wanted = wanted.where(OmbudsmanRefusal.matter_id.in_(_of_year(scope)))
    return Question(wanted, OmbudsmanRefusal.matter_id)


def _of_year(scope: Scope) -> Select[int]:
    return (
        select(CaseStage.case_id)
        .where(CaseStage.key == StageKey.ENQUIRY.value)
        .where(CaseStage.opened_on.between(scope.span()[0], scope.until))
    )


def read(
    rows: Iterable[Any], cases: Iterable[Any], refusals: Iterable[Any], stages: list[StageRow]
) -> list[OmbudsmanRow]:
    """Read what is recorded of the Ombudsman's matters.

    Args:
        rows, cases, refusals: what the three questions found.
        stages: the year's stages of the Ombudsman's cases, one row for each.
    """
    recorded = {row.case_id: row for row in rows}
    covered: dict[int, set[Covered]] = {}
    for what, pairs in (("case", cases), ("refusal", refusals)):
        for matter_id, key in pairs:
            covered.setdefault(matter_id, set()).add((what, key))
    found = []
    for stage in stages:
        row = recorded.get(stage.case_id)
        found.append(
            OmbudsmanRow(
                matter=stage.matter,
                case_id=stage.case_id,
                team=stage.team,
                leadership=stage.leadership,
                reached=row.reached if row is not None else None,
                decision=row.decision if row is not None else None,
                declined=row.declined if row is not None else None,
                public_report=row.public_report if row is not None else False,
                covers=frozenset(covered.get(stage.case_id, ())),
            )
        )
    return found


def groups(rows: list[OmbudsmanRow]) -> list[list[OmbudsmanRow]]:
    """Matters that are about one and the same case or refusal of ours, such as one brought by
    several parents; only groups of two and more."""
    by_case: dict[Covered, list[OmbudsmanRow]] = {}
    for row in rows:
        for covered in sorted(row.covers):
            by_case.setdefault(covered, []).append(row)
    return [together for together in by_case.values() if len(together) > 1]

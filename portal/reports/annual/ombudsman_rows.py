"""The Ombudsman's matters of the reported year, as slim values: what they decided, on how many."""

from typing import NamedTuple

from sqlalchemy import Select, literal, select, union_all
from sqlalchemy.orm import Session

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


def read(session: Session, scope: Scope, stages: list[StageRow]) -> list[OmbudsmanRow]:
    """Read what is recorded of the Ombudsman's matters.

    Args:
        session: any session.
        scope: the report's bounds; what was recorded after its day is not decided yet.
        stages: the year's stages of the Ombudsman's cases, one row for each.
    """
    of_year = (
        select(CaseStage.case_id)
        .where(CaseStage.key == StageKey.ENQUIRY.value)
        .where(CaseStage.opened_on.between(scope.span()[0], scope.until))
    )
    wanted = (
        select(
            OmbudsmanMatter.case_id, OmbudsmanMatter.reached, OmbudsmanMatter.decision,
            OmbudsmanMatter.declined, OmbudsmanMatter.public_report,
        )
        .where(OmbudsmanMatter.recorded_at < scope.moment)
        .where(OmbudsmanMatter.case_id.in_(of_year))
    )  # fmt: skip
    recorded = {row.case_id: row for row in session.execute(wanted)}
    covered = _covered(session, of_year)
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


def _covered(session: Session, of_year: Select[int]) -> dict[int, set[Covered]]:
    """What each matter of the year is about."""
    covered: dict[int, set[Covered]] = {}
    cover, refusal = OmbudsmanCover, OmbudsmanRefusal
    about = union_all(
        select(cover.matter_id, literal("case"), cover.case_id).where(cover.matter_id.in_(of_year)),
        select(refusal.matter_id, literal("refusal"), refusal.feedback_id).where(
            refusal.matter_id.in_(of_year)
        ),
    )
    for matter_id, what, key in session.execute(about):
        covered.setdefault(matter_id, set()).add((what, key))
    return covered


def groups(rows: list[OmbudsmanRow]) -> list[list[OmbudsmanRow]]:
    """Matters that are about one and the same case or refusal of ours, such as one brought by
    several parents; only groups of two and more."""
    by_case: dict[Covered, list[OmbudsmanRow]] = {}
    for row in rows:
        for covered in sorted(row.covers):
            by_case.setdefault(covered, []).append(row)
    return [together for together in by_case.values() if len(together) > 1]

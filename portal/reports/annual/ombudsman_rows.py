"""The Ombudsman's matters of the reported year, as slim values: what they decided, on how many."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.procedures.ombudsman_decision import Declined, OmbudsmanDecision, Reached
from portal.procedures.vocabulary import Team
from portal.records.ombudsman_matter import OmbudsmanCover, OmbudsmanMatter
from portal.reports.annual.scope import Scope
from portal.reports.annual.stage_rows import StageRow


class OmbudsmanRow(NamedTuple):
    """One matter of theirs. `covers` are the keys of the cases that its decision is about."""

    matter: int
    case_id: int
    team: Team
    leadership: str
    reached: Reached | None
    decision: OmbudsmanDecision | None
    declined: Declined | None
    public_report: bool
    covers: frozenset[int]


def read(session: Session, scope: Scope, stages: list[StageRow]) -> list[OmbudsmanRow]:
    """Read what is recorded of the Ombudsman's matters.

    Args:
        session: any session.
        scope: the report's bounds; what was recorded after its day is not decided yet.
        stages: the year's stages of the Ombudsman's cases, one row for each.
    """
    wanted = select(
        OmbudsmanMatter.case_id, OmbudsmanMatter.reached, OmbudsmanMatter.decision,
        OmbudsmanMatter.declined, OmbudsmanMatter.public_report,
    ).where(OmbudsmanMatter.recorded_at < scope.moment)  # fmt: skip
    recorded = {row.case_id: row for row in session.execute(wanted)}
    covered: dict[int, set[int]] = {}
    for matter_id, case_id in session.execute(
        select(OmbudsmanCover.matter_id, OmbudsmanCover.case_id)
    ):
        covered.setdefault(matter_id, set()).add(case_id)
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
    """Matters that are about one and the same case of ours, such as one brought by several
    parents; only groups of two and more."""
    by_case: dict[int, list[OmbudsmanRow]] = {}
    for row in rows:
        for case_id in row.covers:
            by_case.setdefault(case_id, []).append(row)
    return [together for together in by_case.values() if len(together) > 1]

"""The question to the database for every stage of the years that a report shows: one row each,
with no word of anybody's in it. What was found on its points is added up in the database."""

from sqlalchemy import CTE, ColumnElement, Select, Subquery, and_, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from portal.procedures.finding import LIVE, Finding, Giver
from portal.procedures.procedure import Track
from portal.records.case import Case, CaseStage
from portal.records.decision import Decision
from portal.records.feedback import Feedback
from portal.records.joined_case import JoinedCase
from portal.records.point import Point, PointFinding
from portal.reports.annual.scope import Scope

DECIDES = (Giver.SERVICE, Giver.ADJUDICATOR, Giver.COUNCIL)
"""Whose finding is a stage's: the service's, and at stages 2 and 3 the council's own answer."""
RECOMMENDS = (Giver.INVESTIGATOR, Giver.PANEL)
"""Who looked into it from outside; theirs stands where the council's own is missing."""


def profiles_of(scope: Scope, *tracks: Track) -> list[str]:
    """The codes of the timescales that belong to tracks; a stage keeps its code."""
    return [profile.code for profile in scope.council.profiles if profile.track in tracks]


def stages(scope: Scope) -> Select[tuple[object, ...]]:
    """Every stage that opened in the years shown, up to the day of the report.

    Args:
        scope: the report's bounds.

    Returns:
        The question; `stage_rows` reads its columns in this order.
    """
    opened = _in_order(scope)
    found = _found(opened)
    lead = _leads()
    joined = opened.outerjoin(lead, lead.c.stage_id == opened.c.id)
    worked_in = func.coalesce(lead.c.lead_stage_id, opened.c.id)
    wanted = (
        select(
            Case.feedback_id, opened.c.case_id, opened.c.id, opened.c.key, opened.c.profile,
            opened.c.opened_on, opened.c.start_on, opened.c.due_on,
            opened.c.answered_on, opened.c.ended_on, opened.c.next_key, opened.c.next_profile,
            Case.team, Case.procedure_state, Case.stage_key, Decision.nature,
            Decision.relationship, Feedback.door, Feedback.advocate_wanted,
            *(column for column in found.c if column.name != "stage_id"),
        )
        .select_from(joined)
        .join(Case, Case.id == opened.c.case_id)
        .join(Feedback, Feedback.id == Case.feedback_id)
        .outerjoin(Decision, Decision.feedback_id == Case.feedback_id)
        .outerjoin(found, found.c.stage_id == worked_in)
        .order_by(opened.c.id)
    )  # fmt: skip
    return wanted if scope.teams is None else wanted.where(Case.team.in_(list(scope.teams)))


def _in_order(scope: Scope) -> CTE:
    """The stages, each with the one that its case had next, maybe after the year; what came after
    the day of the report has not happened yet."""
    return (
        select(
            CaseStage.id, CaseStage.case_id, CaseStage.key, CaseStage.profile,
            CaseStage.opened_on, CaseStage.start_on, CaseStage.due_on,
            CaseStage.answered_on, CaseStage.ended_on,
            _next(CaseStage.key).label("next_key"),
            _next(CaseStage.profile).label("next_profile"),
        )
        .where(CaseStage.opened_on.between(scope.earliest, scope.as_at))
        .cte("opened")
    )  # fmt: skip


def _next(column: InstrumentedAttribute[str]) -> ColumnElement[str]:
    """What stands in a column of the stage that the case had next."""
    return func.lead(column).over(partition_by=CaseStage.case_id, order_by=CaseStage.id)


def _found(opened: CTE) -> Subquery:
    """What was found on the points of each stage, by whoever decides and by whoever recommends."""
    columns = [
        func.sum(case((and_(PointFinding.giver.in_(givers), what), 1), else_=0)).label(
            f"{who}_{name}"
        )
        for who, givers in (("decided", DECIDES), ("recommended", RECOMMENDS))
        for name, what in _kinds()
    ]
    return (
        select(PointFinding.stage_id.label("stage_id"), *columns)
        .join(Point, Point.id == PointFinding.point_id)
        .join(opened, opened.c.id == PointFinding.stage_id)
        # At its present stage a point may have been taken out since somebody wrote on it.
        .where(or_(Point.state.in_(LIVE), opened.c.next_key.is_not(None)))
        .group_by(PointFinding.stage_id)
        .subquery("found")
    )


def _kinds() -> list[tuple[str, ColumnElement[bool]]]:
    kinds = [(finding.value, PointFinding.finding == finding) for finding in Finding]
    return [*kinds, ("settled", PointFinding.resolved.is_(True))]


def _leads() -> Subquery:
    """A joined case has its finding from the lead."""
    return (
        select(JoinedCase.stage_id, func.max(JoinedCase.lead_stage_id).label("lead_stage_id"))
        .where(JoinedCase.undone_at.is_(None))
        .group_by(JoinedCase.stage_id)
        .subquery("leads")
    )

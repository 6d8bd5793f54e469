"""Advocates and the child's view in the year's complaints, by the keys of their matters."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.procedures.matter import ChildsView
from portal.records.advocacy import Advocacy
from portal.records.advocacy_referral import AdvocacyReferral
from portal.records.case import Case, CaseStage
from portal.records.childs_view import ChildsViewRecord
from portal.reports.annual.scope import Scope


def followed(session: Session, scope: Scope) -> frozenset[int]:
    """The matters of the year's stages that an advocate joined, or for which one was appointed."""
    of_year = (
        select(Case.feedback_id)
        .join(CaseStage, CaseStage.case_id == Case.id)
        .where(CaseStage.opened_on.between(scope.span()[0], scope.until))
    )
    joined = select(Advocacy.feedback_id).where(
        Advocacy.feedback_id.in_(of_year), Advocacy.joined_at < scope.moment
    )
    appointed = select(AdvocacyReferral.feedback_id).where(
        AdvocacyReferral.feedback_id.in_(of_year), AdvocacyReferral.appointed_on <= scope.as_at
    )
    return frozenset({*session.scalars(joined), *session.scalars(appointed)})


def childs_views(session: Session, scope: Scope) -> dict[int, ChildsView]:
    """Whether the child was asked about a complaint that somebody else made; the latest counts."""
    wanted = (
        select(ChildsViewRecord.feedback_id, ChildsViewRecord.state)
        .join(Case, Case.feedback_id == ChildsViewRecord.feedback_id)
        .join(CaseStage, CaseStage.case_id == Case.id)
        .where(CaseStage.opened_on.between(scope.span()[0], scope.until))
        .where(ChildsViewRecord.recorded_at < scope.moment)
        .order_by(ChildsViewRecord.id)
    )
    return {row.feedback_id: row.state for row in session.execute(wanted)}

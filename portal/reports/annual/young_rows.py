"""Advocates and the child's view in the year's complaints, by the keys of their matters."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, select

from portal.many_questions import Question
from portal.procedures.matter import ChildsView
from portal.records.advocacy import Advocacy
from portal.records.advocacy_referral import AdvocacyReferral
from portal.records.case import Case, CaseStage
from portal.records.childs_view import ChildsViewRecord
from portal.reports.annual.scope import Scope


def joined_question(scope: Scope) -> Question:
    """Ask which matters of the year's stages an advocate joined.

    Args:
        scope: the report's bounds.
    """
    wanted = select(Advocacy.feedback_id).where(
        Advocacy.feedback_id.in_(_of_year(scope)), Advocacy.joined_at < scope.moment
    )
    return Question(wanted, Advocacy.feedback_id)


def appointed_question(scope: Scope) -> Question:
    """Ask for which matters of the year's stages an advocate was appointed.

    Args:
        scope: the report's bounds.
    """
    wanted = select(AdvocacyReferral.feedback_id).where(
        AdvocacyReferral.feedback_id.in_(_of_year(scope)),
        AdvocacyReferral.appointed_on <= scope.as_at,
    )
    return Question(wanted, AdvocacyReferral.feedback_id)


def views_question(scope: Scope) -> Question:
    """Ask whether the child was asked about a complaint that somebody else made.

    Args:
        scope: the report's bounds.
    """
    wanted = (
        select(ChildsViewRecord.feedback_id, ChildsViewRecord.state)
        .join(Case, Case.feedback_id == ChildsViewRecord.feedback_id)
        .join(CaseStage, CaseStage.case_id == Case.id)
        .where(CaseStage.opened_on.between(scope.span()[0], scope.until))
        .where(ChildsViewRecord.recorded_at < scope.moment)
    )
    return Question(wanted, ChildsViewRecord.id)


def _of_year(scope: Scope) -> Select[int]:
    return (
        select(Case.feedback_id)
        .join(CaseStage, CaseStage.case_id == Case.id)
        .where(CaseStage.opened_on.between(scope.span()[0], scope.until))
    )


def followed(joined: Iterable[Any], appointed: Iterable[Any]) -> frozenset[int]:
    """The matters with an advocate, whichever way they came.

    Args:
        joined, appointed: what the two questions found.
    """
    return frozenset(row.feedback_id for rows in (joined, appointed) for row in rows)


def childs_views(rows: Iterable[Any]) -> dict[int, ChildsView]:
    """What was recorded of the child's view; the latest counts.

    Args:
        rows: what `views_question` found.
    """
    return {row.feedback_id: row.state for row in rows}

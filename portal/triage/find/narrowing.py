"""The conditions on `feedback` of what a search is narrowed by, each found by an index."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import product
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, or_, select, union_all
from sqlalchemy.orm import aliased

from portal.cases.next_due import NEXT_DUE, with_open_stage
from portal.clock import LONDON
from portal.procedures.finding import Finding
from portal.procedures.vocabulary import Relationship, Risk
from portal.records.account import Account
from portal.records.advocacy import Advocacy
from portal.records.allocation import STANDS, Allocation
from portal.records.case import Case, CaseStage, CaseState
from portal.records.decision import Decision
from portal.records.feedback import YOUNG_DOORS, Feedback, FeedbackState
from portal.records.matter_tag import MatterTag
from portal.records.organisation import Organisation
from portal.records.point import Point, PointFinding
from portal.records.refusal_proposal import ProposalState, RefusalProposal
from portal.records.remedy import Remedy
from portal.triage.find.filters import Filters, Standing

# What must hold together; and of several of these, one.
All = Sequence[ColumnElement[bool]]
AnyOf = Sequence[All]


def ways(asked: Filters, today: date) -> list[list[ColumnElement[bool]]]:
    """The ways in which `feedback` may fit, each a list of conditions that must all hold. No
    feedback fits in two of them, so that what fits can be added up.

    What may stand in one of two tables makes two ways of one: a database that is asked for either
    has to put all of both together first, however little the other filters leave. What stands in
    other tables is asked as a set of keys and never row by row, so that a database can begin with
    whichever has fewer: the set, read from an index of its own, or the newest.

    Args:
        asked: what is asked for.
        today: the day against which a date is overdue.
    """
    one_part = _of_one_part(asked, today)
    choices = [
        [_of_feedback(asked)],
        *_of_who(asked),
        *_of_decision(asked, no_longer_waits=bool(one_part)),
        [_of_advocates(asked, today)],
        *_of_case(asked, one_part),
    ]
    return [[one for some in way for one in some] for way in product(*choices)]


def _of_feedback(asked: Filters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.channel is not None:
        found.append(Feedback.channel == asked.channel)
    if asked.door is not None:
        found.append(Feedback.door == asked.door)
    days = _between(_SAID.received_on, asked.received_from, asked.received_to)
    if days:
        found.append(_said(*days))
        # Once more, so that PostgreSQL does not look for days long past among the newest first.
        found += _between(Feedback.received_on, asked.received_from, asked.received_to)
    if asked.tag is not None:
        found.append(_one_of(select(MatterTag.feedback_id).where(MatterTag.tag == asked.tag)))
    if asked.standing is Standing.WAITING:
        found.append(Feedback.state == FeedbackState.WAITING)
    if asked.standing is Standing.NO_CASE:
        # So many are that the newest are read in their order, and no set is made of them.
        found.append(Feedback.state != FeedbackState.WAITING)
        found.append(~_has_case(Feedback.id))
    return found


def _of_who(asked: Filters) -> list[AnyOf]:
    """Whom it is from: by the pages that they used, by what they said, or as it was decided."""
    found: list[AnyOf] = []
    if asked.young:
        by_door = _one_of(select(_SAID.id).where(_SAID.door.in_(YOUNG_DOORS)))
        said = _said(_SAID.relationship_said == Relationship.YOUNG_PERSON)
        other_door = or_(Feedback.door.is_(None), Feedback.door.not_in(YOUNG_DOORS))
        found.append([[by_door], [said, other_door]])
    if asked.relationship is not None:
        said = _said(_SAID.relationship_said == asked.relationship)
        decided = _decided(Decision.relationship == asked.relationship)
        differs = or_(
            Feedback.relationship_said.is_(None),
            Feedback.relationship_said != asked.relationship,
        )
        found.append([[said], [decided, differs]])
    return found


def _of_decision(asked: Filters, *, no_longer_waits: bool) -> list[AnyOf]:
    """What an officer decided. Of what waits only what the person said is asked, and danger now:
    a suggestion may be held back, and no filter must tell of it."""
    found: list[AnyOf] = []
    if asked.risk is Risk.NOW:
        found.append([[Feedback.risk == Risk.NOW]])
    elif asked.risk is not None:
        # A danger that is over leaves what an officer said then.
        over = _decided(Decision.risk == Risk.NOW)
        found.append([[_decided(Decision.risk == asked.risk)], [over, Feedback.risk == asked.risk]])
    if asked.category is not None:
        waits = _said(_SAID.state == FeedbackState.WAITING, _SAID.category_said == asked.category)
        decided = _decided(Decision.category == asked.category)
        if no_longer_waits or asked.standing is Standing.NO_CASE:
            found.append([[decided]])
        else:
            found.append([[waits], [decided, Feedback.state != FeedbackState.WAITING]])
    if asked.nature is not None:
        found.append([[_decided(Decision.nature == asked.nature)]])
    if asked.outcome is not None:
        found.append([[_decided(Decision.outcome == asked.outcome)]])
    if asked.reason is not None:
        # At the first decision, or later, in a procedure that ran: two officers agreed each time.
        first = select(Decision.feedback_id).where(Decision.reason == asked.reason)
        later = select(RefusalProposal.feedback_id).where(
            RefusalProposal.reason == asked.reason, RefusalProposal.state == ProposalState.AGREED
        )
        found.append([[_one_of(first, later)]])
    return found


def _of_advocates(asked: Filters, today: date) -> list[ColumnElement[bool]]:
    """Who has an advocate today, and of which organisation."""
    if not asked.advocate and asked.organisation is None:
        return []
    helped = select(Advocacy.feedback_id).where(
        Advocacy.ended_at.is_(None), or_(Advocacy.last_day.is_(None), Advocacy.last_day >= today)
    )
    if asked.organisation is not None:
        named = select(Organisation.id).where(Organisation.public_id == asked.organisation)
        theirs = select(Account.id).where(Account.organisation_id == named.scalar_subquery())
        helped = helped.where(Advocacy.account_id.in_(theirs))
    return [_one_of(helped)]


def _of_case(asked: Filters, one_part: All) -> list[AnyOf]:
    """What is asked of one part of a case; its team, area and procedure, where there is no case,
    of the decision."""
    named = {
        name: value
        for name in ("team", "area", "procedure")
        if (value := getattr(asked, name)) is not None
    }
    if not named and not one_part:
        return []
    of_part = [getattr(Case, name) == value for name, value in named.items()]
    parts = _one_of(select(Case.feedback_id).where(*of_part, *one_part))
    if one_part:
        return [[[parts]]]
    decided = _decided(*(getattr(Decision, name) == value for name, value in named.items()))
    return [[[parts], [decided, ~_has_case(Feedback.id)]]]


def _of_one_part(asked: Filters, today: date) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if asked.standing in (Standing.OPEN, Standing.CLOSED):
        open_one = asked.standing is Standing.OPEN
        wanted.append(Case.state == (CaseState.OPEN if open_one else CaseState.CLOSED))
    if asked.stage is not None:
        wanted.append(Case.stage_key == asked.stage.value)
    if asked.state is not None:
        wanted.append(Case.procedure_state == asked.state)
    if asked.officer is not None:
        named = select(Account.id).where(Account.public_id == asked.officer).scalar_subquery()
        wanted.append(Case.officer_id == named)
    if asked.manager is not None:
        wanted.append(Case.id.in_(_given_to(asked.manager)))
    answered = _between(CaseStage.answered_on, asked.answered_from, asked.answered_to)
    if answered:
        wanted.append(Case.id.in_(select(CaseStage.case_id).where(*answered)))
    wanted += _closed(asked)
    if asked.finding is not None:
        wanted.append(Case.id.in_(_found(asked.finding)))
    if asked.remedy is not None:
        wanted.append(Case.id.in_(select(Remedy.case_id).where(Remedy.kind == asked.remedy)))
    if asked.overdue:
        late = with_open_stage(select(Case.id).where(Case.state == CaseState.OPEN))
        wanted.append(Case.id.in_(late.where(today > NEXT_DUE)))
    return wanted


# What a person said, beside the feedback that is listed.
_SAID = aliased(Feedback, name="said")


def _given_to(manager: str) -> Select[Any]:
    """The cases that a manager has to answer, or has been asked to."""
    named = select(Account.id).where(Account.public_id == manager).scalar_subquery()
    return select(Allocation.case_id).where(
        Allocation.account_id == named, Allocation.state.in_(STANDS)
    )


def _closed(asked: Filters) -> list[ColumnElement[bool]]:
    """Closed between two days of London."""
    found: list[ColumnElement[bool]] = []
    if asked.closed_from is not None:
        found.append(Case.closed_at >= _midnight(asked.closed_from))
    if asked.closed_to is not None:
        found.append(Case.closed_at < _midnight(asked.closed_to + timedelta(days=1)))
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)


def _between(column: Any, first: date | None, last: date | None) -> list[ColumnElement[bool]]:
    """A day from the first to the last, each of which may be left out."""
    found: list[ColumnElement[bool]] = []
    if first is not None:
        found.append(column >= first)
    if last is not None:
        found.append(column <= last)
    return found


def _found(finding: Finding) -> Select[Any]:
    """A finding that was told: until its stage is answered it is a draft, and may change."""
    return (
        select(Point.case_id)
        .join(PointFinding, PointFinding.point_id == Point.id)
        .join(CaseStage, CaseStage.id == PointFinding.stage_id)
        .where(PointFinding.finding == finding, CaseStage.answered_on.is_not(None))
    )


def _one_of(*keys: Select[Any]) -> ColumnElement[bool]:
    # Added one to the other and not made single: a database can then look for one key in each.
    return Feedback.id.in_(keys[0] if len(keys) == 1 else union_all(*keys))


def _said(*where: ColumnElement[bool]) -> ColumnElement[bool]:
    return _one_of(select(_SAID.id).where(*where))


def _decided(*where: ColumnElement[bool]) -> ColumnElement[bool]:
    return _one_of(select(Decision.feedback_id).where(*where))


def _has_case(key: Any) -> ColumnElement[bool]:
    of_it = aliased(Case)
    return exists().where(of_it.feedback_id == key)

"""What an event does beside moving the case: to its points, its people and the case itself."""

from collections.abc import Callable, Mapping

from sqlalchemy import select

from portal.cases import joining, parting
from portal.cases.addresses import name_key
from portal.cases.tokens import make_public_id
from portal.procedures.facts import Given
from portal.procedures.finding import LIVE, PointState
from portal.procedures.procedure import ClockKey
from portal.procedures.refusal import RefusalReason
from portal.procedures.state import APPOINTS, AppointedAs, Event
from portal.records.appointment import Appointment
from portal.records.case import Case, CaseStage
from portal.records.case_event import CaseEvent
from portal.records.point import Point
from portal.work import Work

SENDS_POINTS = frozenset({Event.POINTS_SENT, Event.STATEMENT_SENT})
AGREES_POINTS = frozenset({Event.POINTS_AGREED, Event.STATEMENT_AGREED, Event.STATEMENT_SETTLED})
DISPUTES_POINTS = frozenset({Event.POINTS_DISPUTED, Event.STATEMENT_DISPUTED})


def carry_out(work: Work, case: Case, stage: CaseStage, row: CaseEvent, given: Given) -> None:
    """Do what an event does beside moving the case.

    Args:
        work: the open act.
        case: the case, already in its new state.
        stage: the stage to which the event belongs.
        row: the event.
        given: what came with it.
    """
    if row.event is Event.ACKNOWLEDGED:
        case.acknowledged_on = row.on
    elif row.event in SENDS_POINTS:
        _move_points(work, case, {PointState.DRAFTED, PointState.DISPUTED}, PointState.SENT)
    elif row.event in AGREES_POINTS:
        # A point that was changed since they were sent is one that nobody has agreed to.
        _move_points(work, case, {PointState.SENT, PointState.DISPUTED}, PointState.AGREED)
    elif row.event in DISPUTES_POINTS:
        _dispute(work, case, given)
    elif row.event is Event.PART_NOT_CONSIDERED:
        _take_out(work, case, given, PointState.NOT_CONSIDERED)
    elif row.event is Event.PART_REDIRECTED:
        _take_out(work, case, given, PointState.REDIRECTED)
    elif row.event is Event.SPLIT:
        parting.split_off(work, case, stage, row, given)
    elif row.event is Event.DUPLICATE_CLOSED:
        row.reason = RefusalReason.ALREADY_OPEN.value
    elif row.event in JOINS:
        JOINS[row.event](work, case, stage, given)
    elif row.event in APPOINTS:
        _end_earlier(work, case, stage, row)
        _appoint(work, case, stage, row, given)
    elif row.event is Event.PANELLIST_LEFT:
        _leave(work, case, stage, given)
    elif row.event is Event.DRAFT_RECEIVED and given.new_date is not None:
        row.details = {**row.details, "clock": ClockKey.DRAFT_COMMENTS.value}


JOINS: Mapping[Event, Callable[[Work, Case, CaseStage, Given], None]] = {
    Event.JOINED: joining.keep,
    Event.JOIN_UNDONE: joining.undo,
}


def _take_out(work: Work, case: Case, given: Given, to: PointState) -> None:
    for point in _points(work, case):
        if point.number in given.points:
            point.state = to


def _points(work: Work, case: Case) -> list[Point]:
    wanted = select(Point).where(Point.case_id == case.id).order_by(Point.number)
    return list(work.session.scalars(wanted))


def _move_points(work: Work, case: Case, before: set[PointState], to: PointState) -> None:
    for point in _points(work, case):
        if point.state in before:
            point.state = to
            if to is PointState.AGREED:
                point.dispute = None


def _dispute(work: Work, case: Case, given: Given) -> None:
    """The points that were named; all that were sent where none was."""
    for point in _points(work, case):
        named = point.number in given.points if given.points else point.state is PointState.SENT
        if named and point.state in LIVE:
            point.state, point.dispute = PointState.DISPUTED, given.words.strip() or None


def _end_earlier(work: Work, case: Case, stage: CaseStage, row: CaseEvent) -> None:
    """Of a role that one person fills, a new appointment ends the one before."""
    role = APPOINTS[row.event]
    if row.event is Event.PANELLIST_APPOINTED:
        return
    wanted = select(Appointment).where(
        Appointment.case_id == case.id,
        Appointment.stage_key == stage.key,
        Appointment.role == role,
        Appointment.ended_at.is_(None),
    )
    for earlier in work.session.scalars(wanted):
        earlier.ended_at = work.now


def _leave(work: Work, case: Case, stage: CaseStage, given: Given) -> None:
    wanted = select(Appointment).where(
        Appointment.case_id == case.id,
        Appointment.stage_key == stage.key,
        Appointment.role == AppointedAs.PANEL_MEMBER,
        Appointment.person_key == given.leaves,
        Appointment.ended_at.is_(None),
    )
    # One row of them, should the same person have been appointed twice.
    leaving = work.session.scalars(wanted.order_by(Appointment.id.desc()).limit(1)).one()
    leaving.ended_at = work.now


def _appoint(work: Work, case: Case, stage: CaseStage, row: CaseEvent, given: Given) -> None:
    assert given.account_id is not None, "Only somebody who is signed in appoints."
    named = given.appointee_id is None
    work.session.add(
        Appointment(
            public_id=make_public_id(),
            case_id=case.id,
            stage_key=stage.key,
            role=APPOINTS[row.event],
            account_id=given.appointee_id,
            name=given.appointee_name.strip() if named else None,
            person_key=name_key(given.appointee_name) if named else str(given.appointee_id),
            declared=sorted(given.declared),
            appointed_on=row.on,
            appointed_by_id=given.account_id,
        )
    )

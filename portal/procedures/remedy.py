"""What is promised to put something right, and what is recommended so that it does not recur.

Types: reference/procedures.md 4.3 and 5. The Ombudsman's states of compliance could not be read
in their own list (unverified), so ours say what happened.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.procedures.finding import Giver
from portal.procedures.state import Event
from portal.procedures.working_days import Calendar, Unit, after


class RemedyKind(StrEnum):
    """What kind of thing is done."""

    APOLOGY = "apology"
    EXPLANATION = "explanation"
    INFORMATION = "information"
    RECONSIDERED_DECISION = "reconsidered_decision"
    REASSESSMENT = "reassessment"
    SERVICE = "service"
    CHANGE_OF_WORKER = "change_of_worker"
    RECORD_CORRECTED = "record_corrected"
    MEETING = "meeting"
    REFUND = "refund"
    SYMBOLIC_PAYMENT = "symbolic_payment"
    QUANTIFIABLE_PAYMENT = "quantifiable_payment"
    STAFF_REMINDER = "staff_reminder"
    TRAINING = "training"
    SUPERVISION = "supervision"
    PROCEDURE_CHANGE = "procedure_change"
    REVIEW_OF_PROVISION = "review_of_provision"
    OTHERS_AFFECTED = "others_affected"
    OVERSIGHT = "oversight"


PAYMENTS = frozenset(
    {RemedyKind.REFUND, RemedyKind.SYMBOLIC_PAYMENT, RemedyKind.QUANTIFIABLE_PAYMENT}
)
"""Kinds that have an amount and a payee."""

FOR_THE_SERVICE = frozenset(
    {
        RemedyKind.STAFF_REMINDER,
        RemedyKind.TRAINING,
        RemedyKind.SUPERVISION,
        RemedyKind.PROCEDURE_CHANGE,
        RemedyKind.REVIEW_OF_PROVISION,
        RemedyKind.OVERSIGHT,
    }
)
"""Kinds that change how a service works: what the annual report calls learning."""


class RemedyState(StrEnum):
    """How far it has come."""

    # Recommended; nobody has said yes or no.
    PROPOSED = "proposed"
    PROMISED = "promised"
    NOT_ACCEPTED = "not_accepted"
    DONE = "done"
    # It will not be done after all, with the reason.
    GIVEN_UP = "given_up"


STILL_OPEN = frozenset({RemedyState.PROPOSED, RemedyState.PROMISED})


class Compliance(StrEnum):
    """Whether the Ombudsman is satisfied with a remedy that they asked for."""

    ON_TIME = "on_time"
    LATE = "late"
    PARTLY = "partly"
    NOT = "not"


SATISFIED = frozenset({Compliance.ON_TIME, Compliance.LATE})

RECOMMENDS = frozenset({Giver.INVESTIGATOR, Giver.PANEL, Giver.OMBUDSMAN})
"""Those outside the service: the council says of each thing they ask for whether it accepts it.
What the service and the council say themselves is a promise at once."""


class Base(StrEnum):
    """What a remedy's date is counted from."""

    DAY = "day"
    ANSWER = "answer"
    MEETING = "meeting"
    DECISION = "decision"
    # Another remedy, from the day on which that one is done.
    REMEDY = "remedy"


BASE_EVENTS: Mapping[Base, frozenset[Event]] = {
    Base.ANSWER: frozenset(
        {Event.ANSWERED, Event.RESOLVED, Event.ADJUDICATED, Event.PANEL_ANSWERED}
    ),
    Base.MEETING: frozenset({Event.MEETING_HELD}),
    Base.DECISION: frozenset({Event.FINAL_RECEIVED}),
}
"""The events from which a date is counted: the first of them in the remedy's stage."""


@dataclass(frozen=True)
class Offset:
    """How long after what it is counted from."""

    length: int
    unit: Unit


class Kept(StrEnum):
    """How a promise stands against its date."""

    WAITING = "waiting"
    LATE = "late"
    ON_TIME = "on_time"
    DONE_LATE = "done_late"


def due_after(base: date, offset: Offset, calendar: Calendar) -> date:
    """Count a remedy's date. The day it is counted from is day 0; months end on the same day of
    the month. A last day on a weekend stays there: later than promised would be late.

    Args:
        base: the day of the event, or on which the other remedy was done.
        offset: how long after it.
        calendar: the days off.

    Raises:
        ValueError: the length is below one.
    """
    return after(base, offset.length, offset.unit, calendar).due


def next_due(
    first: date, every_months: int, present: date, until: date | None, calendar: Calendar
) -> date | None:
    """Find when something that repeats is due again.

    Counted from the first date each time, so that one on the 31st does not slide to the 28th.

    Args:
        first: when the first of the series was due.
        every_months: how many months lie between two.
        present: when the present one was due.
        until: nothing is due after this day; None for no end.
        calendar: as `working_days.after` wants it; days off change nothing here.

    Returns:
        The first date of the series after the present one, or None when it has ended.

    Raises:
        ValueError: the number of months is below one.
    """
    times, due = 1, first
    while due <= present:
        due = after(first, every_months * times, Unit.MONTHS, calendar).due
        times += 1
    return None if until is not None and due > until else due


def kept(due_on: date | None, done_on: date | None, today: date) -> Kept:
    """Say whether a promise was kept, and in time. One without a date can only wait or be kept."""
    if done_on is not None:
        return Kept.DONE_LATE if due_on is not None and done_on > due_on else Kept.ON_TIME
    return Kept.LATE if due_on is not None and today > due_on else Kept.WAITING

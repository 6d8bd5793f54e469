"""The Local Government and Social Care Ombudsman's dates.

Each letter from the Ombudsman names its own date. The usual lengths are unverified
(reference/procedures.md 4.4), so what holds where a letter names none is the council's setting.
"""

from datetime import date

from portal.procedures.law import Binds, LawLimit
from portal.procedures.procedure import ClockKey, ClockRule, StartEvent, due_on
from portal.procedures.working_days import Calendar, Deadline, Unit, after

GO_WITHIN_MONTHS = 12

LIMITS = (
    LawLimit(
        ClockKey.GO_TO_OMBUDSMAN,
        StartEvent.KNOWN,
        GO_WITHIN_MONTHS,
        Unit.MONTHS,
        "sections 26B and 34D of the Local Government Act 1974",
        Binds.PERSON,
        required=False,
    ),
)
"""What a council's Ombudsman profile is checked against."""


def answer_by(
    usual: ClockRule, received: date, named_in_letter: date | None, calendar: Calendar
) -> date:
    """Give the day by which an enquiry is answered: the letter's own, else the council's usual."""
    return named_in_letter or due_on(usual, received, calendar).due


def last_day_to_go(known: date, calendar: Calendar) -> Deadline:
    """Count the 12 months a person has from knowing of the matter (sections 26B and 34D).

    The Ombudsman may take a later one for good reason, so this date is told, never enforced.
    """
    return after(known, GO_WITHIN_MONTHS, Unit.MONTHS, calendar)

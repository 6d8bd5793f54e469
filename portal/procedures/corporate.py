"""The corporate procedure under the Ombudsman's Complaint Handling Code.

The Ombudsman has used the Code in casework since 1 April 2026. The paragraphs for stage 2 are
unverified (reference/procedures.md 3.2), so stage 2 lengths are the council's setting within them.
"""

from datetime import date

from portal.procedures.law import Binds, LawLimit
from portal.procedures.procedure import ClockKey, StartEvent
from portal.procedures.working_days import Calendar, Unit, after

CODE_IN_FORCE_FROM = date(2026, 4, 1)
ACKNOWLEDGE_WITHIN = 5
STAGE_1_USUAL, STAGE_1_LONGEST = 10, 20
STAGE_2_USUAL, STAGE_2_LONGEST = 20, 40

LIMITS = (
    LawLimit(
        ClockKey.MAKE,
        StartEvent.KNOWN,
        12,
        Unit.MONTHS,
        "paragraph 2.2 of the Complaint Handling Code",
        Binds.PERSON,
        CODE_IN_FORCE_FROM,
        required=False,
    ),
    LawLimit(
        ClockKey.ACKNOWLEDGE_1,
        StartEvent.RECEIVED,
        ACKNOWLEDGE_WITHIN,
        Unit.WORKING_DAYS,
        "paragraph 6.2 of the Complaint Handling Code",
        in_force_from=CODE_IN_FORCE_FROM,
    ),
    LawLimit(
        ClockKey.STAGE_1,
        StartEvent.ACKNOWLEDGED,
        STAGE_1_LONGEST,
        Unit.WORKING_DAYS,
        "paragraphs 6.3 and 6.4 of the Complaint Handling Code",
        in_force_from=CODE_IN_FORCE_FROM,
    ),
    LawLimit(
        ClockKey.ACKNOWLEDGE_2,
        StartEvent.REQUEST,
        ACKNOWLEDGE_WITHIN,
        Unit.WORKING_DAYS,
        "the Complaint Handling Code",
        in_force_from=CODE_IN_FORCE_FROM,
    ),
    LawLimit(
        ClockKey.STAGE_2,
        StartEvent.REQUEST_ACKNOWLEDGED,
        STAGE_2_LONGEST,
        Unit.WORKING_DAYS,
        "the Complaint Handling Code",
        in_force_from=CODE_IN_FORCE_FROM,
    ),
    # The Code knows two stages. A council that has a third keeps it to the times of the second
    # (unverified: whether the Ombudsman takes a third at all was not read).
    LawLimit(
        ClockKey.ACKNOWLEDGE_3,
        StartEvent.REQUEST,
        ACKNOWLEDGE_WITHIN,
        Unit.WORKING_DAYS,
        "the Complaint Handling Code",
        in_force_from=CODE_IN_FORCE_FROM,
        required=False,
    ),
    LawLimit(
        ClockKey.STAGE_3,
        StartEvent.REQUEST_ACKNOWLEDGED,
        STAGE_2_LONGEST,
        Unit.WORKING_DAYS,
        "the Complaint Handling Code",
        in_force_from=CODE_IN_FORCE_FROM,
        required=False,
    ),
)
"""What a council's corporate profile is checked against from 1 April 2026."""


def first_stage_start(received: date, acknowledged: date | None, calendar: Calendar) -> date:
    """Find the day from which stage 1 counts (paragraphs 6.2 and 6.3 of the Code).

    Args:
        received: the day the complaint came in.
        acknowledged: the day of the officer's letter, if it has gone.
        calendar: the days off.

    Returns:
        The earlier of the acknowledgement and the last day on which it was due, so that a late
        letter earns no time. Where a council reads the Code otherwise its profile says so.
    """
    return _earlier_of_day_5(received, acknowledged, calendar)


def second_stage_start(requested: date, acknowledged: date | None, calendar: Calendar) -> date:
    """Find the day from which stage 2 counts: as `first_stage_start`, from the request."""
    return _earlier_of_day_5(requested, acknowledged, calendar)


def _earlier_of_day_5(event: date, acknowledged: date | None, calendar: Calendar) -> date:
    day_5 = after(event, ACKNOWLEDGE_WITHIN, Unit.WORKING_DAYS, calendar).due
    return day_5 if acknowledged is None else min(acknowledged, day_5)

"""By when somebody about whom nothing is decided yet is owed the first letter."""

from datetime import date

from portal.council import Council, NothingInForce
from portal.procedures.procedure import ClockKey, Track
from portal.procedures.working_days import after


def first_letter_by(council: Council, received_on: date) -> date:
    """The last day for the first letter to somebody about whom nothing is decided yet: the shortest
    time that the council promises for an acknowledgement, which is the Code's.

    Args:
        council: for its timescales and days off.
        received_on: the day on which it came, which is itself the day where nothing was promised.
    """
    try:
        rule = council.profile(Track.CORPORATE, received_on).promised.get(ClockKey.ACKNOWLEDGE_1)
    except NothingInForce:
        return received_on
    if rule is None:
        return received_on
    return after(received_on, rule.length, rule.unit, council.calendar).due

"""What is passed on must be taken by somebody: for which reasons, and from when it is chased.

A worry about safety has to be passed on the same day, by voice; a request for a service is no
complaint, and the person may complain of what becomes of it (reference/procedures.md 7.2).
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from portal.procedures.refusal import RefusalReason
from portal.procedures.working_days import Calendar, Unit, after


class HandedOver(StrEnum):
    """What was passed on."""

    SAFEGUARDING = "safeguarding"
    SERVICE_REQUEST = "service_request"


OF_REASON: Mapping[RefusalReason, HandedOver] = {
    RefusalReason.SAFEGUARDING: HandedOver.SAFEGUARDING,
    RefusalReason.SERVICE_REQUEST: HandedOver.SERVICE_REQUEST,
}
"""The reasons for passing feedback on whose taker has to be known by name."""


def chased_from(passed_on: date, what: HandedOver, calendar: Calendar) -> date:
    """Say from which day it is chased that nobody has taken it.

    Args:
        passed_on: the day it was passed on.
        what: a worry about safety is chased on that very day.
        calendar: the days off.
    """
    if what is HandedOver.SAFEGUARDING:
        return passed_on
    return after(passed_on, 1, Unit.WORKING_DAYS, calendar).due

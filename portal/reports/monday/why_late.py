"""Why a date is red, and how an answer stood against its dates: pure, from what is recorded."""

from datetime import date
from enum import StrEnum


class Why(StrEnum):
    """The first of these that holds is why a date that has passed is not met."""

    # The person agreed to wait: a pause, or a later day.
    AGREED_LATER = "agreed_later"
    # A holding letter names a day that is still to come.
    TOLD = "told"
    # A holding letter named a day, and that has passed as well.
    TOLD_AND_MISSED = "told_and_missed"
    # The date was moved once, with a coded reason, and has passed all the same.
    EXTENDED = "extended"
    # Nobody has said anything to the person.
    UNTOLD = "untold"


class Answered(StrEnum):
    """How an answer stood against its dates."""

    IN_TIME = "in_time"
    IN_TIME_EXTENDED = "in_time_extended"
    LATE_TOLD = "late_told"
    LATE_UNTOLD = "late_untold"


IN_TIME = frozenset({Answered.IN_TIME, Answered.IN_TIME_EXTENDED})


def why(today: date, agreed_until: date | None, told_until: date | None, *, extended: bool) -> Why:
    """Say why a date that has passed is not met.

    Args:
        today: the day of the view.
        agreed_until: the day that was agreed with the person, if any.
        told_until: the latest day that a holding letter named, if one went.
        extended: whether the date had been moved before.
    """
    if agreed_until is not None and agreed_until >= today:
        return Why.AGREED_LATER
    if told_until is not None:
        return Why.TOLD if told_until >= today else Why.TOLD_AND_MISSED
    return Why.EXTENDED if extended else Why.UNTOLD


def how_answered(answered_on: date, first_due_on: date, due_on: date, *, told: bool) -> Answered:
    """Say how an answer stood against its dates.

    Args:
        answered_on: the day of the answer.
        first_due_on: the date before anything moved it.
        due_on: the date with its extension.
        told: whether a holding letter went.
    """
    if answered_on <= first_due_on:
        return Answered.IN_TIME
    if answered_on <= due_on:
        return Answered.IN_TIME_EXTENDED
    return Answered.LATE_TOLD if told else Answered.LATE_UNTOLD

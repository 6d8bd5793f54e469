"""Requests to see what is held about somebody: one month to answer, and when it may be longer.

Articles 12(3) and 15 of the UK GDPR (reference/procedures.md 8). Nobody has to use a form or the
law's words, so a request may stand in the middle of a complaint.
"""

from datetime import date

from portal.procedures.working_days import Calendar, Deadline, Unit, after

MONTHS_TO_ANSWER = 1


def answer_by(received: date, calendar: Calendar) -> Deadline:
    """Count the month to answer from the day on which the request reached the council.

    It ends on the corresponding date. A last day at a weekend does not move on: whether it may
    could not be read, and the earlier day is safe.

    Args:
        received: the day it came, whoever of the council it came to.
        calendar: names the days off by which the date was looked at.
    """
    return after(received, MONTHS_TO_ANSWER, Unit.MONTHS, calendar)


def extended_to(received: date, further_months: int, calendar: Calendar) -> Deadline:
    """Count the longer time, from the same day.

    Args:
        received: as in `answer_by`.
        further_months: how many more, as the council's file says (unverified: two).
        calendar: as in `answer_by`.
    """
    return after(received, MONTHS_TO_ANSWER + further_months, Unit.MONTHS, calendar)


def may_extend(on: date, due: date, extended: bool) -> bool:
    """Say whether more time may be taken: once, and told before the first month has ended.

    Args:
        on: the day on which the person is told.
        due: the date that stands now.
        extended: whether more time was taken before.
    """
    return not extended and on <= due

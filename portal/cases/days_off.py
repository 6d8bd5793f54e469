"""Bank holidays that staff add: a proclaimed day moves the dates of open cases, and each says why.

A state funeral is announced days ahead, long before a new list of bank holidays can be installed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.cases import recounting
from portal.cases.tokens import make_public_id
from portal.errors import Refused
from portal.records.added_holiday import AddedHoliday
from portal.work import Work, counting_council


class IsADayOff(Refused):
    """Nobody works on that day already."""

    message = "Nobody works on that day already: it is a weekend or a bank holiday that we have."


class NeedsTitle(Refused):
    """A day off without a name could not be explained."""

    message = "Write the day’s name. It is shown beside every date that it moves."


class TakenBackAlready(Refused):
    """Somebody was quicker."""

    message = "This day has been taken back already."
    status = 409


@dataclass(frozen=True)
class Moved:
    """The date of one open case's stage, before and after. `by` is in calendar days."""

    feedback_id: int
    stage_key: str
    before: date
    after: date

    @property
    def by(self) -> int:
        """How many days the date moved."""
        return (self.after - self.before).days


def standing(session: Session) -> Sequence[AddedHoliday]:
    """The days that were added and not taken back, in order."""
    wanted = select(AddedHoliday).where(AddedHoliday.taken_back_at.is_(None))
    return session.scalars(wanted.order_by(AddedHoliday.day)).all()


def add(work: Work, day: date, title: str) -> tuple[AddedHoliday, tuple[Moved, ...]]:
    """Add a bank holiday and count every open case anew.

    Args:
        work: the open act. Its council knows the day from here on.
        day: the day; it may lie in the past, where the proclamation reached us late.
        title: its name.

    Returns:
        The day as it is kept, and each date that moved.

    Raises:
        NeedsTitle: there is no name.
        IsADayOff: nobody works on it already.
    """
    if not title.strip():
        raise NeedsTitle
    if work.council.calendar.why_not_working(day) is not None:
        raise IsADayOff
    added = AddedHoliday(
        public_id=make_public_id(),
        day=day,
        title=title.strip(),
        added_at=work.now,
        added_by_id=work.who.account_id,
    )
    work.session.add(added)
    audit.note(work, "bank_holiday_added", added)
    return added, _count_anew(work, "bank_holiday_added")


def take_back(work: Work, added: AddedHoliday) -> tuple[Moved, ...]:
    """Take an added bank holiday back, and count every open case anew.

    Raises:
        TakenBackAlready: somebody was quicker.
    """
    if added.taken_back_at is not None:
        raise TakenBackAlready
    added.taken_back_at = work.now
    added.taken_back_by_id = work.who.account_id
    audit.note(work, "bank_holiday_taken_back", added)
    return _count_anew(work, "bank_holiday_taken_back")


def _count_anew(work: Work, why: str) -> tuple[Moved, ...]:
    """Count the present stage of every open case; each date that moves keeps the reason."""
    work.session.flush()
    work.council = counting_council(work.session, anew=True)
    found = []
    with audit.gathered(work):
        for case, stage, before in recounting.recount_open(work, why):
            audit.note(work, "case_date_moved", case, fields=("due_on",))
            found.append(Moved(case.feedback_id, stage.key, before, stage.due_on))
    return tuple(found)

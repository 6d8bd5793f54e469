"""One act of the office: one transaction, opened at the entry point and committed there only."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime

from flask import current_app, g, has_request_context, request
from sqlalchemy import String, cast, select
from sqlalchemy.orm import Session

from portal import at_hand, clock
from portal.bank_holidays import bundled, with_extra
from portal.council import Council
from portal.db import WRITES, db
from portal.plain_rows import plain_rows
from portal.records.added_holiday import AddedHoliday
from portal.settings import Settings


@dataclass(frozen=True)
class Who:
    """Who does it: a kind (`officer`, `advocate`, `public`, `intake`, `work`, `command`) and,
    for those who sign in, the account's key."""

    kind: str
    account_id: int | None = None


# Where a session keeps the council of the act that is open.
ACTS_COUNCIL = "council of this act"
# Written once: every act asks it.
_ADDED = select(AddedHoliday.day, AddedHoliday.title).where(AddedHoliday.taken_back_at.is_(None))
# The same as one text each, for a page that reads them in the statement of another question.
DAYS_OFF = select((cast(AddedHoliday.day, String) + AddedHoliday.title).label("day_off")).where(
    AddedHoliday.taken_back_at.is_(None)
)
_LONG = len("2026-12-25")
PUBLIC = Who("public")
INTAKE = Who("intake")
WORKER = Who("work")
COMMAND = Who("command")


@dataclass
class Work:
    """What every act needs: the open transaction, who acts, when, and for which council."""

    session: Session
    who: Who
    now: datetime
    today: date
    council: Council
    settings: Settings


def council() -> Council:
    """The running application's council, as its file describes it, without the database."""
    found: Council = current_app.extensions["heard"].council
    return found


def counting_council(session: Session, *, anew: bool = False) -> Council:
    """The running application's council with every day off by which its dates are counted today:
    the published ones and those that staff added.

    Args:
        session: any session; the days are read once an act, or once a page that only reads.
        anew: read them again, because days were added or taken back meanwhile, if only to show
            what that would move.
    """
    reads = only_looks()
    if anew:
        session.info.pop(ACTS_COUNCIL, None)
    known: Council | None = session.info.get(ACTS_COUNCIL)
    if known is None and reads and not anew:
        known = g.get("heard_council")
    if known is None:
        known = _counting_with({row.day: row.title for row in plain_rows(session, _ADDED)})
        if reads and not anew:
            g.heard_council = known
    return known


def tell_days_off(texts: Iterable[str]) -> None:
    """Remember, for a page that only reads, the days off that were read in another's statement.

    Args:
        texts: the answers of `DAYS_OFF`.
    """
    g.heard_council = _counting_with(
        {date.fromisoformat(one[:_LONG]): one[_LONG:] for one in texts}
    )


def _counting_with(added: Mapping[date, str]) -> Council:
    return replace(council(), calendar=with_extra(bundled(), added))


def only_looks() -> bool:
    """Whether this is somebody's look at a page: its act writes down that they looked."""
    return has_request_context() and request.method == "GET"


def settings() -> Settings:
    """The running application's settings."""
    found: Settings = current_app.extensions["heard"].settings
    return found


@contextmanager
def begin_work(who: Who) -> Iterator[Work]:
    """Begin one act; commit when the block ends well, undo all of it when it does not.

    What the session had read before is read again inside, so that a decision never rests on
    a row that another person has changed meanwhile.

    Args:
        who: the person or process that acts.

    Yields:
        The work. Only entry points (views, commands, the two loops) open one.

    Raises:
        Whatever the block raises, after the rollback.
    """
    # db.session is a scoped proxy; the act needs the session itself.
    session: Session = db.session()
    session.rollback()
    session.expire_all()
    at_hand.forget()
    session.info.pop(ACTS_COUNCIL, None)
    # A page that only reads goes on with what its act has read, instead of reading it again.
    reads = only_looks()
    kept, session.expire_on_commit = session.expire_on_commit, not reads
    session.connection(execution_options={WRITES: True})
    try:
        now, today = clock.now(), clock.today()
        session.info[ACTS_COUNCIL] = here = counting_council(session)
        yield Work(session, who, now, today, here, settings())
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop(ACTS_COUNCIL, None)
        session.expire_on_commit = kept

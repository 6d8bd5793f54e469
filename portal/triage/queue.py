"""The queue: everything that waits for an officer, in the order in which it should be read.

One query finds the keys of a page, a few more its rows. None opens anybody's words, and a queue of
a hundred thousand takes no more of them than a queue of ten: the places are kept with the matters
(`cases/queue_places.py`), and each order has its index.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from portal import clock, counted
from portal.cases import queue_places, unsettled
from portal.cases.handing_over import CONCERN_FIRST
from portal.council import Council
from portal.counted import counting, number_in_words
from portal.plain_rows import plain_rows
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.handover import Handover
from portal.records.message import Message
from portal.triage import proposals, queue_mail, queue_row
from portal.triage.queue_mail import MailRow
from portal.triage.queue_order import Order, Place, written
from portal.triage.queue_row import Row
from portal.triage.reference_search import matches

PAGE = 25
# Of as many officers and views the statements are kept: to write one down takes as long as to ask.
STATEMENTS_KEPT = 256


class View(StrEnum):
    """Which part of the office's work is listed. `waiting` is the whole of what waits for an
    officer; the next three are parts of it."""

    WAITING = "waiting"
    # What one officer would refuse, and another has to look at first: feedback and cases.
    SECOND_OFFICER = "second-officer"
    REPLIES = "replies"
    PASSED_ON = "passed_on"
    OPEN_CASES = "open"
    ALL = "all"


@dataclass(frozen=True)
class Listing:
    """One page of a list, and how much there is: `counted` of them, or more where that is more than
    `COUNTED`. `earlier` and `later` are the places from which the pages beside it are read."""

    rows: tuple[Row | MailRow, ...]
    total: int
    earlier: str | None
    later: str | None

    @property
    def number(self) -> str:
        """How much there is, in words."""
        return number_in_words(self.total)


@dataclass(frozen=True)
class NextItem:
    """What an officer opens next. A message of the mailbox has no reference."""

    public_id: str
    reference: str | None
    is_case: bool


_COUNTED = tuple(view for view in View if view is not View.ALL)
_ARRIVAL = (Feedback.received_at, Feedback.public_id)
_QUEUE = Order((Feedback.queue_rank, Feedback.queue_on, *_ARRIVAL), (int, date, datetime, str))
_NEWEST = Order(_ARRIVAL, (datetime, str), falling=True)
_ORDERS = {
    View.WAITING: _QUEUE,
    View.SECOND_OFFICER: _QUEUE,
    View.REPLIES: _NEWEST,
    View.PASSED_ON: Order((CONCERN_FIRST, *_ARRIVAL), (int, datetime, str)),
    View.OPEN_CASES: Order((Feedback.case_due_on, *_ARRIVAL), (date, datetime, str)),
    View.ALL: _NEWEST,
}


def rows(
    session: Session,
    council: Council,
    today: date,
    view: View = View.WAITING,
    *,
    visible: ColumnElement[bool],
    search: str = "",
    after: str = "",
    before: str = "",
    mail: bool = False,
    total: int | None = None,
    now: datetime | None = None,
) -> Listing:
    """List one page of the office's work.

    Args:
        session: any session; no private text is opened.
        council: whose timescales and days off the dates are counted with.
        today: the day against which a date is overdue.
        view: which part of the work.
        visible: what the reader may see, from `portal.access.permission.visible`.
        search: a reference, whole or its beginning; other text finds nothing.
        after: `later` of the page before; anything else begins at the first.
        before: `earlier` of the page after.
        mail: whether messages that became no feedback are the reader's to look at.
        total: how much there is, where `counts` has said so already.
        now: the moment against which waiting is told; this one when None.

    Returns:
        The page. What waits for an officer is ordered by risk, then young people, then the next
        date; open cases by their next date; what nobody has taken by danger and age; everything
        else by the newest.
    """
    queue_places.settle(session)
    wanted, order = _listed(view, search, visible), _ORDERS[view]
    with_mail = mail and view is View.WAITING and not search.strip()
    back = bool(before) and order.read(before) is not None
    place = order.read(before if back else after)
    found = _nearest(session, wanted, order, place, back=back, mail=with_mail)
    there_is_more = len(found) > PAGE
    found = found[:PAGE][::-1] if back else found[:PAGE]
    ends = [written(one[0]) for one in (found[0], found[-1])] if found else ["", ""]
    if total is None:
        total = (
            session.scalar(select(_number(wanted, counted.COUNTED + 1, with_mail=with_mail))) or 0
        )
    moment = now or clock.now()
    keys = [one for _, one in found if isinstance(one, int)]
    lines: dict[Any, Row | MailRow] = {
        **queue_row.rows(session, council, keys, today, moment),
        **{one: one for _, one in found if isinstance(one, MailRow)},
    }
    return Listing(
        rows=tuple(lines[one] for _, one in found if one in lines),
        total=total,
        earlier=ends[0] if found and (there_is_more if back else place is not None) else None,
        later=ends[1] if found and (back or there_is_more) else None,
    )


def counts(
    session: Session, visible: ColumnElement[bool], *, mail: bool = False
) -> dict[View, int]:
    """How much a reader may see in each view, for the tabs, in one query. Everything is not
    counted, and nothing beyond `COUNTED`.

    Args:
        session, visible, mail: as in `rows`.
    """
    queue_places.settle(session)
    return dict(
        zip(
            _COUNTED,
            plain_rows(session, _counting(visible, mail, counted.COUNTED + 1)).one(),
            strict=True,
        )
    )


@lru_cache(maxsize=STATEMENTS_KEPT)
def _counting(visible: ColumnElement[bool], mail: bool, at_most: int) -> Select[Any]:
    numbers: list[Any] = [
        _number(_listed(view, "", visible), at_most, with_mail=mail and view is View.WAITING)
        for view in _COUNTED
    ]
    return select(*numbers)


def read_place(token: str) -> Place | None:
    """Read a place in the queue from an address; None where it is none."""
    return _QUEUE.read(token)


def place_of(feedback: Feedback) -> Place | None:
    """Where feedback stands in the queue; None where nothing on it waits for an officer."""
    if feedback.queue_rank is None:
        return None
    return feedback.queue_rank, feedback.queue_on, feedback.received_at, feedback.public_id


def next_waiting(
    session: Session,
    visible: ColumnElement[bool],
    after: Place | None = None,
    but_not: str = "",
    *,
    mail: bool = False,
) -> NextItem | None:
    """What to open next, by the queue's order: what follows a place, else what stands first.

    Args:
        session, visible, mail: as in `rows`.
        after: where whoever asks stands in the queue; None to begin at the first.
        but_not: the public id of what is open now.
    """
    queue_places.settle(session)
    # What waits for a second officer is nobody's next one: it has a list of its own.
    wanted = _listed(View.WAITING, "", visible).where(
        ~proposals.WAITS, Feedback.public_id != but_not
    )
    for place in dict.fromkeys((after, None)):
        found = _nearest(session, wanted, _QUEUE, place, at_most=1, mail=mail)
        first = next((one for at, one in found if at[-1] != but_not), None)
        if isinstance(first, MailRow):
            return NextItem(first.public_id, None, False)
        if first is not None:
            is_case = select(Case.id).where(Case.feedback_id == Feedback.id).exists()
            one = select(Feedback.public_id, Feedback.reference, is_case)
            return NextItem(*session.execute(one.where(Feedback.id == first)).one())
    return None


def _nearest(
    session: Session,
    wanted: Select[Any],
    order: Order,
    place: Place | None,
    *,
    at_most: int = PAGE,
    back: bool = False,
    mail: bool = False,
) -> list[tuple[Place, int | MailRow]]:
    """One more than is shown, each with its place: keys of feedback, and messages among them."""
    if place is None:
        columns = _from_the_start(wanted, order, at_most, back)
    else:
        columns = _ordered(wanted.where(order.beyond(place, back=back)), order, at_most, back)
    found: list[tuple[Place, int | MailRow]] = [
        (tuple(row[1:]), row[0]) for row in plain_rows(session, columns)
    ]
    if mail:
        letters = queue_mail.rows(session, at_most + 1, place, back=back)
        found += [(one.place, one) for one in letters]
        found.sort(key=lambda one: one[0], reverse=back)
    return found[: at_most + 1]


@lru_cache(maxsize=STATEMENTS_KEPT)
def _from_the_start(wanted: Select[Any], order: Order, at_most: int, back: bool) -> Select[Any]:
    return _ordered(wanted, order, at_most, back)


def _ordered(wanted: Select[Any], order: Order, at_most: int, back: bool) -> Select[Any]:
    columns: Select[Any] = wanted.add_columns(*order.columns)
    return columns.order_by(*order.by(back=back)).limit(at_most + 1)


def _number(wanted: Select[Any], at_most: int, *, with_mail: bool) -> ColumnElement[int]:
    number = counting(wanted, at_most)
    if not with_mail:
        return number
    both: ColumnElement[int] = number + queue_mail.number(at_most)
    return both


def _listed(view: View, search: str, visible: ColumnElement[bool]) -> Select[Any]:
    wanted = _of_view(view, visible)
    return wanted.where(matches(search)) if search.strip() else wanted


@lru_cache(maxsize=STATEMENTS_KEPT)
def _of_view(view: View, visible: ColumnElement[bool]) -> Select[Any]:
    wanted = select(Feedback.id).where(visible)
    if view is View.WAITING:
        wanted = wanted.where(Feedback.queue_rank.is_not(None))
    elif view is View.SECOND_OFFICER:
        wanted = wanted.where(proposals.WAITS)
    elif view is View.REPLIES:
        unread = select(Message.feedback_id).where(*unsettled.unread_reply())
        wanted = wanted.where(Feedback.id.in_(unread))
    elif view is View.PASSED_ON:
        untaken = select(Handover.feedback_id).where(Handover.taken_on.is_(None))
        wanted = wanted.where(Feedback.id.in_(untaken))
    elif view is View.OPEN_CASES:
        wanted = wanted.where(Feedback.case_due_on.is_not(None))
    return wanted

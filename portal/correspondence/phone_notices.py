"""Notices that there is news, for who chose texts or calls: made with their letter, once each.

A text goes through the gateway (`texting.py`). What cannot go, and every call, is an officer's task
until somebody says that the person was told.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from portal import audit
from portal.correspondence import failing
from portal.correspondence.phone_number import number_key
from portal.correspondence.safe_contact import Route, route_of
from portal.errors import Refused
from portal.records.feedback import ContactWay, Feedback
from portal.records.outbox_letter import OutboxLetter
from portal.records.phone_notice import NoticeState, NoticeWay, PhoneNotice
from portal.work import Work

WAYS: Mapping[ContactWay, NoticeWay] = {
    ContactWay.TEXT: NoticeWay.TEXT,
    ContactWay.PHONE: NoticeWay.CALL,
}
NO_GATEWAY, NUMBER_FAILS = "no_gateway", "number_fails"


# Nobody is called who said meanwhile that they do not want to be.
_TASK = (PhoneNotice.state == NoticeState.BY_HAND, Feedback.contact_way.in_(WAYS))


class ToldAlready(Refused):
    """Another officer was quicker."""

    message = "Somebody has told this person already. Go back to the list."
    status = 409


@dataclass(frozen=True)
class ByHand:
    """One notice that waits for an officer."""

    notice: PhoneNotice
    feedback: Feedback
    letter: OutboxLetter


def make(work: Work, letter: OutboxLetter, feedback: Feedback, route: Route) -> PhoneNotice:
    """Make the notice of a letter that is read at /track.

    Args:
        work: the open act in which the letter is written.
        letter: the letter.
        feedback: what it is about.
        route: by text or by telephone, with the number.
    """
    work.session.flush()
    notice = PhoneNotice(
        public_id=secrets.token_urlsafe(12),
        feedback_id=feedback.id,
        letter_id=letter.id,
        way=WAYS[route.way],
        state=NoticeState.WAITING,
        to_number=route.to,
        made_at=work.now,
        next_try_at=work.now,
    )
    work.session.add(notice)
    if notice.way is NoticeWay.CALL:
        notice.state = NoticeState.BY_HAND
    elif work.settings.text_gateway is None:
        hand_over(notice, NO_GATEWAY)
    elif failing.failing_now(work.session, number_key(route.to)) is not None:
        hand_over(notice, NUMBER_FAILS)
    audit.note(work, "notice_made", notice)
    return notice


def hand_over(notice: PhoneNotice, error: str) -> None:
    """Make a text an officer's task, with a code that says why."""
    notice.state, notice.error = NoticeState.BY_HAND, error


def by_hand(session: Session, *only: ColumnElement[bool]) -> list[ByHand]:
    """The notices that wait for an officer, the oldest first.

    Args:
        session: any session.
        only: conditions on `feedback`; what the reader may see must be among them.
    """
    wanted = (
        select(PhoneNotice, Feedback, OutboxLetter)
        .join(Feedback, Feedback.id == PhoneNotice.feedback_id)
        .join(OutboxLetter, OutboxLetter.id == PhoneNotice.letter_id)
        .where(*_TASK, *only)
        .order_by(PhoneNotice.made_at, PhoneNotice.id)
    )
    return [ByHand(*row) for row in session.execute(wanted)]


def count_by_hand(session: Session) -> int:
    """How many notices wait for an officer."""
    wanted = select(func.count(PhoneNotice.id)).join(
        Feedback, Feedback.id == PhoneNotice.feedback_id
    )
    return session.scalar(wanted.where(*_TASK)) or 0


def done(work: Work, notice: PhoneNotice) -> None:
    """Record that an officer has told the person.

    Args:
        work: the open act, of the officer.
        notice: read anew, so that of two at once the second hears of the first.

    Raises:
        ToldAlready: another officer was quicker, or it is no task.
    """
    work.session.refresh(notice, with_for_update=True)
    if notice.state is not NoticeState.BY_HAND:
        raise ToldAlready
    notice.state = NoticeState.DONE
    notice.done_at, notice.done_by_id = work.now, work.who.account_id
    audit.note(work, "notice_done", notice)


def number_now(work: Work, notice: PhoneNotice) -> str | None:
    """The number to use now, asked again: the person may have closed this way meanwhile.

    Returns:
        The number; None where they do not want to hear of it in this way any more.
    """
    feedback = work.session.get_one(Feedback, notice.feedback_id)
    route = route_of(work.session, work.council, feedback)
    return route.to if WAYS.get(route.way) is notice.way else None

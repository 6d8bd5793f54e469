"""Notices that there is news, for who chose texts or calls: made with their letter, once each.

A text goes through the gateway (`texting.py`). What cannot go, and every call, is an officer's task
until somebody says that the person was told.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from portal import audit, clock
from portal.correspondence import contact_rules, failing, unwanted_readers
from portal.correspondence.phone_number import number_key
from portal.correspondence.safe_contact import Route, route_of
from portal.errors import Refused
from portal.records.feedback import ContactWay, Feedback
from portal.records.outbox_letter import OutboxLetter
from portal.records.phone_notice import NoticeState, NoticeWay, PhoneNotice
from portal.records.safe_contact_rule import SafeContactRule
from portal.work import Work

WAYS: Mapping[ContactWay, NoticeWay] = {
    ContactWay.TEXT: NoticeWay.TEXT,
    ContactWay.PHONE: NoticeWay.CALL,
}
NO_GATEWAY, NUMBER_FAILS = "no_gateway", "number_fails"


# Nobody is called who said meanwhile that they do not want to be, unless a manager agreed to it.
_TASK = (
    PhoneNotice.state == NoticeState.BY_HAND,
    or_(
        Feedback.contact_way.in_(WAYS),
        contact_rules.has_exception(PhoneNotice.letter_id),
    ),
)


# Who called in the last minute of the hours must still be able to say so.
TO_WRITE_DOWN = timedelta(hours=1)


class NotNow(Refused):
    """It is not a time at which this person may be called or texted."""

    message = "This person may not be called or texted at this time. Go back to the list."
    status = 409


class NotThem(Refused):
    """Whose number it is must not hear of it."""

    message = (
        "The person said that whoever has this number must not hear of it. Do not call. Go back to"
        " the list."
    )
    status = 409


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
    # When they may be called, where that is not now; whether a message may be left, where they
    # said; whether nothing may say who calls.
    not_before: datetime | None = None
    voicemail: bool | None = None
    neutral: bool = False
    # Who must not see or hear it; whether it is one of them whose number this is.
    not_to_see: str = ""
    unwanted: bool = False


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
    rows = session.execute(wanted).all()
    rules = contact_rules.in_force_of(session, [feedback.id for _, feedback, _ in rows])
    found = []
    for notice, feedback, letter in rows:
        rule = rules.get(feedback.id)
        found.append(
            ByHand(
                notice,
                feedback,
                letter,
                _not_before(session, letter, clock.now()),
                rule.voicemail if rule is not None else None,
                rule is not None and rule.neutral,
                (rule.not_to_see or "") if rule is not None else "",
                rule is not None and _unwanted(session, notice, feedback, rule),
            )
        )
    return found


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
        NotNow: the person may not be called at this time.
        NotThem: whoever has this number must not hear of it.
    """
    work.session.refresh(notice, with_for_update=True)
    if notice.state is not NoticeState.BY_HAND:
        raise ToldAlready
    letter = work.session.get_one(OutboxLetter, notice.letter_id)
    if _not_before(work.session, letter, work.now) is not None:
        raise NotNow
    feedback = work.session.get_one(Feedback, notice.feedback_id)
    rule = contact_rules.in_force(work.session, notice.feedback_id)
    if rule is not None and _unwanted(work.session, notice, feedback, rule):
        raise NotThem
    notice.state = NoticeState.DONE
    notice.done_at, notice.done_by_id = work.now, work.who.account_id
    audit.note(work, "notice_done", notice)


def _unwanted(
    session: Session, notice: PhoneNotice, feedback: Feedback, rule: SafeContactRule
) -> bool:
    if not rule.not_to_see:
        return False
    if contact_rules.exception_for(session, notice.letter_id) is not None:
        return False
    way = next(way for way, known in WAYS.items() if known is notice.way)
    return unwanted_readers.is_one(session, feedback, Route(way, notice.to_number))


def _not_before(session: Session, letter: OutboxLetter, now: datetime) -> datetime | None:
    if contact_rules.not_before(session, letter, now - TO_WRITE_DOWN) is None:
        return None
    return contact_rules.not_before(session, letter, now)


def number_now(work: Work, notice: PhoneNotice) -> str | None:
    """The number to use now, asked again: the person may have closed this way meanwhile.

    Returns:
        The number; None where they do not want to hear of it in this way any more.
    """
    exception = contact_rules.exception_for(work.session, notice.letter_id)
    if exception is not None and WAYS.get(exception.way) is notice.way:
        return exception.to_where
    feedback = work.session.get_one(Feedback, notice.feedback_id)
    route = route_of(work.session, work.council, feedback)
    if WAYS.get(route.way) is not notice.way:
        return None
    if unwanted_readers.is_one(work.session, feedback, route):
        unwanted_readers.hold(work, work.session.get_one(OutboxLetter, notice.letter_id))
        return None
    return route.to

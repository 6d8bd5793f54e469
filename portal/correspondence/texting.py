"""Texts on their way: claimed in one act, marked in another, with the gateway between them.

A text goes once for its letter. Whether one that was tried before was taken is asked of the gateway
first, by the letter's public id; only what it does not know is handed over again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal import audit, clock
from portal.correspondence import contact_rules, failing, phone_notices
from portal.correspondence.delivery import LEASE, WAITS
from portal.correspondence.phone_number import number_key
from portal.correspondence.text_gateway import (
    Fate,
    GatewayDown,
    TextGateway,
    TextRefused,
    gateway_for,
)
from portal.db import db
from portal.records.outbox_letter import OutboxLetter
from portal.records.phone_notice import NoticeState, NoticeWay, PhoneNotice
from portal.work import WORKER, Work, begin_work, settings

ON_THEIR_WAY = (NoticeState.WAITING, NoticeState.SENDING)
# When the fate of a text is asked next, by how long ago it left; a gateway gives up within three
# days, so after four nobody asks any more.
LOOKS = (
    (timedelta(minutes=10), timedelta(minutes=2)),
    (timedelta(hours=3), timedelta(minutes=20)),
    (timedelta(days=4), timedelta(hours=3)),
)
LAST_LOOK = LOOKS[-1][0]
FATES_A_ROUND = 50


@dataclass(frozen=True)
class Claimed:
    """What the gateway is given, free of the database. `again`: it may have it already."""

    id: int
    number: str
    words: str
    reference: str
    again: bool


def send_waiting(limit: int = 100) -> int:
    """Send the texts that are due, and ask what became of those that left.

    Args:
        limit: how many are handed over at most, so that the loop's other work has its turn.

    Returns:
        How many the gateway took. Where it is down, texts wait as letters do; without one, they
        become officers' tasks.
    """
    gateway = gateway_for(settings())
    if gateway is None:
        _give_to_officers()
        return 0
    sent = 0
    for _ in range(limit):
        text = _claim() if _is_any_due() else None
        if text is None:
            break
        try:
            sent += _hand_over(gateway, text)
        except GatewayDown as down:
            with current_app.app_context(), begin_work(WORKER) as work:
                mark_waiting(work, text.id, str(down))
            return sent
    _ask_fates(gateway)
    return sent


def count_late(session: Session, since: datetime) -> int:
    """How many texts have waited since before a moment."""
    # One that waits for its person's hours was never tried.
    tried = (PhoneNotice.tries > 0) | (PhoneNotice.next_try_at <= clock.now())
    wanted = select(PhoneNotice.id).where(
        PhoneNotice.state.in_(ON_THEIR_WAY), PhoneNotice.made_at < since, tried
    )
    return len(session.scalars(wanted).all())


def claim_next(work: Work) -> Claimed | None:
    """Take the next text that is due, for as long as the gateway may take.

    Args:
        work: an act that is committed before the gateway is asked.
    """
    while notice := work.session.scalar(_due(work.now).with_for_update(skip_locked=True)):
        number = phone_notices.number_now(work, notice)
        letter = work.session.get_one(OutboxLetter, notice.letter_id)
        if number is None:
            notice.state = NoticeState.DROPPED
            audit.note(work, "notice_dropped", notice)
        elif (later := contact_rules.not_before(work.session, letter, work.now)) is not None:
            notice.state, notice.next_try_at = NoticeState.WAITING, later
        elif failing.failing_now(work.session, number_key(number)) is not None:
            phone_notices.hand_over(notice, phone_notices.NUMBER_FAILS)
            audit.note(work, "notice_by_hand", notice)
        else:
            notice.to_number, notice.state = number, NoticeState.SENDING
            notice.next_try_at = work.now + LEASE
            notice.tries += 1
            again = notice.tries > 1
            return Claimed(notice.id, number, words_of(work), letter.public_id, again)
        work.session.flush()
    return None


def words_of(work: Work) -> str:
    """What every text says: that there is news, and where to look. Nothing of what it is about."""
    return f"{work.council.texts.words} {work.settings.public_url}/track"


def mark_sent(work: Work, notice_id: int, gateway_id: str) -> None:
    """Note that the gateway has taken a text."""
    notice = work.session.get_one(PhoneNotice, notice_id)
    notice.state, notice.gateway_id = NoticeState.SENT, gateway_id
    notice.sent_at, notice.error = work.now, None
    notice.next_try_at = work.now + LOOKS[0][1]
    audit.note(work, "text_sent", notice)


def mark_waiting(work: Work, notice_id: int, error: str) -> None:
    """Put a text back; each time it waits longer.

    Args:
        work: the open act.
        notice_id: the notice.
        error: a code, never the gateway's words.
    """
    notice = work.session.get_one(PhoneNotice, notice_id)
    notice.state, notice.error = NoticeState.WAITING, error
    notice.next_try_at = work.now + WAITS[min(max(notice.tries, 1), len(WAITS)) - 1]


def mark_failed(work: Work, notice_id: int, error: str, *, number_wrong: bool) -> None:
    """Make a text that did not reach its number an officer's task.

    Args:
        work: the open act.
        notice_id: the notice.
        error: a code.
        number_wrong: whether later texts are not to be tried there either.
    """
    notice = work.session.get_one(PhoneNotice, notice_id)
    phone_notices.hand_over(notice, error)
    audit.note(work, "notice_by_hand", notice)
    if number_wrong:
        failing.mark_number(work, notice.to_number)


def _hand_over(gateway: TextGateway, text: Claimed) -> bool:
    """Whether the gateway has it now, from this time or from one before."""
    try:
        known = gateway.find(text.reference) if text.again else None
        gateway_id = known or gateway.send(text.number, text.words, text.reference)
    except TextRefused as refused:
        with current_app.app_context(), begin_work(WORKER) as work:
            mark_failed(work, text.id, str(refused), number_wrong=refused.number_wrong)
        return False
    with current_app.app_context(), begin_work(WORKER) as work:
        mark_sent(work, text.id, gateway_id)
    return True


def _claim() -> Claimed | None:
    # A context of its own for each act, as with letters.
    with current_app.app_context(), begin_work(WORKER) as work:
        return claim_next(work)


def _is_any_due() -> bool:
    with current_app.app_context():
        return db.session.scalar(_due(clock.now()).with_only_columns(PhoneNotice.id)) is not None


def _due(now: datetime) -> Select[PhoneNotice]:
    return (
        select(PhoneNotice)
        .where(
            PhoneNotice.way == NoticeWay.TEXT,
            PhoneNotice.state.in_(ON_THEIR_WAY),
            PhoneNotice.next_try_at <= now,
        )
        .order_by(PhoneNotice.next_try_at, PhoneNotice.id)
        .limit(1)
    )


def _give_to_officers() -> None:
    """The gateway was taken away while texts waited."""
    while _is_any_due():
        with current_app.app_context(), begin_work(WORKER) as work:
            notice = work.session.scalar(_due(work.now).with_for_update(skip_locked=True))
            if notice is None:
                return
            phone_notices.hand_over(notice, phone_notices.NO_GATEWAY)
            audit.note(work, "notice_by_hand", notice)


def _ask_fates(gateway: TextGateway) -> None:
    with current_app.app_context():
        now = clock.now()
        wanted = (
            select(PhoneNotice.id, PhoneNotice.gateway_id)
            .where(
                PhoneNotice.state == NoticeState.SENT,
                PhoneNotice.next_try_at <= now,
                PhoneNotice.sent_at > now - LAST_LOOK,
            )
            .order_by(PhoneNotice.next_try_at, PhoneNotice.id)
            .limit(FATES_A_ROUND)
        )
        asked = [(row.id, row.gateway_id or "") for row in db.session.execute(wanted)]
    for notice_id, gateway_id in asked:
        try:
            fate = gateway.fate(gateway_id)
        except (GatewayDown, TextRefused):
            # Later, and the others first: one that it does not know must not hide them.
            with current_app.app_context(), begin_work(WORKER) as work:
                work.session.get_one(PhoneNotice, notice_id).next_try_at = work.now + LOOKS[1][1]
            return
        with current_app.app_context(), begin_work(WORKER) as work:
            _note_fate(work, notice_id, fate)


def _note_fate(work: Work, notice_id: int, fate: Fate) -> None:
    notice = work.session.get_one(PhoneNotice, notice_id, with_for_update=True)
    if notice.state is not NoticeState.SENT or notice.sent_at is None:
        return
    if fate is Fate.PENDING:
        age = work.now - notice.sent_at
        notice.next_try_at = work.now + next(
            (wait for until, wait in LOOKS if age < until), LAST_LOOK
        )
    elif fate is Fate.DELIVERED:
        notice.state = NoticeState.DELIVERED
        audit.note(work, "text_delivered", notice)
    else:
        failed = fate is Fate.FAILED
        mark_failed(work, notice_id, f"text_{fate.value}", number_wrong=failed)

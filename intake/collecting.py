"""One look into one mailbox: fetch, keep, read, take in, and only then move away."""

from collections.abc import Callable
from datetime import timedelta

import structlog
from flask import Flask
from sqlalchemy.exc import IntegrityError, OperationalError

from intake.counts import Counts
from intake.incoming import IncomingMail
from intake.ledger import Place, find, known_states, store
from intake.mailbox import Fetched, Mailbox
from intake.parsing import parse
from intake.taking_in import take_in
from portal import clock
from portal.db import db
from portal.records.heartbeat import Heartbeat
from portal.records.mail import Mail, MailPoll, MailState, RawMail
from portal.work import INTAKE, begin_work

log = structlog.get_logger()

Stopping = Callable[[], bool]
AT_A_TIME = 50
ABANDONED_AFTER = timedelta(minutes=5)


def collect(app: Flask, mailbox: Mailbox, stopping: Stopping = lambda: False) -> Counts:
    """Take in everything that a mailbox holds.

    Args:
        app: the application.
        mailbox: a connected mailbox.
        stopping: asked between messages; True ends the look after the current message.

    Returns:
        The equation: every message found is in exactly one class.

    Raises:
        MailboxError: the mailbox went away; what was kept is kept, the rest comes next time.
        OperationalError: the database went away; nothing was moved that is not kept.
    """
    place = Place(mailbox.name, mailbox.uid_validity)
    counts = Counts()
    poll_id = _begin_poll(app, place)
    error: str | None = None
    try:
        _finish_stored(app, place)
        uids = mailbox.uids()
        for start in range(0, len(uids), AT_A_TIME):
            if stopping():
                break
            _collect_some(app, mailbox, place, uids[start : start + AT_A_TIME], counts, stopping)
    except Exception as failure:
        error = type(failure).__name__
        raise
    finally:
        _end_poll(app, poll_id, counts, error)
    return counts


def _collect_some(
    app: Flask, mailbox: Mailbox, place: Place, uids: list[int], counts: Counts, stopping: Stopping
) -> None:
    with app.app_context():
        known = known_states(db.session(), place, uids)
    # Kept and read before, but not moved: the last look ended in between.
    done = [uid for uid in uids if known.get(uid, MailState.STORED) is not MailState.STORED]
    for _ in done:
        counts.add(MailState.KNOWN)
    for fetched in mailbox.fetch([uid for uid in uids if uid not in done]):
        if stopping():
            break
        with app.app_context():
            counts.add(_take(place, fetched))
        done.append(fetched.uid)
    # Commit, then file: a crash repeats a message, never loses one.
    mailbox.file_as_done(done)


def _take(place: Place, fetched: Fetched) -> MailState:
    try:
        with begin_work(INTAKE) as work:
            mail = find(work.session, place, fetched.uid) or store(work, place, fetched)
            mail_id = mail.id
    except IntegrityError:
        # Another worker on the same mailbox kept it first and will take it in.
        return MailState.KNOWN
    incoming = parse(fetched.raw)
    return _classify(mail_id, incoming)


def _classify(mail_id: int, incoming: IncomingMail) -> MailState:
    try:
        with begin_work(INTAKE) as work:
            mail = work.session.get_one(Mail, mail_id)
            if mail.state is not MailState.STORED:
                return MailState.KNOWN
            return take_in(work, mail, incoming)
    except OperationalError:
        raise
    except Exception as failure:
        # One message never stops the next: it is kept whole, and a person will look at it.
        log.error("mail_quarantined", mail=mail_id, kind=type(failure).__name__)
        with begin_work(INTAKE) as work:
            mail = work.session.get_one(Mail, mail_id)
            mail.state = MailState.QUARANTINED
            mail.tries += 1
            mail.error = type(failure).__name__
        return MailState.QUARANTINED


def _finish_stored(app: Flask, place: Place) -> None:
    """Take in what was kept and not read when the last look ended, wherever the message is now:
    another program may have moved it meanwhile."""
    with app.app_context():
        left = db.select(Mail.id).where(
            Mail.mailbox == place.mailbox,
            Mail.state == MailState.STORED,
            # A second worker may be reading a younger one right now.
            Mail.stored_at < clock.now() - ABANDONED_AFTER,
        )
        for mail_id in db.session.scalars(left).all():
            _classify(mail_id, parse(db.session.get_one(RawMail, mail_id).body))


def _begin_poll(app: Flask, place: Place) -> int:
    with app.app_context(), begin_work(INTAKE) as work:
        poll = MailPoll(mailbox=place.mailbox, began_at=work.now)
        work.session.add(poll)
        work.session.flush()
        return poll.id


def _end_poll(app: Flask, poll_id: int, counts: Counts, error: str | None) -> None:
    try:
        with app.app_context(), begin_work(INTAKE) as work:
            poll = work.session.get_one(MailPoll, poll_id)
            poll.ended_at = work.now
            poll.error = error
            for name, count in counts.as_json().items():
                setattr(poll, name, count)
            if error is None:
                work.session.merge(Heartbeat(process="intake", at=work.now, error=None))
    except OperationalError:
        # The database went away with the poll; the first failure is the one to report.
        log.error("poll_not_recorded", poll=poll_id)

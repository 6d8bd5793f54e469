"""What is written down of each look into a mailbox: its equation, and how it ended."""

from datetime import timedelta

import structlog
from flask import Flask
from sqlalchemy import delete
from sqlalchemy.exc import DBAPIError

from intake.counts import Counts
from portal.records.heartbeat import Heartbeat
from portal.records.mail import MailPoll
from portal.work import INTAKE, Work, begin_work

log = structlog.get_logger()
# A look every few seconds that found nothing says nothing any more after this time.
EMPTY_LOOKS_KEPT = timedelta(days=7)


def begin_poll(app: Flask, mailbox: str) -> int:
    """Write down that a look begins; returns its key."""
    with app.app_context(), begin_work(INTAKE) as work:
        _forget_empty_looks(work, mailbox)
        poll = MailPoll(mailbox=mailbox, began_at=work.now)
        work.session.add(poll)
        work.session.flush()
        return poll.id


def end_poll(app: Flask, poll_id: int, counts: Counts, error: str | None) -> None:
    """Write down what a look found and how it ended.

    Args:
        app: the application.
        poll_id: what `begin_poll` gave.
        counts: the equation.
        error: the kind of what ended it early, or None.
    """
    try:
        with app.app_context(), begin_work(INTAKE) as work:
            poll = work.session.get_one(MailPoll, poll_id)
            poll.ended_at = work.now
            poll.error = error
            for name, count in counts.as_json().items():
                setattr(poll, name, count)
            if error is None:
                work.session.merge(Heartbeat(process="intake", at=work.now, error=None))
    except DBAPIError:
        # The database went away with the look; the first failure is the one to report.
        log.error("poll_not_recorded", poll=poll_id)


def _forget_empty_looks(work: Work, mailbox: str) -> None:
    # Only a day's worth is looked through, so that this costs nothing however long it has run.
    until = work.now - EMPTY_LOOKS_KEPT
    work.session.execute(
        delete(MailPoll).where(
            MailPoll.began_at > until - timedelta(days=1),
            MailPoll.began_at < until,
            MailPoll.mailbox == mailbox,
            MailPoll.found == 0,
            MailPoll.error.is_(None),
        )
    )

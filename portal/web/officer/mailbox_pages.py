"""How the mailboxes are: when each was last read well, and what stands in the way."""

from dataclasses import dataclass
from datetime import timedelta

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select

from portal import audit, clock, health
from portal.access.acts import Act
from portal.db import db
from portal.health import MailboxHealth
from portal.records.mail import Mail, MailPoll, MailState
from portal.triage.queue_row import waited_in_words
from portal.web.access import opens_to
from portal.web.officer.blueprint import pages, staff
from portal.work import begin_work, settings

# Looks that found nothing are forgotten after a week; older failures say nothing any more.
LOOKED_BACK = timedelta(days=7)


@dataclass(frozen=True)
class Mailbox:
    """One mailbox as the page shows it; `failed` are looks of the last week that ended early. A
    server that takes neither password nor token stands in its health, as a sentence."""

    health: MailboxHealth
    age: str
    failed: int
    quarantined: int


@pages.get("/mailboxes")
@opens_to(Act.LOOK_AT_MAIL)
def mailboxes() -> ResponseReturnValue:
    """Every mailbox that is read."""
    with begin_work(staff()) as work:
        audit.note(work, "mailboxes_viewed")
    failed, quarantined = _failed(), _quarantined()
    now = clock.now()
    found = [
        Mailbox(
            health=one,
            age=waited_in_words(one.good_at, now),
            failed=failed.get(one.name, 0),
            quarantined=quarantined.get(one.name, 0),
        )
        for one in health.mailboxes(db.session())
    ]
    return render_template(
        "officer/mailboxes.html", mailboxes=found, expected=len(settings().mailbox_urls)
    )


def _failed() -> dict[str, int]:
    """How many looks of the last week ended early, by mailbox."""
    wanted = (
        select(MailPoll.mailbox, func.count())
        .where(MailPoll.began_at > clock.now() - LOOKED_BACK, MailPoll.error.is_not(None))
        .group_by(MailPoll.mailbox)
    )
    return {row[0]: row[1] for row in db.session.execute(wanted)}


def _quarantined() -> dict[str, int]:
    """How many messages nobody could read yet, by mailbox."""
    wanted = (
        select(Mail.mailbox, func.count())
        .where(
            Mail.state == MailState.QUARANTINED,
            Mail.settled_at.is_(None),
            Mail.feedback_id.is_(None),
        )
        .group_by(Mail.mailbox)
    )
    return {row[0]: row[1] for row in db.session.execute(wanted)}

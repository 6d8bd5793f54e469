"""Quarantine: what could not be read or taken in is kept whole and tried again, less and less
often; then a person must look. It never stops the next message."""

from datetime import timedelta

from portal import audit
from portal.records.mail import Mail, MailState
from portal.work import Work

WAITS = (timedelta(minutes=30), timedelta(hours=2), timedelta(days=1))
LONGEST_KIND = 100


def quarantine(work: Work, mail: Mail, kind: str, traceback: str = "") -> None:
    """Set a message aside.

    Args:
        work: the open act.
        mail: its row.
        kind: what went wrong, as a code: no words of the message.
        traceback: where; it may quote the message, so it is kept as private text.
    """
    mail.state = MailState.QUARANTINED
    mail.tries += 1
    mail.error = kind[:LONGEST_KIND]
    mail.traceback = traceback or None
    mail.next_try_at = work.now + WAITS[mail.tries - 1] if mail.tries <= len(WAITS) else None
    audit.note(work, "mail_quarantined", mail)

"""Whether the installation is well: what `flask check` and /status tell, without personal data."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import clock, sealing
from portal.attachments import storing
from portal.records.feedback import Feedback, FeedbackState
from portal.records.heartbeat import Heartbeat
from portal.records.mail import Mail, MailPoll, MailState
from portal.records.outbox_letter import LetterState, OutboxLetter
from portal.work import settings

# Both loops turn at least every five minutes; one long round must not raise an alarm.
SILENT_AFTER = timedelta(minutes=15)
LETTER_LATE_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class Pulse:
    """One background process: when it last finished a round, and whether that is too long ago."""

    process: str
    at: datetime | None
    silent: bool


def pulses(session: Session) -> list[Pulse]:
    """The background processes that this installation should be running."""
    wanted = ["work", *(["intake"] if settings().mailbox_urls else [])]
    return [_pulse(session, process) for process in wanted]


def last_poll(session: Session) -> MailPoll | None:
    """The newest finished look into a mailbox, with its equation."""
    finished = select(MailPoll).where(MailPoll.ended_at.is_not(None))
    return session.scalar(finished.order_by(MailPoll.id.desc()).limit(1))


def equation_holds(poll: MailPoll) -> bool:
    """Whether every message that a poll found is in exactly one class."""
    classes = poll.new + poll.known + poll.replies + poll.automatic + poll.quarantined
    return poll.found == classes


def facts(session: Session) -> list[str]:
    """Sentences that say how much there is."""
    waiting = _count(session, Feedback, Feedback.state == FeedbackState.WAITING)
    letters = _count(session, OutboxLetter, OutboxLetter.state == LetterState.WAITING)
    said = [f"{waiting} items of feedback wait for an officer; {letters} letters wait to be sent."]
    poll = last_poll(session)
    if poll is not None and poll.ended_at is not None:
        said.append(
            f"The last look into the mailbox ended {_ago(poll.ended_at)}: {poll.found} found = "
            f"{poll.new} new + {poll.known} known + {poll.replies} replies + "
            f"{poll.automatic} automatic + {poll.quarantined} quarantined."
        )
    return said


def faults(session: Session) -> list[str]:
    """A sentence for each thing that is wrong; empty when all is well."""
    return [
        *(
            f"The {pulse.process} process has not finished a round "
            f"{'yet' if pulse.at is None else _for(pulse.at)}. Is it running?"
            for pulse in pulses(session)
            if pulse.silent
        ),
        *_mail_faults(session),
        *_letter_faults(session),
        *sealing.faults(session),
        *_file_faults(session),
    ]


def _mail_faults(session: Session) -> list[str]:
    said = []
    poll = last_poll(session)
    if poll is not None and not equation_holds(poll):
        said.append("The last look into the mailbox does not add up: messages may be missing.")
    if poll is not None and poll.error:
        said.append(f"The last look into the mailbox ended early ({poll.error}).")
    kept = _count(session, Mail, Mail.state == MailState.QUARANTINED)
    if kept:
        said.append(f"{kept} messages are quarantined: they are kept whole, a person must look.")
    return said


def _letter_faults(session: Session) -> list[str]:
    late = _count(
        session,
        OutboxLetter,
        (OutboxLetter.state.in_((LetterState.WAITING, LetterState.SENDING)))
        & (OutboxLetter.written_at < clock.now() - LETTER_LATE_AFTER),
    )
    refused = _count(session, OutboxLetter, OutboxLetter.state == LetterState.REFUSED)
    said = []
    if late:
        said.append(f"{late} letters have waited for over an hour. Does SMTP_URL work?")
    if refused:
        said.append(f"{refused} letters were refused by the mail server: reach them another way.")
    return said


def _file_faults(session: Session) -> list[str]:
    orphans = len(storing.orphans(session))
    if not orphans:
        return []
    return [f"{orphans} stored files belong to no record; `flask work` sweeps them after a day."]


def _pulse(session: Session, process: str) -> Pulse:
    beat = session.get(Heartbeat, process)
    at = beat.at if beat else None
    return Pulse(process, at, at is None or clock.now() - at > SILENT_AFTER)


def _count(session: Session, record: type, condition: object) -> int:
    return session.scalar(select(func.count()).select_from(record).where(condition)) or 0  # type: ignore[arg-type]


def _ago(at: datetime) -> str:
    return f"{_minutes(at)} ago"


def _for(at: datetime) -> str:
    return f"for {_minutes(at)}"


def _minutes(at: datetime) -> str:
    minutes = int((clock.now() - at).total_seconds() // 60)
    return "less than a minute" if minutes < 1 else f"{minutes} minutes"

"""Whether the installation is well: what `flask check` and /status tell, without personal data."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import clock, sealing
from portal.attachments import storing
from portal.cases import access_requests, handing_over, reminding, silence, staff_list
from portal.correspondence import automatic_gate, phone_notices, print_queue, texting
from portal.records.danger_alert import DangerAlert
from portal.records.feedback import Feedback, FeedbackState
from portal.records.heartbeat import Heartbeat
from portal.records.mail import Mail, MailPoll, MailState
from portal.records.outbox_letter import LetterState, OutboxLetter
from portal.triage.find import indexing
from portal.work import council, counting_council, settings

# Both loops turn at least every five minutes; one long round must not raise an alarm.
SILENT_AFTER = timedelta(minutes=15)
# How the intake calls the heartbeat of a mailbox: this and the mailbox's name.
MAILBOX = "intake "
LETTER_LATE_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class Pulse:
    """One background process: when it last finished a round, and whether that is too long ago."""

    process: str
    at: datetime | None
    silent: bool


@dataclass(frozen=True)
class MailboxHealth:
    """One mailbox: its last good look, what stands in the way of the next, and the equation of the
    latest look. One that ended early is told as that, and its equation is not asked."""

    name: str
    good_at: datetime
    late: bool
    trouble: str | None
    poll: MailPoll | None
    adds_up: bool

    @property
    def well(self) -> bool:
        """Whether nobody need do anything. One look that failed is tried again soon."""
        return self.adds_up and not self.late


def pulses(session: Session) -> list[Pulse]:
    """The background processes that this installation should be running."""
    wanted = ["work", *(["intake"] if settings().mailbox_urls else [])]
    return [_pulse(session, process) for process in wanted]


def mailboxes(session: Session) -> list[MailboxHealth]:
    """The mailboxes that this installation reads, each alone, by name.

    Args:
        session: any session.
    """
    beats = select(Heartbeat).where(Heartbeat.process.startswith(MAILBOX))
    return [_mailbox(session, beat) for beat in session.scalars(beats.order_by(Heartbeat.process))]


def _mailbox(session: Session, beat: Heartbeat) -> MailboxHealth:
    name = beat.process.removeprefix(MAILBOX)
    finished = select(MailPoll).where(MailPoll.mailbox == name, MailPoll.ended_at.is_not(None))
    poll = session.scalar(finished.order_by(MailPoll.id.desc()).limit(1))
    return MailboxHealth(
        name=name,
        good_at=beat.at,
        late=clock.now() - beat.at > SILENT_AFTER,
        trouble=beat.error,
        poll=poll,
        adds_up=poll is None or poll.error is not None or equation_holds(poll),
    )


def equation_holds(poll: MailPoll) -> bool:
    """Whether every message that a poll found is in exactly one class."""
    classes = poll.new + poll.known + poll.replies + poll.automatic + poll.quarantined
    return poll.found == classes


def facts(session: Session) -> list[str]:
    """Sentences that say how much there is."""
    waiting = _count(session, Feedback, Feedback.state == FeedbackState.WAITING)
    letters = _count(session, OutboxLetter, OutboxLetter.state == LetterState.WAITING)
    said = [f"{waiting} items of feedback wait for an officer; {letters} letters wait to be sent."]
    to_post = _count(session, OutboxLetter, OutboxLetter.state == LetterState.TO_POST)
    by_hand = phone_notices.count_by_hand(session)
    if to_post or by_hand:
        said.append(
            f"{to_post} letters wait to be posted; {by_hand} people wait to be told by phone or "
            "text by hand."
        )
    said += [_equation(box) for box in mailboxes(session)]
    return [*said, indexing.fact(session)]


def faults(session: Session) -> list[str]:
    """A sentence for each thing that is wrong; empty when all is well."""
    return [
        *(
            f"The {pulse.process} process has not finished a round "
            f"{'yet' if pulse.at is None else _for(pulse.at)}. Is it running?"
            for pulse in pulses(session)
            if pulse.silent
        ),
        *_danger_faults(session),
        *_mail_faults(session),
        *_letter_faults(session),
        *sealing.faults(session),
        *_file_faults(session),
        *_case_faults(session),
        *staff_list.faults(session, council(), clock.today()),
        *handing_over.faults(session, counting_council(session).calendar, clock.today()),
        *access_requests.faults(session, clock.today()),
        *indexing.faults(session),
    ]


def _danger_faults(session: Session) -> list[str]:
    wanted = select(func.count(DangerAlert.id), func.min(DangerAlert.raised_at))
    number, oldest = session.execute(wanted.where(DangerAlert.ended_at.is_(None))).one()
    if not number:
        return []
    since = f"{clock.in_london(oldest):%H:%M on %d.%m.%Y}"
    return [
        f"{number} alerts that somebody may be in danger were taken by nobody, the oldest since"
        f" {since}. Open “Danger now” on the officers’ pages."
    ]


def _equation(box: MailboxHealth) -> str:
    said = f"Mailbox {box.name}: last good look {_ago(box.good_at)}"
    if box.poll is None:
        return f"{said}."
    poll = box.poll
    return (
        f"{said}; latest: {poll.found} found = {poll.new} new + {poll.known} known + "
        f"{poll.replies} replies + {poll.automatic} automatic + {poll.quarantined} quarantined."
    )


def _mail_faults(session: Session) -> list[str]:
    said = []
    for box in mailboxes(session):
        if not box.adds_up:
            said.append(
                f"Mailbox {box.name}: the latest look does not add up. Messages may be missing."
            )
        if box.late:
            said.append(f"Mailbox {box.name} was last read well {_ago(box.good_at)}.")
        if box.trouble:
            said.append(f"Mailbox {box.name}: {box.trouble}")
    kept = _count(
        session,
        Mail,
        (Mail.state == MailState.QUARANTINED)
        & Mail.settled_at.is_(None)
        & Mail.feedback_id.is_(None),
    )
    if kept:
        said.append(f"{kept} messages are quarantined: they are kept whole, a person must look.")
    held = len(automatic_gate.tasks(session))
    if held:
        said.append(f"Automatic letters to {held} addresses were held back: an officer must look.")
    return said


def _letter_faults(session: Session) -> list[str]:
    late = _count(
        session,
        OutboxLetter,
        (OutboxLetter.state.in_((LetterState.WAITING, LetterState.SENDING)))
        & (OutboxLetter.written_at < clock.now() - LETTER_LATE_AFTER)
        # One that waits for its person's hours was never tried.
        & ((OutboxLetter.tries > 0) | (OutboxLetter.next_try_at <= clock.now())),
    )
    refused = _count(session, OutboxLetter, OutboxLetter.state == LetterState.REFUSED)
    said = []
    if late:
        said.append(f"{late} letters have waited for over an hour. Does SMTP_URL work?")
    unposted = print_queue.late(session, counting_council(session), clock.today())
    if unposted:
        said.append(
            f"{unposted} letters should have been posted by now: print them under “Letters to "
            "post”, and record the day."
        )
    texts = texting.count_late(session, clock.now() - LETTER_LATE_AFTER)
    if texts:
        said.append(f"{texts} texts have waited for over an hour. Does TEXT_GATEWAY work?")
    if refused:
        said.append(f"{refused} letters were refused by the mail server: reach them another way.")
    return said


def _case_faults(session: Session) -> list[str]:
    here = counting_council(session)
    silent = silence.count(session, here, clock.today())
    untold = reminding.number_untold(session)
    said = []
    if silent:
        said.append(
            f"In {silent} open case{_s(silent)} nothing was said to the person for more than "
            f"{here.chasing.silence_days} working days: an officer must write."
        )
    if untold:
        said.append(
            f"{untold} reminder{_s(untold)} did not reach everybody they were for: an officer must "
            "tell them."
        )
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


def _s(number: int) -> str:
    return "" if number == 1 else "s"


def _ago(at: datetime) -> str:
    return f"{_minutes(at)} ago"


def _for(at: datetime) -> str:
    return f"for {_minutes(at)}"


def _minutes(at: datetime) -> str:
    minutes = int((clock.now() - at).total_seconds() // 60)
    return "less than a minute" if minutes < 1 else f"{minutes} minutes"

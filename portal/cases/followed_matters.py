"""The matters that an advocate follows, with what is new in each and who was asked last."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, null, or_, select
from sqlalchemy.orm import Session

from portal import audit, clock
from portal.access.following import stands
from portal.access.let_in import file_is_open, letter_is_open
from portal.attachments.storing import OPENABLE
from portal.correspondence.outbox import NOT_IN_THE_THREAD
from portal.matter_rows import PARTIES
from portal.procedures.vocabulary import Relationship
from portal.records.advocacy import Advocacy
from portal.records.attachment import Attachment, AttachmentState
from portal.records.audit_event import AuditEvent
from portal.records.feedback import YOUNG_DOORS, Feedback
from portal.records.message import Message, Sender
from portal.records.outbox_letter import OutboxLetter
from portal.records.party import Party, PartyRole
from portal.work import Work

VIEWED = "advocate_viewed"


@dataclass(frozen=True)
class SentFile:
    """A file that an advocate may open: what it is called, when it came, and whether nobody has
    looked at it for viruses yet. One that was refused cannot be opened."""

    public_id: str
    filename: str
    on: date
    openable: bool
    unscanned: bool


@dataclass(frozen=True)
class Matter:
    """One matter in an advocate's list. `unread` counts what others said since they last looked."""

    feedback: Feedback
    first_name: str | None
    joined_at: datetime
    unread: int
    council_asked_last: bool


def matters(session: Session, account_id: int) -> list[Matter]:
    """The matters that an advocate follows now: those, and none of anybody else's."""
    rows = session.execute(
        select(Advocacy, Feedback)
        .join(Feedback, Feedback.id == Advocacy.feedback_id)
        .where(Advocacy.account_id == account_id, stands(clock.today()))
        .order_by(Advocacy.joined_at)
    ).all()
    ids = [feedback.id for _, feedback in rows]
    looked = _last_looks(session, account_id, ids)
    said = _said(session, ids)
    names = _names(session, ids)
    return [
        Matter(
            feedback=feedback,
            first_name=_first_name(feedback, names.get(feedback.id, [])),
            joined_at=advocacy.joined_at,
            unread=sum(
                at > looked.get(feedback.id, advocacy.joined_at) and by != account_id
                for at, sender, by in said.get(feedback.id, [])
                if sender is not None or advocacy.gets_letters
            ),
            council_asked_last=_council_asked_last(said.get(feedback.id, [])),
        )
        for advocacy, feedback in rows
    ]


def first_name(session: Session, feedback: Feedback) -> str | None:
    """What the young person is called, where a name was given."""
    said = [(one.role, one.name) for one in PARTIES.of(session, feedback.id)]
    return _first_name(feedback, [(role, name) for role, name in said if name and name.strip()])


def files(session: Session, feedback: Feedback, account_id: int) -> list[SentFile]:
    """The files that the young person and those who help them sent, the oldest first.

    Args:
        session: any session.
        feedback: the matter.
        account_id: the advocate who reads.
    """
    messages = select(Message.id).where(Message.feedback_id == feedback.id)
    wanted = select(Attachment).where(
        or_(Attachment.feedback_id == feedback.id, Attachment.message_id.in_(messages)),
        file_is_open(account_id),
    )
    return [
        SentFile(
            public_id=one.public_id,
            filename=one.filename,
            on=clock.london_date(one.added_at),
            openable=one.stored_as is not None and one.state in OPENABLE,
            unscanned=one.state is AttachmentState.UNSCANNED,
        )
        for one in session.scalars(wanted.order_by(Attachment.id))
    ]


def note_viewed(work: Work, feedback: Feedback) -> None:
    """Write down that an advocate opened the matter; what came before is then no longer new."""
    audit.note(work, VIEWED, feedback)


# When, by whom and by which account something was said; the words themselves are not loaded.
_Said = tuple[datetime, Sender | None, int | None]


def _said(session: Session, ids: Iterable[int]) -> dict[int, list[_Said]]:
    messages = select(
        Message.feedback_id, Message.sent_at, Message.sender, Message.account_id
    ).where(Message.feedback_id.in_(ids), Message.automatic.is_(False))
    letters = select(OutboxLetter.feedback_id, OutboxLetter.written_at, null(), null()).where(
        OutboxLetter.feedback_id.in_(ids),
        OutboxLetter.shown_to_person,
        OutboxLetter.kind.not_in(NOT_IN_THE_THREAD),
        letter_is_open(),
    )
    found: dict[int, list[_Said]] = {}
    for key, at, sender, by in session.execute(messages.union_all(letters)):
        found.setdefault(key, []).append((at, sender, by))
    return found


def _council_asked_last(said: list[_Said]) -> bool:
    spoken = [(at, sender) for at, sender, _ in said if sender is not None]
    return bool(spoken) and max(spoken, key=lambda entry: entry[0])[1] is Sender.COUNCIL


def _last_looks(session: Session, account_id: int, ids: Iterable[int]) -> dict[int, datetime]:
    # The trail knows it already; a column beside it would only be a second answer.
    rows = session.execute(
        select(AuditEvent.about_id, func.max(AuditEvent.at))
        .where(
            AuditEvent.about_kind == Feedback.__tablename__,
            AuditEvent.about_id.in_(ids),
            AuditEvent.actor_id == account_id,
            AuditEvent.act == VIEWED,
        )
        .group_by(AuditEvent.about_id)
    )
    return {key: at for key, at in rows if key is not None}


def _names(session: Session, ids: Iterable[int]) -> dict[int, list[tuple[PartyRole, str]]]:
    found: dict[int, list[tuple[PartyRole, str]]] = {}
    wanted = select(Party.feedback_id, Party.role, Party.name).where(
        Party.feedback_id.in_(ids), Party.name.is_not(None)
    )
    for key, role, name in session.execute(wanted):
        if name is not None and name.strip():
            found.setdefault(key, []).append((role, name))
    return found


def _first_name(feedback: Feedback, names: list[tuple[PartyRole, str]]) -> str | None:
    by_role = dict(reversed(names))
    name = by_role.get(PartyRole.YOUNG_PERSON)
    own = feedback.door in YOUNG_DOORS or feedback.relationship_said is Relationship.YOUNG_PERSON
    if name is None and own:
        name = by_role.get(PartyRole.COMPLAINANT)
    return name.split()[0] if name else None

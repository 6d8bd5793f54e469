"""Advocates: who follows which matter, by whose leave, and what is new to them in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import audit
from portal.correspondence.outbox import NOT_IN_THE_THREAD
from portal.errors import Refused
from portal.procedures.vocabulary import Relationship
from portal.records.account import Account
from portal.records.advocacy import Advocacy
from portal.records.audit_event import AuditEvent
from portal.records.feedback import Door, Feedback
from portal.records.message import Message, Sender
from portal.records.organisation import Organisation
from portal.records.outbox_letter import OutboxLetter
from portal.records.party import Party, PartyRole
from portal.work import Work

VIEWED = "advocate_viewed"


class SwitchedOff(Refused):
    """The person ended this advocate's access; only they can give it back."""

    message = (
        "You cannot follow this any more: you were switched off. If that has changed, they can "
        "let you follow it again on their own page, or call us."
    )
    status = 403


@dataclass(frozen=True)
class Matter:
    """One matter in an advocate's list. `unread` counts what others said since they last looked."""

    feedback: Feedback
    first_name: str | None
    joined_at: datetime
    unread: int
    council_asked_last: bool


@dataclass(frozen=True)
class Follower:
    """An advocate, as the person whose matter it is sees them."""

    public_id: str
    name: str
    organisation: str | None
    joined_at: datetime
    ended_at: datetime | None


def join(work: Work, account_id: int, feedback: Feedback) -> Advocacy:
    """Let an advocate follow a matter. The caller has checked the person's reference and words.

    Joining what is followed already changes nothing.

    Raises:
        SwitchedOff: the person ended it before.
    """
    found = _row(work.session, account_id, feedback.id)
    if found is not None:
        if found.ended_at is not None:
            raise SwitchedOff
        return found
    made = Advocacy(account_id=account_id, feedback_id=feedback.id, joined_at=work.now)
    work.session.add(made)
    audit.note(work, "advocate_joined", made)
    return made


def leave(work: Work, account_id: int, feedback: Feedback) -> None:
    """The advocate stops following. The row goes, because an ended one means that the person
    ended it; the trail keeps both."""
    found = _row(work.session, account_id, feedback.id)
    if found is not None and found.ended_at is None:
        audit.note(work, "advocate_left", found)
        work.session.delete(found)


def switch_off(work: Work, feedback: Feedback, account_public_id: str) -> str | None:
    """The person ends an advocate's access, from this moment on.

    Returns:
        The advocate's name; None when nobody of that id follows the matter.
    """
    found = _of_follower(work.session, feedback, account_public_id)
    if found is None:
        return None
    advocacy, account = found
    if advocacy.ended_at is None:
        advocacy.ended_at = work.now
        audit.note(work, "advocate_switched_off", advocacy)
    return account.name


def allow_again(work: Work, feedback: Feedback, account_public_id: str) -> str | None:
    """The person lets an advocate follow again whom they had switched off; as `switch_off`."""
    found = _of_follower(work.session, feedback, account_public_id)
    if found is None:
        return None
    advocacy, account = found
    if advocacy.ended_at is not None:
        advocacy.ended_at = None
        audit.note(work, "advocate_allowed_again", advocacy)
    return account.name


def may_see(session: Session, account_id: int, feedback_id: int) -> bool:
    """Whether the advocate follows the matter now."""
    found = _row(session, account_id, feedback_id)
    return found is not None and found.ended_at is None


def followers(session: Session, feedback: Feedback) -> list[Follower]:
    """The advocates of a matter, those that were switched off among them."""
    rows = session.execute(
        select(Advocacy, Account, Organisation.name)
        .join(Account, Account.id == Advocacy.account_id)
        .outerjoin(Organisation, Organisation.id == Account.organisation_id)
        .where(Advocacy.feedback_id == feedback.id)
        .order_by(Advocacy.joined_at)
    )
    return [
        Follower(
            account.public_id,
            account.name,
            organisation,
            advocacy.joined_at,
            advocacy.ended_at,
        )
        for advocacy, account, organisation in rows
    ]


def matters(session: Session, account_id: int) -> list[Matter]:
    """The matters that an advocate follows now: those, and none of anybody else's."""
    rows = session.execute(
        select(Advocacy, Feedback)
        .join(Feedback, Feedback.id == Advocacy.feedback_id)
        .where(Advocacy.account_id == account_id, Advocacy.ended_at.is_(None))
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
                for at, _, by in said.get(feedback.id, [])
            ),
            council_asked_last=_council_asked_last(said.get(feedback.id, [])),
        )
        for advocacy, feedback in rows
    ]


def first_name(session: Session, feedback: Feedback) -> str | None:
    """What the young person is called, where a name was given."""
    return _first_name(feedback, _names(session, [feedback.id]).get(feedback.id, []))


def note_viewed(work: Work, feedback: Feedback) -> None:
    """Write down that an advocate opened the matter; what came before is then no longer new."""
    audit.note(work, VIEWED, feedback)


# When, by whom and by which account something was said; the words themselves are not loaded.
_Said = tuple[datetime, Sender | None, int | None]


def _said(session: Session, ids: Iterable[int]) -> dict[int, list[_Said]]:
    found: dict[int, list[_Said]] = {}
    messages = select(
        Message.feedback_id, Message.sent_at, Message.sender, Message.account_id
    ).where(Message.feedback_id.in_(ids), Message.automatic.is_(False))
    for key, at, sender, by in session.execute(messages):
        found.setdefault(key, []).append((at, sender, by))
    letters = select(OutboxLetter.feedback_id, OutboxLetter.written_at).where(
        OutboxLetter.feedback_id.in_(ids),
        OutboxLetter.shown_to_person,
        OutboxLetter.kind.not_in(NOT_IN_THE_THREAD),
    )
    for letter_of, at in session.execute(letters):
        found.setdefault(letter_of or 0, []).append((at, None, None))
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
    own = (
        feedback.door is Door.YOUNG_PEOPLE
        or feedback.relationship_said is Relationship.YOUNG_PERSON
    )
    if name is None and own:
        name = by_role.get(PartyRole.COMPLAINANT)
    return name.split()[0] if name else None


def _row(session: Session, account_id: int, feedback_id: int) -> Advocacy | None:
    return session.scalar(
        select(Advocacy).where(
            Advocacy.account_id == account_id, Advocacy.feedback_id == feedback_id
        )
    )


def _of_follower(
    session: Session, feedback: Feedback, account_public_id: str
) -> tuple[Advocacy, Account] | None:
    row = session.execute(
        select(Advocacy, Account)
        .join(Account, Account.id == Advocacy.account_id)
        .where(Advocacy.feedback_id == feedback.id, Account.public_id == account_public_id)
    ).one_or_none()
    return (row[0], row[1]) if row is not None else None

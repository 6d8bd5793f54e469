"""One letter past a person's safe-contact rule: one officer says why, a manager agrees, it goes.

Never more than the one letter, and never by the word of one person.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from portal import audit
from portal.cases.acting import signed_in_id
from portal.cases.contact_details import parties
from portal.cases.tokens import make_public_id
from portal.columns import keyed_hash
from portal.correspondence import channels, phone_notices, unwanted_readers
from portal.correspondence.letters import FACTS
from portal.correspondence.safe_contact import Route, roles_of, usable
from portal.errors import Refused
from portal.records.contact_override import ContactOverride, OverrideState
from portal.records.feedback import ContactWay, Feedback
from portal.records.outbox_letter import LetterKind, LetterState, OutboxLetter
from portal.records.phone_notice import NoticeState, PhoneNotice
from portal.work import Work

LONGEST_REASON = 2_000
HELD_BACK = (LetterState.WITHHELD, LetterState.WAITING, LetterState.TO_POST)
OPEN = (OverrideState.PROPOSED, OverrideState.AGREED)


class SayWhy(Refused):
    """A proposal without its reason."""

    message = "Write why this letter must go although the person said otherwise."


class NoSuchLetter(Refused):
    """The letter has gone, was proposed already, or cannot go that way."""

    message = (
        "This letter cannot go this way now: it may have gone, or somebody has proposed it already."
        " Choose again."
    )


class SeenTo(Refused):
    """Another officer was quicker."""

    message = "Somebody has seen to this letter already. Look at it again."
    status = 409


class OwnOverride(Refused):
    """Whoever proposed it does not agree to it."""

    title = "Somebody else must agree"
    message = "You proposed this yourself, so another manager must agree to it."
    status = 403


class AnsweredOverride(Refused):
    """It was answered, or has ended because the details changed."""

    title = "This was answered already"
    message = (
        "Somebody has answered this already, or the person’s details have changed since. Nothing"
        " was changed."
    )
    status = 409


@dataclass(frozen=True)
class Way:
    """One way that a letter could go: `to` is an address or a number of the matter's people."""

    way: ContactWay
    to: str

    @property
    def key(self) -> str:
        """What a form calls it, without the detail itself."""
        return keyed_hash(f"{self.way.value} {self.to}", "override")[:16]


def letters(session: Session, feedback: Feedback) -> list[OutboxLetter]:
    """The letters that the rule holds back or delays, the newest first.

    Args:
        session: any session.
        feedback: the matter.
    """
    proposed = exists().where(
        ContactOverride.letter_id == OutboxLetter.id, ContactOverride.state.in_(OPEN)
    )
    wanted = select(OutboxLetter).where(
        OutboxLetter.feedback_id == feedback.id,
        OutboxLetter.state.in_(HELD_BACK),
        OutboxLetter.shown_to_person | (OutboxLetter.kind == LetterKind.NEW_MESSAGE),
        ~proposed,
    )
    found = session.scalars(wanted.order_by(OutboxLetter.id.desc())).all()
    return [letter for letter in found if not FACTS[letter.kind].to_staff]


def held_back(session: Session, feedback: Feedback) -> Sequence[OutboxLetter]:
    """The letters whose recipient is named as one who must not see them, until somebody has seen
    to it: the oldest first.

    Args:
        session: any session.
        feedback: the matter.
    """
    wanted = select(OutboxLetter).where(
        OutboxLetter.feedback_id == feedback.id, unwanted_readers.held()
    )
    return session.scalars(wanted.order_by(OutboxLetter.id)).all()


def leave(work: Work, feedback: Feedback, letter_id: str) -> None:
    """Leave such a letter where it is, as an officer who has looked at it: it goes nowhere.

    Args:
        work: the open act, of an officer.
        feedback: the matter.
        letter_id: the letter's public id.

    Raises:
        SeenTo: somebody was quicker.
    """
    work.session.refresh(feedback, with_for_update=True)
    found = [one for one in held_back(work.session, feedback) if one.public_id == letter_id]
    if not found:
        raise SeenTo
    found[0].error = None
    audit.note(work, "letter_left_held", feedback)


def ways(work: Work, feedback: Feedback) -> list[Way]:
    """Every way that there are details for and that this council can use.

    Args:
        work: the open act.
        feedback: the matter.
    """
    found: list[Way] = []
    roles = roles_of(work.session, feedback)
    for party in (one for one in parties(work.session, feedback) if one.role in roles):
        for way in (ContactWay.EMAIL, ContactWay.TEXT, ContactWay.PHONE, ContactWay.POST):
            to = usable(way, party)
            if to and channels.can_use(way, work.council, work.settings):
                found.append(Way(way, to))
    return list(dict.fromkeys(found))


def propose(
    work: Work, feedback: Feedback, letter_id: str, way: Way, reason: str
) -> ContactOverride:
    """Ask a manager to let one letter go.

    Args:
        work: the open act, of an officer.
        feedback: the matter.
        letter_id: the letter's public id.
        way: one of `ways`.
        reason: why, for whoever agrees and for the record.

    Raises:
        SayWhy: there is no reason.
        NoSuchLetter: the letter or the way is not one of those offered.
    """
    if not reason.strip():
        raise SayWhy
    work.session.refresh(feedback, with_for_update=True)
    found = [one for one in letters(work.session, feedback) if one.public_id == letter_id]
    if not found or way not in ways(work, feedback):
        raise NoSuchLetter
    row = ContactOverride(
        public_id=make_public_id(),
        feedback_id=feedback.id,
        letter_id=found[0].id,
        state=OverrideState.PROPOSED,
        way=way.way,
        to_where=way.to,
        reason=reason.strip(),
        proposed_at=work.now,
        proposed_by_id=signed_in_id(work),
    )
    work.session.add(row)
    audit.note(work, "contact_override_proposed", feedback, [way.way.value])
    return row


def agree(work: Work, feedback: Feedback, public_id: str) -> ContactOverride:
    """Agree as a manager: the letter goes, this way and this once, at any hour.

    Args:
        work: the open act, of a manager.
        feedback: the matter.
        public_id: of the proposal.

    Raises:
        OwnOverride: they proposed it themself.
        AnsweredOverride: it was answered, the letter has gone, or the details have changed.
    """
    row = _take(work, feedback, public_id)
    letter = work.session.get_one(OutboxLetter, row.letter_id, with_for_update=True)
    if letter.state not in HELD_BACK:
        raise AnsweredOverride
    _settle(work, row, OverrideState.AGREED, None)
    letter.error = None
    _let_go(work, feedback, letter, row)
    audit.note(work, "contact_override_agreed", feedback, [row.way.value])
    return row


def refuse(work: Work, feedback: Feedback, public_id: str, why: str) -> ContactOverride:
    """Say no as a manager: the rule holds.

    Raises:
        OwnOverride, AnsweredOverride: as in `agree`.
    """
    row = _take(work, feedback, public_id)
    _settle(work, row, OverrideState.REFUSED, why.strip() or None)
    letter = work.session.get_one(OutboxLetter, row.letter_id)
    if letter.error == unwanted_readers.MUST_NOT_SEE:
        letter.error = None
    audit.note(work, "contact_override_refused", feedback, [row.way.value])
    return row


def of(session: Session, feedback: Feedback) -> Sequence[ContactOverride]:
    """What was proposed in a matter, the newest first."""
    wanted = select(ContactOverride).where(ContactOverride.feedback_id == feedback.id)
    return session.scalars(wanted.order_by(ContactOverride.id.desc())).all()


def _take(work: Work, feedback: Feedback, public_id: str) -> ContactOverride:
    work.session.refresh(feedback, with_for_update=True)
    row = work.session.scalar(
        select(ContactOverride).where(
            ContactOverride.public_id == public_id,
            ContactOverride.feedback_id == feedback.id,
            ContactOverride.state == OverrideState.PROPOSED,
        )
    )
    if row is None:
        raise AnsweredOverride
    if row.proposed_by_id == signed_in_id(work):
        raise OwnOverride
    return row


def _settle(work: Work, row: ContactOverride, state: OverrideState, answer: str | None) -> None:
    row.state, row.answer = state, answer
    row.answered_at, row.answered_by_id = work.now, signed_in_id(work)
    work.session.flush()


def _let_go(work: Work, feedback: Feedback, letter: OutboxLetter, row: ContactOverride) -> None:
    if row.way is ContactWay.EMAIL:
        letter.state, letter.to_email = LetterState.WAITING, row.to_where
        letter.next_try_at = work.now
    elif row.way is ContactWay.POST:
        letter.state, letter.to_address = LetterState.TO_POST, row.to_where
        letter.printed_at = None
    else:
        letter.state = LetterState.WITHHELD
        _give_notice(work, feedback, letter, Route(row.way, row.to_where))


def _give_notice(work: Work, feedback: Feedback, letter: OutboxLetter, route: Route) -> None:
    """Word by text or telephone. One that waits for its hours is used: a letter has one notice."""
    there = work.session.scalar(select(PhoneNotice).where(PhoneNotice.letter_id == letter.id))
    if there is None:
        phone_notices.make(work, letter, feedback, route)
        return
    if there.state in (NoticeState.SENDING, NoticeState.SENT, NoticeState.DELIVERED):
        raise AnsweredOverride
    work.session.delete(there)
    work.session.flush()
    phone_notices.make(work, letter, feedback, route)

"""A party's details, changed with their history; letters that wait go to the new ones alone."""

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal import audit
from portal.cases import addresses
from portal.correspondence.safe_contact import roles_of, route_of
from portal.records.contact_change import ContactChange
from portal.records.contact_override import ContactOverride, OverrideState
from portal.records.feedback import ContactWay, Feedback
from portal.records.outbox_letter import LetterState, OutboxLetter
from portal.records.party import Party, PartyRole
from portal.records.safe_contact_rule import SaidBy
from portal.work import Work

FIELDS = ("name", "email", "phone", "address")


@dataclass(frozen=True)
class Details:
    """What is to stand with a party; empty for nothing."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    address: str | None = None


def change(
    work: Work,
    feedback: Feedback,
    party: Party,
    new: Details,
    by: SaidBy,
    reason: str | None = None,
) -> tuple[str, ...]:
    """Change a party's details, and keep what stood there.

    Args:
        work: the open act.
        feedback: the matter.
        party: one of its people.
        new: what is to stand there, changed or not.
        by: who says so.
        reason: why, where an officer changes it.

    Returns:
        The names of the fields that are different now.
    """
    changed = []
    for field in FIELDS:
        before, after = getattr(party, field), (getattr(new, field) or "").strip() or None
        if before == after:
            continue
        setattr(party, field, after)
        changed.append(field)
        work.session.add(
            ContactChange(
                party_id=party.id,
                field=field,
                before=before,
                after=after,
                changed_at=work.now,
                changed_by=by,
                account_id=work.who.account_id,
                reason=reason or None,
            )
        )
    if changed:
        _find_by(party)
        audit.note(work, "contact_details_changed", feedback, changed)
        work.session.flush()
        readdress(work, feedback)
    return tuple(changed)


def readdress(work: Work, feedback: Feedback) -> None:
    """Take the old address off the letters that wait: what was printed is printed anew, and what a
    manager agreed to for one of them has ended.

    Args:
        work: the open act, flushed.
        feedback: the matter.
    """
    still_open = update(ContactOverride).where(
        ContactOverride.feedback_id == feedback.id,
        ContactOverride.state.in_((OverrideState.PROPOSED, OverrideState.AGREED)),
    )
    work.session.execute(still_open.values(state=OverrideState.ENDED))
    route = route_of(work.session, work.council, feedback)
    waiting = select(OutboxLetter).where(
        OutboxLetter.feedback_id == feedback.id, OutboxLetter.state == LetterState.TO_POST
    )
    for letter in work.session.scalars(waiting):
        to = route.to if route.way is ContactWay.POST else None
        if letter.to_address != to:
            letter.to_address, letter.printed_at = to, None


def parties(session: Session, feedback: Feedback) -> list[Party]:
    """The people of a matter, in the order in which they were named."""
    wanted = select(Party).where(Party.feedback_id == feedback.id).order_by(Party.id)
    return list(session.scalars(wanted))


def the_persons_own(work: Work, feedback: Feedback) -> Party:
    """The party whose details letters to the person go to; made where nobody was named.

    Args:
        work: the open act.
        feedback: the matter.
    """
    found = parties(work.session, feedback)
    for role in roles_of(work.session, feedback):
        for party in found:
            if party.role is role:
                return party
    party = Party(feedback_id=feedback.id, role=PartyRole.COMPLAINANT)
    work.session.add(party)
    work.session.flush()
    return party


def history(session: Session, feedback: Feedback) -> list[ContactChange]:
    """What was changed with any of a matter's people, the newest first."""
    wanted = (
        select(ContactChange)
        .join(Party, Party.id == ContactChange.party_id)
        .where(Party.feedback_id == feedback.id)
    )
    return list(session.scalars(wanted.order_by(ContactChange.id.desc())))


def _find_by(party: Party) -> None:
    """What equal details are found by follows them."""
    party.name_key = addresses.name_key(party.name) if party.name else None
    party.email_key = addresses.email_key(party.email) if party.email else None
    party.phone_key = addresses.phone_key(party.phone) if party.phone else None
    party.address_key = addresses.address_key(party.address) if party.address else None

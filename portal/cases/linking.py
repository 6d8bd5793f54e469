"""Near matches: other feedback from the same address or number, about the same child or one named
together with them, or of almost the same words; and whether two are one person's.

The names of those who write are not compared: two parents of one child share a surname, and one
must not be told of the other's feedback.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from portal.cases import children, near_texts
from portal.cases.references import read_reference
from portal.matter_rows import PARTIES
from portal.records.feedback import Feedback, FeedbackState
from portal.records.party import Party, PartyRole

MOST_SHOWN = 10
SAME_EMAIL = "same e-mail address"
SAME_PHONE = "same telephone number"
SAME_ADDRESS = "same house and postcode"
SAME_TEXT = "almost the same words"
SAME_CHILD = "a child of the same name"
SIBLING = "a child who was named together with one of these"


@dataclass(frozen=True)
class NearMatch:
    """Feedback that may be the same person's, or of the same matter: why, and what may be done."""

    public_id: str
    reference: str
    received_on: date
    state: FeedbackState
    why: str
    proposal: str


def near_matches(
    session: Session, feedback: Feedback, visible: ColumnElement[bool]
) -> list[NearMatch]:
    """Find other feedback that shares an address, a number, a child or its words. Nothing that
    stands in one is told on the page of another, but that they are near and why.

    Args:
        session: any session.
        feedback: the one being read.
        visible: what the reader may see, from `portal.access.permission.visible`.

    Returns:
        The newest first, at most `MOST_SHOWN`.
    """
    reasons: dict[int, list[str]] = {}
    rows: dict[int, Feedback] = {}
    for other, why in _through_people(session, feedback, visible):
        rows.setdefault(other.id, other)
        found = reasons.setdefault(other.id, [])
        if why not in found:
            found.append(why)
    for other in near_texts.alike(session, feedback, visible):
        rows.setdefault(other.id, other)
        reasons.setdefault(other.id, []).append(SAME_TEXT)
    newest = sorted(rows.values(), key=lambda one: (one.received_at, one.id), reverse=True)
    return [_match(one, reasons[one.id]) for one in newest[:MOST_SHOWN]]


def _through_people(
    session: Session, feedback: Feedback, visible: ColumnElement[bool]
) -> Iterator[tuple[Feedback, str]]:
    emails, phones = _keys(session, feedback)
    own, siblings = children.same_and_siblings(session, feedback)
    houses = _houses(session, feedback)
    if not (emails or phones or own or houses):
        return
    is_child = Party.role == PartyRole.YOUNG_PERSON
    wanted = (
        select(Feedback, Party)
        .join(Party, Party.feedback_id == Feedback.id)
        .where(Feedback.id != feedback.id, visible)
        .where(
            or_(
                Party.email_key.in_(emails),
                Party.phone_key.in_(phones),
                Party.address_key.in_(houses),
                and_(is_child, Party.name_key.in_(own | siblings)),
            )
        )
        .order_by(Feedback.received_at.desc(), Feedback.id.desc())
        .limit(MOST_SHOWN * 4)
    )
    for other, party in session.execute(wanted):
        child = party.name_key if party.role is PartyRole.YOUNG_PERSON else None
        for shared, why in (
            (party.email_key in emails, SAME_EMAIL),
            (party.phone_key in phones, SAME_PHONE),
            (party.address_key in houses, SAME_ADDRESS),
            (child in own, SAME_CHILD),
            (child in siblings, SIBLING),
        ):
            if shared:
                yield other, why


def same_person(session: Session, one: Feedback, other: Feedback) -> bool:
    """Say whether both were written by somebody with the same address or number.

    A letter may name the other reference only then: a reference told to somebody else would tell
    them that somebody else wrote.
    """
    emails, phones = _keys(session, one, PartyRole.COMPLAINANT)
    other_emails, other_phones = _keys(session, other, PartyRole.COMPLAINANT)
    return bool(emails & other_emails or phones & other_phones)


def find_by_reference(
    session: Session, typed: str, visible: ColumnElement[bool] | None = None
) -> Feedback | None:
    """The feedback of a typed reference, or None: also where `visible` leaves it out."""
    reference = read_reference(typed)
    if reference is None:
        return None
    wanted = select(Feedback).where(Feedback.reference == reference)
    return session.scalar(wanted if visible is None else wanted.where(visible))


def _keys(
    session: Session, feedback: Feedback, role: PartyRole | None = None
) -> tuple[set[str], set[str]]:
    those = [one for one in PARTIES.of(session, feedback.id) if role is None or one.role is role]
    emails = {one.email_key for one in those if one.email_key}
    return emails, {one.phone_key for one in those if one.phone_key}


def _houses(session: Session, feedback: Feedback) -> set[str]:
    return {one.address_key for one in PARTIES.of(session, feedback.id) if one.address_key}


def _proposal(reasons: Iterable[str]) -> str:
    """What may be done about two matters that are near, for an officer to decide."""
    found = set(reasons)
    sender = bool(found & {SAME_EMAIL, SAME_PHONE})
    if SAME_TEXT in found and sender:
        return "Perhaps sent twice: link the newer one, or close its case as a duplicate."
    if SAME_TEXT in found:
        return (
            "Perhaps one text from several people: open each; their cases can be joined, and each"
            " gets an answer of their own."
        )
    if SAME_CHILD in found and sender:
        return "Perhaps it goes on about the same thing: link it if so."
    if SAME_CHILD in found:
        return (
            "Perhaps the same matter from somebody else: their cases can be joined. Tell neither"
            " of the other."
        )
    if sender:
        return "Perhaps the same person: link it if it is the same thing, or open it by itself."
    if SIBLING in found:
        return "Perhaps a brother or sister: open each by itself."
    return "Perhaps the same household: tell neither of the other."


def _match(feedback: Feedback, reasons: list[str]) -> NearMatch:
    return NearMatch(
        public_id=feedback.public_id,
        reference=feedback.reference,
        received_on=feedback.received_on,
        state=feedback.state,
        why=" and ".join(reasons),
        proposal=_proposal(reasons),
    )

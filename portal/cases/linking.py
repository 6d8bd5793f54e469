"""Near matches: other feedback from the same address or number, about the same child or one named
together with them, or of almost the same words; and whether two are one person's.

The names of those who write are not compared: two parents of one child share a surname, and one
must not be told of the other's feedback.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Row,
    Select,
    and_,
    bindparam,
    func,
    literal,
    select,
    union,
)
from sqlalchemy.orm import Session, aliased

from portal.cases import children, near_texts
from portal.cases.references import read_reference
from portal.matter_rows import PARTIES
from portal.plain_rows import plain_rows
from portal.prepared import PLANNED_ONCE
from portal.records.case import Case, CaseState
from portal.records.feedback import Feedback, FeedbackState
from portal.records.find_entry import FindEntry
from portal.records.party import Party, PartyRole

READERS_KEPT = 256
MOST_SHOWN = 10
MOST_OF_A_REASON = 40
SAME_EMAIL = "same e-mail address"
SAME_PHONE = "same telephone number"
SAME_ADDRESS = "same house and postcode"
SAME_TEXT = "almost the same words"
SAME_CHILD = "a child of the same name"
SIBLING = "a child who was named together with one of these"


_REASONS = (SAME_EMAIL, SAME_PHONE, SAME_ADDRESS, SAME_CHILD, SIBLING, SAME_TEXT)

# What the question of what is near is asked about.
_NEAR_TO = bindparam("near_to", type_=Integer)


class Offer(StrEnum):
    """The act to which a proposal leads."""

    # One person's, once more: what waits is linked, a case is joined and closed as a duplicate.
    TWICE = "twice"
    # Several people's: a case is joined to the other as its lead.
    JOIN = "join"
    # So that what is about the same child is found again.
    NAME_CHILD = "name_child"


@dataclass(frozen=True)
class NearMatch:
    """Feedback that may be the same person's, or of the same matter: why, and what may be done."""

    public_id: str
    reference: str
    received_on: date
    state: FeedbackState
    has_open_case: bool
    why: str
    proposal: str
    offer: Offer | None


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
    mine = near_texts.traces_of(feedback.story)
    asked = {"near_to": feedback.id, **(near_texts.asked(mine.bands) if mine.bands else {})}
    reasons: dict[int, set[str]] = {}
    rows: dict[int, Row[Any]] = {}
    for row in plain_rows(session, newest(visible, with_text=bool(mine.bands)), asked):
        if row.why != SAME_TEXT or near_texts.are_alike(mine.sketch, row.sketch or b""):
            reasons.setdefault(row.id, set()).add(row.why)
            rows.setdefault(row.id, row)
    return [_match(row, reasons[key]) for key, row in list(rows.items())[:MOST_SHOWN]]


@lru_cache(maxsize=READERS_KEPT)
def newest(visible: ColumnElement[bool], *, with_text: bool) -> Select[Any]:
    """What is near, the newest first, with what is told of it, as one question. Written down once
    for each reader: that took longer than asking.

    Args:
        visible: as in `near_matches`.
        with_text: whether words are compared; short stories have none.

    Returns:
        A query that takes `near_to`, the key of the feedback, and with texts `near_texts.asked`.
    """
    # One row of each, and not EXISTS: where a plan is made for any matter, that reads all cases.
    open_case = (
        select(Case.id)
        .where(Case.feedback_id == Feedback.id, Case.state == CaseState.OPEN)
        .limit(1)
    )
    near = _near(visible, with_text=with_text).subquery("near")
    wanted = select(
        near.c.why,
        FindEntry.sketch,
        Feedback.id,
        Feedback.public_id,
        Feedback.reference,
        Feedback.received_on,
        Feedback.state,
        open_case.correlate(Feedback).scalar_subquery().is_not(None).label("has_open_case"),
    ).join_from(near, Feedback, Feedback.id == near.c.id)
    wanted = wanted.outerjoin(
        FindEntry, and_(FindEntry.feedback_id == near.c.id, near.c.why == SAME_TEXT)
    )
    # It would be planned anew for each matter, and that takes ten times as long as to ask it.
    return wanted.order_by(Feedback.received_at.desc(), Feedback.id.desc()).execution_options(
        **PLANNED_ONCE
    )


def _near(visible: ColumnElement[bool], *, with_text: bool) -> Select[Any]:
    """Key and reason of everything that is near: of each reason the newest few that the reader
    may see.

    What is shared is looked up first, by its indexes, and only then is asked what the reader may
    see: a plan that the database keeps for any matter is as good as one for this matter.
    """
    keys = _sharing(visible, with_text=with_text).subquery("shared")
    newest = func.row_number().over(partition_by=keys.c.why, order_by=Feedback.id.desc())
    ranked = (
        select(Feedback.id, keys.c.why, newest.label("place"))
        .join_from(keys, Feedback, Feedback.id == keys.c.id)
        .where(Feedback.id != _NEAR_TO, visible)
        .subquery("ranked")
    )
    wanted = select(ranked.c.id, ranked.c.why)
    return wanted.where(ranked.c.place <= MOST_OF_A_REASON)


def _sharing(visible: ColumnElement[bool], *, with_text: bool) -> CompoundSelect[Any]:
    """Key and reason of whatever shares something with the feedback, itself included."""
    mine = aliased(Party, name="mine")
    party = select(Party.feedback_id.label("id"))
    is_child = Party.role == PartyRole.YOUNG_PERSON
    siblings = children.keys_of_siblings(_NEAR_TO, visible)
    found: list[tuple[str, Select[Any]]] = [
        (SAME_CHILD, party.where(is_child, Party.name_key.in_(children.keys_of(_NEAR_TO)))),
        (SIBLING, party.where(is_child, Party.name_key.in_(siblings))),
    ]
    for column, why in (
        ("email_key", SAME_EMAIL),
        ("phone_key", SAME_PHONE),
        ("address_key", SAME_ADDRESS),
    ):
        same = getattr(mine, column) == getattr(Party, column)
        found.append((why, party.join(mine, same).where(mine.feedback_id == _NEAR_TO)))
    if with_text:
        found.append((SAME_TEXT, near_texts.likely()))
    return union(*(some.add_columns(literal(why).label("why")) for why, some in found))


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


def _proposal(found: Collection[str]) -> tuple[str, Offer | None]:
    """What may be done about two matters that are near, for an officer to decide; and the act."""
    sender = SAME_EMAIL in found or SAME_PHONE in found
    if SAME_TEXT in found and sender:
        return "Perhaps sent twice.", Offer.TWICE
    if SAME_TEXT in found:
        return "Perhaps one text from several people: each gets their own answer.", Offer.JOIN
    if SAME_CHILD in found and sender:
        return "Perhaps it goes on about the same thing.", Offer.TWICE
    if SAME_CHILD in found:
        return "Perhaps the same matter from somebody else. Tell neither of the other.", Offer.JOIN
    if sender:
        return "Perhaps the same person: by itself, unless it is the same thing.", Offer.NAME_CHILD
    if SIBLING in found:
        return "Perhaps a brother or sister: open each by itself.", None
    return "Perhaps the same household: tell neither of the other.", Offer.NAME_CHILD


def _match(row: Any, reasons: Collection[str]) -> NearMatch:
    proposal, offer = _proposal(reasons)
    return NearMatch(
        public_id=row.public_id,
        reference=row.reference,
        received_on=row.received_on,
        state=row.state,
        has_open_case=row.has_open_case,
        why=" and ".join(why for why in _REASONS if why in reasons),
        proposal=proposal,
        offer=offer,
    )

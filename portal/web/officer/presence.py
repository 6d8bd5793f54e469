"""What there is on a matter at all, found in one query: a page asks nothing further of what is not
there, and most of what a page can show is not there on most matters."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    bindparam,
    false,
    null,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import Session

from portal.cases import looking_now
from portal.cases.looking_now import Colleague
from portal.plain_rows import plain_rows
from portal.records.account import Account
from portal.records.advocacy_referral import AdvocacyReferral
from portal.records.appointment import Appointment
from portal.records.audit_event import AuditEvent
from portal.records.case import Case
from portal.records.danger_alert import DangerAlert
from portal.records.handover import Handover
from portal.records.holding_letter import HoldingLetter
from portal.records.joined_case import JoinedCase
from portal.records.ombudsman_matter import OmbudsmanCover
from portal.records.outbox_letter import LetterState, OutboxLetter
from portal.records.point import Point
from portal.records.refusal_proposal import RefusalProposal
from portal.records.remedy import Remedy
from portal.records.reminder import Reminder
from portal.records.routing import Routing
from portal.records.suggested_link import SuggestedLink
from portal.records.wall import NamedPerson
from portal.web.officer import menu
from portal.web.once import once, told

_MATTER = bindparam("matter", type_=Integer)


class Has(StrEnum):
    """What may be there."""

    ALERT = "alert"
    APPOINTED = "appointed"
    COVERED = "covered"
    HANDOVER = "handover"
    HOLDING = "holding"
    JOINED = "joined"
    LINK = "link"
    NAMED = "named"
    POINT = "point"
    PROPOSAL = "proposal"
    REFERRAL = "referral"
    REMEDY = "remedy"
    REMINDER = "reminder"
    ROUTED = "routed"
    TO_POST = "to_post"


# Where the menu's counts begin: after what may be there, and who has it open.
_COUNTS = len(Has) + 4


def of(session: Session, feedback_id: int) -> frozenset[Has]:
    """Say what there is on a matter, on any of its parts.

    Args:
        session: any session.
        feedback_id: the matter's key. A page that only reads asks once.
    """
    return once("presence", feedback_id, lambda: _found(session, feedback_id))


def with_colleagues(
    session: Session, feedback_id: int, reader_id: int, now: datetime
) -> list[Colleague]:
    """Say who else has a matter or one of its cases open. What there is on it and what the menu
    counts come in the same query, so that `of` and the menu ask nothing.

    Args:
        session: any session.
        feedback_id: the matter's key.
        reader_id: the account of whoever asks; they are left out.
        now: this moment.
    """
    asked = {_MATTER.key: feedback_id} | looking_now.looked_at(reader_id, now)
    people = []
    kinds, counting = _kinds(), menu.counting()
    for row in plain_rows(session, _with_looks(counting), asked):
        there, person, counts = row[: len(kinds)], row[len(kinds) : _COUNTS], row[_COUNTS:]
        if person[0] is not None:
            people.append(person)
            continue
        found = frozenset(kind for kind, is_there in zip(kinds, there, strict=True) if is_there)
        told("presence", feedback_id, found)
        names = [] if counting is None else counting.selected_columns.keys()
        menu.tell_counts(dict(zip(names, counts, strict=True)))
    return looking_now.of(people, now)


def _found(session: Session, feedback_id: int) -> frozenset[Has]:
    row = plain_rows(session, _is_there(), {_MATTER.key: feedback_id}).one()
    return frozenset(kind for kind, there in zip(_kinds(), row, strict=True) if there)


@lru_cache(maxsize=menu.READERS_KEPT)
def _with_looks(counting: Select[Any] | None) -> CompoundSelect[Any]:
    nobody = (
        null(),
        type_coerce(null(), Account.name.type),
        type_coerce(null(), AuditEvent.at.type),
    )
    nothing = [false() for _ in _kinds()]
    counts = [] if counting is None else list(counting.selected_columns)
    of_kinds = _is_there().add_columns(*nobody, null(), *counts)
    not_counted = [null() for _ in counts]
    looks = [
        select(*nothing, *one.subquery().c, *not_counted) for one in looking_now.of_matter(_MATTER)
    ]
    return of_kinds.union_all(*looks)


@cache
def _is_there() -> Select[Any]:
    each: list[Any] = [one.exists() for one in _kinds().values()]
    return select(*each)


@cache
def _kinds() -> Mapping[Has, Select[Any]]:
    """The question for each, about the matter that is bound. Written down once, because that took
    longer than asking."""
    cases = select(Case.id).where(Case.feedback_id == _MATTER)

    def of_matter(kind: Any, *more: ColumnElement[bool]) -> Select[Any]:
        return select(kind.id).where(kind.feedback_id == _MATTER, *more)

    def of_case(kind: Any) -> Select[Any]:
        return select(kind.id).where(kind.case_id.in_(cases))

    joined = or_(JoinedCase.case_id.in_(cases), JoinedCase.lead_id.in_(cases))
    linked = or_(SuggestedLink.feedback_id == _MATTER, SuggestedLink.other_id == _MATTER)
    return {
        Has.ALERT: of_matter(DangerAlert),
        Has.APPOINTED: of_case(Appointment),
        Has.COVERED: of_case(OmbudsmanCover),
        Has.HANDOVER: of_matter(Handover),
        Has.HOLDING: of_case(HoldingLetter),
        Has.JOINED: select(JoinedCase.id).where(joined),
        Has.LINK: select(SuggestedLink.id).where(linked),
        Has.NAMED: of_matter(NamedPerson),
        Has.POINT: of_case(Point),
        Has.PROPOSAL: of_matter(RefusalProposal),
        Has.REFERRAL: of_matter(AdvocacyReferral),
        Has.REMEDY: of_case(Remedy),
        Has.REMINDER: of_case(Reminder),
        Has.ROUTED: of_matter(Routing),
        Has.TO_POST: of_matter(OutboxLetter, OutboxLetter.state == LetterState.TO_POST),
    }

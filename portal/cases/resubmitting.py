"""Resubmitting: what waited for proceedings is brought again when they are over (regulation 8).

It becomes new feedback with its own day of receipt, tied to the earlier one. Coming back after the
day in the letter is noted and stops nothing: that day is the council's (reference/procedures.md 2.4
marks its length as unverified), and an officer decides.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from portal import audit, clock
from portal.cases import linking, promises, safe_contact_rules
from portal.cases.acting import signed_in_id
from portal.cases.receiving import AboutThem, NewFeedback, NewParty, receive
from portal.correspondence import outbox
from portal.correspondence.safe_contact import email_of
from portal.errors import Refused
from portal.matter_rows import FEEDBACK, RESUBMISSIONS, TAKEN_UP
from portal.procedures.state import Event
from portal.records.case import Case
from portal.records.case_event import CaseEvent
from portal.records.decision import Decision
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind
from portal.records.party import Party
from portal.records.resubmission import Resubmission
from portal.records.wall import NamedPerson
from portal.work import Work

NOON = time(12)


class NothingWaits(Refused):
    """Only what was put off for proceedings can be brought again."""

    message = (
        "There is nothing with this reference that waited for proceedings and that you may work."
        " Check the reference."
    )


class TakenUpAlready(Refused):
    """One feedback takes up one other."""

    message = "This takes up an earlier matter already."
    status = 409


class WrongDay(Refused):
    """The day on which they asked lies between the day of the no and today."""

    message = "Enter the day on which they asked. It cannot lie ahead, or before they first wrote."


@dataclass(frozen=True)
class SetAside:
    """Something that waits for proceedings. `until`: the day that the letter named, the latest
    where there were several. `later`: what has taken it up since."""

    feedback: Feedback
    until: date | None
    later: tuple[Feedback, ...] = ()


def set_aside(session: Session, *only: ColumnElement[bool]) -> list[SetAside]:
    """What was put off for proceedings, whole or in part: the earliest day first.

    Args:
        session: any session.
        only: conditions on `feedback`; what the reader may see must be among them.
    """
    until: dict[int, date | None] = {}
    rows: dict[int, Feedback] = {}
    for feedback, day in [*_whole(session, only), *_in_a_case(session, only)]:
        rows[feedback.id] = feedback
        known = until.get(feedback.id)
        until[feedback.id] = max(known, day) if known and day else known or day
    later = _later(session, list(rows))
    found = [SetAside(one, until[key], later.get(key, ())) for key, one in rows.items()]
    return sorted(found, key=lambda one: (one.until or date.max, one.feedback.id))


def waits(session: Session, feedback: Feedback) -> SetAside | None:
    """What one feedback has put off for proceedings; None where it has nothing."""
    return next(iter(set_aside(session, Feedback.id == feedback.id)), None)


def taken_up_by(session: Session, feedback: Feedback) -> Feedback | None:
    """The earlier feedback that this one takes up."""
    row = RESUBMISSIONS.first(session, feedback.id)
    return FEEDBACK.first(session, row.earlier_id) if row is not None else None


def theirs(session: Session, feedback: Feedback) -> tuple[Feedback | None, tuple[Feedback, ...]]:
    """What the person themself reads of it at /track: the earlier matter, and what took this up.

    Only where both are one person's: a reference that is told to somebody else would tell them
    that somebody else wrote.
    """
    earlier = taken_up_by(session, feedback)
    keys = [row.feedback_id for row in TAKEN_UP.of(session, feedback.id)]
    found = FEEDBACK.of_each(session, keys)
    later = [one for key in keys for one in found[key]]
    if earlier is not None and not _of_one_person(session, earlier, feedback):
        earlier = None
    return earlier, tuple(one for one in later if _of_one_person(session, feedback, one))


def bring_again(
    work: Work, earlier: Feedback, reference: str, asked_on: date, words: str
) -> Feedback:
    """Make new feedback of what waited, because the person asked for it.

    It has the earlier one's people, ways and secret words, so that they follow it as before. It is
    closed to everybody but complaints officers where the earlier one named somebody, until one of
    them has said again who is meant.

    Args:
        work: the open act, of an officer.
        earlier: what waited.
        reference: the new feedback's, drawn with the form: the same form sent twice makes one.
        asked_on: the day on which they asked. The clocks count from it.
        words: what they said, in their words or the officer's.

    Raises:
        NothingWaits: nothing of it was put off for proceedings.
        WrongDay: the day lies ahead, or before they first wrote.
    """
    known = work.session.scalar(select(Feedback).where(Feedback.reference == reference))
    if known is not None:
        return known
    if waits(work.session, earlier) is None:
        raise NothingWaits
    if not earlier.received_on <= asked_on <= work.today:
        raise WrongDay
    feedback = receive(work, _new(work, earlier, reference, asked_on, words))
    _tie(work, feedback, earlier, asked_on)
    if email_of(work, feedback) is not None:
        # The receipt that every contact gets, as neutral as any.
        promised = promises.first_promises(work.council, asked_on, None)
        outbox.post(work, LetterKind.RECEIPT, feedback, {"promises": promised}, automatic=True)
    return feedback


def tie(work: Work, feedback: Feedback, earlier: Feedback | None) -> None:
    """Say that feedback which came by itself takes up what waited.

    Args:
        work: the open act, of an officer.
        feedback: the later one.
        earlier: the earlier one; None where there is none that the officer may work.

    Raises:
        NothingWaits: nothing of the earlier one was put off, or they are the same.
        TakenUpAlready: the later one takes up another.
    """
    if work.session.get(Resubmission, feedback.id) is not None:
        raise TakenUpAlready
    if earlier is None or earlier.id == feedback.id or waits(work.session, earlier) is None:
        raise NothingWaits
    _tie(work, feedback, earlier, feedback.received_on)


def _of_one_person(session: Session, earlier: Feedback, later: Feedback) -> bool:
    # What was brought again by an officer has the words of the earlier one.
    same_words = earlier.words_hash is not None and earlier.words_hash == later.words_hash
    return same_words or linking.same_person(session, earlier, later)


def _tie(work: Work, feedback: Feedback, earlier: Feedback, asked_on: date) -> None:
    row = Resubmission(
        feedback_id=feedback.id,
        earlier_id=earlier.id,
        asked_on=asked_on,
        noted_at=work.now,
        noted_by_id=signed_in_id(work),
    )
    work.session.add(row)
    audit.note(work, "takes_up", feedback)
    audit.note(work, "taken_up", earlier)


def _new(work: Work, earlier: Feedback, reference: str, asked_on: date, words: str) -> NewFeedback:
    parties = work.session.scalars(
        select(Party).where(Party.feedback_id == earlier.id).order_by(Party.id)
    )
    named = select(NamedPerson.id).where(NamedPerson.feedback_id == earlier.id).limit(1)
    someone = earlier.persons_unsettled or work.session.scalar(named) is not None
    at = None if asked_on == work.today else datetime.combine(asked_on, NOON, tzinfo=clock.LONDON)
    return NewFeedback(
        channel=earlier.channel,
        door=earlier.door,
        subject=earlier.subject,
        story=f"{words.strip()}\n\n{earlier.story}",
        wanted=earlier.wanted,
        about_whom=earlier.about_whom,
        service_said=earlier.service_said,
        category_said=earlier.category_said,
        relationship_said=earlier.relationship_said,
        acting_for=earlier.acting_for,
        elsewhere_said=earlier.elsewhere_said,
        about_plan=earlier.about_plan,
        adjustments=earlier.adjustments,
        about_a_person=someone,
        advocate_wanted=earlier.advocate_wanted,
        language=earlier.language,
        may_tell=tuple(earlier.may_tell) if earlier.may_tell is not None else None,
        about_them=AboutThem(earlier.talk_to, earlier.trusted_adult, earlier.age_said),
        contact_way=earlier.contact_way,
        contact_note=earlier.contact_note,
        contact_rule=safe_contact_rules.in_force(work.session, earlier),
        words_hash=earlier.words_hash,
        parties=tuple(
            NewParty(one.role, one.name, one.email, one.phone, one.address) for one in parties
        ),
        reference=reference,
        received_at=at,
        received_on=asked_on,
        entered_by_id=signed_in_id(work),
    )


def _whole(
    session: Session, only: tuple[ColumnElement[bool], ...]
) -> list[tuple[Feedback, date | None]]:
    wanted = (
        select(Feedback, Decision.resubmit_by)
        .join(Decision, Decision.feedback_id == Feedback.id)
        .where(Decision.resubmit_by.is_not(None), *only)
    )
    return [(feedback, day) for feedback, day in session.execute(wanted)]


def _in_a_case(
    session: Session, only: tuple[ColumnElement[bool], ...]
) -> list[tuple[Feedback, date | None]]:
    wanted = (
        select(Feedback, CaseEvent.details)
        .join(Case, Case.feedback_id == Feedback.id)
        .join(CaseEvent, CaseEvent.case_id == Case.id)
        .where(CaseEvent.event.in_((Event.NOT_CONSIDERED, Event.PART_NOT_CONSIDERED)), *only)
    )
    found: list[tuple[Feedback, date | None]] = []
    for feedback, details in session.execute(wanted):
        day = details.get("resubmit_by")
        found.append((feedback, date.fromisoformat(day) if day else None))
    return found


def _later(session: Session, earlier_ids: list[int]) -> dict[int, tuple[Feedback, ...]]:
    wanted = (
        select(Resubmission.earlier_id, Feedback)
        .join(Feedback, Feedback.id == Resubmission.feedback_id)
        .where(Resubmission.earlier_id.in_(earlier_ids))
        .order_by(Feedback.id)
    )
    found: dict[int, tuple[Feedback, ...]] = {}
    for earlier_id, feedback in session.execute(wanted):
        found[earlier_id] = (*found.get(earlier_id, ()), feedback)
    return found

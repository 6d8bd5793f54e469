"""What the sender asks before anything leaves: the rule in force, its hours, and its exceptions."""

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal import clock
from portal.matter_rows import RULES
from portal.procedures.contact_hours import ContactHours
from portal.records.contact_override import ContactOverride, OverrideState
from portal.records.outbox_letter import OutboxLetter
from portal.records.safe_contact_rule import SafeContactRule


def in_force(session: Session, feedback_id: int) -> SafeContactRule | None:
    """The rule of a matter as it is now; None where nobody said more than the way."""
    return next(reversed(RULES.of(session, feedback_id)), None)


def in_force_of(session: Session, feedback_ids: Iterable[int]) -> dict[int, SafeContactRule]:
    """The rules of several matters by their keys, looked up in one go."""
    every = RULES.of_each(session, feedback_ids)
    return {key: rules[-1] for key, rules in every.items() if rules}


def hours_of(rule: SafeContactRule | None) -> ContactHours | None:
    """The hours of a rule; None where any time is good."""
    if rule is None or rule.begins is None or rule.ends is None:
        return None
    return ContactHours(rule.begins, rule.ends, rule.weekdays_only)


def is_neutral(session: Session, feedback_id: int | None) -> bool:
    """Whether nothing on the outside of a letter may say who writes or why."""
    rule = in_force(session, feedback_id) if feedback_id is not None else None
    return rule is not None and rule.neutral


def not_before(session: Session, letter: OutboxLetter, now: datetime) -> datetime | None:
    """When a letter, its text or its call may go, where that is later than now.

    Args:
        session: any session.
        letter: to the person of a matter.
        now: the instant.

    Returns:
        The instant to wait for; None where it may go now, also because a manager agreed.
    """
    if letter.feedback_id is None or exception_for(session, letter.id) is not None:
        return None
    hours = hours_of(in_force(session, letter.feedback_id))
    local = clock.in_london(now)
    if hours is None or hours.allows(local):
        return None
    return hours.next_allowed(local).astimezone(UTC)


def exception_for(session: Session, letter_id: int) -> ContactOverride | None:
    """The exception that a manager agreed to for one letter, the latest where there are several."""
    return session.scalar(
        select(ContactOverride)
        .where(
            ContactOverride.letter_id == letter_id, ContactOverride.state == OverrideState.AGREED
        )
        .order_by(ContactOverride.id.desc())
        .limit(1)
    )


def has_exception(letter_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """The condition that a letter has an exception, for lists."""
    agreed = select(ContactOverride.id).where(
        ContactOverride.letter_id == letter_id, ContactOverride.state == OverrideState.AGREED
    )
    return agreed.exists()

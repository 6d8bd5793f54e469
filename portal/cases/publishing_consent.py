"""Whether somebody lets us publish their words: what they said on the form, and what they said
since. The latest counts; without a yes nothing is published."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal import audit
from portal.cases.acting import signed_in_id
from portal.errors import Refused
from portal.records.feedback import Feedback
from portal.records.publishing_consent import PublishingConsent, SaidHow
from portal.work import Work


class HowSaid(Refused):
    """A yes or no without a word on how it was said."""

    message = "Write how they said it: who spoke with whom, or which message says so."


class DayToCome(Refused):
    """Nobody has said it yet on a day to come."""

    message = "They cannot have said this on a day to come."


@dataclass(frozen=True)
class Said:
    """What the person said later, and how."""

    agrees: bool
    how: SaidHow
    on: date
    words: str


def from_form(work: Work, feedback: Feedback, agrees: bool) -> PublishingConsent:
    """Keep what they chose on the form itself."""
    found = PublishingConsent(
        feedback_id=feedback.id,
        agrees=agrees,
        how=SaidHow.ON_FORM,
        on_day=feedback.received_on,
        recorded_at=work.now,
    )
    work.session.add(found)
    return found


def record(work: Work, feedback: Feedback, said: Said) -> PublishingConsent:
    """Record what they said later.

    Raises:
        HowSaid, DayToCome: with what is missing.
    """
    if not said.words.strip() or said.how is SaidHow.ON_FORM:
        raise HowSaid
    if not feedback.received_on <= said.on <= work.today:
        raise DayToCome
    found = PublishingConsent(
        feedback_id=feedback.id,
        agrees=said.agrees,
        how=said.how,
        on_day=said.on,
        words=said.words.strip(),
        recorded_at=work.now,
        recorded_by_id=signed_in_id(work),
    )
    work.session.add(found)
    audit.note(work, "publishing_consent_recorded", feedback, ["yes" if said.agrees else "no"])
    return found


def latest(session: Session, feedback_id: int) -> PublishingConsent | None:
    """What counts; None where nobody asked."""
    wanted = select(PublishingConsent).where(PublishingConsent.feedback_id == feedback_id)
    return session.scalar(wanted.order_by(PublishingConsent.id.desc()).limit(1))


def stands(session: Session, feedback_id: int) -> bool:
    """Whether their words may be published."""
    found = latest(session, feedback_id)
    return found is not None and found.agrees


def is_given(feedback_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """The same as a condition, for a list of many.

    Args:
        feedback_id: the column with the key of the matter.
    """
    newest = (
        select(PublishingConsent.agrees)
        .where(PublishingConsent.feedback_id == feedback_id)
        .order_by(PublishingConsent.id.desc())
        .limit(1)
    )
    return newest.correlate(feedback_id.class_).scalar_subquery()

"""From a compliment to a text for the annual report: redacted, read by one officer, agreed by
another. The person's own words stay as they are, and nothing is published without their yes."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from portal import audit
from portal.cases import publishing_consent
from portal.cases.acting import signed_in_id
from portal.cases.publishing_consent import Said
from portal.cases.tokens import make_public_id
from portal.errors import Refused
from portal.procedures.reporting_quarter import quarter_of
from portal.procedures.vocabulary import Category
from portal.records.decision import Decision
from portal.records.feedback import Feedback
from portal.records.publication import Publication, PublicationState
from portal.work import Work

EDITABLE = frozenset({PublicationState.REDACTING, PublicationState.DRAFT})


class NotAllowed(Refused):
    """The person has not said yes."""

    message = (
        "The person has not said that their words may be published. Ask them, and record their"
        " answer. Nothing was changed."
    )


class NoCompliment(Refused):
    """Only compliments are published."""

    message = "Only words of thanks are published. Decide first that this is a compliment."


class NotNow(Refused):
    """It does not stand where this can be done."""

    message = "Somebody may have been quicker. Look at the text again. Nothing was changed."
    status = 409


class NothingLeft(Refused):
    """An empty text says nothing."""

    message = "The text is empty. Write what may be published."


class SecondOfficer(Refused):
    """Whoever wrote it cannot be the one who agrees."""

    message = "Another officer must look at this. You wrote the text that stands here."


class NoReason(Refused):
    """Sent back or withdrawn without a reason."""

    message = "Write why, so that your colleague knows."


def begin(work: Work, feedback: Feedback) -> Publication:
    """Ask for a redacted text; the background process writes it.

    Args:
        work: the open act.
        feedback: a compliment that was decided on.

    Raises:
        NoCompliment, NotAllowed, NotNow: with what stands in the way.
    """
    # Of two officers at once the second waits here, and is told.
    work.session.flush()
    work.session.refresh(feedback, with_for_update=True)
    decision = work.session.scalar(select(Decision).where(Decision.feedback_id == feedback.id))
    if decision is None or decision.category is not Category.COMPLIMENT:
        raise NoCompliment
    _check_allowed(work, feedback)
    found = of(work.session, feedback)
    if found is None:
        quarter = quarter_of(feedback.received_on)
        found = Publication(
            public_id=make_public_id(),
            feedback_id=feedback.id,
            area=decision.area,
            year=quarter.year,
            quarter=quarter.number,
        )
        work.session.add(found)
    elif found.state is not PublicationState.WITHDRAWN:
        raise NotNow
    found.state, found.text, found.note = PublicationState.REDACTING, None, None
    audit.note(work, "publication_begun", feedback)
    return found


def offer(work: Work, feedback: Feedback, text: str) -> Publication:
    """Offer a text as the officer leaves it; a second officer looks at it next.

    Raises:
        NotNow, NotAllowed, NothingLeft: with what stands in the way.
    """
    found = _locked(work, feedback, EDITABLE)
    _check_allowed(work, feedback)
    if not text.strip():
        raise NothingLeft
    found.text, found.state, found.note = text.strip(), PublicationState.OFFERED, None
    found.offered_at, found.offered_by_id = work.now, signed_in_id(work)
    audit.note(work, "publication_offered", feedback)
    return found


def agree(work: Work, feedback: Feedback) -> Publication:
    """Agree to an offered text, as a second officer.

    Raises:
        NotNow, NotAllowed, SecondOfficer: with what stands in the way.
    """
    found = _locked(work, feedback, {PublicationState.OFFERED})
    _check_allowed(work, feedback)
    if found.offered_by_id == signed_in_id(work):
        raise SecondOfficer
    found.state = PublicationState.AGREED
    found.agreed_at, found.agreed_by_id = work.now, signed_in_id(work)
    audit.note(work, "publication_agreed", feedback)
    return found


def send_back(work: Work, feedback: Feedback, why: str) -> Publication:
    """Send an offered text back to be changed.

    Raises:
        NotNow, NoReason: with what stands in the way.
    """
    found = _locked(work, feedback, {PublicationState.OFFERED})
    if not why.strip():
        raise NoReason
    found.state, found.note = PublicationState.DRAFT, why.strip()
    audit.note(work, "publication_sent_back", feedback)
    return found


def withdraw(work: Work, feedback: Feedback, why: str) -> Publication:
    """Withdraw a text from whatever is published next.

    Raises:
        NotNow, NoReason: with what stands in the way.
    """
    found = _locked(work, feedback, frozenset(PublicationState) - {PublicationState.WITHDRAWN})
    if not why.strip():
        raise NoReason
    _withdraw(work, feedback, found, why.strip())
    return found


def record_consent(work: Work, feedback: Feedback, said: Said) -> None:
    """Record what the person said of it; a no withdraws what was written already."""
    publishing_consent.record(work, feedback, said)
    found = of(work.session, feedback)
    if not said.agrees and found is not None and found.state is not PublicationState.WITHDRAWN:
        _withdraw(work, feedback, found, said.words.strip())


def of(session: Session, feedback: Feedback) -> Publication | None:
    """The text that was made of a feedback."""
    return session.scalar(select(Publication).where(Publication.feedback_id == feedback.id))


def listed(
    session: Session, visible: ColumnElement[bool]
) -> Sequence[tuple[Publication, Feedback]]:
    """Every text, the newest quarter first.

    Args:
        session: any session.
        visible: what the reader may see, from `portal.access.permission.visible`.
    """
    wanted = (
        select(Publication, Feedback)
        .join(Feedback, Feedback.id == Publication.feedback_id)
        .where(visible)
        .order_by(Publication.year.desc(), Publication.quarter.desc(), Publication.id.desc())
    )
    return [(one, feedback) for one, feedback in session.execute(wanted)]


def _check_allowed(work: Work, feedback: Feedback) -> None:
    if not publishing_consent.stands(work.session, feedback.id):
        raise NotAllowed


def _locked(
    work: Work, feedback: Feedback, states: frozenset[PublicationState] | set[PublicationState]
) -> Publication:
    wanted = select(Publication).where(Publication.feedback_id == feedback.id)
    found = work.session.scalar(wanted.with_for_update().execution_options(populate_existing=True))
    if found is None or found.state not in states:
        raise NotNow
    return found


def _withdraw(work: Work, feedback: Feedback, found: Publication, why: str) -> None:
    found.state, found.note = PublicationState.WITHDRAWN, why
    found.withdrawn_at, found.withdrawn_by_id = work.now, signed_in_id(work)
    audit.note(work, "publication_withdrawn", feedback)

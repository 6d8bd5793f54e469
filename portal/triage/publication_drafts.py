"""Writing the redacted text of what is to be published, for an officer to read beside the words.

Redacting is slow and belongs to the classifier, so the background process does it.
"""

from collections.abc import Mapping

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from portal import audit
from portal.records.feedback import Feedback
from portal.records.publication import Publication, PublicationState
from portal.triage.redaction import Redactor, known_names
from portal.work import Work

AT_A_TIME = 20


def waits(session: Session) -> bool:
    """Whether a text waits to be redacted."""
    waiting = exists().where(Publication.state == PublicationState.REDACTING)
    return bool(session.scalar(select(waiting)))


def redacted(session: Session, redactor: Redactor) -> Mapping[int, str]:
    """Redact what waits, outside any act; by the keys of the publications.

    Args:
        session: any session, for the words and the names that a matter knows.
        redactor: the loaded redactor.
    """
    wanted = (
        select(Publication.id, Feedback)
        .join(Feedback, Feedback.id == Publication.feedback_id)
        .where(Publication.state == PublicationState.REDACTING)
        .order_by(Publication.id)
        .limit(AT_A_TIME)
    )
    return {
        key: redactor.redact(feedback.story, known_names(session, feedback.id))
        for key, feedback in session.execute(wanted)
    }


def write(work: Work, texts: Mapping[int, str]) -> int:
    """Keep redacted texts where an officer has not gone on without them.

    Returns:
        How many were kept.
    """
    kept = 0
    for key, text in texts.items():
        found = work.session.get(Publication, key, with_for_update=True)
        if found is None or found.state is not PublicationState.REDACTING:
            continue
        found.text, found.state = text, PublicationState.DRAFT
        audit.note(work, "publication_redacted", work.session.get_one(Feedback, found.feedback_id))
        kept += 1
    return kept

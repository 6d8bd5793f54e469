"""What people say about themselves after sending: once, and never beside what they told us."""

import secrets
from collections.abc import Mapping

from portal import audit
from portal.procedures.reporting_quarter import quarter_of
from portal.records.draft import Draft
from portal.records.equality_answer import EqualityAnswer
from portal.records.feedback import Door, Feedback
from portal.work import Work

QUESTIONS = ("age_band", "sex", "disability", "ethnicity", "orientation")


def was_asked(draft: Draft) -> bool:
    """Whether the questions were answered or passed over for what this draft became."""
    return draft.equality_at is not None


def keep(work: Work, draft: Draft, feedback: Feedback, said: Mapping[str, str | None]) -> bool:
    """Keep the answers apart. The trail tells that some came in, and neither whose nor which.

    Args:
        work: the open act.
        draft: of the browser that sent it; it only remembers that this was asked, and is deleted
            within a day.
        feedback: gives the year, what the person called it and who they said they are.
        said: codes of `portal.procedures.equality` by question; None where nothing was chosen.

    Returns:
        Whether something was kept: not a second time, and nothing where every box is empty.
    """
    if was_asked(draft):
        return False
    draft.equality_at = work.now
    answers = {name: said.get(name) or None for name in QUESTIONS}
    if not any(answers.values()):
        return False
    work.session.add(
        EqualityAnswer(
            id=secrets.token_hex(16),
            year=quarter_of(feedback.received_on).year,
            door=feedback.door or Door.EVERYONE,
            category=feedback.category_said,
            relationship=feedback.relationship_said,
            **answers,
        )
    )
    audit.note(work, "equality_answered")
    return True

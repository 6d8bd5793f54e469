"""Decisions on education, health and care plans: a complaint does not stop the tribunal's clock.

Whoever complains of one is told so at once. The time runs from the council's letter, and it may be
over before an answer comes.
"""

import re

from portal.records.feedback import Feedback

# The plan by its name, its initials, or what stood before it; a tribunal for such decisions.
_NAMED = re.compile(
    r"\bEHC(?:P|NA|\s+(?:plan|needs|assessment|decision))?s?\b|"
    r"\beducation,?\s+health\s+(?:and|&)\s+(?:social\s+)?care\b|"
    r"\bSEND?\s+tribunal\b|\bSENDIST\b",
    re.IGNORECASE,
)


def names_one(*texts: str | None) -> bool:
    """Say whether words name an education, health and care plan or the tribunal for one.

    Args:
        texts: what somebody wrote; None is passed over.
    """
    return any(_NAMED.search(text) for text in texts if text)


def is_about_one(feedback: Feedback) -> bool:
    """Say whether a letter about this must tell of the tribunal's time.

    Args:
        feedback: what the person said on the form decides; who was not asked (a letter, an
            e-mail) is told when their words name a plan. Telling once too often harms nobody.
    """
    if feedback.about_plan is not None:
        return feedback.about_plan
    return names_one(feedback.subject, feedback.story, feedback.wanted)

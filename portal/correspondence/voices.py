"""How a letter speaks: in which of two voices, as plainly as to any adult or plainer still, and in
which language."""

from enum import StrEnum

from sqlalchemy.orm import Session

from portal.catalogues import ENGLISH
from portal.council import Council
from portal.matter_rows import DECISIONS
from portal.procedures.vocabulary import Relationship
from portal.records.feedback import YOUNG_DOORS, Feedback, FeedbackState


class Voice(StrEnum):
    """The voices that every letter to the public is written in."""

    ADULT = "adult"
    YOUNG = "young"


def language_of(council: Council, feedback: Feedback) -> str:
    """Choose the language for the person who gave the feedback.

    Args:
        council: it may have stopped offering a language since.
        feedback: the feedback.

    Returns:
        The language in which they told us, where the council still offers it; English otherwise.
    """
    chosen = feedback.language
    return chosen if chosen is not None and chosen in council.languages else ENGLISH


def voice_of(session: Session, feedback: Feedback) -> Voice:
    """Choose the voice for the person who gave the feedback.

    Args:
        session: where an officer's decision is looked up: it knows more than the form did.
        feedback: the feedback.

    Returns:
        The young voice for the young people's and the advocates' doors and for a child or young
        person.
    """
    if feedback.door in YOUNG_DOORS:
        return Voice.YOUNG
    relationship = feedback.relationship_said
    # What waits has no decision: nothing to look up for each receipt.
    if feedback.state is FeedbackState.DECIDED:
        decision = DECISIONS.first(session, feedback.id)
        relationship = (decision.relationship if decision is not None else None) or relationship
    return Voice.YOUNG if relationship is Relationship.YOUNG_PERSON else Voice.ADULT

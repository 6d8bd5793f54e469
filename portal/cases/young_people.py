"""Whether a young person wrote, as far as they said: it decides how plainly they are written to,
and that nobody says no to them alone."""

from portal.procedures.vocabulary import Relationship
from portal.records.feedback import YOUNG_DOORS, Feedback


def is_young(feedback: Feedback) -> bool:
    """Say whether a young person wrote, as far as they said."""
    return feedback.door in YOUNG_DOORS or feedback.relationship_said is Relationship.YOUNG_PERSON

"""Whether a young person wrote, as far as they said: it decides how plainly they are written to,
and that nobody says no to them alone. And whom they let us talk to."""

from portal.procedures.telling import NearPerson
from portal.procedures.vocabulary import Relationship
from portal.records.feedback import YOUNG_DOORS, Feedback


def is_young(feedback: Feedback) -> bool:
    """Say whether a young person wrote, as far as they said."""
    return feedback.door in YOUNG_DOORS or feedback.relationship_said is Relationship.YOUNG_PERSON


def said_yes_to(feedback: Feedback) -> tuple[str, ...] | None:
    """Say whom near them a young person lets us tell, by their codes: those whom they ticked, and
    the adult whom they named for us to talk to.

    Returns:
        The codes of `NearPerson`; None where they were not asked, which is no yes.
    """
    if feedback.may_tell is None:
        return None
    named = (NearPerson.TRUSTED.value,) if feedback.trusted_adult else ()
    return (*feedback.may_tell, *named)

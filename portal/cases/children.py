"""The children and young people whom a matter is about: named by an officer, found again by name.

A name is compared as a keyed hash. That two matters are near is told to officers alone; nothing of
one is shown in the other.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.cases.addresses import name_key
from portal.errors import Refused
from portal.matter_rows import PARTIES
from portal.records.feedback import Feedback
from portal.records.party import Party, PartyRole
from portal.work import Work

LONGEST_NAME = 200


class NoName(Refused):
    """A child without a name."""

    message = "Enter the child’s or young person’s name as far as it is known."


class NamedAlready(Refused):
    """The same name twice on one matter."""

    message = "This child is named here already."


def of(session: Session, feedback: Feedback) -> list[Party]:
    """The children of a matter, as they were named."""
    parties = PARTIES.of(session, feedback.id)
    return [one for one in parties if one.role is PartyRole.YOUNG_PERSON]


def add(work: Work, feedback: Feedback, name: str) -> Party:
    """Name a child whom a matter is about.

    Args:
        work: the open act.
        feedback: the matter.
        name: as the person wrote it.

    Raises:
        NoName: it is empty.
        NamedAlready: they stand there already.
    """
    plain = " ".join(name.split())
    if not plain:
        raise NoName
    key = name_key(plain)
    if key in {one.name_key for one in of(work.session, feedback)}:
        raise NamedAlready
    child = Party(feedback_id=feedback.id, role=PartyRole.YOUNG_PERSON, name=plain, name_key=key)
    work.session.add(child)
    audit.note(work, "child_named", feedback)
    return child


def remove(work: Work, feedback: Feedback, number: int) -> bool:
    """Take a child away who was named by mistake.

    Args:
        work: the open act.
        feedback: the matter.
        number: which of `of`, from 1.

    Returns:
        Whether there was one.
    """
    children = of(work.session, feedback)
    if not 1 <= number <= len(children):
        return False
    work.session.delete(children[number - 1])
    audit.note(work, "child_unnamed", feedback)
    return True


def same_and_siblings(session: Session, feedback: Feedback) -> tuple[set[str], set[str]]:
    """The keys by which other matters are near through a child.

    Args:
        session: any session.
        feedback: the matter.

    Returns:
        The keys of its own children, and of those who were named together with one of them in
        another matter: perhaps brothers and sisters.
    """
    own = {one.name_key for one in of(session, feedback) if one.name_key}
    if not own:
        return set(), set()
    together = select(Party.feedback_id).where(
        Party.role == PartyRole.YOUNG_PERSON, Party.name_key.in_(own)
    )
    named = select(Party.name_key).where(
        Party.role == PartyRole.YOUNG_PERSON, Party.feedback_id.in_(together)
    )
    return own, {key for key in session.scalars(named) if key} - own

"""Parts of a matter about another child than the one whose matter it is.

An advocate follows one young person. Where a matter was split and a part is about a brother or a
sister, that part is closed to advocates and supporters: its points, its dates and its letters.
"""

from collections.abc import Collection

from sqlalchemy.orm import Session

from portal import audit
from portal.cases import parting
from portal.errors import Refused
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.work import Work


class NotOfTheirs(Refused):
    """Somebody who was let in asks for something in a part about another child."""

    title = "You cannot do this"
    message = "This part is not about the young person whom you support. Nothing was sent."
    status = 403


class NoneLeft(Refused):
    """Every part was said to be about another child."""

    message = "Leave at least one part to the young person whose matter this is."


def mark(work: Work, feedback: Feedback, parts: Collection[int]) -> None:
    """Say which parts are about another child; all others are open.

    Args:
        work: the open act.
        feedback: the matter.
        parts: their numbers.

    Raises:
        NoneLeft: it would be all of them.
    """
    cases = parting.parts(work.session, feedback)
    if all(case.part in parts for case in cases):
        raise NoneLeft
    for case in cases:
        closed = case.part in parts
        if case.other_child is not closed:
            case.other_child = closed
            audit.note(work, "part_closed" if closed else "part_opened", case)


def open_parts(session: Session, feedback: Feedback) -> list[Case]:
    """The parts that advocates and supporters see, in their order.

    Args:
        session: any session.
        feedback: the matter.
    """
    return [case for case in parting.parts(session, feedback) if not case.other_child]


def check_open(session: Session, feedback: Feedback, part: int) -> None:
    """Say no where somebody who was let in acts in a part about another child.

    Args:
        session: any session.
        feedback: the matter.
        part: its number.

    Raises:
        NotOfTheirs: it is such a part.
    """
    if any(case.other_child and case.part == part for case in parting.parts(session, feedback)):
        raise NotOfTheirs

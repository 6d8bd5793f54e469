"""Who may answer a case for the service: nobody whom it is about, and nobody below them.

No regulation names it; that whoever is complained about does not answer is fairness, and what
people are told at the young people's door (reference/needs.md 2.4, 2.6 and 2.8, path g).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Bar(StrEnum):
    """Why somebody cannot be given a case, the first that holds."""

    NAMED = "named"
    REPORTS_TO_NAMED = "reports_to_named"
    UNSETTLED = "unsettled"
    FOR_DESIGNATED = "for_designated"
    LEFT = "left"
    NO_MANAGER = "no_manager"
    ANSWERED_BEFORE = "answered_before"


@dataclass(frozen=True)
class Candidate:
    """Somebody who might answer, as the rule sees them.

    Attributes:
        key: who.
        above: the keys of their manager, the manager's manager and so on, the nearest first.
        manages: they have a role that answers for a service.
        here: their account stands and they have not left.
        designated: they are the officer whom the council's file names.
        answered_before: they answered an earlier stage of the same case.
    """

    key: int
    above: tuple[int, ...] = ()
    manages: bool = True
    here: bool = True
    designated: bool = False
    answered_before: bool = False


@dataclass(frozen=True)
class About:
    """Whom a matter is about, as far as it says who may answer it.

    Attributes:
        named: the keys of those whom it is about.
        unsettled: somebody may be meant, and no officer has said who.
        for_designated: somebody of the complaints team or a head of service is meant.
    """

    named: frozenset[int] = frozenset()
    unsettled: bool = False
    for_designated: bool = False


def bar(one: Candidate, about: About) -> Bar | None:
    """Say why somebody cannot be given a case.

    Args:
        one: who it would be.
        about: whom the matter is about.

    Returns:
        None where they can.
    """
    if one.key in about.named:
        return Bar.NAMED
    if about.unsettled:
        return Bar.UNSETTLED
    if not one.here:
        return Bar.LEFT
    if about.for_designated and not one.designated:
        return Bar.FOR_DESIGNATED
    # The council has named this officer for that very thing, whoever is above them.
    if not one.designated and about.named & set(one.above):
        return Bar.REPORTS_TO_NAMED
    if not (one.manages or (one.designated and about.for_designated)):
        return Bar.NO_MANAGER
    return Bar.ANSWERED_BEFORE if one.answered_before else None


def climb(lines: Iterable[Sequence[Candidate]], about: About) -> Candidate | None:
    """Find who is offered: the first of the default managers who can have it; where none can, the
    nearest above one of them who can.

    Args:
        lines: for each default manager, they themself and those above, the nearest first.
        about: whom the matter is about.

    Returns:
        None where nobody in any line can have it.
    """
    kept = [tuple(line) for line in lines]
    highest = max((len(line) for line in kept), default=0)
    for height in range(highest):
        for line in kept:
            if height < len(line) and bar(line[height], about) is None:
                return line[height]
    return None

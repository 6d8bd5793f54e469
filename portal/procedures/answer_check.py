"""What a draft answer still needs before it can be signed (reference/needs.md 2.4, step 9).

The Code asks for an answer to every point with reasons, the remedy and how to go on (6.7, 6.8);
regulation 14 and the 2006 guidance leave the contents of a stage 1 answer to the council.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from portal.procedures.completeness import Lack, in_favour, missing
from portal.procedures.facts import PointFacts
from portal.procedures.finding import Giver
from portal.procedures.procedure import StageKey


class Need(StrEnum):
    """What an answer must have."""

    POINTS = "points"
    FINDING = "finding"
    REASONS = "reasons"
    APOLOGY = "apology"
    OWNER = "owner"
    DATE = "date"
    NEXT_STEP = "next_step"
    ASK_BY = "ask_by"
    OMBUDSMAN = "ombudsman"


@dataclass(frozen=True)
class Action:
    """Something that is promised, by its key: whether somebody owns it, and whether it has a date
    or will have one once the answer goes."""

    key: str
    owned: bool
    dated: bool


@dataclass(frozen=True)
class Letter:
    """What the letter says as it would go now.

    Attributes:
        next_step: whether it says how to go on.
        ask_by: whether it says by when, where there is such a day.
        ombudsman: whether it says how to reach the Ombudsman.
    """

    next_step: bool
    ask_by: bool
    ombudsman: bool


@dataclass(frozen=True)
class Gap:
    """One thing that is missing: on which point, or in which action, where it is in one."""

    need: Need
    number: int | None = None
    key: str | None = None


def gaps(
    points: Iterable[PointFacts],
    stage: StageKey,
    actions: Iterable[Action],
    apology: bool,
    letter: Letter | None,
) -> tuple[Gap, ...]:
    """List what is missing, in the order in which an answer is written.

    Args:
        points: of the case.
        stage: the stage that is answered.
        actions: what was promised in it.
        apology: whether the draft says sorry, or an apology is promised.
        letter: the letter as it would go; None while it cannot be written.
    """
    all_points, found = tuple(points), []
    if not any(point.live for point in all_points):
        found.append(Gap(Need.POINTS))
    for one in missing(all_points, stage, Giver.SERVICE):
        need = Need.FINDING if one.lack is Lack.FINDING else Need.REASONS
        found.append(Gap(need, number=one.number))
    if in_favour(all_points, stage, Giver.SERVICE) and not apology:
        found.append(Gap(Need.APOLOGY))
    for action in actions:
        if not action.owned:
            found.append(Gap(Need.OWNER, key=action.key))
        if not action.dated:
            found.append(Gap(Need.DATE, key=action.key))
    if letter is not None:
        said = (
            (Need.NEXT_STEP, letter.next_step),
            (Need.ASK_BY, letter.ask_by),
            (Need.OMBUDSMAN, letter.ombudsman),
        )
        found += [Gap(need) for need, there in said if not there]
    return tuple(found)

"""Whom near a young person may learn what they told us: nobody without their yes, else only for a
reason that a manager agrees with, and they are told first unless that is unsafe.

Portal design on the child's right to be heard without what they say being passed on: a parent who
asks is not shown what a child gave expecting it to stay here (DPA 2018 Sch 3, see
reference/procedures.md 8), and fear of what follows keeps children silent (reference/needs.md 2.1).
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class NearPerson(StrEnum):
    """Somebody near a young person. `home` is whoever works where they live."""

    PARENT = "parent"
    CARER = "carer"
    HOME = "home"
    SCHOOL = "school"
    # The adult whom the young person named for us to talk to: naming them is the yes.
    TRUSTED = "trusted"
    # Nobody can say yes to these beforehand: the officer writes who it is.
    OTHER = "other"


class Lacking(StrEnum):
    """What still stands in the way of telling somebody."""

    REASON = "reason"
    TOLD_FIRST = "told_first"
    MANAGER = "manager"


@dataclass(frozen=True)
class Planned:
    """One telling as far as it is prepared.

    Attributes:
        whom: who would be told.
        reason: why, in words.
        told_first: the young person was told first that this will happen.
        unsafe: why telling them first would be unsafe, in words; empty where it would not.
        agreed: a manager has agreed.
    """

    whom: NearPerson
    reason: str = ""
    told_first: bool = False
    unsafe: str = ""
    agreed: bool = False


def said_yes(whom: NearPerson, may_tell: Collection[str] | None) -> bool:
    """Say whether the young person allowed it.

    Args:
        whom: who would be told.
        may_tell: what they ticked; None where they were never asked, which is no yes.
    """
    return whom is not NearPerson.OTHER and whom.value in (may_tell or ())


def lacking(planned: Planned, may_tell: Collection[str] | None) -> tuple[Lacking, ...]:
    """Say what a telling still needs; nothing where it may happen.

    Args:
        planned: the telling as it stands.
        may_tell: as in `said_yes`.
    """
    if said_yes(planned.whom, may_tell):
        return ()
    found = []
    if not planned.reason.strip():
        found.append(Lacking.REASON)
    if not planned.told_first and not planned.unsafe.strip():
        found.append(Lacking.TOLD_FIRST)
    if not planned.agreed:
        found.append(Lacking.MANAGER)
    return tuple(found)

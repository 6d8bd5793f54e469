"""Who complained, by their role, with small numbers hidden alike wherever roles are printed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from portal.procedures.suppression import is_small, suppressed
from portal.procedures.vocabulary import Relationship
from portal.reports.annual.cells import hidden, number
from portal.reports.annual.stage_rows import StageRow
from portal.reports.annual.table import Cell

ROLES: Mapping[Relationship | None, str] = {
    Relationship.PARENT: "Parent",
    Relationship.YOUNG_PERSON: "Child or young person",
    Relationship.ADVOCATE: "Advocate",
    Relationship.FOSTER_CARER: "Foster carer",
    Relationship.RELATIVE: "Relative or special guardian",
    Relationship.ADOPTER: "Adoptive parent",
    Relationship.PROFESSIONAL: "Somebody in their job",
    Relationship.OTHER: "Somebody else",
    None: "Not recorded",
}


class RoleCount(NamedTuple):
    """How many complained in one role, and whether the number may be printed."""

    relationship: Relationship | None
    number: int
    hidden: bool


def roles_of(stages: Sequence[StageRow]) -> list[RoleCount]:
    """Count roles in a list of complaints and say which numbers are hidden.

    Args:
        stages: every complaint of one procedure's first stage; the rule looks at all together.
    """
    found = Counter(row.relationship for row in stages)
    numbers = [found[role] for role in ROLES]
    flags = suppressed(numbers).hidden
    return [
        RoleCount(role, number, flag)
        for role, number, flag in zip(ROLES, numbers, flags, strict=True)
    ]


def shown(stages: Sequence[StageRow], role: Relationship, rows: Sequence[StageRow]) -> Cell:
    """A count of complaints that goes with a role, hidden where it is small or where the role is
    hidden among all roles: it would give that away.

    Args:
        stages: every complaint of the procedure's first stage.
        role: the role that the count is about.
        rows: what is counted.
    """
    flagged = any(one.hidden for one in roles_of(stages) if one.relationship is role)
    return hidden() if flagged or is_small(len(rows)) else number(len(rows))

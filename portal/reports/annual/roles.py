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


def young_of(stages: Sequence[StageRow]) -> list[StageRow]:
    """Complaints of children and young people themselves, by the door they took or by what an
    officer recorded."""
    return [row for row in stages if row.young or row.relationship is Relationship.YOUNG_PERSON]


def young_hidden(stages: Sequence[StageRow]) -> bool:
    """Whether the number of young people's own complaints is kept back: where it is small, where
    their role is hidden among all roles, or where the two together would tell a small number.

    Args:
        stages: every complaint of one procedure's first stage.
    """
    number_of = len(young_of(stages))
    (role,) = (one for one in roles_of(stages) if one.relationship is Relationship.YOUNG_PERSON)
    return role.hidden or is_small(number_of) or is_small(number_of - role.number)


def shown(stages: Sequence[StageRow], role: Relationship) -> Cell:
    """How many complained in a role, hidden wherever it is hidden among all roles."""
    (found,) = (one for one in roles_of(stages) if one.relationship is role)
    return number_or_hidden(found.number, kept_back=found.hidden)


def number_or_hidden(value: int, *, kept_back: bool) -> Cell:
    """A number, or that it is not shown."""
    return hidden() if kept_back else number(value)

"""Who answers a case, for the case's own page: one line."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.cases import allocating
from portal.records.allocation import AllocationState
from portal.records.case import Case


@dataclass(frozen=True)
class GivenOut:
    """Who has it, and whether they have said yes."""

    name: str
    asked: bool


def shown(session: Session, case: Case) -> GivenOut | None:
    """Who answers a case; None where nobody was given it."""
    found = allocating.current(session, case)
    if found is None:
        return None
    return GivenOut(found.account.name, found.allocation.state is AllocationState.ASKED)

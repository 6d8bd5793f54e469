"""What is found on a point of complaint, by whom, and how points add up to a complaint.

Vocabulary and roll-up: reference/procedures.md 5. Withdrawn and open are states, never findings.
"""

from collections.abc import Iterable
from enum import StrEnum


class Finding(StrEnum):
    """What was found on one point."""

    UPHELD = "upheld"
    PARTIALLY_UPHELD = "partially_upheld"
    NOT_UPHELD = "not_upheld"
    NO_FINDING = "no_finding"


class Giver(StrEnum):
    """Who found it. Stage 2 has two: the investigating officer finds, the council answers."""

    SERVICE = "service"
    INVESTIGATOR = "investigator"
    ADJUDICATOR = "adjudicator"
    PANEL = "panel"
    COUNCIL = "council"
    OMBUDSMAN = "ombudsman"


class PointState(StrEnum):
    """Where a point of complaint is. Those that are `LIVE` need a finding."""

    DRAFTED = "drafted"
    SENT = "sent"
    AGREED = "agreed"
    DISPUTED = "disputed"
    WITHDRAWN = "withdrawn"
    NOT_CONSIDERED = "not_considered"
    # Somebody else deals with it, or nobody can: the person was told why.
    REDIRECTED = "redirected"
    # Its words went on into other points.
    REPLACED = "replaced"


LIVE = frozenset({PointState.DRAFTED, PointState.SENT, PointState.AGREED, PointState.DISPUTED})


def rolled_up(findings: Iterable[Finding]) -> Finding | None:
    """Say what the findings on a complaint's points come to.

    Args:
        findings: of its points, in any order.

    Returns:
        All upheld is upheld and all not upheld is not upheld; points without a finding do not
        change what the others come to, and alone they leave no finding. Anything mixed is
        partially upheld. None without points.
    """
    given = list(findings)
    if not given:
        return None
    found = {finding for finding in given if finding is not Finding.NO_FINDING}
    if not found:
        return Finding.NO_FINDING
    return found.pop() if len(found) == 1 else Finding.PARTIALLY_UPHELD

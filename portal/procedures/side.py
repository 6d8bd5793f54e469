"""What one side of a part tells: its reasons, and whether something is decided or must be."""

from dataclasses import dataclass

from portal.procedures.conclusion import Because, FirstDecision, Step
from portal.procedures.refusal import RefusalReason


@dataclass(frozen=True)
class Side:
    """The reasons of one side, with the decision it asks for or the refusal code it leads to."""

    reasons: tuple[Because, ...] = ()
    decision: FirstDecision | None = None
    refusal: RefusalReason | None = None
    steps: tuple[Step, ...] = ()


NOTHING = Side()

"""Proceedings beside a complaint, and what regulation 8 asks of an officer.

Regulation 8 of SI 2006/1738 never refuses by itself: a part is not considered only if the
authority decides that considering it might prejudice the proceedings. Which kinds it lists could
not be read for any but a court's, so the others are marked (reference/procedures.md 2.4).
"""

from dataclasses import dataclass
from enum import StrEnum


class ProceedingKind(StrEnum):
    """What sort of process runs beside the complaint."""

    COURT = "court"
    TRIBUNAL = "tribunal"
    CRIMINAL = "criminal"
    DISCIPLINARY = "disciplinary"
    AGENCIES = "agencies"

    @property
    def in_words(self) -> str:
        """Say for an officer that they are under way or planned."""
        return {
            ProceedingKind.COURT: "Court proceedings are under way or planned.",
            ProceedingKind.TRIBUNAL: "A tribunal's proceedings are under way or planned.",
            ProceedingKind.CRIMINAL: "A police matter is under way or planned.",
            ProceedingKind.DISCIPLINARY: "A staff process is under way or planned.",
            ProceedingKind.AGENCIES: (
                "A meeting of agencies about a child's safety is under way or planned."
            ),
        }[self]


class ProceedingState(StrEnum):
    """How far they have come."""

    INTENDED = "intended"
    UNDER_WAY = "under_way"
    ENDED = "ended"


@dataclass(frozen=True)
class Proceeding:
    """One set of proceedings."""

    kind: ProceedingKind
    state: ProceedingState

    @property
    def live(self) -> bool:
        """Say whether they are intended or under way."""
        return self.state is not ProceedingState.ENDED

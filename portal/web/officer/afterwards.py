"""After a decision that was made first: what the program would have suggested, beside it."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from portal.council import Council
from portal.procedures.vocabulary import ProcedureCode, Team
from portal.records.decision import Decision, Sight
from portal.records.feedback import Feedback
from portal.triage import sight
from portal.triage.suggested_labels import SuggestedLabels
from portal.web.officer import wording


@dataclass(frozen=True)
class Pair:
    """One question: what was decided and what was suggested."""

    name: str
    decided: str
    suggested: str

    @property
    def same(self) -> bool:
        """Whether both are the same."""
        return self.decided == self.suggested


@dataclass(frozen=True)
class HeldBack:
    """What is shown after it was held back; no pairs where the program has not read it."""

    pairs: tuple[Pair, ...]


def held_back(
    session: Session, council: Council, feedback: Feedback, decision: Decision | None
) -> HeldBack | None:
    """Give the suggestion that was held back until the decision was stored.

    Returns:
        None where none was held back.
    """
    if decision is None or decision.sight is not Sight.BLIND:
        return None
    labels = sight.offered(session, feedback).labels
    return HeldBack(_pairs(council, decision, labels) if labels is not None else ())


def _pairs(council: Council, decision: Decision, labels: SuggestedLabels) -> tuple[Pair, ...]:
    asked: tuple[tuple[str, StrEnum | None, StrEnum | None], ...] = (
        ("Kind", decision.category, labels.category.label),
        ("Team", decision.team, labels.team[0].label),
        ("About", decision.nature, labels.nature.label if labels.nature is not None else None),
        ("Written by", decision.relationship, labels.relationship.label),
        ("Procedure", decision.procedure, labels.procedure.label),
        ("Risk", decision.risk, labels.risk.label),
    )
    return tuple(
        Pair(name, _words(council, decided), _words(council, suggested))
        for name, decided, suggested in asked
        if decided is not None or suggested is not None
    )


def _words(council: Council, code: StrEnum | None) -> str:
    if code is None:
        return "Nothing"
    if isinstance(code, Team):
        return wording.team_name(council, code)
    if isinstance(code, ProcedureCode):
        return wording.PROCEDURES[code]
    return wording.capital(council.label(code))

"""After a decision: who made it and what it rests on, and what was held back until it was made."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from portal.clock import london_date
from portal.council import Council
from portal.procedures.screening import Screening
from portal.procedures.vocabulary import ProcedureCode, Team
from portal.records.account import Account
from portal.records.decision import Decision, Sight
from portal.records.feedback import Feedback
from portal.triage import sight
from portal.triage.suggested_labels import SuggestedLabels
from portal.web.officer import wording
from portal.web.officer.proposal_view import screening_lines
from portal.web.officer.standing_words import day_words


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


def decided_lines(session: Session, decision: Decision | None) -> list[tuple[str, str]]:
    """Say who decided, who agreed to a no, and what the answer rests on."""
    if decision is None:
        return []
    written = Screening(
        decision.consulted or "",
        decision.consulted_on,
        decision.evidence or "",
        decision.redirected_to or "",
        decision.resubmit_by,
        decision.nothing_to_act_on,
    )
    lines = screening_lines(written)
    if decision.agreed_by_id is not None:
        people = (
            ("First looked at by", decision.screened_by_id, decision.screened_on),
            ("Proposed by", decision.decided_by_id, None),
            ("Second officer", decision.agreed_by_id, london_date(decision.decided_at)),
        )
        for name, account_id, day in people:
            account = session.get(Account, account_id) if account_id is not None else None
            on = f", {day_words(day)}" if day is not None else ""
            lines.append((name, f"{account.name}{on}" if account is not None else ""))
    return [(name, value) for name, value in lines if value]


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

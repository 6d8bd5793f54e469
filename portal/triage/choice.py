"""What an officer chose on one feedback, before anything is done with it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from portal.procedures.procedure import Track
from portal.procedures.refusal import Disposition, RefusalReason
from portal.procedures.refusal_rules import disposition_of
from portal.procedures.screening import Screening
from portal.procedures.vocabulary import (
    Category,
    Nature,
    ProcedureCode,
    Relationship,
    Risk,
    Team,
)
from portal.records.decision import Outcome


@dataclass(frozen=True)
class Choice:
    """One officer's choice. The area is not among it: it follows from the team and the day.

    `letter` is the letter's text as the officer left it on the check page, None to send it as
    written. `screening` is what was done before the answer. `chosen_track` tells an MP from a
    member of the council, and a complaint about personal data from others. `answer_wanted`: the
    writer of a comment wants to hear what became of it.
    """

    category: Category
    team: Team
    procedure: ProcedureCode
    relationship: Relationship
    risk: Risk
    outcome: Outcome
    nature: Nature | None = None
    reason: RefusalReason | None = None
    explanation: str | None = None
    linked_reference: str | None = None
    letter: str | None = None
    screening: Screening = field(default_factory=Screening)
    chosen_track: Track | None = None
    answer_wanted: bool = True

    @property
    def disposition(self) -> Disposition | None:
        """What becomes of it where it is not looked into; None where it is, or no reason fits."""
        if self.outcome not in (Outcome.DECLINED, Outcome.PASSED_ON) or self.reason is None:
            return None
        return disposition_of(self.reason, passed_on=self.outcome is Outcome.PASSED_ON)


def as_plain(choice: Choice) -> dict[str, Any]:
    """Give a choice as codes, words and dates for a record."""
    plain = asdict(choice)
    for name in ("consulted_on", "resubmit_by"):
        day = plain["screening"][name]
        plain["screening"][name] = day.isoformat() if day is not None else None
    return plain


def from_plain(plain: Mapping[str, Any]) -> Choice:
    """Read the choice of a record."""
    written = dict(plain["screening"])
    for name in ("consulted_on", "resubmit_by"):
        written[name] = date.fromisoformat(written[name]) if written[name] else None
    nature, reason, track = plain["nature"], plain["reason"], plain["chosen_track"]
    return Choice(
        category=Category(plain["category"]),
        team=Team(plain["team"]),
        procedure=ProcedureCode(plain["procedure"]),
        relationship=Relationship(plain["relationship"]),
        risk=Risk(plain["risk"]),
        outcome=Outcome(plain["outcome"]),
        nature=Nature(nature) if nature else None,
        reason=RefusalReason(reason) if reason else None,
        explanation=plain["explanation"],
        linked_reference=plain["linked_reference"],
        letter=plain["letter"],
        screening=Screening(**written),
        chosen_track=Track(track) if track else None,
        answer_wanted=plain["answer_wanted"],
    )

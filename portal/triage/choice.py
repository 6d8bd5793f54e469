"""What an officer chose on one feedback, before anything is done with it."""

from dataclasses import dataclass

from portal.procedures.procedure import Track
from portal.procedures.refusal import RefusalReason
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
    written. `second_look` says that the officer considered again a "no" to a young person, or to
    somebody who gave no name. `chosen_track` tells an MP from a member of the council, and a
    complaint about personal data from others. `answer_wanted`: the writer of a comment wants to
    hear what became of it.
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
    second_look: bool = False
    chosen_track: Track | None = None
    answer_wanted: bool = True

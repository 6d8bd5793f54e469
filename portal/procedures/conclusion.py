"""What `which` concludes for a part: the way it goes, why, what to do, and what is still to ask."""

from dataclasses import dataclass
from enum import StrEnum

from portal.procedures.function import Function
from portal.procedures.matter import Part
from portal.procedures.procedure import Track
from portal.procedures.refusal import RefusalReason
from portal.procedures.vocabulary import ProcedureCode


class Route(StrEnum):
    """The way a part goes."""

    STATUTORY = "statutory"
    CORPORATE = "corporate"
    REDIRECTED = "redirected"
    DECISION_FIRST = "decision_first"


class FirstDecision(StrEnum):
    """What an officer must decide or find out before a part can go on."""

    FUNCTION = "function"
    PERSON = "person"
    INTEREST = "interest"
    CONSENT = "consent"
    PROCEEDINGS = "proceedings"
    LATENESS = "lateness"


class Topic(StrEnum):
    """What a reason is about. An answer to a question changes the reasons of its own topic only, as
    long as the way stays the same: each way has provisions of its own."""

    FUNCTION = "function"
    APPEAL = "appeal"
    PERSON = "person"
    CONSENT = "consent"
    PROCEEDINGS = "proceedings"
    TIME = "time"


class QuestionCode(StrEnum):
    """The questions that a conclusion may leave open."""

    FUNCTION = "function"
    CONFERENCE = "conference"
    APPEAL = "appeal"
    PERSON = "person"
    ACTING = "acting"
    PARENTAL_RESPONSIBILITY = "parental_responsibility"
    OVER_18 = "over_18"
    INTEREST = "interest"
    CONSENT = "consent"
    PROCEEDINGS = "proceedings"
    PREJUDICE = "prejudice"
    WHEN = "when"
    LATENESS = "lateness"


@dataclass(frozen=True)
class Because:
    """One reason in plain words with its source; `doubt` names what could not be verified."""

    topic: Topic
    text: str
    source: str
    doubt: str = ""


@dataclass(frozen=True)
class Step:
    """Something the officer must do or record, with its source."""

    text: str
    source: str


@dataclass(frozen=True)
class Outcome:
    """The way a part goes, without the reasons.

    `procedure` is the one it follows, or would follow once `decisions` have gone its way; None
    while nobody knows what the part is about. `refusal` is the coded reason of what is redirected.
    """

    route: Route
    procedure: ProcedureCode | None
    refusal: RefusalReason | None = None
    decisions: tuple[FirstDecision, ...] = ()

    @property
    def track(self) -> Track | None:
        """Give the path of its own on which the council answers what it does not investigate."""
        return Track.DATA_PROTECTION if self.refusal is RefusalReason.DATA_PROTECTION else None


@dataclass(frozen=True)
class Answer:
    """One answer that a question may get, and where the part would go then."""

    says: str
    outcome: Outcome


@dataclass(frozen=True)
class Question:
    """A question whose answer would change the conclusion, in words an officer can ask."""

    code: QuestionCode
    topic: Topic
    text: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Conclusion:
    """What is concluded for one part."""

    part: Part
    outcome: Outcome
    reasons: tuple[Because, ...]
    steps: tuple[Step, ...]
    missing: tuple[Question, ...]

    @property
    def function(self) -> Function:
        """Give the function that the part is about."""
        return self.part.function

    @property
    def route(self) -> Route:
        """Give the way it goes."""
        return self.outcome.route

    @property
    def doubts(self) -> tuple[str, ...]:
        """Name what the conclusion rests on that could not be verified."""
        return tuple(reason.doubt for reason in self.reasons if reason.doubt)

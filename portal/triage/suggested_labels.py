"""The classifier's answer, typed: what design.md's command-line contract says, and nothing else.

Triage reads the answer as plain JSON. It must work without the classifier being there at all, so
the labels are the portal's own vocabulary and the shape is checked here.
"""

from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from portal.procedures.vocabulary import (
    Area,
    Category,
    Nature,
    ProcedureCode,
    Relationship,
    Risk,
    Team,
)

Label = TypeVar("Label")


class SuggestionUnusable(ValueError):
    """An answer that is not what the contract says; the officer decides without it."""


class Part(BaseModel):
    """A part of the answer. What later models say beyond the contract is kept and passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Guess(Part, Generic[Label]):
    """One label, how sure the model is of it (0 to 1), and whether it should say so."""

    label: Label
    confidence: float = Field(ge=0, le=1)
    unsure: bool = False


def _with_text(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


class Reason(Part):
    """A sentence, and where it comes from (a provision, or the words on the form)."""

    text: str
    source: str | None = None


Said = Annotated[Reason, BeforeValidator(_with_text)]


class ProcedureGuess(Guess[ProcedureCode]):
    """The procedure, why, and what an officer would have to know to be sure."""

    reasons: tuple[Said, ...] = ()
    missing: tuple[Said, ...] = ()


class RiskGuess(Guess[Risk]):
    """How soon it must be read, and why."""

    reasons: tuple[Said, ...] = ()


class Span(Part):
    """Characters of the person's words that moved a label. Never trusted to lie inside them."""

    start: int
    end: int
    label: str
    weight: float = 0.0


class SuggestedLabels(Part):
    """One whole answer."""

    category: Guess[Category]
    area: Guess[Area]
    team: tuple[Guess[Team], ...] = Field(min_length=1)
    procedure: ProcedureGuess
    nature: Guess[Nature] | None = None
    relationship: Guess[Relationship]
    risk: RiskGuess
    why: tuple[Span, ...] = ()
    model: str = ""


def from_plain(result: object) -> SuggestedLabels:
    """Read an answer.

    Args:
        result: the JSON object as Python values.

    Returns:
        The typed answer.

    Raises:
        SuggestionUnusable: something is missing or is no label of ours. The text names the places
            at fault and never the person's words.
    """
    try:
        return SuggestedLabels.model_validate(result)
    except ValidationError as error:
        places = sorted({".".join(str(part) for part in fault["loc"]) for fault in error.errors()})
        raise SuggestionUnusable(f"Not as the contract says: {', '.join(places)}") from None

"""What goes into the classifier and what comes out, as typed values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from classifier.errors import BadExample


@dataclass(frozen=True)
class SuggestItem:
    """One piece of feedback to suggest for; everything but the text may be missing."""

    id: str | int
    text: str
    subject: str | None = None
    channel: str | None = None
    received: str | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    """What the form said: "relationship", "category", "service", "about_whom"; all optional."""

    @classmethod
    def from_json(cls, value: object) -> "SuggestItem":
        """Return the item that a JSON object describes.

        Raises:
            BadExample: it is not an object with a text, or a field has the wrong kind.
        """
        if not isinstance(value, dict) or not isinstance(value.get("text"), str):
            raise BadExample('is not an object with a "text"')
        for name in ("subject", "channel", "received"):
            if not isinstance(value.get(name), str | None):
                raise BadExample(f'has a "{name}" that is not text')
        facts = value.get("facts") or {}
        if not isinstance(facts, dict):
            raise BadExample('has "facts" that are not an object')
        if not isinstance(value.get("id", ""), str | int):
            raise BadExample('has an "id" that is neither text nor number')
        return cls(
            id=value.get("id", ""),
            text=value["text"],
            subject=value.get("subject"),
            channel=value.get("channel"),
            received=value.get("received"),
            facts=facts,
        )


@dataclass(frozen=True)
class Choice:
    """One suggested label. Unsure means: show the person the choices, not this one."""

    label: str
    confidence: float
    unsure: bool

    def as_json(self) -> dict[str, Any]:
        """Return the label object of the contract."""
        return {
            "label": str(self.label),
            "confidence": round(self.confidence, 4),
            "unsure": self.unsure,
        }


@dataclass(frozen=True)
class Reason:
    """One reason in plain words, with the provision or rule that it stands on."""

    text: str
    source: str

    def as_json(self) -> dict[str, str]:
        """Return the reason as the contract has it."""
        return {"text": self.text, "source": self.source}


@dataclass(frozen=True)
class Span:
    """Characters of the text that moved a label, and how far."""

    start: int
    end: int
    label: str
    weight: float

    def as_json(self) -> dict[str, Any]:
        """Return the span as the contract has it; the label reads "team:send"."""
        return {
            "start": self.start,
            "end": self.end,
            "label": self.label,
            "weight": round(self.weight, 4),
        }


@dataclass(frozen=True)
class Suggestion:
    """Everything the classifier suggests for one item. An officer decides."""

    id: str | int
    category: Choice
    area: Choice
    team: tuple[Choice, ...]
    procedure: Choice
    procedure_reasons: tuple[Reason, ...]
    missing: tuple[str, ...]
    nature: Choice | None
    relationship: Choice
    risk: Choice
    risk_reasons: tuple[Reason, ...]
    why: tuple[Span, ...]
    model: str

    def as_json(self) -> dict[str, Any]:
        """Return the object that `python -m classifier suggest` prints."""
        procedure = self.procedure.as_json()
        procedure["reasons"] = [reason.as_json() for reason in self.procedure_reasons]
        procedure["missing"] = list(self.missing)
        risk = self.risk.as_json()
        risk["reasons"] = [reason.as_json() for reason in self.risk_reasons]
        return {
            "id": self.id,
            "category": self.category.as_json(),
            "area": self.area.as_json(),
            "team": [choice.as_json() for choice in self.team],
            "procedure": procedure,
            "nature": self.nature.as_json() if self.nature else None,
            "relationship": self.relationship.as_json(),
            "risk": risk,
            "why": [span.as_json() for span in self.why],
            "model": self.model,
        }

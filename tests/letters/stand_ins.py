"""What points, findings, promises and parts look like to a letter."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Promised:
    """What a dated next step looks like to a letter."""

    by: date
    what: str

    @property
    def text(self) -> str:
        """The same, where a letter lists what will be done."""
        return self.what


@dataclass(frozen=True)
class Found:
    """What a point with its finding looks like to a letter."""

    number: int
    text: str
    finding: str = ""
    reasons: str = ""
    agreed: bool = False


@dataclass(frozen=True)
class PartSample:
    """What one part of several looks like to a letter."""

    procedure_label: str
    stage_label: str
    points: tuple[Found, ...]
    due_on: date | None


POINTS = (
    Found(1, "My bag was lost when I moved.", "We agree.", "We are sorry. It was left in the van."),
    Found(2, "No one told me about the move.", "", "We will tell you a week before.", agreed=True),
)

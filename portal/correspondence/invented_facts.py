"""Invented facts for every field of every letter: what a preview of its wording is written from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from portal.correspondence.letters import FACTS
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind

REFERENCE = "7KQM-2XVD"


@dataclass(frozen=True)
class Point:
    """A point with what was found on it."""

    number: int
    text: str
    finding: str
    reasons: str
    agreed: bool = False


@dataclass(frozen=True)
class Promise:
    """What will be done, and by when."""

    by: date
    text: str

    @property
    def what(self) -> str:
        """The same, where a letter says it in a sentence."""
        return self.text


@dataclass(frozen=True)
class Part:
    """One part of several, or the answer to one."""

    procedure_label: str
    stage_label: str
    points: tuple[Point, ...]
    due_on: date | None
    promises: tuple[Promise, ...]
    next_step: str
    ask_by: date | None
    opening: str = ""
    apology: str = ""


DUE, LATER = date(2027, 1, 8), date(2027, 1, 22)
POINTS = (
    Point(1, "My bag was lost when I moved.", "We agree.", "We are sorry. It was left in the van."),
    Point(2, "No one told me about the move.", "", "We will tell you a week before.", agreed=True),
)
PROMISES = (Promise(LATER, "we will pay for a new bag"),)
PARTS = (
    Part(
        "first procedure",
        "Stage 1",
        POINTS[:1],
        DUE,
        PROMISES,
        "You can ask us again.",
        LATER,
        opening="We spoke to you and to the team.",
        apology="We are sorry that your bag was lost.",
    ),
    Part("second procedure", "Stage 1", POINTS[1:], None, (), "You can ask us again.", None),
)
BY_NAME: Mapping[str, object] = {
    "points": POINTS,
    "promises": PROMISES,
    "parts": PARTS,
    "answers": PARTS,
    "redirected": POINTS[1:],
    "link": "https://heard.example/track/link/sample",
    "number": 2,
    "megabytes": 64,
    "limit": 25,
    "minutes": 15,
    "days": 11,
    "enough": False,
    "name": "Jo Reed",
    "who": "Jo Reed",
    "old_name": "Ann Example",
    "reader": "Jo Reed",
    "organisation": "Brightside Advocacy",
    "way": "phone",
    "to": "01632 960 001",
    "hours": "09:00 to 15:00, Monday to Friday",
    "not_to_see": "My aunt.",
    "reference_of_it": REFERENCE,
    "other_reference": "4HTP-9WZC",
    "procedure_label": "children's social care complaint",
    "stage_label": "Stage 1: answer from the service",
    "team_label": "Social workers for families at home",
    "role_label": "Who looks into it",
    "waits_for": "Answer",
    "how_far": "in 3 working days",
    "new_date": LATER,
}
SWITCHES = frozenset(
    {
        "about_plan", "resumed", "about_data", "constituent", "concern", "rest_goes_on",
        "neutral", "no_message", "declined",
    }
)  # fmt: skip
DAYS = frozenset({"since"})
SENTENCE = "We have to talk to one more person. She is back at work on Monday."


def all_of(kind: LetterKind) -> dict[str, object]:
    """Every fact that a kind can have."""
    return {name: fact(name) for name in (*FACTS[kind].needed, *FACTS[kind].may)}


def needed_by(kind: LetterKind) -> dict[str, object]:
    """Only what a kind must have."""
    return {name: fact(name) for name in FACTS[kind].needed}


def fact(name: str) -> object:
    """One fact by the name of its field: a day where the name is a day's, else a sentence."""
    if name in BY_NAME:
        return BY_NAME[name]
    if name in SWITCHES:
        return True
    if name.endswith(("_on", "_by", "_date")) or name in DAYS:
        return DUE
    return SENTENCE


def feedback() -> Feedback:
    """What the letter would be about: only a reference and a day. It is never kept."""
    return Feedback(
        reference=REFERENCE,
        received_on=date(2026, 12, 1),
        received_at=datetime(2026, 12, 1, 9, tzinfo=UTC),
        words_hash="there are words",
    )

"""Redaction as the portal uses it: the classifier's redactor with the names that a case knows.

Nothing here is published: `proposed` is what an officer is shown to check, and what the officer
takes back or adds is the officer's. A training example is redacted without that check, and never
leaves the council's machine but by `flask export examples`.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.records.party import Party


class Stretch(Protocol):
    """A piece of a text that must go: `text[start:end]`."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""

    @property
    def kind(self) -> str:
        """What it is: "name", "school", "place", "phone" and so on."""

    @property
    def because(self) -> str:
        """Why it was taken: "party" for a name that the case knows, "listed", "pattern" …"""

    @property
    def replacement(self) -> str:
        """What stands there afterwards: "X", "School A", "[phone]"."""


class Redactor(Protocol):
    """What finds and replaces; the portal never imports the package that does."""

    def spans(self, text: str, known: Iterable[str] = ()) -> Sequence[Stretch]:
        """Return what must go, in order."""

    def redact(self, text: str, known: Iterable[str] = ()) -> str:
        """Return the text with all of it replaced."""


def known_names(session: Session, *feedback_ids: int) -> tuple[str, ...]:
    """The names of some feedback's parties, which always go, wherever they stand."""
    parties = session.scalars(
        select(Party).where(Party.feedback_id.in_(feedback_ids)).order_by(Party.id)
    )
    return tuple(party.name for party in parties if party.name)


def proposed(
    session: Session, feedback_id: int, text: str, redactor: Redactor
) -> Sequence[Stretch]:
    """What an officer is shown before anything of a case is published.

    Args:
        session: for the names of the parties.
        feedback_id: whose text it is.
        text: a piece of that case, such as the story or a letter.
        redactor: the loaded redactor.

    Returns:
        Each stretch with its kind, its reason and what would stand there instead.
    """
    return redactor.spans(text, known_names(session, feedback_id))

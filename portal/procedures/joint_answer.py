"""Whether the parts of one matter may be answered by one letter, and why not.

One letter is kinder than two, but it may make nobody wait: it goes while the shorter of the parts'
times still runs, and when each part is ready (reference/procedures.md 1).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.procedures.state import State

ANSWERED_IN = frozenset({State.ANSWERING, State.REVIEWING})
"""Where the service answers. What is elsewhere has people, reports and letters of its own."""


@dataclass(frozen=True)
class PartFacts:
    """One part as the rule sees it. `ready` says that nothing but the letter is missing."""

    state: State
    due_on: date
    ready: bool


class Apart(StrEnum):
    """Why the parts need a letter each."""

    ONE_PART = "one_part"
    NOT_READY = "not_ready"
    PAST_SHORTER = "past_shorter"


SENTENCES = {
    Apart.ONE_PART: "Fewer than two parts wait for the service’s answer.",
    Apart.NOT_READY: "Each part must be ready: a finding with its reasons on every point, or the"
    " person’s agreement that it is settled.",
    Apart.PAST_SHORTER: "The earlier of the dates has passed. Answer each part by its own letter,"
    " the late one first.",
}
"""What to do about each."""


def apart(parts: Iterable[PartFacts], today: date) -> tuple[Apart, ...]:
    """Say why the parts of a matter cannot be answered by one letter.

    Args:
        parts: every part that is not over.
        today: the day of the letter.

    Returns:
        The reasons; none where one letter may answer all that the service has yet to answer.
    """
    waiting = [part for part in parts if part.state in ANSWERED_IN]
    found = []
    if len(waiting) < 2:
        found.append(Apart.ONE_PART)
    if not all(part.ready for part in waiting):
        found.append(Apart.NOT_READY)
    if waiting and today > min(part.due_on for part in waiting):
        found.append(Apart.PAST_SHORTER)
    return tuple(found)

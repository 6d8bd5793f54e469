"""The shape of an event's page: what it asks, and in which words."""

from dataclasses import dataclass
from enum import StrEnum


class Ask(StrEnum):
    """What a page asks besides the day."""

    WORDS = "words"
    REASON = "reason"
    NEW_DATE = "new_date"
    TRACK = "track"
    PERSON_AGREES = "agreed_by_person"
    COUNCIL_AGREES = "agreed_by_council"
    TALKED_WITH = "talked_with"
    PROCEEDINGS_KIND = "proceedings_kind"
    PROCEEDINGS = "proceedings"
    PREJUDICE = "prejudice"
    POINTS = "points"
    CONDITIONS = "conditions"
    APPOINTEE = "appointee"
    LEAVES = "leaves"
    TEAM = "team"
    REFUSAL = "refusal"
    LEAD = "lead"


@dataclass(frozen=True)
class Sheet:
    """One event's page. `words` and `new_date` are the labels of those boxes."""

    button: str
    lead: str
    asks: tuple[Ask, ...] = ()
    on: str = "When did it happen?"
    words: str = "The reason"
    new_date: str = "The new date"

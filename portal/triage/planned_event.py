"""An event that waits for a second officer, as plain values: what it is and what was filled in."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from portal.procedures.facts import Given
from portal.procedures.refusal import RefusalReason
from portal.procedures.refusal_rules import OF_A_PART
from portal.procedures.state import Doer, Event

OF_PROCEEDINGS = frozenset({Event.NOT_CONSIDERED, Event.PART_NOT_CONSIDERED})
"""Regulation 8: not considered while proceedings run."""
KINDS_OF_PROCEEDINGS = (
    RefusalReason.CONCURRENT_COURT,
    RefusalReason.CONCURRENT_CRIMINAL,
    RefusalReason.CONCURRENT_DISCIPLINARY,
)


def reason_for(event: Event, given: Given) -> RefusalReason | None:
    """Give the coded reason of an event; None where it refuses nobody, or none was chosen."""
    if event is Event.NEXT_STAGE_REFUSED:
        return RefusalReason.S2_NOT_ACCEPTED
    if event is Event.PART_REDIRECTED and given.reason in OF_A_PART:
        return RefusalReason(given.reason)
    if event in OF_PROCEEDINGS and given.reason in {one.value for one in KINDS_OF_PROCEEDINGS}:
        return RefusalReason(given.reason)
    return None


def as_plain(event: Event, given: Given) -> dict[str, Any]:
    """Give an event and what these events ask for as codes, words and dates."""
    return {
        "event": event.value,
        "on": given.on.isoformat(),
        "by": given.by.value,
        "account_id": given.account_id,
        "reason": given.reason,
        "words": given.words,
        "new_date": given.new_date.isoformat() if given.new_date is not None else None,
        "proceedings": given.proceedings,
        "prejudice": given.prejudice,
        "points": sorted(given.points),
    }


def from_plain(plain: Mapping[str, Any]) -> tuple[Event, Given]:
    """Read the event of a record, without its second officer."""
    new_date = plain["new_date"]
    return Event(plain["event"]), Given(
        on=date.fromisoformat(plain["on"]),
        by=Doer(plain["by"]),
        account_id=plain["account_id"],
        reason=plain["reason"],
        words=plain["words"],
        new_date=date.fromisoformat(new_date) if new_date else None,
        proceedings=plain["proceedings"],
        prejudice=plain["prejudice"],
        points=frozenset(plain["points"]),
    )

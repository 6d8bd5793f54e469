"""What is written down before a person is told no, and what of it each disposition needs.

Facts are checked with the service first, and evidence of the reasoning is kept (Complaint Handling
Code 2.1 and 2.5; reference/procedures.md 7.1 and the fields of 7.2). Whoever is sent elsewhere is
told where; whoever must wait is told until when they may come back.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.procedures.refusal import Disposition


@dataclass(frozen=True)
class Screening:
    """What was done before the answer, as far as an officer wrote it down.

    `consulted` is who of the service was asked, `evidence` what was looked at. `nothing_to_act_on`
    is ticked where a text without a name holds nothing that anybody could act on.
    """

    consulted: str = ""
    consulted_on: date | None = None
    evidence: str = ""
    redirected_to: str = ""
    resubmit_by: date | None = None
    nothing_to_act_on: bool = False


class Asked(StrEnum):
    """The fields by name."""

    CONSULTED = "consulted"
    CONSULTED_ON = "consulted_on"
    EVIDENCE = "evidence"
    REDIRECTED_TO = "redirected_to"
    RESUBMIT_BY = "resubmit_by"


NEEDED: Mapping[Disposition, tuple[Asked, ...]] = {
    Disposition.REFUSED: (Asked.CONSULTED, Asked.CONSULTED_ON, Asked.EVIDENCE),
    Disposition.REDIRECTED: (Asked.REDIRECTED_TO,),
    Disposition.WAITING: (Asked.EVIDENCE, Asked.RESUBMIT_BY),
}
"""The others need none of them."""

SENTENCES: Mapping[Asked, str] = {
    Asked.CONSULTED: "Say whom in the service you asked about the facts. It comes before a no.",
    Asked.CONSULTED_ON: "Say on which day you asked the service.",
    Asked.EVIDENCE: "Write what you looked at. It must show how you came to this.",
    Asked.REDIRECTED_TO: "Say who deals with it and how to reach them. It is in the letter.",
    Asked.RESUBMIT_BY: "Say until when they may come back. It is in the letter.",
}
AHEAD = "The day until which they may come back must lie ahead."
TO_COME = "That day has not come yet. Enter the day on which you asked the service."


def missing(
    disposition: Disposition | None, screening: Screening, today: date
) -> tuple[tuple[Asked, str], ...]:
    """Find what is not written down yet, or cannot be.

    Args:
        disposition: what becomes of it; None needs nothing.
        screening: what was written down.
        today: the day of the answer.

    Returns:
        Each field with the sentence that says what to do.
    """
    return tuple(_missing(disposition, screening, today))


def _missing(
    disposition: Disposition | None, screening: Screening, today: date
) -> Iterator[tuple[Asked, str]]:
    given: Mapping[Asked, object] = {
        Asked.CONSULTED: screening.consulted.strip(),
        Asked.CONSULTED_ON: screening.consulted_on,
        Asked.EVIDENCE: screening.evidence.strip(),
        Asked.REDIRECTED_TO: screening.redirected_to.strip(),
        Asked.RESUBMIT_BY: screening.resubmit_by,
    }
    needed = NEEDED.get(disposition, ()) if disposition is not None else ()
    for asked in Asked:
        if asked in needed and not given[asked]:
            yield asked, SENTENCES[asked]
    if Asked.CONSULTED_ON not in needed and given[Asked.CONSULTED] and not screening.consulted_on:
        # Who without when is no evidence.
        yield Asked.CONSULTED_ON, SENTENCES[Asked.CONSULTED_ON]
    if screening.consulted_on is not None and screening.consulted_on > today:
        yield Asked.CONSULTED_ON, TO_COME
    if screening.resubmit_by is not None and screening.resubmit_by <= today:
        yield Asked.RESUBMIT_BY, AHEAD

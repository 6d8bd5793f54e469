"""When a matter may go: how long it is kept after it ended, and why, in words.

No law names a time for the file of a complaint. Councils quote six years for investigation files;
for children's complaints no figure could be verified (reference/procedures.md, part 8), so every
number of years is the council's choice. What belongs on a child's own file, and what the Ombudsman
looked at, is kept longer (the same part); a hold keeps a matter until an officer lifts it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.procedures.working_days import ONE_DAY, months_later

MONTHS_IN_A_YEAR = 12
LEAST_YEARS, MOST_YEARS = 1, 100
LEAST_REVIEW_MONTHS, MOST_REVIEW_MONTHS = 1, 24


class KeptAs(StrEnum):
    """What a matter is kept as: each has its own number of years."""

    STATUTORY = "statutory"
    CORPORATE = "corporate"
    ENQUIRY = "enquiry"
    COMPLIMENT = "compliment"
    COMMENT = "comment"
    PASSED_ON = "passed_on"
    REFUSED = "refused"
    # Nobody gave a name, and it became no case.
    NO_NAME = "no_name"
    # Reports of stages 2 and 3 that belong on a child's own file as well.
    CHILDS_FILE = "childs_file"
    # The Ombudsman enquired into it, or decided on it.
    OMBUDSMAN = "ombudsman"


IN_WORDS: Mapping[KeptAs, str] = {
    KeptAs.STATUTORY: "children’s social care complaint",
    KeptAs.CORPORATE: "council complaint",
    KeptAs.ENQUIRY: "enquiry, or a complaint about personal data",
    KeptAs.COMPLIMENT: "compliment",
    KeptAs.COMMENT: "comment",
    KeptAs.PASSED_ON: "passed on to somebody else",
    KeptAs.REFUSED: "refused",
    KeptAs.NO_NAME: "nobody gave a name, and it became no case",
    KeptAs.CHILDS_FILE: "it reached stage 2 or 3, whose reports belong on the child’s file",
    KeptAs.OMBUDSMAN: "the Ombudsman looked at it",
}
"""What officers read for each."""

LONGER = frozenset({KeptAs.CHILDS_FILE, KeptAs.OMBUDSMAN})
"""What adds to the time that a matter has for being what it is."""


@dataclass(frozen=True)
class Periods:
    """How many years the council keeps each, and within how many months a hold is looked at again.

    Attributes:
        years: for every kind.
        review_months: the longest that a hold's review day may lie ahead.
    """

    years: Mapping[KeptAs, int]
    review_months: int


@dataclass(frozen=True)
class MatterFacts:
    """What one matter is, as far as keeping it goes.

    Attributes:
        kinds: everything that it is kept as; several where it has several parts.
        ended_on: the day of the last thing that was done in it.
        still_open: what is not finished, in words; nothing where all of it is.
        held: an officer put a hold on it.
    """

    kinds: frozenset[KeptAs]
    ended_on: date
    still_open: tuple[str, ...] = ()
    held: bool = False


@dataclass(frozen=True)
class Term:
    """How long a matter is kept.

    Attributes:
        kept_as: the kind that keeps it longest.
        years: so many after it ended.
        due_on: the first day on which it may go; None while something is open.
        may_go: whether it may go on the day that was asked for.
        reasons: why, a sentence each.
    """

    kept_as: KeptAs
    years: int
    due_on: date | None
    may_go: bool
    reasons: tuple[str, ...]


def term(facts: MatterFacts, periods: Periods, on: date) -> Term:
    """Say when a matter may go.

    Args:
        facts: what the matter is.
        periods: the council's choice.
        on: the day that is asked for.

    Returns:
        The longest of the times that hold for it. What is open or held does not go, however old.

    Raises:
        ValueError: nothing is known of what the matter is.
    """
    if not facts.kinds:
        raise ValueError("A matter that nobody has decided on has no time yet.")
    kept_as = max(facts.kinds, key=lambda kind: (periods.years[kind], kind))
    years = periods.years[kept_as]
    reasons = [f"Kept for {_years(years)} after it ended: {IN_WORDS[kept_as]}."]
    if facts.still_open:
        reasons += facts.still_open
        due_on = None
    else:
        # The day after the same day so many years later: whole years have then passed.
        due_on = months_later(facts.ended_on, years * MONTHS_IN_A_YEAR) + ONE_DAY
    if facts.held:
        reasons.append("A hold keeps it until an officer lifts the hold.")
    may_go = due_on is not None and due_on <= on and not facts.held
    return Term(kept_as, years, due_on, may_go, tuple(reasons))


def kept_too_short(years: Mapping[KeptAs, int]) -> tuple[tuple[KeptAs, ...], int]:
    """Find what adds to the time of a matter, and would be kept for less long than the rest.

    Args:
        years: for every kind.

    Returns:
        Those kinds, and how many years each of them needs at least.
    """
    longest = max(years[kind] for kind in KeptAs if kind not in LONGER)
    return tuple(kind for kind in sorted(LONGER) if years[kind] < longest), longest


def why_not_erased(facts: MatterFacts) -> tuple[str, ...]:
    """Say why a matter may not be erased because somebody asks for it; nothing where it may.

    The right to erasure does not reach what a council still needs for its task (UK GDPR article
    17(3)(b); unverified): while something is open, and while a hold stands. Whether it must be done
    otherwise two officers decide.

    Args:
        facts: what the matter is.
    """
    held = ("A hold keeps it. Lift the hold first, if its reason has gone.",) if facts.held else ()
    return (*facts.still_open, *held)


def latest_review(periods: Periods, today: date) -> date:
    """The latest day on which a hold that is put on today must be looked at again."""
    return months_later(today, periods.review_months)


def _years(number: int) -> str:
    return "1 year" if number == 1 else f"{number} years"

"""What the Ombudsman can decide, in the words they use now, and how each decision is counted.

Vocabulary: reference/procedures.md 4.2. Codes marked there as unverified carry that here.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum


class OmbudsmanDecision(StrEnum):
    """How the Ombudsman ended a matter."""

    NOT_READY = "not_ready"
    CLOSED_AFTER_ENQUIRIES = "closed_after_enquiries"
    ENDED = "ended"
    NOT_UPHELD = "not_upheld"
    UPHELD = "upheld"
    # Fault, and no injustice that came of it: unverified as one of their codes.
    UPHELD_NO_INJUSTICE = "upheld_no_injustice"
    # Upheld at assessment, because the council had offered enough.
    UPHELD_REMEDY_AGREED = "upheld_remedy_agreed"


class Reached(StrEnum):
    """How far a matter went at the Ombudsman: intake, assessment, investigation (procedures.md
    4.2). It says nothing of what they decided."""

    INTAKE = "intake"
    # They asked the council something before they decided whether to investigate.
    ASSESSMENT = "assessment"
    # The assessment ended in an investigation, which has a matter and a row of its own.
    WENT_ON = "went_on"
    INVESTIGATION = "investigation"


class Declined(StrEnum):
    """Why the Ombudsman did not investigate."""

    LITTLE_INJUSTICE = "little_injustice"
    FAULT_UNLIKELY = "fault_unlikely"
    ANOTHER_BODY = "another_body"
    NEXT_STAGE_FIRST = "next_stage_first"
    COURT_OR_TRIBUNAL = "court_or_tribunal"
    LATE = "late"
    REMEDY_AGREED = "remedy_agreed"
    NOTHING_TO_ADD = "nothing_to_add"
    OUTSIDE_JURISDICTION = "outside_jurisdiction"


class CountedAs(StrEnum):
    """The council statistics that the Ombudsman publishes."""

    NOT_FOR_US = "not_for_us"
    ASSESSED_AND_CLOSED = "assessed_and_closed"
    INVESTIGATED = "investigated"
    UPHELD = "upheld"


WITHOUT_INVESTIGATION = frozenset(
    {OmbudsmanDecision.NOT_READY, OmbudsmanDecision.CLOSED_AFTER_ENQUIRIES}
)
"""After these the Ombudsman gives a reason for not investigating."""

COUNTED: Mapping[OmbudsmanDecision, frozenset[CountedAs]] = {
    OmbudsmanDecision.NOT_READY: frozenset({CountedAs.NOT_FOR_US}),
    OmbudsmanDecision.CLOSED_AFTER_ENQUIRIES: frozenset({CountedAs.ASSESSED_AND_CLOSED}),
    OmbudsmanDecision.ENDED: frozenset({CountedAs.INVESTIGATED}),
    OmbudsmanDecision.NOT_UPHELD: frozenset({CountedAs.INVESTIGATED}),
    OmbudsmanDecision.UPHELD: frozenset({CountedAs.INVESTIGATED, CountedAs.UPHELD}),
    OmbudsmanDecision.UPHELD_NO_INJUSTICE: frozenset({CountedAs.INVESTIGATED, CountedAs.UPHELD}),
    OmbudsmanDecision.UPHELD_REMEDY_AGREED: frozenset({CountedAs.INVESTIGATED, CountedAs.UPHELD}),
}
"""What a decision counts as. One decision counts once, however many cases it covers."""


def counted(decisions: Iterable[OmbudsmanDecision]) -> Mapping[CountedAs, int]:
    """Count decisions as the Ombudsman's statistics do.

    Args:
        decisions: one for each matter of the Ombudsman.
    """
    found = Counter(kind for decision in decisions for kind in COUNTED[decision])
    return {kind: found[kind] for kind in CountedAs}

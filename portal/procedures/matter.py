"""What is known of one contact, as typed values: who, for whom, about what, when, beside what.

Nothing here decides anything; `which.conclude` reads it. What is not known says so, so that the
conclusion can ask.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from portal.procedures.function import Function
from portal.procedures.person import PersonCode
from portal.procedures.proceedings import Proceeding
from portal.procedures.working_days import Unit


class Known(StrEnum):
    """An answer to a yes-or-no question that may not have been asked yet."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Acting(StrEnum):
    """In whose name somebody complains."""

    OWN_RIGHT = "own_right"
    FOR_CHILD = "for_child"
    UNKNOWN = "unknown"


class Consent(StrEnum):
    """Whether the child or young person agrees to somebody complaining for them."""

    NOT_ASKED = "not_asked"
    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"
    NOT_COMPETENT = "not_competent"
    NOT_NEEDED = "not_needed"
    NON_INSTRUCTED = "non_instructed"


class ChildsView(StrEnum):
    """Whether the child was asked what they think of the complaint."""

    NOT_YET = "not_yet"
    ASKED = "asked"
    NOT_ASKED_FOR_A_REASON = "not_asked_for_a_reason"


class Interest(StrEnum):
    """The council's decision on somebody's interest in the child's welfare."""

    UNDECIDED = "undecided"
    ENOUGH = "enough"
    NOT_ENOUGH = "not_enough"


class Appeal(StrEnum):
    """Whether somebody else decides the very matter on appeal or review."""

    NONE = "none"
    AVAILABLE = "available"
    MADE = "made"
    DECIDED = "decided"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Writer:
    """Who brings it, and in whose name.

    `over_18` is about the young person whom it concerns. `named` is whether we know the writer's
    name; it changes nothing.
    """

    person: PersonCode = PersonCode.UNKNOWN
    acting: Acting = Acting.OWN_RIGHT
    consent: Consent = Consent.NOT_ASKED
    childs_view: ChildsView = ChildsView.NOT_YET
    interest: Interest = Interest.UNDECIDED
    parental_responsibility: Known = Known.UNKNOWN
    over_18: Known = Known.UNKNOWN
    named: bool = True

    @property
    def speaks_for_another(self) -> bool:
        """Say whether they complain in somebody else's name; a representative always does."""
        return self.person is PersonCode.REPRESENTATIVE or self.acting is Acting.FOR_CHILD


@dataclass(frozen=True)
class Part:
    """The points of a contact that are about one function.

    `might_be` are other functions that the words could mean. `arose` is the day the grounds arose,
    `knew` the day the person learned of it. `prejudice` is whether looking at this part might harm
    proceedings. The two halves of the test for a late complaint are `no_sooner`, that it was not
    reasonable to expect it sooner, and `still_fair`, that it can still be considered effectively
    and fairly.
    """

    function: Function
    points: tuple[str, ...] = ()
    might_be: tuple[Function, ...] = ()
    arose: date | None = None
    knew: date | None = None
    appeal: Appeal = Appeal.UNKNOWN
    prejudice: Known = Known.UNKNOWN
    no_sooner: Known = Known.UNKNOWN
    still_fair: Known = Known.UNKNOWN


@dataclass(frozen=True)
class Matter:
    """One contact: the day it came, who brought it, its parts, and proceedings beside it.

    `proceedings` is None until somebody has asked.
    """

    received: date
    writer: Writer
    parts: tuple[Part, ...]
    proceedings: tuple[Proceeding, ...] | None = None


@dataclass(frozen=True)
class Length:
    """A length of time, such as one year."""

    number: int
    unit: Unit

    def in_words(self) -> str:
        """Write it as "one year" or "12 months"."""
        if self.number == 1:
            return f"one {self.unit.value[:-1].replace('_', ' ')}"
        return f"{self.number} {self.unit.value.replace('_', ' ')}"


@dataclass(frozen=True)
class LocalRules:
    """What the law leaves to a council, or what could not be verified and is its setting.

    A council may give people longer to complain than the law's one year (regulation 9) and 12
    months (Code 2.2), never less. `come_back_within` is how long somebody has to come back after
    proceedings; its length in regulation 8 is unverified, so without a setting no figure is named.
    """

    statutory_time: Length = field(default_factory=lambda: Length(1, Unit.YEARS))
    corporate_time: Length = field(default_factory=lambda: Length(12, Unit.MONTHS))
    come_back_within: Length | None = None
    conference_procedure: Known = Known.UNKNOWN


def parts_of(points: tuple[tuple[str, Function], ...]) -> tuple[Part, ...]:
    """Group points by function: points with the same one go the same way, in the order given."""
    grouped: dict[Function, list[str]] = {}
    for point, function in points:
        grouped.setdefault(function, []).append(point)
    return tuple(Part(function, tuple(own)) for function, own in grouped.items())

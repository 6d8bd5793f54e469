"""What does not go together in a choice, and what is known of a matter to find it. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from portal.procedures.lateness import Weighed
from portal.procedures.matter import LocalRules
from portal.triage.choice import Choice


@dataclass(frozen=True)
class Writer:
    """What matters about who wrote and when: a no to a child, or to nobody in particular, is
    looked at twice. `weighed` is the test for a late complaint that counts."""

    young: bool
    named: bool
    received: date = date.min
    today: date = date.min
    weighed: Weighed | None = None
    local: LocalRules = field(default_factory=LocalRules)


@dataclass(frozen=True)
class Fault:
    """One thing that does not go together: the field to look at, and the sentence."""

    field: str
    sentence: str


Rule = Callable[[Choice, Writer], Fault | None]

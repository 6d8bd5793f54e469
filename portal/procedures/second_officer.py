"""Who must agree before a person is told no, and why: nobody says it alone.

A refusal, a redirection and a wait end or delay somebody's complaint; a service request, a comment
and an enquiry end nothing (reference/procedures.md 7.1 and 7.2; the Ombudsman's findings on
refusals that one officer made). What is called settled or taken back is the quiet way of saying no,
so it is looked at twice where a young person complains, or nobody who gave a name could object.
"""

from dataclasses import dataclass
from enum import StrEnum

from portal.procedures.refusal import Disposition

ALWAYS = frozenset({Disposition.REFUSED, Disposition.REDIRECTED, Disposition.WAITING})
QUIETLY = frozenset({Disposition.SETTLED, Disposition.WITHDRAWN})
RULE_7_1 = "Complaint Handling Code 2.1 and 2.4"
REG_10 = "SI 2006/1738 reg 10 (the complaints manager)"


class AgreedBy(StrEnum):
    """Whose agreement is needed."""

    NOBODY = "nobody"
    ANOTHER_OFFICER = "another_officer"
    MANAGER = "manager"


@dataclass(frozen=True)
class Agreement:
    """Whose agreement is needed, why, and by which rule."""

    by: AgreedBy
    why: str
    rule: str

    @property
    def needed(self) -> bool:
        """Whether a second person must agree before anything goes out."""
        return self.by is not AgreedBy.NOBODY


NONE_NEEDED = Agreement(AgreedBy.NOBODY, "Nothing is refused.", "Complaint Handling Code 1.2")


def agreement_for(disposition: Disposition | None, *, young: bool, named: bool = True) -> Agreement:
    """Find who must agree.

    Args:
        disposition: what becomes of it; None where it is looked into.
        young: whether a young person complains.
        named: whether whoever complains gave a name.
    """
    quietly = disposition in QUIETLY and (young or not named)
    if disposition not in ALWAYS and not quietly:
        return NONE_NEEDED
    if young:
        return Agreement(
            AgreedBy.MANAGER,
            "This says no to a young person, so a complaints manager must agree.",
            REG_10,
        )
    if quietly:
        return Agreement(
            AgreedBy.ANOTHER_OFFICER,
            "Nobody gave a name, so nobody can object: a second officer must agree.",
            RULE_7_1,
        )
    return Agreement(
        AgreedBy.ANOTHER_OFFICER,
        "This says that we do not look into it, or not now: a second officer must agree.",
        RULE_7_1,
    )

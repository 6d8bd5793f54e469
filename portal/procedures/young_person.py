"""What somebody may say about themselves: whom we should talk to, and a young person how old they
are.

Portal design. The person picks who is talked to, at both doors (reference/needs.md 5.3); age is
asked as a band, and last (reference/needs.md 5.2). Nobody has to say either.
"""

from enum import StrEnum


class TalkTo(StrEnum):
    """Whom they want us to talk to. Who wants nobody to be talked to chooses no way."""

    ME = "me"
    ADVOCATE = "advocate"
    # By name, because nobody else knows whom they trust. An adult names an advocate so as well.
    ADULT = "adult"


class AgeBand(StrEnum):
    """How old they say they are."""

    UNDER_10 = "under_10"
    FROM_10 = "10_12"
    FROM_13 = "13_15"
    FROM_16 = "16_17"
    FROM_18 = "18_up"

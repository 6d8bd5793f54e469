"""What a person may say about themselves after sending: the groups that a report counts by.

Source: Equality Act 2010 s149 (the duty to have due regard), by the bands of the 2021 Census.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from portal.marking import marked


class AgeBand(StrEnum):
    """How old somebody is, in bands."""

    UNDER_18 = "under_18"
    FROM_18 = "18_24"
    FROM_25 = "25_34"
    FROM_35 = "35_44"
    FROM_45 = "45_54"
    FROM_55 = "55_64"
    FROM_65 = "65_up"
    NOT_SAID = "not_said"


class Sex(StrEnum):
    """Their sex, as they say it."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    NOT_SAID = "not_said"


class Disability(StrEnum):
    """Whether they have a disability or a condition that lasts."""

    YES = "yes"
    NO = "no"
    NOT_SAID = "not_said"


class Ethnicity(StrEnum):
    """Their ethnic group."""

    ASIAN = "asian"
    BLACK = "black"
    MIXED = "mixed"
    WHITE = "white"
    OTHER = "other"
    NOT_SAID = "not_said"


class Orientation(StrEnum):
    """Their sexual orientation, where they give it."""

    STRAIGHT = "straight"
    GAY_LESBIAN = "gay_lesbian"
    BISEXUAL = "bisexual"
    OTHER = "other"
    NOT_SAID = "not_said"


NOT_SAID = marked("Prefer not to say")
WORDS: Mapping[type[StrEnum], Mapping[str, str]] = MappingProxyType(
    {
        AgeBand: {
            AgeBand.UNDER_18: marked("Under 18"),
            AgeBand.FROM_18: marked("18 to 24"),
            AgeBand.FROM_25: marked("25 to 34"),
            AgeBand.FROM_35: marked("35 to 44"),
            AgeBand.FROM_45: marked("45 to 54"),
            AgeBand.FROM_55: marked("55 to 64"),
            AgeBand.FROM_65: marked("65 or over"),
            AgeBand.NOT_SAID: NOT_SAID,
        },
        Sex: {
            Sex.FEMALE: marked("Female"),
            Sex.MALE: marked("Male"),
            Sex.OTHER: marked("I use another term"),
            Sex.NOT_SAID: NOT_SAID,
        },
        Disability: {
            Disability.YES: marked("Yes"),
            Disability.NO: marked("No"),
            Disability.NOT_SAID: NOT_SAID,
        },
        Ethnicity: {
            Ethnicity.ASIAN: marked("Asian or Asian British"),
            Ethnicity.BLACK: marked("Black, Black British, Caribbean or African"),
            Ethnicity.MIXED: marked("Mixed, or more than one group"),
            Ethnicity.WHITE: marked("White"),
            Ethnicity.OTHER: marked("Another group"),
            Ethnicity.NOT_SAID: NOT_SAID,
        },
        Orientation: {
            Orientation.STRAIGHT: marked("Straight or heterosexual"),
            Orientation.GAY_LESBIAN: marked("Gay or lesbian"),
            Orientation.BISEXUAL: marked("Bisexual"),
            Orientation.OTHER: marked("I use another term"),
            Orientation.NOT_SAID: NOT_SAID,
        },
    }
)
"""The public words of each group, by the question that it answers."""

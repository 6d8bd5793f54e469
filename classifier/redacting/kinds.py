"""What a redaction finds: a stretch of a text, of what kind it is, and why it was taken."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a stretch of a text gives away."""

    NAME = "name"
    SCHOOL = "school"
    PLACE = "place"
    ADDRESS = "address"
    POSTCODE = "postcode"
    PHONE = "phone"
    EMAIL = "email"
    WEB = "web"
    SOCIAL = "social"
    BORN = "born"
    NUMBER = "number"
    PLATE = "plate"


class Because(StrEnum):
    """Why a stretch was taken, so that an officer can judge it."""

    PARTY = "party"
    """A name that the case's own records hold."""
    LISTED = "listed"
    """A word that is on a list of names or places."""
    SETTING = "setting"
    """Its neighbours say what it is: a title, "my son", "said"."""
    UNKNOWN = "unknown"
    """A word with a capital, or in a name's place, that no list of words knows."""
    PATTERN = "pattern"
    """Its form says what it is, as a postcode's does."""
    MODEL = "model"
    """The statistical model took it for one."""


# Kinds that say nothing more than what was there; the others carry a letter.
FIXED = {
    Kind.ADDRESS: "[address]",
    Kind.POSTCODE: "[postcode]",
    Kind.PHONE: "[phone]",
    Kind.EMAIL: "[email]",
    Kind.WEB: "[web address]",
    Kind.SOCIAL: "[social media name]",
    Kind.BORN: "[date of birth]",
    Kind.NUMBER: "[number]",
    Kind.PLATE: "[car plate]",
}


@dataclass(frozen=True)
class Span:
    """One stretch to be replaced: `text[start:end]`."""

    start: int
    end: int
    kind: Kind
    because: Because
    replacement: str = ""
    """What stands there afterwards, such as "X", "School A" or "[phone]"."""

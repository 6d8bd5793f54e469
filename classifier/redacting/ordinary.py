"""Where a word that may be a name is none: a month, an adjective, an office, "Hope this"."""

from classifier.redacting.lists import lists
from classifier.redacting.sentence import word_after
from classifier.redacting.tokens import Token
from classifier.redacting.words import (
    GREETINGS,
    MONTH_BEFORE,
    NAMING,
    NOT_AFTER,
    ROLES,
)

_ANNOUNCES = ROLES | NAMING


def is_month(tokens: list[Token], at: int) -> bool:
    token = tokens[at]
    before = tokens[at - 1].low if at else ""
    after = tokens[at + 1].gap.strip() if at + 1 < len(tokens) else ""
    if token.gap.strip()[-1:].isdigit() or after[:1].isdigit() or token.base == "march":
        return True
    if before in _ANNOUNCES:
        return False
    return before in MONTH_BEFORE and token.base == token.low


ADJECTIVES = frozenset("christian young roman".split())

_BEFORE_ADJECTIVE = frozenset("being are is was were am im as a an the very so too".split())

_AFTER_ADJECTIVE = frozenset("people person carers carer persons family children adults".split())


def describes(tokens: list[Token], at: int) -> bool:
    before = tokens[at - 1].low if at else ""
    asserted = before in _BEFORE_ADJECTIVE and not (tokens[at].cap and tokens[at].low == "young")
    return asserted or word_after(tokens, at) in _AFTER_ADJECTIVE


_AFTER_OPENING = NOT_AFTER - set(
    "at in on also always just still never only now then ever even probably".split()
)


def opens_otherwise(tokens: list[Token], at: int) -> bool:
    """Whether a word that may be a name opens a sentence as a word: "Hope this", "Page 4"."""
    after = tokens[at + 1].gap.strip() if at + 1 < len(tokens) else ""
    word = word_after(tokens, at)
    if tokens[at].base != tokens[at].low:
        return False
    return after[:1].isdigit() or word in _AFTER_OPENING or word in _AFTER_ADJECTIVE


def in_a_title_of_ours(tokens: list[Token], at: int) -> bool:
    """Whether the capital belongs to an office's name: "Independent Prevention Grant"."""
    for near in (at - 1, at + 1):
        if 0 <= near < len(tokens) and tokens[max(at, near)].gap == " ":
            other = tokens[near]
            named = other.base in lists().named
            office = (
                other.cap and not other.opens and lists().knows(other.base) and len(other.low) > 2
            )
            if office and not named and other.low not in ROLES and other.low not in GREETINGS:
                return True
    return False

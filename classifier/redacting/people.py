"""Who is named: each word is judged by the lists, its capital, and what stands beside it.

In doubt a word is taken. A word is only ever left when a list knows it as ordinary, or when it
looks like an ordinary word spelt wrongly and nothing beside it says that it is a name.
"""

from collections.abc import Iterator

from classifier.redacting import settings, surnames
from classifier.redacting.kinds import Because, Kind, Span
from classifier.redacting.lists import lists
from classifier.redacting.sentence import signs
from classifier.redacting.spelling import (
    edits,
    misspelt,
    near_a_name,
    slip_of_common,
    sounds_common,
)
from classifier.redacting.surnames import Verdicts
from classifier.redacting.tokens import Token, base_of
from classifier.redacting.words import COUNTED, EVERYDAY, TITLES

_LONG_ENOUGH_TO_MISSPELL = 5


def find(tokens: list[Token], taken: set[int], known: frozenset[str]) -> Iterator[Span]:
    """Yield the names of a text.

    Args:
        tokens: the text's words.
        taken: the numbers of words that are something else already, as a school.
        known: names of the case's own parties, in small letters.
    """
    verdicts: Verdicts = {}
    for at, token in enumerate(tokens):
        if at in taken or token.gone:
            continue
        why = Because.PARTY if is_known(token, known) else _judge(tokens, at)
        if why:
            verdicts[at] = why
    surnames.after_titles(tokens, verdicts, taken)
    surnames.beside_names(tokens, verdicts, taken)
    _again(tokens, verdicts, taken)
    surnames.beside_names(tokens, verdicts, taken)
    yield from _spans(tokens, verdicts)


def is_known(token: Token, known: frozenset[str]) -> bool:
    """Whether a word is one of the parties' names, possessive or plural."""
    forms = {token.low, token.base, token.low.removesuffix("s"), *token.low.split("-")}
    return not known.isdisjoint(forms)


def _judge(tokens: list[Token], at: int) -> Because | None:
    token = tokens[at]
    word = token.base
    if len(token.text) == 1:
        return Because.SETTING if settings.is_initial(tokens, at) else None
    if _listed(token):
        return None if _ordinary_here(tokens, at) else Because.LISTED
    if "-" in word:
        return _judge_joined(token)
    if (
        at
        and tokens[at - 1].letter
        and token.gap == ". "
        and word not in EVERYDAY
        and _upper(token)
    ):
        return Because.SETTING
    if word in lists().either:
        return Because.SETTING if settings.says_name(tokens, at) else None
    if lists().knows(word) or word in EVERYDAY:
        says = (signs, settings.owns, settings.proper_here)
        return Because.SETTING if any(say(tokens, at) for say in says) else None
    return _judge_unknown(tokens, at)


def _upper(token: Token) -> bool:
    return token.text[0].isupper()


def _listed(token: Token) -> bool:
    """Whether a word is a first name, or one with the "s" of a possessive."""
    first, base = lists().first, token.base
    if base in first:
        return True
    plural = base.endswith("s") and base[:-1] in first and len(base) > 3
    return plural and base not in lists().ordinary and base not in lists().either


def _ordinary_here(tokens: list[Token], at: int) -> bool:
    """Whether a listed name is a word here: "not a penny", "the jacks"."""
    token, known = tokens[at], lists()
    if token.cap:
        return False
    stem = token.base if token.base in known.first else token.base[:-1]
    if stem not in known.doubtful or not at or token.gap != " ":
        return False
    before = tokens[at - 1].low
    return before in COUNTED


def _judge_joined(token: Token) -> Because | None:
    """A word with a hyphen is a name when a part of it is."""
    parts = [part for part in token.base.split("-") if part]
    known = lists()
    if any(part in known.surely_first for part in parts if len(part) > 2):
        return Because.LISTED
    strange = [
        part
        for part in parts
        if not known.knows(part) and part not in known.either and part not in EVERYDAY
    ]
    capitals = sum(part[:1].isupper() for part in token.text.split("-"))
    if strange and (token.cap or not all(misspelt(part) for part in strange)):
        return Because.UNKNOWN
    if not strange and token.cap and capitals == len(parts):
        return (
            Because.UNKNOWN
            if all(part in known.named or len(part) == 1 for part in parts)
            else None
        )
    return None


def _judge_unknown(tokens: list[Token], at: int) -> Because | None:
    """A word that no list has."""
    token = tokens[at]
    word = token.base
    if token.low in TITLES or settings.is_abbreviation(tokens, at):
        return None
    if token.cap and (not token.opens or (token.text.isupper() and len(word) == 2)):
        return Because.UNKNOWN
    near = near_a_name(word)
    told = tokens[at - 1].low if at else ""
    meant = misspelt(word) if told in {"im", "i'm", "its", "it's"} else slip_of_common(word)
    if near and not misspelt(word):
        return Because.LISTED
    if settings.says_name(tokens, at) and (near or not meant):
        return Because.SETTING
    if token.cap and token.opens:
        meant = slip_of_common(word) or sounds_common(word)
        return None if meant and word not in lists().surnames else Because.UNKNOWN
    if signs(tokens, at) and not slip_of_common(word):
        return Because.SETTING
    return None if misspelt(word) else Because.UNKNOWN


def _again(tokens: list[Token], verdicts: Verdicts, taken: set[int]) -> None:
    """Take a name's other mentions: with a small letter, at a sentence's start, misspelt."""
    named = {tokens[at].base for at in verdicts if len(tokens[at].base) > 2}
    named |= {base_of(part) for name in named for part in name.split("-") if len(part) > 3}
    slips = {
        form for name in named if len(name) >= _LONG_ENOUGH_TO_MISSPELL for form in edits(name)
    }
    known = lists()
    for at, token in enumerate(tokens):
        if at in verdicts or at in taken or token.gone:
            continue
        forms = {token.base, token.base.removesuffix("s")}
        plain = known.knows(token.base) or token.base in known.either or token.base in EVERYDAY
        if plain and not named.isdisjoint(forms):
            same = token.base not in EVERYDAY and settings.may_be_again(tokens, at)
        else:
            close = token.base in slips and len(token.base) >= _LONG_ENOUGH_TO_MISSPELL
            same = not plain and (close or not named.isdisjoint(forms))
        if same:
            verdicts[at] = Because.SETTING


def _spans(tokens: list[Token], verdicts: Verdicts) -> Iterator[Span]:
    """Join the words of one name: "Sarah Jones", "S. Begum"."""
    at = 0
    while at < len(tokens):
        if at not in verdicts:
            at += 1
            continue
        end = at
        while end + 1 in verdicts and _goes_on(tokens, end):
            end += 1
        last = tokens[end]
        stop = last.start + len(last.base) if last.base != last.low else last.end
        yield Span(tokens[at].start, stop, Kind.NAME, verdicts[at])
        at = end + 1


def _goes_on(tokens: list[Token], at: int) -> bool:
    now, after = tokens[at], tokens[at + 1]
    joined = after.gap == " " or (after.gap in {". ", "."} and len(now.text) == 1)
    return joined and now.base == now.low

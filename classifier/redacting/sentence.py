"""Where a word stands in its sentence and its line, and where a writer signs."""

from classifier.redacting.lists import lists
from classifier.redacting.tokens import PLACEHOLDER, Token
from classifier.redacting.words import EVERYDAY, NOT_SIGNED, SIGN_OFFS


def signs(tokens: list[Token], at: int) -> bool:
    """Whether the word stands where a writer puts the own name: last, after "thanks" or alone."""
    token = tokens[at]
    known = lists()
    either = token.base in known.either
    if token.low in NOT_SIGNED or (token.low in known.places and not either):
        return False
    if alone(tokens, at):
        return either and not token.cap
    if not ends_line(tokens, at) or (known.knows(token.base) and not token.cap and not either):
        return False
    start = at
    while start > 0 and not tokens[start].opens and at - start < 2:
        start -= 1
    words = tokens[start : at + 1]
    apart = tokens[start].opens and not any(word.low in EVERYDAY for word in words)
    named = token.base in known.proper or not known.knows(token.base)
    last = at + 1 >= len(tokens) or "\n" in tokens[at + 1].gap
    if apart and last:
        return named and all(word.cap or not token.cap for word in words)
    before = tokens[at - 1].low if at else ""
    return before in SIGN_OFFS and named and at > 0 and not (before == "by" and not token.cap)


def alone(tokens: list[Token], at: int) -> bool:
    """Whether the word is a sentence of its own inside the text: "im her dad. will. i want …"."""
    return tokens[at].opens and at + 1 < len(tokens) and tokens[at + 1].gap.startswith(". ")


def word_after(tokens: list[Token], at: int) -> str:
    if at + 1 >= len(tokens) or tokens[at + 1].gap.strip():
        return ""
    return tokens[at + 1].low


def ends(tokens: list[Token], at: int) -> bool:
    return at + 1 >= len(tokens) or bool(tokens[at + 1].gap.strip()) or "\n" in tokens[at + 1].gap


def ends_line(tokens: list[Token], at: int) -> bool:
    if at + 1 >= len(tokens):
        return True
    gap = tokens[at + 1].gap
    kiss = PLACEHOLDER.fullmatch(tokens[at + 1].text) or tokens[at + 1].low in {"x", "xx", "xxx"}
    return "\n" in gap or "," in gap or bool(kiss) or gap.startswith(" (")

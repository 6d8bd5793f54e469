"""What may follow "Mrs"."""

from classifier.redacting.lists import lists
from classifier.redacting.tokens import Token
from classifier.redacting.words import DOUBTFUL_TITLES, EVERYDAY, TITLES

_NEVER_TITLED = TITLES | {"i", "i'm", "i've", "i'd", "i'll"}

_EVERYDAY_SURNAMES = frozenset("will hope best early love".split())


def follows_title(tokens: list[Token], at: int) -> bool:
    """Whether the word behind a title is the title's name."""
    token, title = tokens[at], tokens[at - 1]
    if token.gone or "\n" in token.gap or token.gap.strip(" .") or token.low in _NEVER_TITLED:
        return False
    if title.low not in DOUBTFUL_TITLES:
        return token.cap or token.low not in EVERYDAY or token.low in _EVERYDAY_SURNAMES
    known = lists()
    strange = not known.knows(token.base) and token.base not in EVERYDAY
    if token.cap:
        return strange or token.base in known.named or token.letter
    listed = token.base in known.first or (token.base in known.named and token.base not in EVERYDAY)
    return listed or strange

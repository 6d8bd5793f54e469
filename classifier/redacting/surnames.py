"""What belongs to a name beside it: the word after "Mrs", surnames, initials, "de" and "van"."""

from classifier.redacting import settings
from classifier.redacting.kinds import Because
from classifier.redacting.lists import lists
from classifier.redacting.spelling import slip_of_common
from classifier.redacting.titles import follows_title
from classifier.redacting.tokens import Token
from classifier.redacting.words import EVERYDAY, NO_SURNAME, OFFICE, PARTICLES, ROLES, TITLES

Verdicts = dict[int, Because]
_SPACES = {" ", ". ", "."}


def after_titles(tokens: list[Token], verdicts: Verdicts, taken: set[int]) -> None:
    """Take what follows "Mrs": a name however ordinary the word is."""
    for at, token in enumerate(tokens):
        follower = at + 1
        if token.low not in TITLES or follower >= len(tokens) or follower in taken:
            continue
        if tokens[follower].low in {"and", "n"} or "&" in tokens[follower].gap:
            continue  # "Mr and Mrs Larkin": the second title takes the name.
        if follows_title(tokens, follower):
            verdicts.setdefault(follower, Because.SETTING)


def beside_names(tokens: list[Token], verdicts: Verdicts, taken: set[int]) -> None:
    """Take surnames and initials that stand beside a name."""

    def free(at: int) -> bool:
        return at not in verdicts and at not in taken and not tokens[at].gone

    for at in range(1, len(tokens)):
        beside = at - 1 in verdicts or settings.is_person(tokens[at - 1])
        if free(at) and beside and _is_surname(tokens, at):
            verdicts[at] = Because.SETTING
    for at in range(len(tokens) - 2, -1, -1):
        if free(at) and at + 1 in verdicts and _leads(tokens, at, verdicts):
            verdicts[at] = Because.SETTING


def _leads(tokens: list[Token], at: int, verdicts: Verdicts) -> bool:
    """Whether a word before a name is its first part: an initial, or "de" behind a first name."""
    token, after = tokens[at], tokens[at + 1]
    if token.letter and token.text != "I" and after.gap in _SPACES:
        return token.text != "A" or after.gap != " "
    if after.gap != " " or not token.cap:
        return False
    if token.low in PARTICLES:
        return at - 1 in verdicts
    # "Park Min-ji", "Barnes Maxine": the family's name first.
    family = token.base in lists().surnames and token.base == token.low
    alone = not token.opens or (at + 2 >= len(tokens) or "\n" in tokens[at + 2].gap)
    return family and alone and token.base not in NO_SURNAME and token.low not in ROLES


def _is_surname(tokens: list[Token], at: int) -> bool:
    """Whether the word behind a name goes on with it."""
    token, before, known = tokens[at], tokens[at - 1], lists()
    if token.gap not in _SPACES or token.opens or before.base != before.low:
        return False
    if token.gap == ". " and not before.letter:
        return False
    if token.letter:
        return token.cap and token.text != "I" and token.gap == " "
    word = token.base
    if word in EVERYDAY or token.low in ROLES:
        return False
    if token.gap == ".":
        return True
    if token.cap:
        if word in known.proper or "-" in word:
            return word not in OFFICE
        return before.cap and word not in OFFICE and not token.text.isupper()
    if known.knows(word) or word in known.either:
        return token.shouted and word in known.either
    return word in known.surnames or not slip_of_common(word)

"""What the words beside a word say about it: whether a name stands here."""

from classifier.redacting.lists import lists
from classifier.redacting.ordinary import (
    ADJECTIVES,
    describes,
    in_a_title_of_ours,
    is_month,
    opens_otherwise,
)
from classifier.redacting.sentence import ends, signs, word_after
from classifier.redacting.titles import follows_title
from classifier.redacting.tokens import Token
from classifier.redacting.words import (
    ASKS,
    DETERMINERS,
    FOLLOWS,
    GREETINGS,
    MONTHS,
    NAMING,
    NO_SURNAME,
    NOT_AFTER,
    PERSON_DOES,
    PLURAL,
    RELATIONS,
    ROLES,
    SINGLE_AFTER,
    SPOKE,
    TITLES,
    TOWARDS,
)

_ABBREVIATION = 4

_CLOSE = {" ", ", ", " (", ' "', " '", ",", ": ", " - ", " – "}

_MODAL = {"will", "may"}


def is_person(token: Token) -> bool:
    """Whether an earlier redaction put a person's letter here."""
    return token.gone and token.text[0] in "XYZ"


def names_somebody(tokens: list[Token], at: int) -> bool:
    """Whether the word is a name for certain: listed, redacted already, or with its capital."""
    if not 0 <= at < len(tokens):
        return False
    token = tokens[at]
    proper = token.cap and token.base in lists().either and token.base not in MONTHS
    return token.base in lists().first or is_person(token) or proper


def is_abbreviation(tokens: list[Token], at: int) -> bool:
    """Whether an unknown word in capitals is short for something, as CIN is; two are initials."""
    token = tokens[at]
    return token.cap and token.text.isupper() and 2 < len(token.text) <= _ABBREVIATION


def is_initial(tokens: list[Token], at: int) -> bool:
    """Whether a single capital letter stands for a person: "grandson K"."""
    token = tokens[at]
    if not token.cap or token.text in "AIXYZ":
        return False
    before = tokens[at - 1].low if at else ""
    after = tokens[at + 1].gap if at + 1 < len(tokens) else "\n"
    joined = token.gap.endswith("&") or after.startswith(("&", "/", ")", "'", ":"))
    if token.gap.endswith(("(", "/", "-")) and before not in RELATIONS:
        joined = True
    return not joined and before not in SINGLE_AFTER


def says_name(tokens: list[Token], at: int) -> bool:
    """Whether a name stands here, for a word that may be one.

    A capital inside a sentence says so; otherwise what stands before and after must.
    """
    token = tokens[at]
    if token.base in MONTHS and is_month(tokens, at):
        return False
    if token.low in ADJECTIVES and describes(tokens, at):
        return False
    if token.low == "eve" and at and tokens[at - 1].low in {"christmas", "year's", "years"}:
        return False
    if token.cap and not token.opens:
        return not in_a_title_of_ours(tokens, at)
    if token.cap and _explained(tokens, at):
        return True
    if token.cap and token.base in lists().either and token.base not in _MODAL | MONTHS:
        return not opens_otherwise(tokens, at)
    if token.base in lists().capital_only and not token.cap:
        return False
    settings = (_named_before, signs, _acts, _in_a_row, _addressed, _explained, _has_surname)
    return any(says(tokens, at) for says in settings)


def owns(tokens: list[Token], at: int) -> bool:
    """Whether a name with a bare "s" owns what follows: "wills mum"."""
    token = tokens[at]
    stem = token.base.removesuffix("s")
    if stem == token.base or stem not in lists().either or stem in lists().capital_only:
        return False
    before = tokens[at - 1].low if at and not token.opens else ""
    return word_after(tokens, at) in RELATIONS | _OWNED and before not in DETERMINERS


_OWNED = frozenset(
    "social plan name school taxi birthday dad's mum's brother's sister's ehcp".split()
)


def _named_before(tokens: list[Token], at: int) -> bool:
    """Whether what stands before announces a name: "my son", "called", "dear", "its"."""
    token = tokens[at]
    if at == 0 or token.gap not in _CLOSE:
        return False
    before = tokens[at - 1]
    if before.low in TITLES and token.gap in {" ", ". "}:
        return follows_title(tokens, at)
    if before.low in NAMING or (before.low in GREETINGS and before.low != "to"):
        return not _verb_here(tokens, at)
    if before.low in {"is", "its", "it's"} and at > 1 and tokens[at - 2].low in NAMING:
        return True
    if before.low in {"am", "are"} and at > 1 and tokens[at - 2].low in {"i", "we"}:
        return ends(tokens, at) or word_after(tokens, at) in {"from", "and", "i"}
    if before.low in {"im", "i'm", "its", "it's"}:
        return ends(tokens, at) or word_after(tokens, at) in _AFTER_OWN_NAME
    if before.low not in RELATIONS or word_after(tokens, at) in RELATIONS:
        return False
    return not _verb_here(tokens, at)


_AFTER_OWN_NAME = frozenset("and im i'm i again here the not from".split())

_STARTS_AGAIN = frozenset("she he shes hes she's he's".split())


def _verb_here(tokens: list[Token], at: int) -> bool:
    """Whether the word is a verb where it stands: "my son will struggle"."""
    token, after = tokens[at], word_after(tokens, at)
    if token.base != token.low:
        return False
    if token.base in _MODAL:
        return not (ends(tokens, at) or after in FOLLOWS or after in _STARTS_AGAIN)
    plural = at > 0 and (tokens[at - 1].low in PLURAL or tokens[at - 1].low in GREETINGS)
    return plural and after in NOT_AFTER


def _acts(tokens: list[Token], at: int) -> bool:
    """Whether the word does what a person does: "hope wont get up", "grace's school"."""
    token = tokens[at]
    before = tokens[at - 1].low if at and not token.opens else ""
    if before in DETERMINERS:
        return False
    if token.base != token.low:
        return True
    after = word_after(tokens, at)
    if token.opens and after in {"from", "at", "in"}:
        return any(word.low in PERSON_DOES for word in tokens[at + 2 : at + 6])
    if after in PERSON_DOES:
        return True
    return after in FOLLOWS and (token.opens or before in _AFTER_WHICH or before in FOLLOWS)


_AFTER_WHICH = frozenset(
    """
    and but because cos that when if so as since before after while then how why where whether now
    yes no well out know knew think thought way
    """.split()
)


def _in_a_row(tokens: list[Token], at: int) -> bool:
    """Whether a name stands beside it with "and" or a comma: "ruby harley and mason"."""
    token = tokens[at]
    joins = {", ", " & ", " + ", " / ", "/"}
    if token.gap in joins and names_somebody(tokens, at - 1):
        return token.cap or not _verb_here(tokens, at)
    if at > 1 and tokens[at - 1].low in {"and", "n", "or", "not"} and token.gap == " ":
        if names_somebody(tokens, at - 2) or tokens[at - 2].low in {"me", "him"}:
            return not _verb_here(tokens, at)
        return _pair(tokens, at - 2)
    if at + 2 < len(tokens) and tokens[at + 1].low in {"and", "n", "or"}:
        ours = tokens[at - 1].low not in DETERMINERS if at else True
        return (names_somebody(tokens, at + 2) and ours) or _pair(tokens, at)
    row = at + 1 < len(tokens) and tokens[at + 1].gap in joins
    return row and names_somebody(tokens, at + 1) and (token.cap or token.opens)


def _pair(tokens: list[Token], at: int) -> bool:
    """Whether two words that may be names act together: "sunny and pearl are my carers"."""
    if at + 2 >= len(tokens) or tokens[at + 1].low not in {"and", "n"}:
        return False
    either = lists().either
    both = tokens[at].base in either and tokens[at + 2].base in either
    before = tokens[at - 1].low if at and not tokens[at].opens else ""
    return both and before not in DETERMINERS


def _addressed(tokens: list[Token], at: int) -> bool:
    """Whether somebody is told, asked or spoken to: "tell rob", "spoke to hope"."""
    token = tokens[at]
    if at == 0 or token.gap != " " or token.opens or token.base in MONTHS:
        return False
    before = tokens[at - 1]
    after = word_after(tokens, at)
    if before.low in {"to", "with", "from", "for", "by", "about", "of", "off"} and at > 1:
        person = tokens[at - 2].low in SPOKE and before.low not in {"for", "of"}
        person = person or (tokens[at - 2].low, before.low) == ("front", "of")
        return (person and after not in _OBJECTS) or (token.shouted and ends(tokens, at))
    if before.low in {"him", "her"} and at > 1 and tokens[at - 2].low in NAMING:
        return True
    if before.low not in TOWARDS and not (before.low in ASKS and before.opens):
        return False
    object_after = after in _OBJECTS or after in lists().places
    return not object_after and not (token.base in _MODAL and not ends(tokens, at))


_OBJECTS = frozenset(
    "the a an my your our his her their this that these those of any some no".split()
)


def _explained(tokens: list[Token], at: int) -> bool:
    """Whether the words after it say who it is: "melody, my daughter", "miles the sw"."""
    if at + 2 >= len(tokens) or tokens[at + 1].low not in {"my", "the", "our", "his", "her", "a"}:
        return False
    if tokens[at + 1].gap not in {", ", " ", ","} or tokens[at + 1].opens:
        return False
    near = {tokens[at + 2].low, tokens[at + 3].low if at + 3 < len(tokens) else ""}
    comma = tokens[at + 1].gap != " "
    ours = tokens[at].cap or comma or tokens[at + 1].low == "the"
    return (ours and not near.isdisjoint(RELATIONS)) or (
        tokens[at].base == "may" and not near.isdisjoint(RELATIONS)
    )


def _has_surname(tokens: list[Token], at: int) -> bool:
    """Whether a word with a capital is followed by another that is a surname: "Rose Carpenter"."""
    token = tokens[at]
    if not token.cap or at + 1 >= len(tokens) or tokens[at + 1].gap != " ":
        return False
    after, known = tokens[at + 1], lists()
    named = after.base in known.surnames or not known.knows(after.base)
    return after.cap and named and after.low not in NO_SURNAME


def proper_here(tokens: list[Token], at: int) -> bool:
    """Whether an ordinary word with a capital inside a sentence is somebody: "his mate Spud"."""
    token, known = tokens[at], lists()
    if not token.cap or token.opens or token.text.isupper() or len(token.base) < 3:
        return False
    if token.base in known.kept or token.low in NO_SURNAME or token.low in ROLES:
        return False
    if in_a_title_of_ours(tokens, at):
        return False
    return _named_before(tokens, at) or _in_a_row(tokens, at) or _acts(tokens, at)


def may_be_again(tokens: list[Token], at: int) -> bool:
    """Whether an ordinary word that is a name elsewhere in the text is that name here too."""
    token = tokens[at]
    if token.base in MONTHS and is_month(tokens, at):
        return False
    if token.cap:
        after = word_after(tokens, at)
        return not (token.opens and after in NOT_AFTER and token.base == token.low)
    if token.shouted:
        return not (at and tokens[at - 1].low in DETERMINERS)
    return says_name(tokens, at)

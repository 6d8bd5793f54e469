"""Schools, houses and towns."""

from collections.abc import Iterator

from classifier.redacting.kinds import Because, Kind, Span
from classifier.redacting.lists import lists
from classifier.redacting.tokens import Token
from classifier.redacting.words import EVERYDAY, MONTHS, NAMING, NO_NAME, RELATIONS, TITLES

_SCHOOLS = frozenset(
    """
    school academy acadamy primary infant infants junior juniors high secondary college nursery
    nurserys nurseries preschool pre-school grammar skool scool school's academy's college's
    """.split()
)
_HOUSES = frozenset(
    "house hospital hospice surgery lodge prison hotel centre hall unit clinic hub library".split()
)
_HOMES = frozenset("house lodge hospital hospice surgery".split())
# Before these, the place is a kind of place and none of its own.
_GENERIC = frozenset(
    """
    special mainstream free business catholic church england ce rc c e of the and virtual boarding
    residential first middle upper lower sixth form state private independent primary secondary
    high infant infants junior juniors community day children's childrens contact civic family
    youth public holiday local new old big little full county council town city royal general
    walk-in assessment respite medical health education home young open leisure sports st saint
    speshul mother baby parent international college community's school academy nursery grammar
    art early years my his her our their your a this that any every same at in to from near by for
    not after before is was were no summer breakfast half wrong right one another other two both
    good bad nearest main
    """.split()
)
_JOINS = frozenset("of the and c e ce rc st saint de la le & s upon on under".split())
_BEFORE_PLACE = frozenset(
    """
    in at from to near of around outside into towards via through live lives living lived moved
    moving between and hmp over visiting
    """.split()
)
_LOCAL = frozenset("stone leek stoke".split())
_NO_TOWN = MONTHS | {"send", "over", "street", "home"}
_PLAIN = NO_NAME | RELATIONS
_LONGEST_PLACE = 4
_SHORTEST_PLACE = 4


def find(text: str, tokens: list[Token]) -> Iterator[Span]:
    """Yield the schools, houses and towns of a text, the longest first at each word."""
    at = 0
    while at < len(tokens):
        found = (
            _school(tokens, at)
            or _saint(tokens, at)
            or _town(text, tokens, at)
            or _house(tokens, at)
        )
        if found:
            kind, start, end = found
            because = Because.LISTED if kind is Kind.PLACE else Because.SETTING
            yield Span(tokens[start].start, tokens[end].end, kind, because)
            at = end + 1
        else:
            at += 1


def _school(tokens: list[Token], at: int) -> tuple[Kind, int, int] | None:
    """A name before "Primary School", read from the word that says school."""
    if tokens[at].low not in _SCHOOLS or tokens[at].gone:
        return None
    start = _start_of_name(tokens, at)
    if start is None:
        return None
    end = at
    while end + 1 < len(tokens) and tokens[end + 1].gap == " ":
        if tokens[end + 1].low not in _SCHOOLS | {"form", "sixth"}:
            break
        end += 1
    return Kind.SCHOOL, start, end


def _start_of_name(tokens: list[Token], at: int) -> int | None:
    """The first word of a proper name that ends before `at`, or None where there is no name."""
    start, named = at, False
    while start > 0 and tokens[start].gap in {" ", "-", " & "} and not tokens[start - 1].gone:
        word = tokens[start - 1]
        strange = not lists().knows(word.base) and word.base not in _PLAIN
        listed = word.base in lists().first or word.base in lists().places
        proper = word.cap and not (word.opens and (word.low in EVERYDAY or word.low in _GENERIC))
        if not (proper or strange or listed or word.low in _JOINS):
            break
        if (
            word.low in TITLES
            or word.low in NAMING
            or word.low in MONTHS
            or (word.opens and word.cap and word.low in EVERYDAY)
        ):
            break
        named = named or (word.low not in _GENERIC and (proper or strange or listed))
        start -= 1
    while start < at and not tokens[start].cap and tokens[start].low in _JOINS - {"st", "saint"}:
        start += 1
    if tokens[start].low == "the" and start < at:
        start += 1
    return start if named and start < at else None


def _saint(tokens: list[Token], at: int) -> tuple[Kind, int, int] | None:
    """A school, church or hospital called after a saint."""
    if tokens[at].low not in {"st", "saint"} or at + 1 >= len(tokens):
        return None
    after = tokens[at + 1]
    if tokens[at].gap[-1:].isdigit():
        return None  # "the 1st May"
    if (
        after.gap not in {" ", ". "}
        or after.gone
        or (at and tokens[at - 1].cap and not tokens[at].opens)
    ):
        return None
    known = lists()
    named = after.base in known.first or after.base in known.either or not known.knows(after.base)
    sure = after.cap or not known.knows(after.base) or after.base in known.first
    plural = after.base.endswith("s") and after.base[:-1] in known.first
    if not (named and sure) and not plural:
        return None
    end = at + 1
    while end + 1 < len(tokens) and tokens[end + 1].gap == " ":
        further = tokens[end + 1]
        if not (further.low in _SCHOOLS or further.base in known.first or _names_on(further)):
            break
        end += 1
    return Kind.SCHOOL, at, end


def _names_on(token: Token) -> bool:
    known = lists()
    return token.cap and not token.opens and token.base in known.proper


def _town(text: str, tokens: list[Token], at: int) -> tuple[Kind, int, int] | None:
    known = lists()
    if tokens[at].gone:
        return None
    if tokens[at].low in known.place_starts:
        for length in range(min(_LONGEST_PLACE, len(tokens) - at), 1, -1):
            words = tokens[at : at + length]
            if any(word.gap not in {" ", "-", ". "} for word in words[1:]):
                continue
            joined = " ".join(word.low for word in words)
            proper = words[0].cap or not known.knows(words[0].low)
            if (joined in known.places or joined.replace(" ", "-") in known.places) and proper:
                return Kind.PLACE, at, at + length - 1
    low = tokens[at].low
    if "-" in low and (low in known.places or low.replace("-", " ") in known.places):
        return Kind.PLACE, at, at
    return (Kind.PLACE, at, at) if _is_town(tokens, at) else None


def _is_town(tokens: list[Token], at: int) -> bool:
    """Whether a single word is a town here: it may be a name, or an ordinary word as well."""
    token, known = tokens[at], lists()
    if (
        token.base not in known.places
        or token.base in _NO_TOWN
        or len(token.base) < _SHORTEST_PLACE
    ):
        return False
    before = tokens[at - 1] if at else None
    beside = token.gap == " " or token.gap == ". "
    if (
        before
        and beside
        and (before.low in TITLES or before.base in known.first or _letter(before))
    ):
        return False
    inside = bool(before and beside and before.low in _BEFORE_PLACE)
    if token.base == "stafford":
        return True  # The county town is a first name elsewhere.
    ordinary = known.knows(token.base) or token.base in EVERYDAY
    if ordinary or token.base in known.first or token.base in known.either:
        follows_place = bool(before and before.gone and token.gap == ", ")
        if token.cap:
            return (inside and before is not None and before.low != "and") or follows_place
        return inside and token.base in _LOCAL and before is not None and before.low != "of"
    alone = at + 1 >= len(tokens) or tokens[at + 1].gap.strip() != "" or not tokens[at + 1].cap
    if token.base in known.surnames and not inside:
        return (
            token.cap
            and alone
            and token.gap.strip() in {",", ""}
            and not token.opens
            and token.gap == ", "
        )
    return True


def _letter(token: Token) -> bool:
    return token.letter and token.cap and token.text not in {"I", "A"}


def _house(tokens: list[Token], at: int) -> tuple[Kind, int, int] | None:
    """A home, surgery or hospital by its name; "contact centre" has none."""
    if tokens[at].low not in _HOUSES or at == 0 or tokens[at].gap != " ":
        return None
    before = tokens[at - 1]
    if not before.cap or before.opens or before.gone or before.low in _GENERIC:
        return None
    known = lists()
    ordinary = known.knows(before.base) and before.base not in known.places
    if before.base != before.low or (ordinary and tokens[at].low not in _HOMES):
        return None
    if ordinary and not tokens[at].cap:
        return None
    start = at - 1
    while (
        start > 0
        and tokens[start].gap == " "
        and tokens[start - 1].cap
        and not tokens[start - 1].opens
    ):
        if tokens[start - 1].low in TITLES or tokens[start - 1].gone:
            break
        start -= 1
    return Kind.PLACE, start, at

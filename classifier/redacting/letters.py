"""What stands in a name's place: the same letter for the same person, through one text."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count

from classifier.redacting.kinds import FIXED, Kind, Span
from classifier.redacting.spelling import edits
from classifier.redacting.tokens import PLACEHOLDER, base_of
from classifier.redacting.words import TITLES

_LONG_ENOUGH = 5


def people_letters() -> Iterator[str]:
    """Yield X, Y, Z, then X2, Y2, Z2 and so on: no letter that is a word, as A and I are."""
    for turn in count(1):
        yield from (letter if turn == 1 else f"{letter}{turn}" for letter in "XYZ")


def lettered(word: str) -> Callable[[], Iterator[str]]:
    """Return what yields "School A", "School B" … "School A2"."""

    def yield_letters() -> Iterator[str]:
        for turn in count(1):
            number = "" if turn == 1 else str(turn)
            yield from (f"{word} {chr(code)}{number}" for code in range(ord("A"), ord("Z") + 1))

    return yield_letters


_SERIES = {
    Kind.NAME: people_letters,
    Kind.SCHOOL: lettered("School"),
    Kind.PLACE: lettered("Place"),
}


class Register:
    """Who has which letter. A full name, its first name and its possessive are one person."""

    def __init__(self, text: str) -> None:
        """Begin with the letters that the text holds already, which nobody else may get."""
        self._used = {match.group() for match in PLACEHOLDER.finditer(text)}
        self._series = {kind: make() for kind, make in _SERIES.items()}
        self._by_words: dict[tuple[Kind, str], str] = {}
        self._people: dict[str, str] = {}

    def replacement(self, kind: Kind, words: str, title: str = "") -> str:
        """Return what stands for these words.

        Args:
            kind: of what kind they are.
            words: as the text has them.
            title: the title before a name, in small letters: "Mr Marsh" need not be Jayden Marsh.
        """
        if kind in FIXED:
            return FIXED[kind]
        if kind is Kind.NAME:
            return self._person([base_of(word) for word in _plain(words)], title)
        key = (kind, " ".join(_plain(words)))
        return self._by_words.setdefault(key, self._next(kind) if key not in self._by_words else "")

    def _next(self, kind: Kind) -> str:
        return next(letter for letter in self._series[kind] if letter not in self._used)

    def _person(self, words: list[str], title: str) -> str:
        own = [word for word in words if len(word) > 1] or words
        if title and len(own) == 1:
            keys = [f"{title} {own[0]}", f"* {own[0]}"]
        else:
            keys = [own[0], *([" ".join(own)] if len(own) > 1 else [])]
        letter = next((self._people[key] for key in keys if key in self._people), None)
        letter = letter or self._near(keys[0]) or self._next(Kind.NAME)
        for key in keys:
            self._people.setdefault(key, letter)
        if len(own) > 1:
            self._people.setdefault(f"{title or '*'} {own[-1]}", letter)
            self._people.setdefault(own[-1], letter)
        elif title:
            self._people.setdefault(own[0], letter)
        return letter

    def _near(self, key: str) -> str | None:
        """The letter of a name that this one misspells, or of which it is the plural."""
        if len(key) > 3 and key.endswith("s") and key[:-1] in self._people:
            return self._people[key[:-1]]
        if f"{key}s" in self._people:
            return self._people[f"{key}s"]
        if len(key) < _LONG_ENOUGH or " " in key:
            return None
        alike = edits(key)
        return next(
            (
                letter
                for name, letter in self._people.items()
                if name in alike and len(name) >= _LONG_ENOUGH and name[0] == key[0]
            ),
            None,
        )


def _plain(words: str) -> list[str]:
    return words.lower().replace("’", "'").replace(".", " ").replace(",", " ").split()


def write(text: str, spans: list[Span]) -> list[Span]:
    """Return the spans with what stands in their place.

    Args:
        text: the text they belong to.
        spans: in order, none overlapping another.
    """
    register = Register(text)
    # Full names first: "Mr Marsh" before "David Marsh" is then known to be his.
    for span in spans:
        if span.kind is Kind.NAME and " " in text[span.start : span.end]:
            break
    written = []
    for span in spans:
        title = _title_before(text, span.start) if span.kind is Kind.NAME else ""
        words = text[span.start : span.end]
        written.append(replace(span, replacement=register.replacement(span.kind, words, title)))
    return written


def _title_before(text: str, start: int) -> str:
    word = text[max(0, start - 12) : start].rstrip(" .").rpartition(" ")[2].lower().strip("(\n\"'")
    return word if word in TITLES else ""

"""The word lists: what is a name, a place, or an ordinary word. Loaded once."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "lists"


@dataclass(frozen=True)
class Lists:
    """Words in small letters, each set apart from the others' meaning."""

    ordinary: frozenset[str]
    """Words of English that name nobody."""
    kept: frozenset[str]
    """Those that stay though they have a capital: days, languages, offices, shops."""
    first: frozenset[str]
    """First names, whatever their capital: "jayden", "jack"."""
    either: frozenset[str]
    """First names that are words too, and names only in a name's place: "hope", "will"."""
    capital_only: frozenset[str]
    """Those of `either` that are names only with a capital."""
    doubtful: frozenset[str]
    """Those of `first` that are words too: "a penny" is no name."""
    common: frozenset[str]
    """Ordinary words that such letters use often: what a misspelling is probably meant to be."""
    surnames: frozenset[str]
    places: frozenset[str]
    """Towns, villages and countries, some of several words."""
    place_starts: frozenset[str]
    """The first words of places of several words."""
    surely_first: frozenset[str]
    """`first` without `doubtful`."""
    named: frozenset[str]
    """First names and surnames, words or not."""
    proper: frozenset[str]
    """Surnames, towns, and first names that are words: what may follow a first name."""

    def knows(self, word: str) -> bool:
        """Whether any list of ordinary words has it, or its plural or possessive."""
        plural = word.endswith("s") and word[:-1] in self.ordinary
        return word in self.ordinary or plural or word.endswith("n't")


def _words(name: str) -> list[str]:
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@cache
def lists() -> Lists:
    """Return the lists, read from the package's files the first time."""
    written = {name for line in _words("own_names") for name in line.split()}
    parts = " ".join(_words("names_that_are_words")).split(" -- ")
    always, in_place, capital_only = (frozenset(part.split()) for part in parts)
    ordinary, kept = frozenset(_words("ordinary")), _words("kept")
    kept_words = {word.lower() for line in kept for word in line.split()}
    words = ordinary | kept_words
    first = (frozenset(_words("first_names")) | written) - words
    places = frozenset(_words("places")) | frozenset(_words("own_places"))
    either = in_place | capital_only | ((written & words) - always)
    surnames = frozenset(_words("surnames"))
    return Lists(
        ordinary=words - first,
        kept=frozenset(kept_words),
        first=first | always,
        either=either,
        capital_only=capital_only,
        doubtful=always & words,
        common=frozenset(_words("common")),
        surnames=surnames,
        places=places,
        place_starts=frozenset(place.split()[0] for place in places if " " in place),
        surely_first=(first | always) - (always & words),
        named=first | always | either | surnames,
        proper=surnames | places | either,
    )

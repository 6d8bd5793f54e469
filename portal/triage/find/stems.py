"""Words as they are found again: without capitals, accents and endings, and as keyed hashes.

Endings are taken off by the Porter stemmer that SQLite carries: a table in memory, whatever the
portal's own database is. It knows English; names and numbers stay as they are.
"""

import re
import sqlite3
import threading
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portal.columns import keyed_hash

_PURPOSE, _OF_THE_DESK = "find", "find at the desk"
# Forty bits: two words in a million of pairs share a hash, and what is shown is checked anyway.
_KEY_LENGTH = 10
# How often a word counts at most: a list of one word is no better a find.
MOST_OFTEN = 30
LONGEST_WORD = 64
# PostgreSQL's vector holds no more than a megabyte: of a matter with very long files, those stems
# that count most.
MOST_STEMS = 12_000
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
NUMBER = re.compile(r"(?<!\w)\+?\d[\d\s().-]{7,18}\d(?!\w)")
EMAIL = re.compile(r"[^\s@<>()\"]+@[^\s@<>()\"]+\.[^\s@<>()\".,;]+")
_POSSESSIVE = re.compile(r"['’]s$")
# Letters that are no base letter with an accent.
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"})
# Words that are in every text and tell nothing.
COMMON = frozenset(
    "a an and are as at be been but by for from had has have he her him his i if in is it its me my"
    " not of on or our she so that the their them they this to us was we were with you your".split()
)


@dataclass(frozen=True)
class Word:
    """One word of a text: where it stands, and its plain form."""

    start: int
    end: int
    plain: str


def words_in(text: str) -> list[Word]:
    """The words of a text, in its order."""
    return [Word(found.start(), found.end(), _folded(found[0])) for found in _WORD.finditer(text)]


def plain_words(text: str) -> list[str]:
    """The plain forms of a text's words, in its order."""
    return [word.plain for word in words_in(text)]


def wholes_in(text: str) -> list[str]:
    """What is one thing although it is written as several words: e-mail addresses, and telephone
    numbers however they are grouped."""
    addresses = [f"@{found.casefold()}" for found in EMAIL.findall(text)]
    digits = ["".join(filter(str.isdigit, found)) for found in NUMBER.findall(text)]
    numbers = [f"0{one[2:]}" if one.startswith("44") else one for one in digits]
    return addresses + [f"#{one}" for one in numbers if len(one) >= 9]


def stems_of(words: Iterable[str]) -> dict[str, str]:
    """The stem of each plain word.

    Args:
        words: in their plain form.

    Returns:
        By word. What the stemmer does not know is its own stem.
    """
    wanted = set(words)
    known = [one for one in wanted if one.isascii() and one.isalpha() and len(one) > 2]
    return {one: one for one in wanted} | _STEMMER.stems(known)


def tell(word: str) -> bool:
    """Whether a plain word tells anything: the common ones and single letters do not."""
    return word not in COMMON and (len(word) > 1 or word.isdigit())


def key_of(stem: str, *, desk: bool = False) -> str:
    """What stands in the index for a stem: nobody without the key can tell which it is.

    Args:
        stem: the stem.
        desk: whether it is of a text that only the complaints team reads.
    """
    return keyed_hash(stem, _OF_THE_DESK if desk else _PURPOSE)[:_KEY_LENGTH]


def keys_of(
    matters: Mapping[int, Iterable[tuple[str, int]]], *, desk: bool = False
) -> dict[int, dict[str, int]]:
    """What stands in the index for some matters. What they share is stemmed and hashed once.

    Args:
        matters: by the keys of matters, each text with how much a word of it counts.
        desk: whether only the complaints team reads these texts.

    Returns:
        By the same keys how often each keyed stem counts, at most `MOST_OFTEN`.
    """
    counted = {key: _counted(texts) for key, texts in matters.items()}
    stems = stems_of(word for words, _ in counted.values() for word in words)
    by_stem = {key: _by_stem(*found, stems) for key, found in counted.items()}
    most = {key: one.most_common(MOST_STEMS) for key, one in by_stem.items()}
    all_stems = {stem for one in most.values() for stem, _ in one}
    keys = {stem: key_of(stem, desk=desk) for stem in all_stems}
    return {
        key: {keys[stem]: min(many, MOST_OFTEN) for stem, many in one} for key, one in most.items()
    }


def _counted(texts: Iterable[tuple[str, int]]) -> tuple[Counter[str], Counter[str]]:
    """The words of a matter, and what is whole in it, with how much each counts."""
    counts: Counter[str] = Counter()
    wholes: Counter[str] = Counter()
    for text, weight in texts:
        for word in plain_words(text):
            if tell(word):
                counts[word] += weight
        for whole in wholes_in(text):
            wholes[whole] += weight
    return counts, wholes


def _by_stem(counts: Counter[str], wholes: Counter[str], stems: Mapping[str, str]) -> Counter[str]:
    found = Counter(wholes)
    for word, many in counts.items():
        found[stems[word]] += many
    return found


def _folded(word: str) -> str:
    if word.isascii():
        # Nearly every word: nothing of it has to be taken apart.
        return _POSSESSIVE.sub("", word.lower()).replace("'", "")[:LONGEST_WORD]
    bare = _POSSESSIVE.sub("", word[: LONGEST_WORD * 2].casefold())
    parted = unicodedata.normalize("NFKD", bare.translate(_PLAIN))
    return "".join(char for char in parted if char.isalnum())[:LONGEST_WORD]


class _Stemmer:
    """The table in memory, made at the first word, and used by one thread at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._table: sqlite3.Connection | None = None

    def stems(self, words: list[str]) -> dict[str, str]:
        if not words:
            return {}
        with self._lock:
            table = self._table = self._table or _new_table()
            table.executemany("INSERT INTO words(rowid, word) VALUES (?, ?)", enumerate(words))
            found = table.execute("SELECT doc, term FROM stem").fetchall()
            table.execute("INSERT INTO words(words) VALUES ('delete-all')")
        return {words[at]: stem for at, stem in found}


def _new_table() -> sqlite3.Connection:
    table = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    table.execute(
        "CREATE VIRTUAL TABLE words USING fts5(word, content='', tokenize='porter ascii')"
    )
    table.execute("CREATE VIRTUAL TABLE stem USING fts5vocab(words, 'instance')")
    return table


_STEMMER = _Stemmer()

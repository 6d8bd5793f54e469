"""Whether somebody whom a person named as one who must not see it is named where a letter goes.

People write it in their own words: "not my dad dave", "Basil must never see a letter". So the words
of the recipient are looked for in theirs, and not the other way round. It holds back too much
rather than too little, but for a surname that a family shares (reference/needs.md 5.3).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

FEWEST_LETTERS, FEWEST_OF_MAILBOX = 2, 3
TITLES = frozenset("dame doctor dr lady lord miss mr mrs ms mx prof professor rev sir".split())
# What stands in addresses, mailboxes and sentences alike, and names nobody.
ORDINARY = TITLES | frozenset(
    """address and any anyone at but by call care contact cottage court email farm flat for from
    hall he her his home house if in info is it letter letters lodge mail me message messages my no
    nobody not of on only or our people phone post road see she street that the their them they this
    to we who with you your""".split()
)
# Names and words alike: they name somebody only where they are written as a name.
ALSO_WORDS = frozenset(
    """april august bill dawn day faith frank grace grant green grey hill hope hunter joy june king
    mark may page rich rose sandy summer will young""".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_ANY = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Reader:
    """Who gets a letter, as far as an envelope or an address says: whose details they are, the
    lines of a postal address, and the part of an e-mail address before its @."""

    name: str = ""
    lines: tuple[str, ...] = ()
    mailbox: str = ""


def must_not_see(said: str, reader: Reader) -> bool:
    """Say whether a recipient is among those who must not see it.

    Args:
        said: who must not see, hear or open it, in the person's words.
        reader: where the letter would go.
    """
    told = _joined(said)
    if any(f" {_joined(line)} " in f" {told} " for line in _telling_lines(reader)):
        return True
    shared = _surname(reader.name)
    if any(word not in shared and _says(said, word) for word in _words_of(reader)):
        return True
    # "Basil Ferris" of basilferris@…
    words = told.split()
    pairs = {one + other for one, other in pairwise(words)}
    return any(piece in pairs for piece in _pieces(reader.mailbox))


def _words_of(reader: Reader) -> Iterator[str]:
    for text in (reader.name, *_named_lines(reader.lines)):
        for word in _WORD.findall(text.casefold()):
            if len(word) >= FEWEST_LETTERS and word not in ORDINARY:
                yield word
    yield from (piece for piece in _pieces(reader.mailbox) if piece not in ORDINARY)


def _pieces(mailbox: str) -> list[str]:
    found = _WORD.findall(re.sub(r"[^\w]", " ", mailbox.casefold().replace("_", " ")))
    return [piece for piece in found if len(piece) >= FEWEST_OF_MAILBOX]


def _surname(name: str) -> frozenset[str]:
    """What a whole family is called; nothing where it is all that the name says."""
    words = [word for word in _WORD.findall(name.casefold()) if word not in TITLES]
    return frozenset(words[-1:]) if len(words) > 1 else frozenset()


def _named_lines(lines: tuple[str, ...]) -> tuple[str, ...]:
    """The lines above the street, which say for whom and in whose house; the town names nobody."""
    numbered = [at for at, line in enumerate(lines) if any(map(str.isdigit, line))]
    return lines[: numbered[0]] if numbered else lines[: max(len(lines) - 1, 1)]


def _telling_lines(reader: Reader) -> Iterator[str]:
    """What tells enough as a whole: a name of several words, a street with its number."""
    for line in (reader.name, *_named_lines(reader.lines)):
        bare = re.sub(r"(?i)^\s*c\s*/\s*o\b|^\s*care of\b", "", line)
        if len(_ANY.findall(bare)) > 1:
            yield bare
    yield from (
        line for line in reader.lines if any(map(str.isdigit, line)) and len(_ANY.findall(line)) > 1
    )


def _says(said: str, word: str) -> bool:
    whole = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])", re.IGNORECASE)
    found = whole.findall(said)
    return any(word not in ALSO_WORDS or one[0].isupper() for one in found)


def _joined(text: str) -> str:
    return " ".join(_ANY.findall(text.casefold()))

"""Whether a word that no list has is an ordinary word spelt wrongly, or a name."""

import re
from functools import cache, lru_cache

from classifier.redacting.lists import lists

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHORTEST = 4
_SOUNDS = (
    ("ph", "f"), ("tch", "c"), ("sch", "s"), ("ck", "c"), ("kn", "n"), ("wr", "r"), ("sh", "s"),
    ("ci", "s"), ("ti", "s"), ("ce", "s"), ("gh", ""), ("th", "t"), ("q", "c"), ("k", "c"),
    ("z", "s"), ("x", "cs"), ("j", "g"), ("v", "f"), ("y", "i"), ("w", "u"),
)  # fmt: skip


def edits(word: str) -> set[str]:
    """Return every string that is one slip of the finger away from a word."""
    splits = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    return {
        *(left + right[1:] for left, right in splits if right),
        *(left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1),
        *(left + letter + right[1:] for left, right in splits if right for letter in _LETTERS),
        *(left + letter + right for left, right in splits for letter in _LETTERS),
    }


def _sound(word: str) -> str:
    """Return a word's skeleton: like-sounding letters made one, vowels and doubles left out."""
    for spelt, heard in _SOUNDS:
        word = word.replace(spelt, heard)
    skeleton = word[:1] + re.sub(r"[aeiou]", "", word[1:])
    return re.sub(r"(.)\1+", r"\1", skeleton)


@cache
def _skeletons() -> frozenset[str]:
    return frozenset(_sound(word) for word in lists().common if len(word) > _SHORTEST)


@lru_cache(maxsize=20_000)
def slip_of_common(word: str) -> bool:
    """Whether a word is one slip, or an ending, away from a common one.

    That alone keeps a word where a name stands: "my son dosnt".
    """
    common = lists().common
    if any(form in common for form in _stems(word)):
        return True
    return len(word) > _SHORTEST and not common.isdisjoint(edits(word))


@lru_cache(maxsize=20_000)
def misspelt(word: str) -> bool:
    """Whether a word looks like an ordinary one that somebody spelt as it sounds.

    Args:
        word: a word in small letters that no list has.
    """
    known = lists()
    if len(word) < _SHORTEST or any(form in known.ordinary for form in _stems(word)):
        return True
    if re.search(r"(.)\1\1", word):
        word = re.sub(r"(.)\1\1+", r"\1", word)
    if not known.ordinary.isdisjoint(edits(word)):
        return True
    halves = ((word[:at], word[at:]) for at in range(3, len(word) - 2))
    if any(left in known.ordinary and right in known.ordinary for left, right in halves):
        return True
    return sounds_common(word)


def sounds_common(word: str) -> bool:
    """Whether a word of some length, read aloud without its vowels, is a common one."""
    sound = _sound(word)
    long_enough = len(sound) > 2 or len(word) > 5
    return len(word) > _SHORTEST and long_enough and sound in _skeletons()


def _stems(word: str) -> set[str]:
    endings = ("s", "es", "ed", "d", "ing", "in", "ly", "er", "ers", "ness", "less", "ish", "y")
    stems = {word.removesuffix(ending) for ending in endings if word.endswith(ending)}
    stems |= {stem + "e" for stem in set(stems)}
    beginnings = ("un", "re", "non", "mis", "pre", "over", "under", "de", "dis", "anti", "co")
    return stems | {word.removeprefix(head) for head in beginnings if word.startswith(head)}


@lru_cache(maxsize=20_000)
def near_a_name(word: str) -> bool:
    """Whether a word is one slip away from a first name, with the same first letter."""
    return len(word) > _SHORTEST and any(
        form[:1] == word[:1] and len(form) > 3 and form in lists().first for form in edits(word)
    )

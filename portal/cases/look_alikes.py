"""References as people retype them: with letters that only look like the right ones.

A reference holds no 0, O, 1, I or L, so each of these stands for something else; and a keyboard in
another script has letters that cannot be told from ours by eye. The check character says which
reading is meant; whoever asks must still know that the reference exists.
"""

import re
import unicodedata
from itertools import product

from portal.cases.references import ALPHABET, LENGTH, read_reference

# Cyrillic and Greek letters with the shape of a Latin one.
_SAME_SHAPE = str.maketrans(
    "АВЕЅЗІЈКМНОРСТУХԌԚԜΑΒΕΖΗΙΚΜΝΟΡΤΥΧ‐‑‒–—−",
    "ABES3IJKMHOPCTYXGQWABEZHIKMNOPTYX------",
)
# What each may have been, itself first. Only what is often taken for another by eye.
_MISREAD = {
    "0": "QD", "O": "QD", "1": "J7T", "I": "J7T", "L": "J7T",
    "8": "8B", "B": "B8", "5": "5S", "S": "S5", "2": "2Z", "Z": "Z2",
    "U": "UV", "V": "VU", "G": "G6", "6": "6G",
}  # fmt: skip
MOST_READINGS = 64
MOST_CANDIDATES = 20
_LIKE_ONE = re.compile(r"(?<![0-9A-Za-z])([0-9A-Za-z]{4})[-\s]?([0-9A-Za-z]{4})(?![0-9A-Za-z])")


def references_in(text: str) -> list[str]:
    """Every reference that a text may mean, the exact ones first, each in its written form.

    Args:
        text: a subject line, an address, or what somebody typed.
    """
    plain = unicodedata.normalize("NFKC", text[:1000]).upper().translate(_SAME_SHAPE)
    candidates = [a + b for a, b in _LIKE_ONE.findall(plain)][:MOST_CANDIDATES]
    exact = [reference for one in candidates if (reference := read_reference(one))]
    guessed = [each for one in candidates if not read_reference(one) for each in _readings(one)]
    return list(dict.fromkeys([*exact, *guessed]))


def _readings(candidate: str) -> list[str]:
    if len(candidate) != LENGTH or not any(char in _MISREAD for char in candidate):
        return []
    # "MEETINGS" is a word: what was retyped from a reference has a digit, but for one in six.
    if not any(char.isdigit() for char in candidate):
        return []
    choices = [_MISREAD.get(char, char) for char in candidate]
    if any(char not in ALPHABET and char not in _MISREAD for char in candidate):
        return []
    found: list[str] = []
    for number, reading in enumerate(product(*choices)):
        if number >= MOST_READINGS * 4 or len(found) >= MOST_READINGS:
            break
        if (reference := read_reference("".join(reading))) is not None:
            found.append(reference)
    return found

"""Whether a text is probably not in English: by its script and its small words, with no model."""

import re
from itertools import accumulate
from unicodedata import normalize

from portal.cases.language_words import ENGLISH, OTHERS

# Fewer words in Latin letters say nothing: "ok thx x" is written in any language.
FEWEST_WORDS = 8
# So many words in another language are a part of a text that nobody has read.
PART = 24
OF_OTHERS, OF_ENGLISH = 0.15, 0.2
# Where no word of a language is listed, it is the lack of English ones that tells: three in as many
# words are the fewest of any English text that we have.
ENOUGH_WORDS, HARDLY_ANY = 20, 1
# Letters of another script: a share of all, or more together than a name in a signature has.
SHARE_OF_SCRIPT, MOST_OF_A_NAME = 0.2, 40

_OF_ADDRESSES = ("@", "://", "www.")
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_OTHER_SCRIPT = re.compile(r"[^\W\d_\u0000-\u036f\u1d00-\u1eff\u2c60-\u2c7f\ua720-\ua7ff]")
_MARKED_ENGLISH = frozenset(("café", "fiancé", "fiancée", "naïve", "résumé", "cliché", "déjà"))


def probably_not_english(text: str) -> bool:
    """Say whether somebody who reads English alone would not understand a text, or a long part.

    Args:
        text: what a person wrote.

    Returns:
        True where it is in another script, or its small words are those of another language.
        False where nothing tells: a few words, a list of names.
    """
    # Letters as phones decorate them become plain ones, a mark and its letter become one.
    plain = normalize("NFKC", _without_addresses(text.replace("\u2019", "'")))
    if plain.isascii():
        return _in_other_words(plain)
    return _in_another_script(plain) or _in_other_words(plain)


def _without_addresses(text: str) -> str:
    # Piece by piece: a pattern would go through a text without spaces again from each letter.
    return " ".join(
        piece for piece in text.split() if not any(mark in piece for mark in _OF_ADDRESSES)
    )


def _in_another_script(text: str) -> bool:
    others = len(_OTHER_SCRIPT.findall(text))
    letters = sum(map(str.isalpha, text))
    return others > MOST_OF_A_NAME or (others > 1 and others >= SHARE_OF_SCRIPT * letters)


def _in_other_words(text: str) -> bool:
    found = _told_by(text)
    words = len(found)
    if words < FEWEST_WORDS:
        return False
    english = list(accumulate((one > 0 for one in found), initial=0))
    others = list(accumulate((one < 0 for one in found), initial=0))
    size = min(words, PART)
    return any(
        _another_language(
            english[end] - english[end - size], others[end] - others[end - size], size
        )
        for end in range(size, words + 1)
    )


def _another_language(english: int, others: int, words: int) -> bool:
    if words >= ENOUGH_WORDS and english <= HARDLY_ANY:
        return True
    return others > english and others >= OF_OTHERS * words and english <= OF_ENGLISH * words


def _told_by(text: str) -> list[int]:
    """What each word tells: 1 for English, -1 for another language, 0 for neither."""
    written = _WORD.findall(text)
    shouted = 2 * sum(map(str.isupper, written)) > len(written)
    found = []
    for word in written:
        small = word.lower()
        if small in ENGLISH:
            found.append(1)
        elif not shouted and word != small:
            # A name or the first word of a sentence tells nothing, and does not count.
            continue
        elif small in OTHERS or not (small.isascii() or small in _MARKED_ENGLISH):
            found.append(-1)
        else:
            found.append(0)
    return found

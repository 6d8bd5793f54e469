"""Secret words: five plain words that open one feedback, kept only as a hash."""

import hashlib
import hmac
import re
import secrets
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from portal.work import settings

COUNT = 5
WORD_LIST = Path(__file__).with_name("words.txt")
# The words carry 51 bits and a keyed hash stands in front, so this is lighter than a password's.
HASHER = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1)
MOST_TYPED = 200


@cache
def word_list() -> tuple[str, ...]:
    """The 1,296 words. Any two differ by at least two edits: no slip of one
    letter turns one into another."""
    return tuple(WORD_LIST.read_text().split())


def make_words() -> str:
    """Five random words with a space between them."""
    return " ".join(secrets.choice(word_list()) for _ in range(COUNT))


def read_words(text: str) -> str | None:
    """The words that somebody typed, each mended to the listed word that it is nearest to.

    Args:
        text: in any case, with spaces, commas or dashes between the words.

    Returns:
        Five listed words, or None when there are not five words or one resembles none.
    """
    typed = re.findall(r"[a-z]+", text[:MOST_TYPED].lower())
    if len(typed) != COUNT:
        return None
    mended = [_mend(word) for word in typed]
    return " ".join(word for word in mended if word) if all(mended) else None


def hash_words(words: str) -> str:
    """The hash to keep. Slow on purpose: a few thousandths of a second."""
    return HASHER.hash(_keyed(words))


def _keyed(words: str) -> str:
    """The words with the application's key: what is hashed in their place."""
    return hmac.new(settings().words_key, words.encode(), hashlib.sha256).hexdigest()


def words_match(kept: str | None, words: str | None) -> bool:
    """Whether the words are those of the hash, taking as long when there is no hash at all.

    Args:
        kept: the stored hash, or None when the reference is unknown.
        words: what `read_words` gave.
    """
    try:
        return HASHER.verify(kept or _nobodys_hash(), _keyed(words or "")) and bool(kept and words)
    except VerificationError:
        return False


@cache
def _nobodys_hash() -> str:
    return HASHER.hash(secrets.token_hex())


def _mend(word: str) -> str | None:
    listed = word_list()
    if word in listed:
        return word
    near = [known for known in listed if _one_edit_apart(word, known)]
    return near[0] if len(near) == 1 else None


def _one_edit_apart(one: str, other: str) -> bool:
    """One letter wrong, missing, too many, or two neighbours exchanged."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, other_rest = one[start:], other[start:]
    return (
        rest[1:] == other_rest[1:]
        or rest[1:] == other_rest
        or rest == other_rest[1:]
        or (rest[:2] == other_rest[1::-1] and rest[2:] == other_rest[2:])
    )

"""References: eight characters that are safe on letters, easy to read out, and hard to mistype."""

import secrets

# No 0, O, 1, I or L: over the phone and in a child's handwriting they are the same.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 8


def make_reference() -> str:
    """A new reference such as `7KQM-2XVD`: seven random characters and one that checks them."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return _in_fours(body + check_character(body))


def check_character(body: str) -> str:
    """The character that makes a reference whole.

    The alphabet has 31 characters, a prime, so a weighted sum finds every single wrong
    character and every two neighbours exchanged.

    Args:
        body: seven characters of the alphabet.
    """
    total = sum((place + 1) * ALPHABET.index(char) for place, char in enumerate(body))
    return ALPHABET[total % len(ALPHABET)]


def read_reference(text: str) -> str | None:
    """The reference that somebody typed, in its written form, or None if it cannot be one.

    Args:
        text: in any case, with or without dashes and spaces.
    """
    plain = "".join(char for char in text.upper() if char.isalnum())
    if len(plain) != LENGTH or any(char not in ALPHABET for char in plain):
        return None
    return _in_fours(plain) if check_character(plain[:-1]) == plain[-1] else None


def _in_fours(plain: str) -> str:
    return f"{plain[:4]}-{plain[4:]}"

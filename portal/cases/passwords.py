"""Passwords of people who sign in: hashed as argon2 advises, refused when easy to guess."""

import secrets
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from flask import current_app

from portal.errors import Refused

SHORTEST = 12
LONGEST = 256
LISTED = Path(__file__).with_name("common_passwords.txt")
# Where this setting of the application is absent, argon2's own defaults hold. Tests lower them.
COSTS = "PASSWORD_COSTS"
RUNS = ("abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qwertyuiopasdfghjklzxcvbnm")


class WeakPassword(Refused):
    """A password that somebody would guess; the message says in which way."""

    message = "Choose another password: that one is easy to guess."


def check_strength(password: str, email: str) -> None:
    """Refuse a password that is easy to guess.

    Args:
        password: as typed.
        email: the account's address, which is the first thing that anybody tries.

    Raises:
        WeakPassword: too short, too long, made from the address, or a common one.
    """
    if len(password) < SHORTEST:
        raise WeakPassword(f"Your password must have {SHORTEST} characters or more.")
    if len(password) > LONGEST:
        raise WeakPassword(f"Your password must have {LONGEST} characters or fewer.")
    plain = password.casefold()
    address = email.casefold()
    if plain in (address, address.partition("@")[0]) or (address and address in plain):
        raise WeakPassword("Your password must not be your e-mail address.")
    if _is_common(plain):
        raise WeakPassword(
            "Many people use a password like that one, so it is easy to guess. "
            "Three words that do not belong together make a good one."
        )


def hash_password(password: str) -> str:
    """The hash to keep. Slow on purpose."""
    return _hasher().hash(_normal(password))


def password_matches(kept: str | None, password: str) -> bool:
    """Whether a password is that of the hash, taking as long when there is no hash at all.

    Args:
        kept: the stored hash, or None when there is no such account or it has no password yet.
        password: as typed.
    """
    try:
        return _hasher().verify(kept or _nobodys_hash(_costs()), _normal(password)) and bool(kept)
    except VerificationError:
        return False


def needs_new_hash(kept: str) -> bool:
    """Whether a hash was made with other costs than today's."""
    return _hasher().check_needs_rehash(kept)


def _normal(password: str) -> str:
    # The same letters typed on two keyboards can be different characters.
    return unicodedata.normalize("NFKC", password)


def _costs() -> tuple[tuple[str, int], ...]:
    costs: dict[str, int] = current_app.config.get(COSTS, {})
    return tuple(sorted(costs.items()))


def _hasher() -> PasswordHasher:
    return _hasher_at(_costs())


@cache
def _hasher_at(costs: tuple[tuple[str, int], ...]) -> PasswordHasher:
    given: dict[str, Any] = dict(costs)
    return PasswordHasher(**given)


@cache
def _nobodys_hash(costs: tuple[tuple[str, int], ...]) -> str:
    return _hasher_at(costs).hash(secrets.token_hex())


@cache
def _listed() -> frozenset[str]:
    return frozenset(LISTED.read_text(encoding="utf-8").split())


def _is_common(plain: str) -> bool:
    """A listed password, alone, repeated, or dressed with digits and signs; or one long run."""
    letters = "".join(char for char in plain if char.isalpha())
    forms = {plain, letters, plain.strip("0123456789!?.*#$_- ")}
    if any(_shortest_repeat(form) in _listed() for form in forms if form):
        return True
    piece = _shortest_repeat(plain)
    return len(piece) <= 2 or any(piece in run or piece in run[::-1] for run in RUNS)


def _shortest_repeat(text: str) -> str:
    """The piece that a text repeats: `abc` for `abcabc`, the text itself when it repeats none."""
    return text[: (text + text).find(text, 1)] if text else text

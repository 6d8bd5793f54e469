"""Column types that every table shares: private text, instants, and keyed hashes for equality."""

import hashlib
import hmac
import os
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app
from sqlalchemy import DateTime, LargeBinary
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

PLAIN, SEALED = 0, 1
NONCE_BYTES = 12
KEY_NAME_BYTES = 4
# Of those keys that a process has in its settings all the time.
KEYS_KEPT = 8


class Unreadable(Exception):
    """A stored value that none of the data keys opens, or that was moved from another column."""


def seal(value: bytes, place: str, keys: tuple[bytes, ...]) -> bytes:
    """Close `value` with the newest key, bound to its place so that it opens nowhere else.

    Args:
        value: what to keep.
        place: `table.column`, or a file's name.
        keys: data keys, newest first; none means that it is kept as it is.

    Returns:
        One byte for the form, then (when sealed) the key's name, the nonce and the ciphertext.
    """
    if not keys:
        return bytes([PLAIN]) + value
    nonce = os.urandom(NONCE_BYTES)
    sealed = _cipher(keys[0]).encrypt(nonce, value, place.encode())
    return bytes([SEALED]) + _name_of(keys[0]) + nonce + sealed


def unseal(stored: bytes, place: str, keys: tuple[bytes, ...]) -> bytes:
    """Open what `seal` closed.

    Raises:
        Unreadable: no key opens it, or it belongs to another place.
    """
    if stored[:1] == bytes([PLAIN]):
        return stored[1:]
    name, rest = stored[1 : 1 + KEY_NAME_BYTES], stored[1 + KEY_NAME_BYTES :]
    for key in keys:
        if _name_of(key) == name:
            try:
                return _cipher(key).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], place.encode())
            except InvalidTag:
                break
    raise Unreadable(f"A value of {place} cannot be opened: check DATA_KEY.")


@lru_cache(maxsize=KEYS_KEPT)
def _cipher(key: bytes) -> AESGCM:
    # A list opens a hundred values by the same key, and a form that is sent closes thirty.
    return AESGCM(key)


@lru_cache(maxsize=KEYS_KEPT)
def _name_of(key: bytes) -> bytes:
    return hashlib.sha256(b"key name" + key).digest()[:KEY_NAME_BYTES]


def data_keys() -> tuple[bytes, ...]:
    """The running application's data keys, newest first."""
    keys: tuple[bytes, ...] = current_app.extensions["heard"].settings.data_keys
    return keys


class PrivateBytes(TypeDecorator[bytes]):
    """Bytes that a copied disk or backup must not give away; `place` is its `table.column`."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        return None if value is None else seal(value, self.place, data_keys())

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else unseal(bytes(value), self.place, data_keys())


class PrivateText(TypeDecorator[str]):
    """People's words and contact details; `place` is the column's own `table.column`."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        # NUL and lone surrogates arrive in mail; PostgreSQL and UTF-8 refuse them elsewhere too.
        if value is None:
            return None
        return seal(value.encode("utf-8", "replace"), self.place, data_keys())

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else unseal(bytes(value), self.place, data_keys()).decode()


class Instant(TypeDecorator[datetime]):
    """A moment in UTC. SQLite forgets the zone, so it is given back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("An instant needs its zone: use portal.clock.now().")
        moment: datetime = value.astimezone(UTC)
        return moment

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value if value.tzinfo else value.replace(tzinfo=UTC)
        return moment.astimezone(UTC)


def keyed_hash(value: str, purpose: str) -> str:
    """A hash that finds equal values and tells nobody without the key what they are.

    Args:
        value: an address, number, token or name, already in its plain form.
        purpose: keeps hashes of one use from being compared with those of another.

    Returns:
        64 hexadecimal characters.
    """
    key: bytes = current_app.extensions["heard"].settings.words_key
    return hmac.new(key, f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()

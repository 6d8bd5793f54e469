"""The file store: a folder or an S3 bucket under one small door, always holding sealed bytes."""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

from portal.errors import Refused
from portal.marking import marked
from portal.settings import SettingsError

Store = LocalStore | S3Store


class StoreAway(Refused):
    """The file store does not answer; nothing was half kept."""

    message = marked(
        "We cannot reach our file store just now. Nothing was lost. Try again in a minute."
    )
    status = 503


@lru_cache
def open_store(url: str) -> Store:
    """Open the store of FILES_URL.

    Args:
        url: `file:///folder` (made when it is missing) or `s3://bucket/prefix` (its keys and
            endpoint come from the usual AWS_ variables).

    Raises:
        SettingsError: with a sentence that says what to write instead.
    """
    parts = urlsplit(url)
    if parts.scheme == "file" and not parts.netloc and parts.path.startswith("/"):
        folder = Path(unquote(parts.path))
        try:
            return LocalStore(folder, mkdir=True)
        except (BaseError, OSError):
            raise SettingsError(
                f"FILES_URL: the folder {folder} cannot be made or opened."
            ) from None
    if parts.scheme == "s3" and parts.netloc:
        return S3Store.from_url(url)
    raise SettingsError("FILES_URL must begin with file:/// or s3://. Example: file:///srv/files")


def put(url: str, name: str, sealed: bytes) -> None:
    """Keep bytes under a name that nothing has yet.

    Raises:
        StoreAway: they could not be kept.
    """
    try:
        obstore.put(open_store(url), name, sealed, mode="create", use_multipart=False)
    except (BaseError, OSError):
        raise StoreAway from None


def get(url: str, name: str) -> bytes | None:
    """Give the bytes of a name, or None when there are none.

    Raises:
        StoreAway: the store does not answer.
    """
    try:
        return bytes(obstore.get(open_store(url), name).bytes())
    except FileNotFoundError:
        return None
    except (BaseError, OSError):
        raise StoreAway from None


def delete(url: str, name: str) -> None:
    """Delete a name's bytes; it is no error when they are gone.

    Raises:
        StoreAway: the store does not answer.
    """
    try:
        obstore.delete(open_store(url), name)
    except FileNotFoundError:
        return
    except (BaseError, OSError):
        raise StoreAway from None


def names(url: str) -> Iterator[tuple[str, datetime]]:
    """List every name with the moment it was kept.

    Raises:
        StoreAway: the store does not answer.
    """
    try:
        for chunk in obstore.list(open_store(url)):
            for entry in chunk:
                yield entry["path"], entry["last_modified"]
    except (BaseError, OSError):
        raise StoreAway from None

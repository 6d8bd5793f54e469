"""Message-IDs that are surely ours: a random name, and a keyed hash of it that nobody can make."""

import re

from portal.columns import keyed_hash

_OURS = re.compile(r"<?([A-Za-z0-9_-]{8,40})\.([0-9a-f]{20})@[^<>@\s]{1,255}>?")


def signed_id(name: str, domain: str) -> str:
    """The Message-ID of a letter.

    Args:
        name: the letter's public id.
        domain: the sender's.
    """
    return f"<{name}.{_signature(name)}@{domain}>"


def is_ours(message_id: str) -> bool:
    """Whether we made this Message-ID, even if we no longer have the letter."""
    found = _OURS.fullmatch(message_id.strip())
    return found is not None and _signature(found[1]) == found[2]


def _signature(name: str) -> str:
    return keyed_hash(name, "message id")[:20]

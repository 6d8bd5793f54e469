"""Where a person goes after signing in: their own area, or the page of ours that they came for."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from portal.records.account import Role

HOMES: Mapping[Role, str] = {Role.OFFICER: "/officers/", Role.ADVOCATE: "/advocates/"}


def after_sign_in(role: Role, wanted: str | None) -> str:
    """The page to go to.

    Args:
        role: of the account that signed in.
        wanted: the `next` of the address, which anybody can have written.

    Returns:
        `wanted` where it is a path of this site that the role may have come from; its own first
        page otherwise.
    """
    if wanted is None or not is_own_path(wanted):
        return HOMES[role]
    others = (home for other, home in HOMES.items() if other is not role)
    return HOMES[role] if wanted.startswith(tuple(others)) else wanted


def is_own_path(text: str) -> bool:
    """Whether a text is a path of this site, however a browser reads it."""
    # Browsers read a backslash as a slash, and drop tabs and line ends before they look.
    if not text.startswith("/") or "\\" in text or any(ord(char) <= 32 for char in text):
        return False
    if text.startswith("//"):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc

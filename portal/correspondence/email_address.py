"""An address that may stand in a header and in an envelope: one, plain, and nothing beside it."""

import re
from email.utils import parseaddr

LONGEST = 254
# No space, control character, bracket, comma, colon, quotation mark or backslash: what is left
# cannot end a header line or add a second recipient.
_PART = r"[^\s\x00-\x1f\x7f-\x9f@<>()\[\],;:\"\\]"
_ADDRESS = re.compile(rf"{_PART}{{1,64}}@{_PART}{{1,255}}")


def plain_address(text: str | None) -> str | None:
    """Read one address.

    Args:
        text: an address, alone or with a name before it.

    Returns:
        The address alone with its domain in ASCII, or None when letters cannot go there.
    """
    if not text or len(text) > LONGEST * 4:
        return None
    written = text.strip()
    address = parseaddr(written)[1] if "<" in written else written
    if len(address) > LONGEST or not _ADDRESS.fullmatch(address):
        return None
    mailbox, _, domain = address.rpartition("@")
    try:
        plain = f"{mailbox}@{domain.encode('idna').decode('ascii').lower()}"
    except UnicodeError:
        return None
    # Again: the ASCII form of a strange letter may hold a space.
    return plain if _ADDRESS.fullmatch(plain) else None


def domain_of(address: str) -> str:
    """Give the domain of an address; `localhost` when it has none."""
    return address.rpartition("@")[2] or "localhost"

"""Where passkeys of this portal work: at its own public address, and at no other."""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from portal.errors import Refused
from portal.marking import marked
from portal.work import Work


class PasskeyRefused(Refused):
    """A browser's answer that does not hold: another address, key, person or question."""

    message = marked(
        "That passkey did not work here. Try again, or sign in with your password and a code."
    )


@dataclass(frozen=True)
class Place:
    """Where passkeys of this portal work: the host, and the whole origin, of its public address."""

    host: str
    origin: str


def place(public_url: str) -> Place | None:
    """Where this portal's passkeys work.

    Args:
        public_url: the portal's own address, from its settings and never from a request.

    Returns:
        None where browsers make none: at an address that is a number, or without TLS (other than
        at localhost).

    Source:
        WebAuthn Level 2, 5.1.3 and 5.1.4: the RP ID is a domain of a secure context.
    """
    parts = urlsplit(public_url)
    host = (parts.hostname or "").lower()
    if not host or (parts.scheme != "https" and host != "localhost"):
        return None
    try:
        ip_address(host)
    except ValueError:
        usual = {"https": 443, "http": 80}[parts.scheme]
        port = "" if parts.port in (None, usual) else f":{parts.port}"
        return Place(host, f"{parts.scheme}://{host}{port}")
    return None


def here(work: Work) -> Place:
    """Where passkeys of this portal work.

    Raises:
        PasskeyRefused: nowhere, because of its address.
    """
    found = place(work.settings.public_url)
    if found is None:
        raise PasskeyRefused(marked("Passkeys do not work at this portal’s address."))
    return found

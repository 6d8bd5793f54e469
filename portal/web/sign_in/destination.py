"""Where a person goes after signing in: their own area, or the page of ours that they came for."""

from urllib.parse import urlsplit

from portal.access.acts import Act
from portal.access.permission import answer
from portal.access.person import Person

# Each area of signed-in pages, and what one must be allowed to do to have any business there.
AREAS = (
    ("/officers/", Act.LIST),
    ("/investigators/", Act.LIST_ASSIGNED),
    ("/advocates/", Act.FOLLOW_LIST),
    ("/administration/", Act.ADMINISTER),
    ("/audit/", Act.READ_AUDIT),
)
OWN = "/account/"


def home_of(person: Person) -> str:
    """The first page of somebody who is signed in: the first area that is theirs."""
    return next((path for path, act in AREAS if answer(person, act).allowed), OWN)


def after_sign_in(person: Person, wanted: str | None) -> str:
    """The page to go to.

    Args:
        person: who signed in.
        wanted: the `next` of the address, which anybody can have written.

    Returns:
        `wanted` where it is a path of this site that the person may have come from; their own
        first page otherwise.
    """
    if wanted is None or not is_own_path(wanted):
        return home_of(person)
    closed = tuple(path for path, act in AREAS if not answer(person, act).allowed)
    return home_of(person) if wanted.startswith(closed) else wanted


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

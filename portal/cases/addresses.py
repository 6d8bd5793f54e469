"""E-mail addresses, telephone numbers, postal addresses and names in the plain form that equality
is asked in."""

import re
from email.utils import parseaddr

from portal.columns import keyed_hash
from portal.correspondence.phone_number import number_key

_POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][0-9A-Z]?)\s*([0-9][A-Z]{2})\b", re.IGNORECASE)
_NUMBER = re.compile(r"\b[0-9]+[a-z]?\b", re.IGNORECASE)


def plain_email(text: str) -> str:
    """The address alone, in lower case; empty when there is none."""
    address = parseaddr(text.strip())[1] or text.strip()
    return address.casefold() if "@" in address else ""


def email_key(text: str) -> str:
    """The keyed hash that finds one address again."""
    return keyed_hash(plain_email(text), "email")


def phone_key(text: str) -> str:
    """The keyed hash of a telephone number: digits only, +44 read as 0."""
    return number_key(text)


def name_key(text: str) -> str:
    """The keyed hash of a name: lower case, one space between its parts."""
    return keyed_hash(" ".join(text.casefold().split()), "name")


def address_key(text: str) -> str | None:
    """The keyed hash of a postal address: of its postcode with the numbers of flat and house before
    it, or with its first line where there are none.

    Returns:
        None where no postcode can be read in it: a street alone is many people's.
    """
    found = list(_POSTCODE.finditer(text))
    if not found:
        return None
    before = text[: found[-1].start()].casefold()
    numbers = _NUMBER.findall(before)
    first_line = next((line for line in re.split(r"[\n,]", before) if line.strip()), "")
    house = "-".join(numbers) if numbers else " ".join(first_line.split())
    postcode = "".join(found[-1].groups()).upper()
    return keyed_hash(f"{house} {postcode}", "address") if house else None

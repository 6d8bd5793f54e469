"""E-mail addresses, telephone numbers and names in the plain form that equality is asked in."""

from email.utils import parseaddr

from portal.columns import keyed_hash
from portal.correspondence.phone_number import number_key


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

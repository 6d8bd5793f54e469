"""Telephone numbers: the plain form in which they are equal, and what a text can go to."""

import re

from portal.columns import keyed_hash

# A mobile number of the United Kingdom; texts to a landline are read out at any hour.
_BRITISH = re.compile(r"\+447[0-9]{9}")
_ABROAD = re.compile(r"\+(?!44)[1-9][0-9]{7,14}")


def number_key(text: str) -> str:
    """The keyed hash of a telephone number: digits only, +44 read as 0."""
    digits = re.sub(r"\D", "", text)
    return keyed_hash(re.sub(r"^(0044|44)", "0", digits), "phone")


def mobile_number(text: str | None) -> str | None:
    """Read a number that a text can go to.

    Args:
        text: the number as it was typed, with spaces, brackets and hyphens.

    Returns:
        The number with its country, such as +447700900982; None where no text can go there.
    """
    plain = re.sub(r"[\s().\-]", "", (text or "").replace("(0)", ""))
    plain = re.sub(r"^00", "+", plain)
    plain = re.sub(r"^0(?=7)", "+44", plain)
    plain = re.sub(r"^44(?=7)", "+44", plain)
    return plain if _BRITISH.fullmatch(plain) or _ABROAD.fullmatch(plain) else None

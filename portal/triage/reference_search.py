"""Finding by reference: whole, or its beginning as people type it."""

from sqlalchemy import ColumnElement, false

from portal.cases.references import read_reference
from portal.records.feedback import Feedback


def matches(search: str) -> ColumnElement[bool]:
    """The condition on `feedback` for what somebody typed; other text finds nothing."""
    whole = read_reference(search)
    if whole is not None:
        return Feedback.reference == whole
    plain = "".join(char for char in search.upper() if char.isalnum())[:8]
    if not plain:
        return false()
    shown = plain if len(plain) <= 4 else f"{plain[:4]}-{plain[4:]}"
    return Feedback.reference.startswith(shown, autoescape=True)

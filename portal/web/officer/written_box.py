"""A box in which an officer must write something: the shape of every form that asks for words."""

from typing import Any

from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from portal.web.officer.decision_form import LONGEST_LETTER, at_most
from portal.web.widgets import TextArea


def written_box(
    label: str, hint: str, missing: str, *, shortest: int = 1, longest: int = LONGEST_LETTER
) -> TextAreaField:
    """Give a box that must be filled.

    Args:
        label: what is asked.
        hint: what to write, or nothing.
        missing: the sentence for a box that is empty or has less than `shortest`.
        shortest: how many characters are the least that says something.
        longest: how many are kept.
    """
    checks: list[Any] = [DataRequired(missing), at_most(longest)]
    if shortest > 1:
        checks.insert(1, Length(min=shortest, message=missing))
    return TextAreaField(label, description=hint, validators=checks, widget=TextArea())

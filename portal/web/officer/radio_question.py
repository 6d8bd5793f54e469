"""One question of an officer's form, answered by one of a vocabulary's codes."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from portal.web.officer.decision_form import one_of
from portal.web.widgets import Radios

Code = TypeVar("Code", bound=StrEnum)


def asked(
    label: str,
    words: Mapping[Code, str],
    sentence: str,
    hint: str = "",
) -> RadioField:
    """Make the question.

    Args:
        label: the question.
        words: each code that may be chosen, with what the page calls it; at least one.
        sentence: what is said where none of them was chosen.
        hint: what stands under the question.
    """
    kind = type(next(iter(words)))
    return RadioField(
        label,
        description=hint,
        choices=[SelectChoice(code.value, text) for code, text in words.items()],
        validators=[one_of(kind, sentence)],
        widget=Radios(classes="govuk-radios--small"),
        validate_choice=False,
    )

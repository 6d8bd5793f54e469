"""The values of a council's file: texts, addresses and colours, checked as they are read."""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

WHITE_ON = 4.5
"""The contrast that white words need on a colour (WCAG 2.2, 1.4.3)."""

TELLING = re.compile(r"complain|child|famil|social|care|safeguard|court|abuse", re.IGNORECASE)
"""What may not stand where somebody glancing at a phone reads it."""


def _colour(value: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise ValueError(f'"{value}" is not a colour. Write # and six digits, like "#00407a"')
    contrast = 1.05 / (_luminance(value) + 0.05)
    if contrast < WHITE_ON:
        raise ValueError(
            f"white words cannot be read on {value} (contrast {contrast:.1f}, needs {WHITE_ON})."
            " Choose a darker colour"
        )
    return value.lower()


def _luminance(colour: str) -> float:
    """Give the relative luminance of an sRGB colour, as WCAG 2.2 defines it."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _neutral(value: str) -> str:
    if told := TELLING.search(value):
        raise ValueError(
            f'"{told[0]}" tells a bystander what the letter is about. Use neutral words'
        )
    return value


def _no_initials(value: str) -> str:
    if re.search(r"\bLAC\b", value):
        raise ValueError('the public is never shown "LAC". Write "children in care"')
    return value


def _email(value: str) -> str:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value):
        raise ValueError(f'"{value}" is not an e-mail address. Write it like team@council.example')
    return value


def _tag_code(value: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9-]{1,29}", value):
        raise ValueError(
            f'"{value}" is not a code for a tag. Write small letters, digits and hyphens, like'
            ' "new-policy"'
        )
    return value


Text = Annotated[str, Field(min_length=1)]
TagCode = Annotated[str, AfterValidator(_tag_code)]
Email = Annotated[str, AfterValidator(_email)]
PublicText = Annotated[Text, AfterValidator(_no_initials)]
NeutralText = Annotated[Text, AfterValidator(_neutral)]
Colour = Annotated[str, AfterValidator(_colour)]
Length = Annotated[int, Field(ge=1)]


class Entry(BaseModel):
    """A table of the file: nothing unknown in it, and nobody changes it after the start."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

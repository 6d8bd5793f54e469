"""A council's one colour, made into the colours of a page that everyone can read.

The council gives one colour. What is written on it, and what is written in it on white, follow
from the contrast that WCAG 2.2 asks for (1.4.3: 4.5 to 1), not from anyone's taste.
"""

import colorsys
import re

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
# A little more than the 4.5 of WCAG 2.2, because links also stand on tinted surfaces.
_CONTRAST = 5.2
_WHITE = (1.0, 1.0, 1.0)
_BLACK = (0.0, 0.0, 0.0)
_INK = (11 / 255, 12 / 255, 12 / 255)
_STEP = 0.02

Colour = tuple[float, float, float]


def theme_css(brand_colour: str) -> str:
    """Return the stylesheet that gives a page its council's colours.

    Args:
        brand_colour: as `#rrggbb`.

    Returns:
        Custom properties only; the built stylesheet holds every rule that uses them.

    Raises:
        ValueError: the colour is not `#rrggbb`.
    """
    brand = parse_colour(brand_colour)
    # Black and not ink: between the two, for some middle tones, lies the 4.5 that is asked for.
    text = max(_WHITE, _BLACK, key=lambda candidate: contrast(brand, candidate))
    strong = darkened_until_readable(brand)
    properties = {
        "--govuk-brand-colour": brand,
        "--govuk-template-background-colour": _mixed(strong, _WHITE, 0.95),
        "--govuk-surface-background-colour": _mixed(strong, _WHITE, 0.95),
        "--govuk-surface-border-colour": _mixed(strong, _WHITE, 0.7),
        "--heard-brand": brand,
        "--heard-brand-text": text,
        "--heard-brand-line": _mixed(strong, _INK, 0.35),
        "--heard-mark": strong,
    }
    if not means_danger(brand):
        properties |= {
            "--govuk-link-colour": strong,
            "--govuk-link-hover-colour": _mixed(strong, _INK, 0.5),
            "--heard-button": strong,
            "--heard-button-hover": _mixed(strong, _INK, 0.25),
            "--heard-button-shadow": _mixed(strong, _INK, 0.5),
        }
    lines = "".join(f"  {name}: {_hex(colour)};\n" for name, colour in properties.items())
    return f":root {{\n{lines}}}\n"


def parse_colour(text: str) -> Colour:
    """Return red, green and blue between 0 and 1.

    Args:
        text: the colour as `#rrggbb`.

    Returns:
        The three parts.

    Raises:
        ValueError: it is written otherwise.
    """
    if not _HEX.fullmatch(text):
        raise ValueError("The brand colour must be written as #rrggbb, for example #1d4f73")
    red, green, blue = (int(text[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours, from 1 (the same) to 21 (black on white).

    Args:
        one: either colour.
        other: the other one.

    Returns:
        The ratio. Source: WCAG 2.2, definition of contrast ratio.
    """
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def darkened_until_readable(colour: Colour) -> Colour:
    """Return the colour, made darker only as far as it must be to be read on white.

    Args:
        colour: any colour.

    Returns:
        The same hue with enough contrast on white.
    """
    while contrast(colour, _WHITE) < _CONTRAST:
        colour = _mixed(colour, _INK, _STEP)
    return colour


def means_danger(colour: Colour) -> bool:
    """Return whether people would read the colour as a warning.

    A council whose colour is red keeps it in its header. Links and buttons stay as they are,
    because on these pages red text is an error and a red button does harm.

    Args:
        colour: the council's colour.

    Returns:
        True for strong reds.
    """
    hue, _, saturation = colorsys.rgb_to_hls(*colour)
    return saturation > 0.4 and (hue < 20 / 360 or hue > 335 / 360)


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
        for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (a + (b - a) * share for a, b in zip(one, other, strict=True))
    return red, green, blue


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)

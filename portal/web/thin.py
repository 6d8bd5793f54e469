"""Pages without the indentation of their templates: a third of a form's bytes, on a bad line."""

import re
from typing import Any

from flask import render_template

_INDENT = re.compile(r"\n\s+")
# Each begins a line of its own wherever it stands, so that a line break beside it shows nothing.
_BLOCKS = (
    "body|dd|div|dl|dt|fieldset|footer|form|h1|h2|head|header|label|legend|li|link|main|meta|nav|"
    "option|p|section|select|title|ul"
)
_BEFORE = re.compile(rf"\n(?=</?(?:{_BLOCKS})\b)")
_AFTER = re.compile(rf"(</?(?:{_BLOCKS})\b[^<>]*>)\n")


def thin_page(template: str, **facts: Any) -> str:
    """Make a page without indentation, empty lines and line breaks beside blocks.

    Args:
        template: one that writes line breaks of people's words as references, as boxes do: those
            keep every space.
        facts: what the template takes.

    Returns:
        The page.
    """
    return thin(render_template(template, **facts))


def thin(page: str) -> str:
    """Take out of a page what nobody sees: see `thin_page`."""
    return _AFTER.sub(r"\1", _BEFORE.sub("", _INDENT.sub("\n", page)))

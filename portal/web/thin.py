"""Pages without the indentation of their templates: a third of a form's bytes, on a bad line."""

import re

_INDENT = re.compile(r"\n\s+")


def thin(page: str) -> str:
    """Take the indentation and the empty lines out of a page.

    Args:
        page: one that shows nobody's words but in boxes, where line breaks are written as
            references: those keep every space.
    """
    return _INDENT.sub("\n", page)

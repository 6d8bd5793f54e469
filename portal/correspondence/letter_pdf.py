"""Letters as PDF, tagged for people who cannot see them.

Where PDFs cannot be set, the same page is printed from a browser, and nothing else is different.
"""

import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from portal.correspondence import tagged_pdf
from portal.correspondence.print_queue import Sheet
from portal.council import Council
from portal.wording import day_in

PAPER = Path(__file__).with_name("paper")
WHAT_TO_INSTALL = (
    "Letters cannot be made as PDF here, so each opens as a page that you print from the browser. "
    "For PDF, an administrator installs the library Pango on the server (on Debian the packages "
    "libpango-1.0-0 and libpangoft2-1.0-0) and WeasyPrint, and starts the web process again."
)


def is_possible() -> bool:
    """Whether PDFs can be set on this machine."""
    return tagged_pdf.is_possible()


def as_html(sheets: Sequence[Sheet], council: Council) -> str:
    """The page of one letter or of several, for paper.

    Args:
        sheets: the letters.
        council: whose letters they are.
    """
    template = _environment().get_template("letters.html")
    return template.render(title=title_of(sheets), sheets=sheets, council=council)


def as_pdf(sheets: Sequence[Sheet], council: Council) -> bytes:
    """One letter or several in one PDF, each with a bookmark; PDF/UA-1.

    Args:
        sheets: the letters.
        council: whose letters they are.

    Raises:
        RuntimeError: `is_possible` says no.
    """
    return tagged_pdf.from_html(as_html(sheets, council))


def title_of(sheets: Sequence[Sheet]) -> str:
    """What a reader's window is called: the letter's neutral subject."""
    return sheets[0].subject if len(sheets) == 1 else f"{len(sheets)} letters"


@lru_cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(os.fspath(PAPER)), undefined=StrictUndefined, autoescape=True
    )
    environment.filters["day"] = day_in
    return environment

"""Letters as PDF, tagged for people who cannot see them. The only file that sets PDFs.

WeasyPrint and the library Pango that it needs may be missing: then the same page is printed from a
browser, and nothing else is different.
"""

import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from portal.correspondence.print_queue import Sheet
from portal.council import Council
from portal.procedures.working_days import in_full

PAPER = Path(__file__).with_name("paper")
WHAT_TO_INSTALL = (
    "Letters cannot be made as PDF here, so each opens as a page that you print from the browser. "
    "For PDF, an administrator installs the library Pango on the server (on Debian the packages "
    "libpango-1.0-0 and libpangoft2-1.0-0) and WeasyPrint, and starts the web process again."
)


def is_possible() -> bool:
    """Whether PDFs can be set on this machine."""
    return _weasyprint() is not None


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
    weasyprint = _weasyprint()
    if weasyprint is None:
        raise RuntimeError("There is no WeasyPrint here: ask is_possible first.")
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=["data"])
    page = weasyprint.HTML(string=as_html(sheets, council), url_fetcher=fetcher)
    pdf: bytes = page.write_pdf(pdf_variant="pdf/ua-1")
    return pdf


def title_of(sheets: Sequence[Sheet]) -> str:
    """What a reader's window is called: the letter's neutral subject."""
    return sheets[0].subject if len(sheets) == 1 else f"{len(sheets)} letters"


def _weasyprint() -> Any:
    try:
        # Imported here, and nowhere else: without Pango the import itself fails.
        import weasyprint
        import weasyprint.urls
    except (ImportError, OSError):
        return None
    return weasyprint


@lru_cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(os.fspath(PAPER)), undefined=StrictUndefined, autoescape=True
    )
    environment.filters["day"] = in_full
    return environment

"""Letters as they leave for paper: a PDF to save, or a page that a browser prints."""

from collections.abc import Sequence
from typing import Any

from flask import Response
from werkzeug.datastructures import Headers

from portal.correspondence import letter_pdf
from portal.correspondence.print_queue import Sheet
from portal.council import Council
from portal.web.officer.sandboxed import FileAnswer

# The page holds its own few styles and nothing else: no script, no picture, no form.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-modals"


class PageToPrint(Response):
    """A page for paper. Its policy is set last, because every page's own is set after the view."""

    def get_wsgi_headers(self, environ: Any) -> Headers:
        """Give the headers as they leave, with the policy of this page."""
        headers = super().get_wsgi_headers(environ)
        headers["Content-Security-Policy"] = POLICY
        return headers


def answer(sheets: Sequence[Sheet], council: Council, name: str) -> Response:
    """Give letters for paper.

    Args:
        sheets: the letters, at least one.
        council: whose they are.
        name: what the saved file is called, without its ending.
    """
    if letter_pdf.is_possible():
        pdf = letter_pdf.as_pdf(sheets, council)
        return FileAnswer.of(pdf, f"{name}.pdf", "application/pdf")
    return PageToPrint(letter_pdf.as_html(sheets, council), content_type="text/html; charset=utf-8")

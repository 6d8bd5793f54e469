"""The report as PDF/UA, set from the same HTML as the file."""

from portal.correspondence import tagged_pdf
from portal.reports.annual.table import AnnualReport
from portal.reports.forms import html_form


def is_possible() -> bool:
    """Whether PDFs can be set on this machine."""
    return tagged_pdf.is_possible()


def as_pdf(report: AnnualReport) -> bytes:
    """Set a report, with bookmarks, a list of contents and page numbers.

    Raises:
        RuntimeError: `is_possible` says no.
    """
    return tagged_pdf.from_html(html_form.as_html(report))

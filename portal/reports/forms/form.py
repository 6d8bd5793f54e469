"""The forms in which a report can be had."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from portal.marking import marked
from portal.reports.annual.table import AnnualReport
from portal.reports.forms import csv_form, docx_form, html_form, json_form, pdf_form


class Form(StrEnum):
    """One form of the same report."""

    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    CSV = "csv"
    JSON = "json"


WRITERS: Mapping[Form, Callable[[AnnualReport], bytes]] = {
    Form.HTML: lambda report: html_form.as_html(report).encode(),
    Form.PDF: pdf_form.as_pdf,
    Form.DOCX: docx_form.as_docx,
    Form.CSV: csv_form.as_zip,
    Form.JSON: json_form.as_json,
}
CONTENT_TYPES: Mapping[Form, str] = {
    Form.HTML: "text/html; charset=utf-8",
    Form.PDF: "application/pdf",
    Form.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Form.CSV: "application/zip",
    Form.JSON: "application/json",
}
ENDINGS: Mapping[Form, str] = {**{form: form.value for form in Form}, Form.CSV: "csv.zip"}
WORDS: Mapping[Form, str] = {
    Form.HTML: marked("one web page"),
    Form.PDF: marked("PDF, for reading and printing"),
    Form.DOCX: marked("Word document, for editing"),
    Form.CSV: marked("tables as CSV files, in a zip"),
    Form.JSON: marked("figures as JSON"),
}


class CannotSet(Exception):
    """A form that this machine cannot make."""

    def __init__(self) -> None:
        """Say what is missing."""
        super().__init__(
            "PDF cannot be made here: the library Pango and WeasyPrint are missing. Ask an"
            " administrator to install them, or take another form."
        )


def possible() -> tuple[Form, ...]:
    """The forms that this machine can make."""
    return tuple(form for form in Form if form is not Form.PDF or pdf_form.is_possible())


def written(report: AnnualReport, form: Form) -> bytes:
    """Write a report in one of its forms.

    Raises:
        CannotSet: this machine has not what it takes.
    """
    if form not in possible():
        raise CannotSet
    return WRITERS[form](report)

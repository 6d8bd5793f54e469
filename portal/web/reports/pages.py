"""The published annual reports, for everybody: each as it was published, with what corrects it."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from portal.db import db
from portal.procedures.reporting_year import NotAReportingYear, ReportingYear
from portal.records.published_report import PublishedReport
from portal.reports import extract, publishing
from portal.reports.forms import titles
from portal.reports.forms.form import CONTENT_TYPES, ENDINGS, WORDS, Form
from portal.web.access import Access, opens_to
from portal.web.officer.sandboxed import FileAnswer

pages = Blueprint("reports", __name__)


@pages.get("/annual-reports")
@opens_to(Access.EVERYONE)
def reports() -> ResponseReturnValue:
    """Every year that was published."""
    found = [(ReportingYear.named(one.year), one) for one in publishing.listed(db.session())]
    return render_template("reports/list.html", reports=found)


@pages.get("/annual-reports/<year>")
@opens_to(Access.EVERYONE)
def report(year: str) -> ResponseReturnValue:
    """A year's report as it stands, with its supplements."""
    return _page(_editions_or_404(year), None)


@pages.get("/annual-reports/<year>/editions/<number>")
@opens_to(Access.EVERYONE)
def edition(year: str, number: str) -> ResponseReturnValue:
    """One edition: the report (0) or a supplement."""
    return _page(_editions_or_404(year), number)


@pages.get("/annual-reports/<year>/editions/<number>/<form_name>")
@opens_to(Access.EVERYONE)
def file(year: str, number: str, form_name: str) -> ResponseReturnValue:
    """An edition as a file, byte for byte as it was published."""
    if form_name not in set(Form):
        abort(404)
    found, form = _edition_or_404(_editions_or_404(year), number), Form(form_name)
    content = publishing.file_of(db.session(), found, form)
    if content is None:
        abort(404)
    supplement = f"-supplement-{number}" if found.number else ""
    name = f"annual-report-{year}{supplement}.{ENDINGS[form]}"
    return FileAnswer.of(content, name, CONTENT_TYPES[form])


def _page(editions: list[PublishedReport], number: str | None) -> str:
    shown = editions[0] if number is None else _edition_or_404(editions, number)
    found = extract.from_values(shown.extract)
    page = publishing.file_of(db.session(), shown, publishing.PAGE) or b""
    return render_template(
        "reports/report.html",
        report=found,
        title=titles.title_of(found),
        about=titles.about(found),
        body=Markup(page.decode()),  # noqa: S704  html_form made it of what it escaped
        shown=shown,
        editions=editions,
        files=[(form.value, WORDS[form]) for form in publishing.forms_of(db.session(), shown)],
    )


def _editions_or_404(year: str) -> list[PublishedReport]:
    try:
        found = publishing.editions(db.session(), ReportingYear.named(year))
    except NotAReportingYear:
        abort(404)
    return list(found) or abort(404)


def _edition_or_404(editions: list[PublishedReport], number: str) -> PublishedReport:
    return next((one for one in editions if str(one.number) == number), None) or abort(404)

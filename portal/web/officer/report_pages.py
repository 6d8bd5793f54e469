"""The annual report for those who work on it, and its quarters and teams for heads of service."""

from collections.abc import Collection, Sequence

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from portal import audit, clock
from portal.access.acts import Act
from portal.db import db
from portal.many_questions import among
from portal.records.feedback import Feedback
from portal.reports import asking, no_cases, publishing
from portal.reports.annual.table import AnnualReport, ReportTable
from portal.reports.forms import html_form, titles
from portal.reports.forms.form import CONTENT_TYPES, ENDINGS, WORDS, Form, possible, written
from portal.web.access import may, opens_to, visible
from portal.web.officer import report_shown as shown
from portal.web.officer.blueprint import pages, staff
from portal.web.officer.report_forms import WhichForm
from portal.web.officer.sandboxed import FileAnswer
from portal.work import begin_work, council, counting_council

# On one page; the rest of a figure's matters stand on the next ones.
MOST_SHOWN = 200
LONGEST_PAGE = 7
# A table of a report has far fewer rows than this.
NUMBERS = tuple(str(number) for number in range(2_000))


@pages.get("/annual-report")
@opens_to(Act.SEE_REPORT)
def reports() -> ResponseReturnValue:
    """The years, and how far the report of each has come."""
    years = asking.years(counting_council(db.session()), clock.today())
    form = WhichForm(request.args, meta={"csrf": False})
    form.offer(years, shown.teams(), council())
    if form.year.data and "year" in request.args:
        asked = shown.question(form.year.data)
        return redirect(url_for("officer.report", **shown.address_values(asked)))
    with begin_work(staff()) as work:
        audit.note(work, "reports_viewed")
    published = {one.year: one for one in publishing.listed(db.session())}
    return render_template("officer/reports.html", form=form, years=years, published=published)


@pages.get("/annual-report/<year>")
@opens_to(Act.SEE_REPORT)
def report(year: str) -> ResponseReturnValue:
    """A report with its checks in sight; each figure leads to its cases."""
    asked = shown.question(year)
    found = shown.report_of(asked, anew=_wants_draft())
    _note("report_viewed")
    values = shown.address_values(asked)
    if _wants_draft():
        values["draft"] = "1"

    def way(table: ReportTable, row: int, column: int) -> str | None:
        return url_for("officer.report_figure", table_id=table.id, row=row, column=column, **values)

    return render_template(
        "officer/report.html",
        asked=asked,
        report=found,
        title=titles.title_of(found),
        about=titles.about(found),
        body=html_form.body(found, way),
        files=[(form.value, WORDS[form]) for form in possible()],
        values=values,
        published=publishing.latest(db.session(), asked.year) if asked.whole else None,
        is_draft=_wants_draft(),
    )


@pages.get("/annual-report/<year>/file/<form_name>")
@opens_to(Act.SEE_REPORT, fresh=True)
def report_file(year: str, form_name: str) -> ResponseReturnValue:
    """The same as a file."""
    if form_name not in {form.value for form in possible()}:
        abort(404)
    asked, form = shown.question(year), Form(form_name)
    content = written(shown.report_of(asked, anew=_wants_draft()), form)
    _note("report_saved")
    name = "-".join(("report", *shown.address_values(asked).values()))
    return FileAnswer.of(content, f"{name}.{ENDINGS[form]}", CONTENT_TYPES[form])


@pages.get("/annual-report/<year>/figure/<table_id>/<row>/<column>")
@opens_to(Act.SEE_REPORT)
def report_figure(year: str, table_id: str, row: str, column: str) -> ResponseReturnValue:
    """The matters behind a figure, as far as they are open to whoever asks."""
    asked = shown.question(year)
    found = shown.report_of(asked, anew=_wants_draft())
    table, at, of = _figure_or_404(found, table_id, row, column)
    cell = table.rows[at][of]
    values = shown.address_values(asked) | ({"draft": "1"} if _wants_draft() else {})
    with begin_work(staff()) as work:
        matters, total = _of_page(work.session, cell.matters, _page_asked())
        for one in matters:
            audit.note(work, "listed_behind_figure", one, [table.id])
        audit.note(work, "report_figure_viewed", None, [table.id])
    pages_of = max(1, -(-total // MOST_SHOWN))
    page = min(_page_asked(), pages_of)
    return render_template(
        "officer/report_figure.html",
        asked=asked,
        table=table,
        heading=table.rows[at][0].text,
        column=table.columns[of],
        cell=cell,
        matters=matters,
        total=total,
        first=(page - 1) * MOST_SHOWN + 1,
        page=page,
        pages=pages_of,
        place={"table_id": table.id, "row": row, "column": column, **values},
        reason=no_cases.reason(table, cell),
        closed=len(set(cell.matters)) - total,
        values=values,
    )


def _of_page(
    session: Session, matters: Collection[int], page: int
) -> tuple[Sequence[Feedback], int]:
    """The matters of one page of a list, the last page where it has fewer, and how many matters of
    all of it are open to whoever asks: in one statement."""
    order = (Feedback.received_on, Feedback.id)
    listed = (
        select(
            Feedback.id,
            func.row_number().over(order_by=order).label("place"),
            func.count().over().label("total"),
        )
        .where(among(session, Feedback.id, matters), visible(Act.READ))
        .subquery("listed")
    )
    last = (listed.c.total + MOST_SHOWN - 1) // MOST_SHOWN
    first = (case((last < page, last), else_=page) - 1) * MOST_SHOWN
    wanted = (
        select(Feedback, listed.c.total)
        .join(listed, listed.c.id == Feedback.id)
        .where(listed.c.place > first, listed.c.place <= first + MOST_SHOWN)
        .order_by(listed.c.place)
    )
    found = session.execute(wanted).all()
    return [one for one, _ in found], found[0].total if found else 0


def _wants_draft() -> bool:
    """Whether the draft is asked for although the year is published: by those who write it."""
    return request.args.get("draft") == "1" and may(Act.WRITE_REPORT)


def _page_asked() -> int:
    """Which page of a list is asked for; the first where that is no number."""
    asked = request.args.get("page", "1")
    sound = asked.isascii() and asked.isdecimal() and len(asked) < LONGEST_PAGE
    return max(1, int(asked)) if sound else 1


def _figure_or_404(
    found: AnnualReport, table_id: str, row: str, column: str
) -> tuple[ReportTable, int, int]:
    """A table, and where in it the figure of an address stands."""
    try:
        table, at, of = found.table(table_id), NUMBERS.index(row), NUMBERS.index(column)
        table.rows[at][of]
    except (LookupError, ValueError):
        abort(404)
    return table, at, of


def _note(act: str) -> None:
    with begin_work(staff()) as work:
        audit.note(work, act)

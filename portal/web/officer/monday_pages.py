"""The Monday view: what heads of service and managers look at once a week, of their own teams."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import audit, clock
from portal.access.acts import Act, Reach
from portal.access.person import Person
from portal.db import db
from portal.procedures.vocabulary import Team
from portal.reports.annual.table import ReportTable
from portal.reports.forms import html_form
from portal.reports.monday import making
from portal.reports.monday.making import BY_ID, Half, MondayView
from portal.reports.monday.week import Week
from portal.web.access import opens_to, visible
from portal.web.officer import monday_agreement, monday_figure_list
from portal.web.officer.blueprint import pages, staff
from portal.work import begin_work, council

LONGEST_ID = 40
# A table of the view has far fewer rows and columns than this.
NUMBERS = tuple(str(number) for number in range(200))


@pages.get("/monday")
@opens_to(Act.SEE_MONDAY_VIEW)
def monday() -> ResponseReturnValue:
    """What is in hand today."""
    return _page(making.view(_week(Half.NOW), Half.NOW), Half.NOW)


@pages.get("/monday/months")
@opens_to(Act.SEE_MONDAY_VIEW)
def monday_months() -> ResponseReturnValue:
    """How this month and the five before it went."""
    week = _week(Half.MONTHS)
    found = making.view(week, Half.MONTHS)
    chapter = monday_agreement.chapter(db.session(), week.months, week.today)
    return _page(MondayView((*found.chapters, chapter)), Half.MONTHS)


@pages.get("/monday/figure/<figure_id>/<row>/<column>")
@opens_to(Act.SEE_MONDAY_VIEW)
def monday_figure(figure_id: str, row: str, column: str) -> ResponseReturnValue:
    """The cases behind a figure, the oldest first, page by page."""
    half = half_of(figure_id) or abort(404)
    table = _table(figure_id, half)
    try:
        at, of = NUMBERS.index(row), NUMBERS.index(column)
        heading, cell = table.rows[at][0], table.rows[at][of]
    except (LookupError, ValueError):
        abort(404)
    after = request.args.get("after", "")[:LONGEST_ID] or None
    with begin_work(staff()) as work:
        found = monday_figure_list.page(work.session, cell.matters, visible(Act.READ), after)
        with audit.gathered(work):
            audit.note(work, "monday_figure_viewed", None, [table.id])
            for one in found.matters:
                audit.note(work, "listed_behind_figure", one, [table.id])
        listed = [(one.public_id, one.reference, one.received_on) for one in found.matters]
    return render_template(
        "officer/monday_figure.html",
        table=table,
        heading=heading,
        column=table.columns[of],
        cell=cell,
        half=half,
        matters=listed,
        total=found.total,
        closed=len(set(cell.matters)) - found.total,
        place={"figure_id": table.id, "row": row, "column": column},
        after=after,
        following=found.after,
    )


def _page(found: MondayView, half: Half) -> ResponseReturnValue:
    teams = _own_teams()
    return render_template(
        "officer/monday.html",
        body=html_form.body(found, _way),
        chapters=found.chapters,
        half=half,
        halves=Half,
        today=clock.today(),
        teams=None
        if teams is None
        else sorted(council().team(team).officer_label for team in teams),
    )


def _way(table: ReportTable, row: int, column: int) -> str | None:
    return url_for("officer.monday_figure", figure_id=table.id, row=row, column=column)


def half_of(figure_id: str) -> Half | None:
    """On which page a figure stands; None of what is no figure."""
    if figure_id == monday_agreement.ID:
        return Half.MONTHS
    made = BY_ID.get(figure_id)
    return next((half for half in Half if made in _figures_of(half)), None)


def _table(figure_id: str, half: Half) -> ReportTable:
    week = _week(half)
    if figure_id == monday_agreement.ID:
        return monday_agreement.table(week.session, week.months, week.today)
    return BY_ID[figure_id](week)


def _week(half: Half) -> Week:
    """What the view is counted from, for whoever is signed in; the look is noted first."""
    with begin_work(staff()) as work:
        audit.note(work, "monday_viewed", None, [half.value])
        days_off = work.council
    return Week(db.session(), days_off, clock.today(), visible, _own_teams())


def _own_teams() -> frozenset[Team] | None:
    """The reader's own teams; None where their role opens the cases of every team."""
    person: Person = current_user.person
    return None if Reach.EVERY_MATTER in person.reaches(Act.READ) else person.teams


def _figures_of(half: Half) -> set[object]:
    return {made for group in making.FIGURES[half].values() for made in group}

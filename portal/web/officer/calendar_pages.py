"""Dates of cases as a calendar file: what is due, where, and nothing about anybody."""

from collections.abc import Iterable

from flask import Response, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import ColumnElement, or_

from portal import audit
from portal.access.acts import Act
from portal.access.standing import conditions
from portal.cases.clock_names import CLOCKS
from portal.cases.dates_due import Due, due
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.web import calendar_file
from portal.web.access import opens_to, visible
from portal.web.calendar_file import Day
from portal.web.officer.blueprint import feedback_or_404, pages, staff
from portal.work import Work, begin_work, settings

PROMISE = "Something promised is due"


@pages.get("/calendar.ics", endpoint="calendar")
@opens_to(Act.LIST)
def own_calendar() -> ResponseReturnValue:
    """The dates of the cases on one's own desk, of one's teams, and of those one was given."""
    with begin_work(staff()) as work:
        found = due(work.session, visible(), _on_my_desk(work))
        audit.note(work, "calendar_saved")
        return _file(work, found, "dates.ics")


@pages.get("/cases/<public_id>/dates.ics", endpoint="case_calendar")
@opens_to(Act.READ)
def case_calendar(public_id: str) -> ResponseReturnValue:
    """The dates of one case."""
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        found = due(work.session, Feedback.id == feedback.id)
        audit.note(work, "calendar_saved", feedback)
        return _file(work, found, f"{feedback.reference}.ics")


def _on_my_desk(work: Work) -> ColumnElement[bool]:
    person = current_user.person
    return or_(
        Case.officer_id == person.id,
        Case.team.in_(person.teams),
        conditions(person, work.today, work.now).given,
    )


def _file(work: Work, found: Iterable[Due], name: str) -> Response:
    return calendar_file.answer([_day(one) for one in found], work.now, name)


def _day(one: Due) -> Day:
    """The same date has the same key each time, so a second file moves it."""
    what = PROMISE if one.clock is None else CLOCKS[one.clock]
    link = settings().public_url + url_for("officer.case", public_id=one.public_id)
    return Day(one.key, one.on, f"{one.reference}: {what}", link)

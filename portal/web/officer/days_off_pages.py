"""Bank holidays that were proclaimed: added with a look at the dates that move, and taken back."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from portal.access.acts import Act
from portal.bank_holidays import bundled
from portal.cases import days_off
from portal.cases.days_off import IsADayOff, Moved
from portal.db import db
from portal.errors import Refused
from portal.procedures.working_days import in_full
from portal.records.added_holiday import AddedHoliday
from portal.records.feedback import Feedback
from portal.web.access import opens_to, visible
from portal.web.administration.forms import YesForm
from portal.web.dates import GovDateField
from portal.web.officer.blueprint import pages, staff
from portal.web.shown_first import ChangeForm, Place, Told, walk
from portal.web.widgets import TextInput
from portal.work import Work

LONGEST_TITLE = 80
HEAD = ("Case", "Date now", "Date then", "Moves by")


class DayOffForm(ChangeForm):
    """Which day, and what it is called."""

    refused_at: ClassVar[Mapping[type[Refused], str]] = {IsADayOff: "day"}

    day = GovDateField(
        "Which day?",
        description="For example, 10 5 2027",
        validators=[InputRequired("Enter the day")],
    )
    title = StringField(
        "What is it called?",
        description="Officers and the people who wrote see this beside each date that it moves.",
        validators=[
            InputRequired("Enter the day’s name"),
            Length(max=LONGEST_TITLE, message=f"The name can have {LONGEST_TITLE} characters"),
        ],
        widget=TextInput(),
    )


@pages.get("/bank-holidays", endpoint="days_off")
@opens_to(Act.SET_DAYS_OFF)
def days_off_page() -> str:
    """What was added, and until when the published list is known."""
    added = days_off.standing(db.session())
    return render_template(
        "officer/days_off.html", added=added, until=bundled().last_day, version=bundled().version
    )


@pages.route("/bank-holidays/new", methods=["GET", "POST"], endpoint="add_day_off")
@opens_to(Act.SET_DAYS_OFF)
def add() -> ResponseReturnValue:
    """Add one: the page before the last says which dates move, and by how much."""
    form = DayOffForm()

    def show() -> str:
        return render_template("officer/add_day_off.html", form=form)

    def deed(work: Work) -> Told:
        day = form.day.data
        assert isinstance(day, date), "The form has found a day."
        added, moved = days_off.add(work, day, form.title.data or "")
        return _told(work, f"Add {added.title}, {in_full(day)}", moved, "Add it", "is added")

    return walk(form, deed, _place(), show)


@pages.route(
    "/bank-holidays/<day_id>/take-back", methods=["GET", "POST"], endpoint="take_back_day_off"
)
@opens_to(Act.SET_DAYS_OFF)
def take_back(day_id: str) -> ResponseReturnValue:
    """Take one back."""
    _added_or_404(db.session(), day_id)

    def deed(work: Work) -> Told:
        added = _added_or_404(work.session, day_id)
        moved = days_off.take_back(work, added)
        heading = f"Take back {added.title}, {in_full(added.day)}"
        return _told(work, heading, moved, "Take it back", "is taken back")

    return walk(YesForm(), deed, _place())


def _told(work: Work, heading: str, moved: tuple[Moved, ...], button: str, done: str) -> Told:
    rows = _rows(work.session, moved)
    others = len(moved) - len(rows)
    lines = ["No open case’s date moves."] if not moved else []
    if rows:
        lines.append("These dates of open cases move. Each case’s page will say why.")
    if others:
        cases = "1 case" if others == 1 else f"{others} cases"
        lines.append(f"{cases} that you cannot see will move as well.")
    if moved:
        lines.append("Nobody is written to. Tell the people whose date you gave them moves.")
    return Told(
        heading=heading,
        done=f"The day {done}, and {_have_moved(len(moved))}.",
        to=url_for("officer.days_off"),
        lines=tuple(lines),
        head=HEAD if rows else (),
        rows=rows,
        button=button,
    )


def _rows(session: Session, moved: tuple[Moved, ...]) -> tuple[tuple[str, ...], ...]:
    """The dates that move, of the cases that the reader may see."""
    ids = [one.feedback_id for one in moved]
    wanted = select(Feedback.id, Feedback.reference).where(Feedback.id.in_(ids), visible())
    known = {row.id: row.reference for row in session.execute(wanted)}
    return tuple(
        (known[one.feedback_id], in_full(one.before), in_full(one.after), _by(one.by))
        for one in sorted(moved, key=lambda one: one.before)
        if one.feedback_id in known
    )


def _have_moved(many: int) -> str:
    if not many:
        return "no date has moved"
    return "1 date has moved" if many == 1 else f"{many} dates have moved"


def _by(days: int) -> str:
    amount = f"{abs(days)} day{'' if abs(days) == 1 else 's'}"
    return f"{amount} later" if days > 0 else f"{amount} earlier"


def _added_or_404(session: Session, day_id: str) -> AddedHoliday:
    found = session.scalar(select(AddedHoliday).where(AddedHoliday.public_id == day_id))
    return found if found is not None else abort(404)


def _place() -> Place:
    return Place(staff(), "officer/layout.html", url_for("officer.days_off"))

"""One point of complaint: changing its words, making several of it, taking it back."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal import audit
from portal.access.acts import Act
from portal.cases import points
from portal.db import db
from portal.errors import Refused
from portal.procedures.finding import LIVE
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.point import Point
from portal.web.access import opens_to
from portal.web.officer import procedure_words
from portal.web.officer.blueprint import pages, staff
from portal.web.officer.case_pages import found_or_404
from portal.web.officer.item_pages import words_of
from portal.web.officer.points_forms import (
    PointForm,
    SplitForm,
    WithdrawForm,
    refuse,
    version_of,
)
from portal.work import begin_work


@pages.get("/cases/<public_id>/points/<number>")
@opens_to(Act.CONDUCT)
def case_point(public_id: str, number: str) -> ResponseReturnValue:
    """One point, to change, split or withdraw it."""
    with begin_work(staff()) as work:
        feedback, case = found_or_404(work.session, public_id)
        point = _point(work.session, case, number)
        audit.note(work, "points_viewed", case)
    return _point_page(feedback, point)


@pages.post("/cases/<public_id>/points/<number>")
@opens_to(Act.CONDUCT)
def edit_point(public_id: str, number: str) -> ResponseReturnValue:
    """Change a point's words."""
    form = PointForm()
    feedback, case = found_or_404(db.session(), public_id)
    point = _point(db.session(), case, number)
    if not form.validate():
        return _point_page(feedback, point, edit=form), 422
    try:
        with begin_work(staff()) as work:
            case = _case(work.session, public_id)
            point = _point(work.session, case, number)
            points.edit(work, case, point, form.text.data or "", version_of(form))
    except points.ChangedMeanwhile as refused:
        return _changed(public_id, number, form, "text", refused, "edit")
    flash(f"Point {number} is changed. The person has not agreed to the new words yet.", "success")
    return _back(public_id)


@pages.post("/cases/<public_id>/points/<number>/split")
@opens_to(Act.CONDUCT)
def split_point(public_id: str, number: str) -> ResponseReturnValue:
    """Make several points of one."""
    form = SplitForm()
    feedback, case = found_or_404(db.session(), public_id)
    point = _point(db.session(), case, number)
    if not form.validate():
        return _point_page(feedback, point, cut=form), 422
    try:
        with begin_work(staff()) as work:
            case = _case(work.session, public_id)
            point = _point(work.session, case, number)
            made = points.split(work, case, point, form.texts(), version_of(form))
            numbers = [str(one.number) for one in made]
    except (points.NothingToSplit, points.ChangedMeanwhile) as refused:
        return _changed(public_id, number, form, "parts", refused, "cut")
    flash(f"Point {number} is split into points {' and '.join(numbers)}.", "success")
    return _back(public_id)


@pages.post("/cases/<public_id>/points/<number>/withdraw")
@opens_to(Act.CONDUCT)
def withdraw_point(public_id: str, number: str) -> ResponseReturnValue:
    """Take one point out, because the person wishes it."""
    form = WithdrawForm()
    feedback, case = found_or_404(db.session(), public_id)
    point = _point(db.session(), case, number)
    if not form.validate():
        return _point_page(feedback, point, leave=form), 422
    try:
        with begin_work(staff()) as work:
            case = _case(work.session, public_id)
            point = _point(work.session, case, number)
            points.withdraw(work, case, point, version_of(form))
    except (points.LastPoint, points.ChangedMeanwhile) as refused:
        return _changed(public_id, number, form, "asked", refused, "leave")
    flash(f"Point {number} is withdrawn.", "success")
    return _back(public_id)


def _case(session: Session, public_id: str) -> Case:
    return found_or_404(session, public_id)[1]


def _point(session: Session, case: Case, number: str) -> Point:
    found = (point for point in points.every(session, case) if str(point.number) == number)
    return next(found, None) or abort(404)


def _changed(
    public_id: str, number: str, form: PointForm | SplitForm | WithdrawForm, field: str,
    refused: Refused, which: str,
) -> ResponseReturnValue:  # fmt: skip
    """The page again with what was typed; saved once more, it replaces what a colleague wrote."""
    with begin_work(staff()) as work:
        feedback, case = found_or_404(work.session, public_id)
        audit.note(work, "points_viewed", case)
    point = _point(db.session(), case, number)
    refuse(form, field, refused)
    form.version.data = str(point.version)
    return _point_page(feedback, point, **{which: form}), refused.status


def _point_page(
    feedback: Feedback,
    point: Point,
    edit: PointForm | None = None,
    cut: SplitForm | None = None,
    leave: WithdrawForm | None = None,
) -> str:
    if point.state not in LIVE:
        raise points.NotLive
    shown = {"text": point.text, "parts": point.text, "version": str(point.version)}
    edit = edit or PointForm(formdata=None, data=shown)
    cut = cut or SplitForm(formdata=None, data=shown)
    leave = leave or WithdrawForm(formdata=None, data={"version": shown["version"]})
    return render_template(
        "officer/point.html",
        point=point,
        edit_form=edit,
        cut_form=cut,
        leave_form=leave,
        forms=[edit, cut, leave],
        procedure_words=procedure_words,
        **words_of(db.session(), feedback),
    )


def _back(public_id: str) -> ResponseReturnValue:
    return redirect(url_for("officer.case_points", public_id=public_id), 303)

"""The points of complaint: drafted from the person's words, changed, sent to them to agree."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal import audit
from portal.access.acts import Act
from portal.cases import agreeing, drafted_points, gathering, points
from portal.cases.typed_words import typed
from portal.db import db
from portal.procedures.finding import LIVE
from portal.procedures.statement import DRAWN_UP_IN, agreement_in
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.web.access import opens_to
from portal.web.officer import procedure_words
from portal.web.officer.blueprint import pages, staff
from portal.web.officer.case_pages import found_or_404
from portal.web.officer.item_pages import words_of
from portal.web.officer.points_forms import (
    DraftBox,
    JoinForm,
    PointForm,
    draft_boxes,
    refuse,
)
from portal.work import begin_work


@pages.get("/cases/<public_id>/points")
@opens_to(Act.READ)
def case_points(public_id: str) -> ResponseReturnValue:
    """The points with where each stands."""
    with begin_work(staff()) as work:
        feedback, case = found_or_404(work.session, public_id)
        audit.note(work, "points_viewed", case)
    return _page(feedback, case, PointForm(formdata=None), JoinForm(formdata=None))


@pages.post("/cases/<public_id>/points")
@opens_to(Act.CONDUCT)
def add_point(public_id: str) -> ResponseReturnValue:
    """Write one more point."""
    form = PointForm()
    feedback, case = found_or_404(db.session(), public_id)
    if not form.validate():
        return _page(feedback, case, form, JoinForm(formdata=None)), 422
    with begin_work(staff()) as work:
        (added,) = points.add(work, _case(work.session, public_id), [form.text.data or ""])
        number = added.number
    flash(f"Point {number} is added.", "success")
    return _back(public_id)


@pages.post("/cases/<public_id>/points/join")
@opens_to(Act.CONDUCT)
def join_points(public_id: str) -> ResponseReturnValue:
    """Make one point of several, and open it so that its words can be mended."""
    form = JoinForm()
    try:
        with begin_work(staff()) as work:
            case = _case(work.session, public_id)
            chosen = [
                point
                for point in points.live(work.session, case)
                if str(point.number) in (form.numbers.data or ())
            ]
            number = points.join(work, case, chosen).number
    except points.NothingToJoin as refused:
        feedback, case = found_or_404(db.session(), public_id)
        refuse(form, "numbers", refused)
        return _page(feedback, case, PointForm(formdata=None), form), 422
    flash(f"They are point {number} now. Change its words if they say a thing twice.", "success")
    return redirect(url_for("officer.case_point", public_id=public_id, number=number), 303)


@pages.get("/cases/<public_id>/points/draft")
@opens_to(Act.CONDUCT)
def draft_points(public_id: str) -> ResponseReturnValue:
    """Boxes filled with the person's own words, cut where they may be points, as far as no point
    has them yet."""
    with begin_work(staff()) as work:
        feedback, case = found_or_404(work.session, public_id)
        audit.note(work, "points_viewed", case)
        written = {point.text for point in points.every(work.session, case)}
    pieces = drafted_points.draft(typed(feedback))
    left = tuple(piece for piece in pieces if piece not in written)
    return _draft_page(feedback, draft_boxes(left))


@pages.post("/cases/<public_id>/points/draft")
@opens_to(Act.CONDUCT)
def keep_draft(public_id: str) -> ResponseReturnValue:
    """Keep the boxes that are not empty."""
    boxes = draft_boxes()
    # Each box says what is wrong with it, not the first alone.
    valid = False not in [box.validate() for box in boxes]
    texts = [text for box in boxes if (text := (box.text.data or "").strip())]
    if not texts:
        boxes[0].text.errors = ["Leave at least one point in its box"]
    if not valid or not texts:
        feedback, _ = found_or_404(db.session(), public_id)
        return _draft_page(feedback, _worth_showing(boxes)), 422
    with begin_work(staff()) as work:
        points.add(work, _case(work.session, public_id), texts)
    kept = "The point is" if len(texts) == 1 else f"{len(texts)} points are"
    flash(f"{kept} kept as a draft. Send them to the person when they are right.", "success")
    return _back(public_id)


def _case(session: Session, public_id: str) -> Case:
    return found_or_404(session, public_id)[1]


def _page(feedback: Feedback, case: Case, form: PointForm, join: JoinForm) -> str:
    session = db.session()
    listed = points.every(session, case)
    live = [point for point in listed if point.state in LIVE]
    join.offer(live)
    state = agreeing.statement(session, case)
    agreement = agreement_in(gathering.track_for(case), case.procedure_state)
    return render_template(
        "officer/points.html",
        case=case,
        live=live,
        gone=[(point, points.went_into(listed, point)) for point in listed if point not in live],
        form=form,
        forms=[form, join],
        join_form=join,
        may_write=case.procedure_state in DRAWN_UP_IN,
        agreement=agreement if live else None,
        statement=state,
        procedure_words=procedure_words,
        **words_of(session, feedback),
    )


def _draft_page(feedback: Feedback, boxes: list[DraftBox]) -> str:
    return render_template(
        "officer/points_draft.html",
        boxes=boxes,
        forms=boxes,
        **words_of(db.session(), feedback),
    )


def _worth_showing(boxes: list[DraftBox]) -> list[DraftBox]:
    """As many boxes as were shown: those that the post had."""
    return [box for at, box in enumerate(boxes) if at == 0 or box.text.name in request.form]


def _back(public_id: str) -> ResponseReturnValue:
    return redirect(url_for("officer.case_points", public_id=public_id), 303)

"""What an investigating officer does: notes, findings and recommendations point by point, the
report, and handing it in."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.access.acts import Act
from portal.cases import findings, gathering, investigating, points, remedies
from portal.cases.points import ChangedMeanwhile
from portal.cases.remedies import NewRemedy
from portal.cases.remedy_dates import Counting
from portal.db import db
from portal.errors import Refused
from portal.matter_rows import FINDINGS, fetch_case
from portal.procedures.completeness import GIVER_IN, missing
from portal.procedures.finding import Giver
from portal.procedures.procedure import StageKey
from portal.procedures.remedy import Base, RemedyKind
from portal.procedures.state import AppointedAs
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.investigation_note import NoteKind
from portal.records.point import Point, PointFinding
from portal.web.access import opens_to
from portal.web.investigator.blueprint import found_or_404, pages, who
from portal.web.investigator.forms import NoteForm, RecommendForm, ReportForm, number_in
from portal.web.officer import procedure_words
from portal.web.officer.findings_forms import FindingForm, blocks_for
from portal.web.posted_files import checked, chosen
from portal.work import Work, begin_work

UNPROCESSABLE = 422
MINE = Giver.INVESTIGATOR
ONE_FILE = "Choose one file"


@pages.get("/<public_id>/notes")
@opens_to(Act.INVESTIGATE)
def notes(public_id: str) -> ResponseReturnValue:
    """Write down a talk, or evidence."""
    with begin_work(who()) as work:
        feedback, case = _mine(work, public_id)
        audit.note(work, "case_viewed", case)
    return _notes(feedback, case, NoteForm(formdata=None, data={"kind": NoteKind.INTERVIEW.value}))


@pages.post("/<public_id>/notes")
@opens_to(Act.INVESTIGATE)
def add_note(public_id: str) -> ResponseReturnValue:
    """Keep it."""
    form = NoteForm()
    feedback, case = found_or_404(db.session(), public_id)
    form.offer(points.live(db.session(), case))
    status = UNPROCESSABLE
    if form.validate():
        try:
            with begin_work(who()) as work:
                _, case = _mine(work, public_id)
                investigating.add_note(
                    work, case, NoteKind(form.kind.data), form.number(),
                    form.with_whom.data or "", form.day(), form.text.data or "",
                )  # fmt: skip
            flash("Kept.", "success")
            return _back(public_id, case)
        except Refused as refused:
            form.form_errors, status = [refused.message], refused.status
    with begin_work(who()) as work:
        feedback, case = found_or_404(work.session, public_id)
        audit.note(work, "case_viewed", case)
    return _notes(feedback, case, form), status


@pages.get("/<public_id>/findings", endpoint="findings")
@opens_to(Act.INVESTIGATE)
def findings_page(public_id: str) -> ResponseReturnValue:
    """A block for each point, and recommendations."""
    with begin_work(who()) as work:
        feedback, case = _mine(work, public_id)
        audit.note(work, "findings_viewed", case)
    session = db.session()
    fetch_case(session, case)
    live, kept = points.live(session, case), _kept(session, case)
    blocks = blocks_for(live, MINE, posted=False)
    for point in live:
        blocks[point.number].show(kept.get(point.id))
    return _findings(feedback, case, blocks, RecommendForm(formdata=None))


@pages.post("/<public_id>/findings", endpoint="save_findings")
@opens_to(Act.INVESTIGATE)
def save_findings(public_id: str) -> ResponseReturnValue:
    """Save what was written; the rest can come later."""
    feedback, case = found_or_404(db.session(), public_id)
    blocks = blocks_for(points.live(db.session(), case), MINE, posted=True)
    status = UNPROCESSABLE
    if False not in [block.validate() for block in blocks.values()]:
        try:
            with begin_work(who()) as work:
                _, case = _mine(work, public_id)
                _save(work, case, blocks)
            flash("Saved.", "success")
            return redirect(_address("findings", public_id, case), 303)
        except ChangedMeanwhile as overtaken:
            status = overtaken.status
            kept = _kept(db.session(), case)
            for point in points.live(db.session(), case):
                if point.number in blocks and blocks[point.number].touched:
                    blocks[point.number].reasons.errors = [overtaken.message]
                    blocks[point.number].note_seen(kept.get(point.id))
    with begin_work(who()) as work:
        feedback, case = found_or_404(work.session, public_id)
        audit.note(work, "findings_viewed", case)
    return _findings(feedback, case, blocks, RecommendForm(formdata=None)), status


@pages.post("/<public_id>/recommendations")
@opens_to(Act.INVESTIGATE)
def recommend(public_id: str) -> ResponseReturnValue:
    """Recommend something."""
    form = RecommendForm()
    feedback, case = found_or_404(db.session(), public_id)
    form.offer(points.live(db.session(), case))
    status = UNPROCESSABLE
    if form.validate():
        try:
            with begin_work(who()) as work:
                _, case = _mine(work, public_id)
                remedies.add(work, case, _recommended(work.session, case, form))
            flash("Kept with the findings.", "success")
            return redirect(_address("findings", public_id, case), 303)
        except Refused as refused:
            form.form_errors, status = [refused.message], refused.status
    with begin_work(who()) as work:
        feedback, case = found_or_404(work.session, public_id)
        audit.note(work, "findings_viewed", case)
    blocks = blocks_for(points.live(db.session(), case), MINE, posted=False)
    kept = _kept(db.session(), case)
    for point in points.live(db.session(), case):
        blocks[point.number].show(kept.get(point.id))
    return _findings(feedback, case, blocks, form), status


@pages.get("/<public_id>/report", endpoint="report_form")
@opens_to(Act.INVESTIGATE)
def report_page(public_id: str) -> ResponseReturnValue:
    """Add the report, and hand it in."""
    with begin_work(who()) as work:
        feedback, case = _mine(work, public_id)
        audit.note(work, "case_viewed", case)
    return _report(feedback, case, ReportForm(formdata=None))


@pages.post("/<public_id>/report")
@opens_to(Act.INVESTIGATE)
def keep_report(public_id: str) -> ResponseReturnValue:
    """Keep the report that was chosen."""
    form = ReportForm()
    feedback, case = found_or_404(db.session(), public_id)
    status = UNPROCESSABLE
    good = checked(form.report, 1, ONE_FILE) if form.validate() else []
    if not good and not form.report.errors:
        form.report.errors = [ONE_FILE] if not chosen(form.report) else form.report.errors
    if good and not form.report.errors:
        try:
            with begin_work(who()) as work:
                _, case = _mine(work, public_id)
                investigating.keep_report(work, case, good[0])
            flash("Kept. Hand it in when nothing is missing.", "success")
            return redirect(_address("report_form", public_id, case), 303)
        except Refused as refused:
            form.form_errors, status = [refused.message], refused.status
    with begin_work(who()) as work:
        feedback, case = found_or_404(work.session, public_id)
        audit.note(work, "case_viewed", case)
    return _report(feedback, case, form), status


@pages.post("/<public_id>/hand-in")
@opens_to(Act.INVESTIGATE)
def hand_in(public_id: str) -> ResponseReturnValue:
    """Hand it in: the council decides from now on."""
    with begin_work(who()) as work:
        _, case = _mine(work, public_id)
        investigating.hand_in(work, case)
    flash("Handed in. Thank you.", "success")
    return _back(public_id, case)


def _mine(work: Work, public_id: str) -> tuple[Feedback, Case]:
    """The case, while it is under investigation and theirs to investigate.

    Raises:
        NotTheirTurn: it is not, or not any more.
    """
    feedback, case = found_or_404(work.session, public_id)
    roles = investigating.works_as(work.session, case, int(current_user.id), work.today)
    # Somebody who has both roles may be the independent person here.
    if GIVER_IN.get(case.procedure_state) is not MINE or AppointedAs.INVESTIGATOR not in roles:
        raise findings.NotTheirTurn
    return feedback, case


def _save(work: Work, case: Case, blocks: dict[int, FindingForm]) -> None:
    stage = gathering.current_stage(work.session, case)
    for point in points.live(work.session, case):
        block = blocks.get(point.number)
        if block is not None and block.touched:
            findings.record_finding(
                work, point, stage, MINE, block.finding, block.reasons.data or "", block.version
            )


def _recommended(session: Session, case: Case, form: RecommendForm) -> NewRemedy:
    wanted = select(Point.id).where(Point.case_id == case.id, Point.number == number_in(form.point))
    return NewRemedy(
        giver=MINE,
        kind=RemedyKind(form.kind.data),
        text=form.text.data or "",
        team=case.team,
        counting=Counting(Base.DAY, day=form.day.data),
        point_id=session.scalar(wanted),
    )


def _kept(session: Session, case: Case) -> dict[int, PointFinding]:
    stage = gathering.current_stage(session, case)
    return {row.point_id: row for row in FINDINGS.of(session, stage.id) if row.giver is MINE}


def _notes(feedback: Feedback, case: Case, form: NoteForm) -> str:
    form.offer(points.live(db.session(), case))
    return render_template("investigator/notes.html", feedback=feedback, case=case, form=form)


def _findings(
    feedback: Feedback, case: Case, blocks: dict[int, FindingForm], form: RecommendForm
) -> str:
    session = db.session()
    live = [point for point in points.live(session, case) if point.number in blocks]
    form.offer(live)
    recommended = [one for one in remedies.of_case(session, case) if one.giver is MINE]
    key = StageKey(case.stage_key)
    return render_template(
        "investigator/findings.html",
        feedback=feedback,
        case=case,
        rows=[(point, blocks[point.number]) for point in live],
        blocks=list(blocks.values()),
        form=form,
        recommended=recommended,
        missing=missing(gathering.points_of(session, case), key, MINE),
        procedure_words=procedure_words,
    )


def _report(feedback: Feedback, case: Case, form: ReportForm) -> str:
    session = db.session()
    fetch_case(session, case)
    return render_template(
        "investigator/report.html",
        feedback=feedback,
        case=case,
        form=form,
        reports=investigating.reports(session, case),
        missing=missing(gathering.points_of(session, case), StageKey(case.stage_key), MINE),
        procedure_words=procedure_words,
    )


def _address(page: str, public_id: str, case: Case) -> str:
    part: dict[str, Any] = {"part": case.part} if case.part > 1 else {}
    return url_for(f"investigator.{page}", public_id=public_id, **part)


def _back(public_id: str, case: Case) -> ResponseReturnValue:
    return redirect(_address("case", public_id, case), 303)

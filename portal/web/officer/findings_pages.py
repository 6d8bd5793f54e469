"""What was found, point by point: written by whose turn it is, read by those who may."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal import audit
from portal.access.acts import Act
from portal.access.table import RECORDS_FOR
from portal.cases import (
    answers,
    findings,
    gathering,
    joining,
    office_told,
    points,
    remedies,
)
from portal.cases.answers import Answer
from portal.db import db
from portal.matter_rows import fetch_matter
from portal.procedures.completeness import GIVER_IN, in_favour, missing, roll_up
from portal.procedures.finding import Giver
from portal.procedures.procedure import StageKey
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.web.access import may, opens_to
from portal.web.officer import finding_blocks, procedure_words
from portal.web.officer.blueprint import pages, staff
from portal.web.officer.case_pages import found_or_404
from portal.web.officer.findings_forms import FindingForm, blocks_for
from portal.web.officer.item_pages import words_of
from portal.web.officer.readable import findings_readable
from portal.work import Work, begin_work, council


@pages.get("/cases/<public_id>/findings")
@opens_to(Act.READ)
def case_findings(public_id: str) -> ResponseReturnValue:
    """The points with a block each for whose turn it is, and what was found before."""
    with begin_work(staff()) as work:
        feedback, case = found_or_404(work.session, public_id)
        audit.note(work, "findings_viewed", case)
    fetch_matter(db.session(), feedback, [case])
    giver = _writes_now(feedback, case)
    blocks: dict[int, FindingForm] = {}
    if giver is not None:
        live = points.live(db.session(), case)
        blocks = blocks_for(live, giver, posted=False)
        kept = finding_blocks.kept(db.session(), case, giver)
        for point in live:
            blocks[point.number].show(kept.get(point.id))
    return _page(feedback, case, blocks)


def save_findings(public_id: str, giver: Giver) -> ResponseReturnValue:
    """Save what was written in any of the blocks; the rest can come later."""
    feedback, case = found_or_404(db.session(), public_id)
    live = points.live(db.session(), case)
    blocks = blocks_for(live, giver, posted=True)
    if GIVER_IN.get(case.procedure_state) is not giver:
        raise findings.NotTheirTurn
    # Each block says what is wrong with it, not the first alone.
    if False in [block.validate() for block in blocks.values()]:
        with begin_work(staff()) as work:
            feedback, case = found_or_404(work.session, public_id)
            audit.note(work, "findings_viewed", case)
        return _page(feedback, case, blocks), 422
    try:
        with begin_work(staff()) as work:
            _save(work, public_id, giver, blocks)
    except finding_blocks.Overtaken as overtaken:
        with begin_work(staff()) as work:
            feedback, case = found_or_404(work.session, public_id)
            audit.note(work, "findings_viewed", case)
        finding_blocks.blame(db.session(), case, giver, blocks, overtaken.number)
        return _page(feedback, case, blocks, overtaken.number), points.ChangedMeanwhile.status
    flash("Saved.", "success")
    return redirect(url_for("officer.case_findings", public_id=public_id), 303)


def _view_for(giver: Giver) -> Callable[[str], ResponseReturnValue]:
    def save(public_id: str) -> ResponseReturnValue:
        return save_findings(public_id, giver)

    return save


# One address for each giver, so that each has a rule of its own.
for _giver, _act in RECORDS_FOR.items():
    pages.add_url_rule(
        f"/cases/<public_id>/findings/{_giver.value}",
        f"findings_{_giver.value}",
        opens_to(_act)(_view_for(_giver)),
        methods=["POST"],
    )


def _save(work: Work, public_id: str, giver: Giver, blocks: dict[int, FindingForm]) -> None:
    feedback, case = found_or_404(work.session, public_id)
    finding_blocks.write(work, case, giver, blocks)
    if giver is Giver.PANEL and not may(Act.CONDUCT, feedback.id):
        work.session.flush()
        # The last finding of a panel is its report: nobody of the office has seen it yet.
        if not missing(gathering.points_of(work.session, case), StageKey(case.stage_key), giver):
            office_told.handed_in(work, case)


def _writes_now(feedback: Feedback, case: Case) -> Giver | None:
    """Whose findings whoever is signed in may write where the case stands."""
    giver = GIVER_IN.get(case.procedure_state)
    stage = gathering.current_stage(db.session(), case)
    if joining.joined_to(db.session(), case, stage) is not None:
        # What is found is written at the lead case.
        return None
    return giver if giver is not None and may(RECORDS_FOR[giver], feedback.id) else None


def _page(
    feedback: Feedback, case: Case, blocks: dict[int, FindingForm], overtaken: int | None = None
) -> str:
    session = db.session()
    giver = GIVER_IN.get(case.procedure_state) if blocks else None
    key = StageKey(case.stage_key)
    facts = gathering.points_of(session, case)
    live = [point for point in points.live(session, case) if point.number in blocks]
    kept = finding_blocks.kept(session, case, giver) if giver is not None else {}
    upheld = in_favour(facts, key, giver) if giver is not None else ()
    return render_template(
        "officer/findings.html",
        case=case,
        giver=giver,
        stage_name=council().stage_name(gathering.track_for(case), key),
        rows=[(point, blocks[point.number], kept.get(point.id)) for point in live],
        forms=list(blocks.values()),
        overtaken=overtaken,
        writers=finding_blocks.writers(session, kept.values()),
        missing=missing(facts, key, giver) if giver is not None else (),
        together=roll_up(facts, key, giver) if giver is not None else None,
        apology_missing=bool(upheld) and not remedies.promises_apology(
            remedies.of_case(session, case)
        ),
        earlier=_earlier(session, feedback, case, giver),
        stage_names={stage: council().stage_name(gathering.track_for(case), stage)
                     for stage in council().stages_of(gathering.track_for(case))},
        procedure_words=procedure_words,
        **words_of(session, feedback),
    )  # fmt: skip


def _earlier(session: Session, feedback: Feedback, case: Case, giver: Giver | None) -> list[Answer]:
    """What was found by others or before, as far as whoever is signed in may read it."""
    shown = set(findings_readable(session, feedback, case))
    if giver is not None:
        shown.discard((gathering.current_stage(session, case).id, giver))
    return answers.given(session, case, shown)

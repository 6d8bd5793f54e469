"""The one case of somebody from outside: its points, its dates, the papers chosen for them."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit, clock
from portal.access.acts import Act
from portal.at_hand import Wanted
from portal.attachments import storing
from portal.cases import answers, gathering, investigating, papers, points
from portal.cases.papers import Paper
from portal.db import db
from portal.matter_rows import APPOINTMENTS, INVESTIGATION_NOTES, fetch_papers
from portal.procedures.finding import Giver
from portal.procedures.procedure import StageKey
from portal.procedures.state import AppointedAs, State
from portal.records.bundle import Bundle, BundleFor
from portal.records.case import Case
from portal.records.case_paper import CasePaper
from portal.records.feedback import Feedback
from portal.records.investigation_report import InvestigationReport
from portal.records.wall import MatterGrant
from portal.triage import bundles
from portal.triage.bundle_pdf import PDF
from portal.web.access import may, opens_to, visible
from portal.web.investigator import conflict_pages
from portal.web.investigator.blueprint import case_or_404, found_or_404, pages, who
from portal.web.investigator.forms import ConflictForm
from portal.web.officer import case_view, procedure_words
from portal.web.officer.sandboxed import FileAnswer
from portal.web.once import once
from portal.work import begin_work, council, counting_council


@pages.get("/")
@opens_to(Act.LIST_ASSIGNED)
def cases() -> ResponseReturnValue:
    """The cases that are open to whoever is signed in, and until when."""
    with begin_work(who()) as work:
        audit.note(work, "assigned_listed")
    wanted = (
        select(Feedback.public_id, Feedback.reference, MatterGrant.last_day)
        .join(MatterGrant, MatterGrant.feedback_id == Feedback.id)
        .where(
            MatterGrant.account_id == int(current_user.id),
            MatterGrant.ended_at.is_(None),
            MatterGrant.last_day >= clock.today(),
            visible(Act.SEE_PAPERS),
        )
        .order_by(MatterGrant.last_day, MatterGrant.id)
    )
    return render_template("investigator/cases.html", rows=db.session.execute(wanted).all())


@pages.get("/<public_id>")
@opens_to(Act.SEE_PAPERS)
def case(public_id: str) -> ResponseReturnValue:
    """The case, as far as it was opened."""
    with begin_work(who()) as work:
        feedback, found, must_say = case_or_404(work.session, public_id)
        audit.note(work, "case_viewed", found)
    if must_say:
        return conflict_pages.asked(feedback, found, ConflictForm(formdata=None))
    session, today = db.session(), clock.today()
    key = StageKey(found.stage_key)
    roles = _works_as(session, found)
    fetch_papers(session, feedback, found, below=lambda *_matter: _notes_wanted(session, found))
    writes = (
        found.procedure_state is State.INVESTIGATING
        and AppointedAs.INVESTIGATOR in roles
        and may(Act.INVESTIGATE, feedback.id)
    )
    return render_template(
        "investigator/case.html",
        feedback=feedback,
        case=found,
        parts=investigating.cases_of(session, feedback, int(current_user.id)),
        stage_name=council().stage_name(gathering.track_for(found), key),
        stands=case_view.STATES[found.procedure_state],
        stages=case_view.stages(session, counting_council(session), found, today)[:1],
        appointed=case_view.appointed(session, found),
        points=points.live(session, found),
        papers=papers.chosen(session, feedback, found),
        notes=investigating.notes(session, found) if _looks_into_it(session, found) else (),
        reports=_reports(session, found),
        bundles=_bundles(session, found),
        found=answers.given(session, found, _told(session, found)),
        procedure_words=procedure_words,
        writes=writes,
        conflict_form=ConflictForm(formdata=None) if _is_appointed(session, found) else None,
    )


@pages.get("/<public_id>/papers/<paper_id>")
@opens_to(Act.SEE_PAPERS)
def paper(public_id: str, paper_id: str) -> ResponseReturnValue:
    """One paper: its words as a page, or the file."""
    with begin_work(who()) as work:
        feedback, found = found_or_404(work.session, public_id)
        one = _paper(work.session, feedback, found, paper_id) or abort(404)
        about = one.file if one.file is not None else found
        audit.note(work, "file_viewed" if one.file is not None else "paper_viewed", about)
    if one.file is not None:
        # Read after the commit: a slow store must not hold the database.
        data = storing.read(one.file)
        return FileAnswer.of(data, one.file.filename, one.file.content_type)
    return render_template("investigator/paper.html", feedback=feedback, case=found, paper=one)


@pages.get("/<public_id>/reports/<report_id>")
@opens_to(Act.SEE_PAPERS)
def report(public_id: str, report_id: str) -> ResponseReturnValue:
    """A report of the case, as the file that was kept."""
    with begin_work(who()) as work:
        _, found = found_or_404(work.session, public_id)
        kept = [one for one, _ in _reports(work.session, found)]
        wanted = next((one for one in kept if one.public_id == report_id), None) or abort(404)
        audit.note(work, "investigation_report_viewed", found)
        data, name, kind = wanted.content, wanted.filename, wanted.content_type
    return FileAnswer.of(data, name, kind)


@pages.get("/<public_id>/bundles/<bundle_id>")
@opens_to(Act.SEE_PAPERS, fresh=True)
def bundle(public_id: str, bundle_id: str) -> ResponseReturnValue:
    """A bundle that was made for them."""
    with begin_work(who()) as work:
        feedback, found = found_or_404(work.session, public_id)
        made = _bundles(work.session, found)
        wanted = next((one for one in made if one.public_id == bundle_id), None) or abort(404)
        audit.note(work, "bundle_opened", found)
        data = wanted.content or abort(404)
        name = f"{feedback.reference}-{wanted.for_whom.value}.pdf"
    return FileAnswer.of(data, name, PDF)


def _bundles(session: Session, case: Case) -> list[Bundle]:
    """Those that were made for whoever works at the present stage."""
    at_panel = case.stage_key == StageKey.STAGE_3.value
    return bundles.made_for(session, case, BundleFor.PANEL if at_panel else BundleFor.INVESTIGATOR)


def _paper(session: Session, feedback: Feedback, case: Case, paper_id: str) -> Paper | None:
    wanted = select(CasePaper).where(CasePaper.public_id == paper_id, CasePaper.case_id == case.id)
    if session.scalar(wanted) is None:
        return None
    chosen = papers.chosen(session, feedback, case)
    return next((one for row, one in chosen if row.public_id == paper_id), None)


def _is_appointed(session: Session, case: Case) -> bool:
    """Whether there is an appointment on which a conflict that is found later can be kept."""
    own = int(current_user.id)
    return any(
        one.account_id == own and one.ended_at is None and one.stage_key == case.stage_key
        for one in APPOINTMENTS.of(session, case.id)
    )


def _looks_into_it(session: Session, case: Case) -> bool:
    """Whether whoever is signed in is the investigating officer or the independent person, at the
    stage in which they work: notes, drafts and what is not handed in are theirs alone."""
    return bool(_works_as(session, case) & investigating.LOOK_INTO_IT)


def _notes_wanted(session: Session, case: Case) -> list[Wanted]:
    """The notes that they may read, to be fetched with the papers."""
    if not _looks_into_it(session, case):
        return []
    return [(INVESTIGATION_NOTES, [gathering.current_stage(session, case).id])]


def _works_as(session: Session, case: Case) -> frozenset[AppointedAs]:
    # Each part of the page asks it of the same person.
    own = int(current_user.id)
    return once(
        "works_as",
        (case.id, own),
        lambda: investigating.works_as(session, case, own, clock.today()),
    )


def _reports(session: Session, case: Case) -> list[tuple[InvestigationReport, str]]:
    """The reports they may read: those that were handed in, and of their own stage all."""
    stages = {stage_id for stage_id, _ in answers.handed_in(session, case)}
    if _looks_into_it(session, case):
        stages.add(gathering.current_stage(session, case).id)
    return [row for row in investigating.reports(session, case) if row[0].stage_id in stages]


def _told(session: Session, case: Case) -> set[tuple[int, Giver]]:
    """The findings they may read: what the person was told, and at stage 2 the investigator's."""
    shown = set(answers.told(session, case))
    if _looks_into_it(session, case):
        shown.add((gathering.current_stage(session, case).id, Giver.INVESTIGATOR))
    return shown

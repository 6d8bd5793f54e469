"""Which papers those who investigate, watch and sit may read, and the reports they handed in."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import audit
from portal.access.acts import Act
from portal.cases import answers, grants, investigating, papers
from portal.db import db
from portal.matter_rows import fetch_papers
from portal.procedures.finding import Giver
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.investigation_report import InvestigationReport
from portal.web import role_words
from portal.web.access import opens_to
from portal.web.officer.blueprint import pages, staff
from portal.web.officer.case_pages import found_or_404
from portal.web.officer.sandboxed import FileAnswer
from portal.work import Work, begin_work


@pages.get("/cases/<public_id>/papers", endpoint="papers")
@opens_to(Act.CONDUCT)
def papers_page(public_id: str) -> ResponseReturnValue:
    """Every paper of the matter, ticked where it was chosen."""
    with begin_work(staff()) as work:
        feedback, case = found_or_404(work.session, public_id)
        audit.note(work, "papers_viewed", case)
        fetch_papers(work.session, feedback, case)
        handed_in = _handed_in(work, case)
        # Shown before the act ends: afterwards each person would be read anew.
        people = grants.given(work.session, feedback.id, work.today)
        return _page(feedback, case, handed_in, people)


@pages.post("/cases/<public_id>/papers")
@opens_to(Act.CONDUCT)
def choose_papers(public_id: str) -> ResponseReturnValue:
    """Choose them."""
    with begin_work(staff()) as work:
        feedback, case = found_or_404(work.session, public_id)
        count = papers.choose(work, feedback, case, set(request.form.getlist("paper")))
        # Choosing what was chosen already changes nothing, and was a look all the same.
        audit.note(work, "papers_viewed", case)
    flash(f"{count} paper{'' if count == 1 else 's'} can be read.", "success")
    return redirect(url_for("officer.papers", public_id=public_id), 303)


@pages.get("/cases/<public_id>/investigation/<report_id>")
@opens_to(Act.ADJUDICATE)
def investigation_report(public_id: str, report_id: str) -> ResponseReturnValue:
    """A report that was handed in, as the file that was kept."""
    with begin_work(staff()) as work:
        _, case = found_or_404(work.session, public_id)
        found = next(
            (one for one, _ in _handed_in(work, case) if one.public_id == report_id), None
        ) or abort(404)
        audit.note(work, "investigation_report_viewed", case)
        data, name, kind = found.content, found.filename, found.content_type
    return FileAnswer.of(data, name, kind)


def _handed_in(work: Work, case: Case) -> list[tuple[InvestigationReport, str]]:
    """The reports of stages whose investigation was handed in: before that they are drafts."""
    told = answers.handed_in(work.session, case)
    stages = {stage_id for stage_id, giver in told if giver is Giver.INVESTIGATOR}
    return [row for row in investigating.reports(work.session, case) if row[0].stage_id in stages]


def _page(
    feedback: Feedback,
    case: Case,
    handed_in: list[tuple[InvestigationReport, str]],
    people: list[grants.Given],
) -> str:
    session = db.session()
    chosen = {paper.key for _, paper in papers.chosen(session, feedback, case)}
    return render_template(
        "officer/papers.html",
        feedback=feedback,
        case=case,
        rows=[(paper, paper.key in chosen) for paper in papers.every(session, feedback)],
        reports=handed_in,
        people=[(one, role_words.ROLES[one.grant.role]) for one in people],
    )

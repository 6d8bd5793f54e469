"""Bundles: choose the papers, read each redacted copy, have it made, open it."""

from collections.abc import Collection

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal import audit
from portal.access.acts import Act
from portal.cases import chronology
from portal.cases.papers import Paper
from portal.cases.points import ChangedMeanwhile
from portal.correspondence import tagged_pdf
from portal.db import db
from portal.records.bundle import Bundle, BundleFor, BundleState
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.triage import bundles
from portal.triage.bundle_pdf import FOR, PDF, BundleFault
from portal.web.access import opens_to
from portal.web.officer.blueprint import pages, staff
from portal.web.officer.case_pages import found_or_404
from portal.web.officer.history import at_words
from portal.web.officer.sandboxed import FileAnswer
from portal.work import begin_work

UNPROCESSABLE = 422
STATES = {
    BundleState.READING: "Its files are being read",
    BundleState.REDACTING: "Names are being looked for",
    BundleState.CHECKING: "To be read and checked",
    BundleState.MAKING: "Being made",
    BundleState.MADE: "Made",
    BundleState.FAILED: "Could not be made",
}
FAULTS = {
    BundleFault.FILE_UNREADABLE: "One of the files cannot be shown as pages. Leave it out.",
    BundleFault.TOO_LONG: "It would have more than 500 pages, or be too large. Make two.",
    BundleFault.HOLDS_ADDRESS: "One of the files says how somebody may be reached. Leave it out.",
}
CHOOSE_FOR_WHOM = "Choose whom it is for."


@pages.get("/cases/<public_id>/bundles", endpoint="bundles")
@opens_to(Act.CONDUCT)
def bundles_page(public_id: str) -> ResponseReturnValue:
    """The bundles of a case, and beginning one."""
    with begin_work(staff()) as work:
        feedback, case = found_or_404(work.session, public_id)
        audit.note(work, "bundles_viewed", case)
    return _page(feedback, case, set(), "", None)


@pages.post("/cases/<public_id>/bundles")
@opens_to(Act.CONDUCT)
def ask_bundle(public_id: str) -> ResponseReturnValue:
    """Begin one."""
    codes, for_whom = set(request.form.getlist("paper")), request.form.get("for_whom", "")
    refused = CHOOSE_FOR_WHOM
    if for_whom in set(BundleFor):
        try:
            with begin_work(staff()) as work:
                feedback, case = found_or_404(work.session, public_id)
                bundle = bundles.ask(work, feedback, case, BundleFor(for_whom), codes)
                bundle_id = bundle.public_id
            return redirect(
                url_for("officer.bundle", public_id=public_id, bundle_id=bundle_id), 303
            )
        except (bundles.NothingChosen, bundles.NotForThem) as no:
            refused = no.message
    with begin_work(staff()) as work:
        feedback, case = found_or_404(work.session, public_id)
        audit.note(work, "bundles_viewed", case)
    return _page(feedback, case, codes, for_whom, refused), UNPROCESSABLE


@pages.get("/cases/<public_id>/bundles/<bundle_id>", endpoint="bundle")
@opens_to(Act.CONDUCT)
def bundle_page(public_id: str, bundle_id: str) -> ResponseReturnValue:
    """Read each paper as it would go in."""
    with begin_work(staff()) as work:
        feedback, case = found_or_404(work.session, public_id)
        found = _bundle_or_404(work.session, case, bundle_id)
        audit.note(work, "bundles_viewed", case)
    return _check_page(feedback, case, found, {}, None)


@pages.post("/cases/<public_id>/bundles/<bundle_id>")
@opens_to(Act.CONDUCT)
def check_bundle(public_id: str, bundle_id: str) -> ResponseReturnValue:
    """Say that every paper was read, and have it made."""
    typed = request.form.get("version", "")
    version = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else -1
    try:
        with begin_work(staff()) as work:
            _, case = found_or_404(work.session, public_id)
            bundle = _bundle_or_404(work.session, case, bundle_id)
            texts, as_pages = _read(work.session, bundle)
            bundles.check(work, case, bundle, texts, version, as_pages)
    except (bundles.HoldsAddress, ChangedMeanwhile) as refused:
        with begin_work(staff()) as work:
            feedback, case = found_or_404(work.session, public_id)
            found = _bundle_or_404(work.session, case, bundle_id)
            audit.note(work, "bundles_viewed", case)
            texts, as_pages = _read(work.session, found)
        page = _check_page(feedback, case, found, texts, refused.message, as_pages)
        return page, refused.status
    flash("It is being made. Reload the list in a minute.", "success")
    return redirect(url_for("officer.bundles", public_id=public_id), 303)


@pages.get("/cases/<public_id>/bundles/<bundle_id>/file")
@opens_to(Act.CONDUCT, fresh=True)
def bundle_file(public_id: str, bundle_id: str) -> ResponseReturnValue:
    """Save one that was made."""
    with begin_work(staff()) as work:
        feedback, case = found_or_404(work.session, public_id)
        found = _bundle_or_404(work.session, case, bundle_id)
        data = found.content or abort(404)
        audit.note(work, "bundle_opened", case)
        name = f"{feedback.reference}-{found.for_whom.value}.pdf"
    return FileAnswer.of(data, name, PDF)


def _read(session: Session, bundle: Bundle) -> tuple[dict[int, str], set[int]]:
    """What was typed, and which files go in page by page, by the keys of the bundle's papers. The
    form knows them by their places."""
    places = {str(place): row.id for place, row in enumerate(bundles.papers_of(session, bundle), 1)}
    typed = {
        key: request.form[f"text-{place}"]
        for place, key in places.items()
        if f"text-{place}" in request.form
    }
    ticked = request.form.getlist("as_pages")
    return typed, {key for place, key in places.items() if place in ticked}


def _bundle_or_404(session: Session, case: Case, bundle_id: str) -> Bundle:
    return bundles.find(session, case, bundle_id) or abort(404)


def _page(
    feedback: Feedback, case: Case, codes: set[str], for_whom: str, refused: str | None
) -> str:
    session = db.session()
    return render_template(
        "officer/bundles.html",
        feedback=feedback,
        case=case,
        possible=tagged_pdf.is_possible(),
        rows=[
            {
                "bundle": one,
                "for_whom": FOR[one.for_whom],
                "state": STATES[one.state],
                "fault": FAULTS[BundleFault(one.fault)] if one.fault else None,
                "asked": at_words(one.asked_at),
            }
            for one in bundles.of_case(session, case)
        ],
        papers=[
            (paper, paper.code in codes)
            for paper in chronology.whole(session, feedback, case)
            if bundles.can_go_in(paper)
        ],
        for_whom=for_whom,
        choices=[(one.value, words) for one, words in FOR.items()],
        refused=refused,
    )


def _check_page(
    feedback: Feedback,
    case: Case,
    bundle: Bundle,
    typed: dict[int, str],
    refused: str | None,
    as_pages: Collection[int] = (),
) -> str:
    session = db.session()
    originals = {paper.key: paper for paper in chronology.whole(session, feedback, case)}
    rows = bundles.papers_of(session, bundle)
    return render_template(
        "officer/bundle.html",
        feedback=feedback,
        case=case,
        bundle=bundle,
        state=STATES[bundle.state],
        waits_for_files=bundle.state is BundleState.READING,
        open_to_change=bundle.state in (BundleState.REDACTING, BundleState.CHECKING),
        rows=[
            {
                "row": row,
                "title": bundles.WORDS[row.kind],
                "text": typed.get(row.id, row.text),
                "original": original,
                "address": _address(feedback, original),
                "is_file": row.kind in bundles.HAS_PAGES,
                "as_pages": row.id in as_pages,
            }
            for row in rows
            for original in [originals.get((row.kind, row.item_id))]
        ],
        refused=refused,
    )


def _address(feedback: Feedback, paper: Paper | None) -> str | None:
    """Where the officer opens a file."""
    if paper is None or paper.whole is None:
        return None
    if paper.file is not None:
        return url_for("officer.file", public_id=paper.file.public_id)
    return url_for(
        "officer.investigation_report",
        public_id=feedback.public_id,
        report_id=paper.whole.public_id,
    )

"""Recording who may complain: consent, what the child thinks, interest, and the late test."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import Field

from portal import audit
from portal.access.acts import Act
from portal.attachments import checking
from portal.attachments.checking import CheckedFile, FileRefused
from portal.attachments.file_store import StoreAway
from portal.cases import childs_view as views
from portal.cases import consent as consents
from portal.cases import interest as interests
from portal.cases import late_test as late_tests
from portal.db import db
from portal.errors import Refused
from portal.procedures.matter import Interest
from portal.records.feedback import Feedback
from portal.records.refusal_proposal import ProposedFor
from portal.triage import refusing
from portal.triage.proposals import ProposalWaits
from portal.web.access import opens_to
from portal.web.govform import GovForm
from portal.web.officer import proposal_view
from portal.web.officer.blueprint import feedback_or_404, pages, staff
from portal.web.officer.standing_forms import (
    ChildsViewForm,
    ChildToldForm,
    ConsentForm,
    InterestForm,
    LateTestForm,
)
from portal.web.officer.standing_page import (
    CHILD_TOLD,
    CHILDS_VIEW,
    CONSENT,
    CONSTITUENT,
    INTEREST,
    LATE_TEST,
    Page,
)
from portal.web.officer.standing_words import standing_lines
from portal.work import Work, begin_work, council

# The field at which a refusal of the act is shown.
_AT: dict[type[Refused], str] = {
    views.DayToCome: "on_day",
    views.NothingSaid: "words",
    consents.NoEvidence: "words",
    consents.NobodyDecided: "decided_by",
    consents.NoReview: "review_on",
    consents.NotOurFile: "file",
    consents.TwoFiles: "upload",
    StoreAway: "upload",
    interests.ViewFirst: "decision",
    interests.NoReasons: "reasons",
    interests.ChildNotThoughtOf: "child_told_words",
    interests.TooEarlyToTell: "child_told",
}


@pages.get("/feedback/<public_id>/consent")
@opens_to(Act.DECIDE)
def consent(public_id: str) -> ResponseReturnValue:
    """The page on consent."""
    return _shown(public_id, CONSENT, ConsentForm(formdata=None))


@pages.post("/feedback/<public_id>/consent")
@opens_to(Act.DECIDE)
def record_consent(public_id: str) -> ResponseReturnValue:
    """Record consent with its evidence, and ask for it by letter where that was ticked."""
    form = ConsentForm()
    # Looked at before the act: a large file takes its time, and must not hold the database.
    upload, refused = _looked_at(form)
    if refused is not None:
        form.upload.errors = [refused]
        return _page(feedback_or_404(db.session(), public_id), CONSENT, form), 422
    return _recorded(
        public_id,
        CONSENT,
        form,
        lambda work, feedback: consents.record(work, feedback, form.as_given(upload)),
    )


@pages.get("/feedback/<public_id>/childs-view")
@opens_to(Act.DECIDE)
def childs_view(public_id: str) -> ResponseReturnValue:
    """The page on what the child thinks."""
    return _shown(public_id, CHILDS_VIEW, ChildsViewForm(formdata=None))


@pages.post("/feedback/<public_id>/childs-view")
@opens_to(Act.DECIDE)
def record_childs_view(public_id: str) -> ResponseReturnValue:
    """Record what the child thinks, or why they were not asked."""
    form = ChildsViewForm()
    return _recorded(
        public_id,
        CHILDS_VIEW,
        form,
        lambda work, feedback: views.record(work, feedback, form.as_view()),
    )


@pages.get("/feedback/<public_id>/interest")
@opens_to(Act.DECIDE)
def interest(public_id: str) -> ResponseReturnValue:
    """The page on somebody's interest in the child."""
    return _shown(public_id, INTEREST, InterestForm(formdata=None))


@pages.post("/feedback/<public_id>/interest")
@opens_to(Act.DECIDE)
def decide_interest(public_id: str) -> ResponseReturnValue:
    """Decide on it, and tell the person; a no is proposed to a second officer."""
    form = InterestForm()
    if form.decision.data == Interest.NOT_ENOUGH:
        return _recorded(
            public_id,
            INTEREST,
            form,
            lambda work, feedback: refusing.propose_interest(work, feedback, form.as_weighed()),
            then="officer.second_officer",
        )
    return _recorded(
        public_id,
        INTEREST,
        form,
        lambda work, feedback: refusing.decide_interest(work, feedback, form.as_weighed()),
    )


@pages.get("/feedback/<public_id>/interest/child-told")
@opens_to(Act.DECIDE)
def child_told(public_id: str) -> ResponseReturnValue:
    """The page on telling the child."""
    return _shown(public_id, CHILD_TOLD, ChildToldForm(formdata=None))


@pages.post("/feedback/<public_id>/interest/child-told")
@opens_to(Act.DECIDE)
def record_child_told(public_id: str) -> ResponseReturnValue:
    """Record that the child was told, and how."""
    form = ChildToldForm()
    return _recorded(
        public_id,
        CHILD_TOLD,
        form,
        lambda work, feedback: interests.child_was_told(work, feedback, *form.as_told()),
    )


@pages.get("/feedback/<public_id>/late")
@opens_to(Act.DECIDE)
def late_test(public_id: str) -> ResponseReturnValue:
    """The page on a late complaint."""
    return _shown(public_id, LATE_TEST, LateTestForm(formdata=None))


@pages.post("/feedback/<public_id>/late")
@opens_to(Act.DECIDE)
def record_late_test(public_id: str) -> ResponseReturnValue:
    """Record both halves of the test."""
    form = LateTestForm()
    return _recorded(
        public_id,
        LATE_TEST,
        form,
        lambda work, feedback: late_tests.record(work, feedback, form.as_halves()),
    )


def _shown(public_id: str, page: Page, form: GovForm) -> str:
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        audit.note(work, "route_viewed", feedback)
    return _page(feedback, page, form)


def _looked_at(form: ConsentForm) -> tuple[CheckedFile | None, str | None]:
    """The file that was added, or the sentence that says why it is not taken."""
    posted = form.upload.data
    # A browser posts an empty part without a name when nothing was chosen.
    if not getattr(posted, "filename", ""):
        return None, None
    try:
        return checking.check(posted.filename, posted.stream.read()), None
    except FileRefused as refusal:
        return None, refusal.message


def _recorded(
    public_id: str,
    page: Page,
    form: GovForm,
    act: Callable[[Work, Feedback], object],
    then: str = "officer.route",
) -> ResponseReturnValue:
    feedback = feedback_or_404(db.session(), public_id)
    if not form.validate():
        return _page(feedback, page, form), 422
    try:
        with begin_work(staff()) as work:
            act(work, feedback_or_404(work.session, public_id))
    except ProposalWaits:
        # Nothing here can be done meanwhile: the sentence stands alone, with what was typed.
        raise
    except Refused as refused:
        field = _field_for(form, refused)
        field.errors = [*field.errors, refused.message]
        return _page(feedback_or_404(db.session(), public_id), page, form), refused.status
    asked = then == "officer.second_officer"
    said = "A second officer is asked. Nothing is decided, and nothing went out."
    flash(said if asked else "Recorded.", "success")
    return redirect(url_for(then, public_id=public_id), 303)


def _field_for(form: GovForm, refused: Refused) -> Field:
    name = _AT.get(type(refused), "")
    if name not in form:
        # The late test has its days under other names; else the first question stands for all.
        name = "arose_on" if "arose_on" in form else next(iter(form)).name
    field: Field = form[name]
    return field


def _proposed_no(session: Session, feedback: Feedback) -> proposal_view.ProposedNo | None:
    return proposal_view.shown_for(session, council(), feedback, ProposedFor.INTEREST)


def _page(feedback: Feedback, page: Page, form: GovForm) -> str:
    session = db.session()
    if isinstance(form, ConsentForm):
        form.offer(consents.files(session, feedback))
        if consents.is_enquiry(session, feedback):
            page = CONSTITUENT
            form.ask_a_representative()
    lines = {one.endpoint: one for one in standing_lines(session, feedback)}
    return render_template(
        "officer/standing.html",
        feedback=feedback,
        page=page,
        form=form,
        line=lines[page.endpoint],
        # What the child thinks is weighed in the decision, so it stands before whoever decides.
        weighed=lines[CHILDS_VIEW.endpoint] if page is INTEREST else None,
        proposed_no=_proposed_no(session, feedback) if page is INTEREST else None,
        kept_file=consents.file_of(session, feedback) if page is CONSENT else None,
        uploads=isinstance(form, ConsentForm),
        to_tell=page is INTEREST and interests.to_be_told(session, feedback),
        fields=[field for field in form if field.name != "csrf_token"],
    )

"""A manager's draft answer: what is missing, what was found, its words, the letter as it would go,
and who signs it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired

from portal import audit, matter_rows
from portal.access.acts import Act
from portal.cases import (
    answer_drafts,
    answer_grade,
    draft_standing,
    gathering,
    points,
    remedies,
    signing,
)
from portal.cases.answer_drafts import Checked
from portal.council_giving import Signer
from portal.db import db
from portal.errors import Refused
from portal.matter_rows import ACCOUNT
from portal.procedures.finding import Giver
from portal.procedures.procedure import StageKey
from portal.procedures.remedy import RemedyState
from portal.records.answer_draft import AnswerDraft, DraftState
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.web.access import may, opens_to
from portal.web.govform import GovForm
from portal.web.officer import (
    answer_beside,
    answer_words,
    finding_blocks,
    procedure_words,
    reading,
)
from portal.web.officer.answer_beside import Beside
from portal.web.officer.blueprint import pages, staff
from portal.web.officer.case_pages import found_or_404
from portal.web.officer.decision_form import at_most
from portal.web.officer.points_forms import version_of
from portal.web.widgets import TextArea
from portal.work import Work, begin_work, council

SIGNERS = {
    Signer.OFFICER: "a complaints officer",
    Signer.HEAD_OF_SERVICE: "the head of service",
}


class AnswerForm(GovForm):
    """The words of an answer that stand beside the findings and the promises."""

    opening = TextAreaField(
        "How the answer begins",
        description="Whom you spoke to and what you looked at, in words to the person.",
        validators=[at_most(answer_drafts.LONGEST_WORDS)],
        widget=TextArea(),
    )
    apology = TextAreaField(
        "What we are sorry for",
        description="Name the thing. Needed where the person was right, if only in part.",
        validators=[at_most(answer_drafts.LONGEST_WORDS)],
        widget=TextArea(),
    )
    version = HiddenField()


class SendBackForm(GovForm):
    """What should be changed before it can be signed."""

    words = TextAreaField(
        "What should be changed?",
        description="It can be sent back once.",
        validators=[DataRequired(signing.SayWhat.message), at_most(signing.LONGEST_WORDS)],
        widget=TextArea(),
    )


@pages.get("/cases/<public_id>/answer", endpoint="answer_draft")
@opens_to(Act.ANSWER)
def answer_page(public_id: str) -> ResponseReturnValue:
    """The draft as it stands."""
    return _page(public_id, AnswerForm(formdata=None), SendBackForm(formdata=None), typed=False)


@pages.post("/cases/<public_id>/answer")
@opens_to(Act.ANSWER)
def save_answer(public_id: str) -> ResponseReturnValue:
    """Keep what was written; the rest can come later."""
    form, beside = AnswerForm(), _beside(public_id)
    if False in [form.validate(), beside.validate()]:
        return _page(public_id, form, SendBackForm(formdata=None), beside), 422
    try:
        _save(public_id, form, beside)
    except Refused as refused:
        return _refused(public_id, form, refused, beside)
    flash("Saved.", "success")
    return redirect(url_for("officer.answer_draft", public_id=public_id), 303)


@pages.post("/cases/<public_id>/answer/send")
@opens_to(Act.ANSWER)
def send_answer(public_id: str) -> ResponseReturnValue:
    """Keep what was written, then send it to whoever signs."""
    form, beside = AnswerForm(), _beside(public_id)
    if False in [form.validate(), beside.validate()]:
        return _page(public_id, form, SendBackForm(formdata=None), beside), 422
    shown: Beside | None = beside
    try:
        # An act of its own: what was written is kept where something is still missing.
        version = _save(public_id, form, beside)
        form.version.data, shown = str(version), None
        with begin_work(staff()) as work:
            _, case = found_or_404(work.session, public_id)
            signing.send(work, case, version)
    except Refused as refused:
        return _refused(public_id, form, refused, shown)
    flash(f"Sent. {SIGNERS[council().giving.signed_by].capitalize()} signs it.", "success")
    return redirect(url_for("officer.my_work"), 303)


@pages.post("/cases/<public_id>/answer/return")
@opens_to(Act.SIGN_ANSWER)
def return_answer(public_id: str) -> ResponseReturnValue:
    """Send it back with what should be changed, once."""
    form = SendBackForm()
    if not form.validate():
        return _page(public_id, AnswerForm(formdata=None), form, typed=False), 422
    try:
        with begin_work(staff()) as work:
            _, case = found_or_404(work.session, public_id)
            signing.send_back(work, case, form.words.data or "")
    except Refused as refused:
        form.words.errors = [refused.message]
        page = _page(public_id, AnswerForm(formdata=None), form, typed=False)
        return page, refused.status
    flash("Sent back. The manager is told that something is to be mended.", "success")
    return redirect(url_for("officer.my_work"), 303)


@pages.post("/cases/<public_id>/answer/sign")
@opens_to(Act.SIGN_ANSWER)
def sign_answer(public_id: str) -> ResponseReturnValue:
    """Sign it: its words go into the letter."""
    try:
        with begin_work(staff()) as work:
            _, case = found_or_404(work.session, public_id)
            signing.sign(work, case, request.form.get("seen", ""))
    except (signing.OtherLetter, answer_drafts.Incomplete) as refused:
        form, back = AnswerForm(formdata=None), SendBackForm(formdata=None)
        form.form_errors = [refused.message]
        return _page(public_id, form, back, typed=False), refused.status
    flash("Signed. The answer can be sent now.", "success")
    return redirect(url_for("officer.answer_draft", public_id=public_id), 303)


def _beside(public_id: str) -> Beside:
    """What was posted beside the words."""
    _, case = found_or_404(db.session(), public_id)
    return answer_beside.posted(db.session(), case)


def _save(public_id: str, form: AnswerForm, beside: Beside) -> int:
    try:
        with begin_work(staff()) as work:
            _, case = found_or_404(work.session, public_id)
            answer_beside.save(work, case, beside)
            draft = answer_drafts.write(
                work, case, form.opening.data or "", form.apology.data or "", version_of(form)
            )
            work.session.flush()
            return draft.version
    except finding_blocks.Overtaken as overtaken:
        _, case = found_or_404(db.session(), public_id)
        beside.overtaken = overtaken.number
        finding_blocks.blame(db.session(), case, Giver.SERVICE, beside.blocks, overtaken.number)
        raise points.ChangedMeanwhile from None


def _refused(
    public_id: str, form: AnswerForm, refused: Refused, beside: Beside | None
) -> ResponseReturnValue:
    if isinstance(refused, answer_drafts.NotDraftedHere):
        raise refused
    form.form_errors = [refused.message]
    return _page(public_id, form, SendBackForm(formdata=None), beside), refused.status


def _page(
    public_id: str,
    form: AnswerForm,
    back: SendBackForm,
    beside: Beside | None = None,
    *,
    typed: bool = True,
) -> str:
    with begin_work(staff()) as work:
        feedback, case = found_or_404(work.session, public_id)
        matter_rows.fetch_answer(work.session, case)
        if not answer_drafts.is_drafted(work.session, case):
            raise answer_drafts.NotDraftedHere
        stage = gathering.current_stage(work.session, case)
        checked = answer_drafts.check(work, case)
        draft = draft_standing.find(work.session, stage)
        if not typed and draft is not None:
            form.opening.data, form.apology.data = draft.opening, draft.apology
        # What a colleague saved meanwhile is shown beside what was typed, which is saved over it
        # only on purpose.
        latest = draft.version if draft is not None else 0
        overtaken = typed and version_of(form) != latest
        form.version.data = str(latest)
        audit.note(work, "answer_viewed", case)
        beside = beside or answer_beside.begun(work.session, case)
        promised = _promised(work, case)
        reasons = [block.reasons.data for block in beside.blocks.values()]
        words = [form.opening.data, form.apology.data, *reasons, *promised, beside.promise.words]
        shown = {
            **_shown(work, feedback, case, draft, checked),
            **_points_of(work, case, beside),
            "promised": promised,
            "graded": answer_grade.graded(work, feedback, words),
        }
    return render_template(
        "officer/answer.html", form=form, back_form=back, draft_overtaken=overtaken, **shown
    )


def _promised(work: Work, case: Case) -> list[str]:
    """What is promised in this stage, in the words that the person reads."""
    return [
        one.text
        for one in remedies.of_case(work.session, case)
        if one.stage_key == case.stage_key and one.state is RemedyState.PROMISED
    ]


def _points_of(work: Work, case: Case, beside: Beside) -> dict[str, object]:
    """The blocks of the points, and the promise."""
    kept = finding_blocks.kept(work.session, case, Giver.SERVICE)
    live = points.live(work.session, case)
    return {
        "rows": [(one, beside.blocks[one.number], kept.get(one.id)) for one in live],
        "beside_forms": [*beside.blocks.values(), beside.promise],
        "promise_form": beside.promise,
        "overtaken": beside.overtaken,
        "writers": finding_blocks.writers(work.session, kept.values()),
        "procedure_words": procedure_words,
    }


def _shown(
    work: Work, feedback: Feedback, case: Case, draft: AnswerDraft | None, checked: Checked
) -> dict[str, object]:
    session = db.session()
    waits = draft if draft is not None and draft.state is DraftState.WAITING else None
    signs = waits is not None and signing.may_sign(work, waits, current_user.person)
    stage = council().stage_name(gathering.track_for(case), StageKey(case.stage_key))
    return {
        "feedback": feedback,
        "case": case,
        "stage_name": stage,
        "draft": draft,
        "checked": checked,
        "missing": [answer_words.missing(gap, feedback.public_id) for gap in checked.gaps],
        "signed": answer_drafts.is_signed(session, case),
        "seen": signing.mark(checked),
        "signs": signs and may(Act.SIGN_ANSWER, feedback.id),
        "signer": SIGNERS[council().giving.signed_by],
        "sender": _name(draft.sent_by_id if draft is not None else None),
        "returned_by": _name(draft.returned_by_id if draft is not None else None),
        "event": answer_drafts.answers_with(session, case).value,
        "contact_lines": reading.contact_lines(session, council(), feedback),
    }


def _name(account_id: int | None) -> str:
    account = ACCOUNT.first(db.session(), account_id) if account_id is not None else None
    return account.name if account is not None else ""

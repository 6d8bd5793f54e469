"""Telling for a young person: a draft that only the advocate sees, and then the one press."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from portal import clock
from portal.access.acts import Act
from portal.attachments import storing
from portal.attachments.checking import CheckedFile
from portal.attachments.file_store import StoreAway
from portal.cases import advocate_drafts, drafts, plan_decisions
from portal.cases.promises import first_promises
from portal.db import db
from portal.errors import Refused
from portal.marking import marked
from portal.records.attachment import Attachment, AttachmentState
from portal.records.draft import Draft
from portal.records.feedback import Feedback
from portal.web.access import opens_to
from portal.web.advocate import reaching_form, scope_words, starting
from portal.web.advocate.blueprint import pages, who
from portal.web.advocate.consent_form import looked_at
from portal.web.advocate.starting_form import StartForm, agreed_in, filled
from portal.web.sign_in import login
from portal.work import Work, begin_work, counting_council

MOST_FILES = 10
TOO_MANY = marked("You have added 10 files, which is as many as we can take here")
SENT_ALREADY = marked("You have sent this already. Write to us on its page.")


@pages.route("/start", methods=["GET", "POST"])
@opens_to(Act.FOLLOW_LIST)
def start() -> ResponseReturnValue:
    """A new draft; it is made when something is saved."""
    return _write(None) if request.method == "POST" else _page(StartForm(formdata=None), None)


@pages.route("/drafts/<draft_id>", methods=["GET", "POST"])
@opens_to(Act.FOLLOW_LIST)
def draft(draft_id: str) -> ResponseReturnValue:
    """Go on with a draft."""
    found = _own_or_404(draft_id)
    if found.feedback_id is not None:
        return redirect(url_for(".draft_sent", draft_id=draft_id))
    if request.method == "POST":
        return _write(draft_id)
    return _page(filled(drafts.answers_of(found)), found)


@pages.get("/drafts/<draft_id>/check")
@opens_to(Act.FOLLOW_LIST)
def check_draft(draft_id: str) -> ResponseReturnValue:
    """Read it once more before it goes."""
    found = _own_or_404(draft_id)
    answers = drafts.answers_of(found)
    return render_template(
        "advocate/check.html",
        draft=found,
        said=answers,
        reached=reaching_form.in_lines(answers),
        files=_files(found),
        may_do=scope_words.in_words(agreed_in(answers).scope),
        last_day=agreed_in(answers).last_day,
        plan=plan_decisions.names_one(*(answers.get(key) for key in ("story", "wanted", "added"))),
    )


@pages.post("/drafts/<draft_id>/send")
@opens_to(Act.FOLLOW_LIST)
def send_draft(draft_id: str) -> ResponseReturnValue:
    """Send it. From now on the council reads it."""
    found = _own_or_404(draft_id)
    form, has_files = filled(drafts.answers_of(found)), bool(_files(found))
    if found.feedback_id is None and not form.say_missing(has_files=has_files):
        return _page(form, found, 422)
    try:
        starting.send(who(), draft_id)
    except Refused as refused:
        form.last_day.errors = [refused.message]
        return _page(form, _own_or_404(draft_id), 422)
    return redirect(url_for(".draft_sent", draft_id=draft_id), 303)


@pages.get("/drafts/<draft_id>/sent")
@opens_to(Act.FOLLOW_LIST)
def draft_sent(draft_id: str) -> ResponseReturnValue:
    """The reference and, for half an hour, the secret words for the young person."""
    with begin_work(who()) as work:
        found = advocate_drafts.find(work.session, int(current_user.id), draft_id, work.now)
        if found is None or found.feedback_id is None:
            abort(404)
        words = drafts.words_to_show(work, found)
        feedback = work.session.get_one(Feedback, found.feedback_id)
        promises = first_promises(
            counting_council(work.session), feedback.received_on, feedback.category_said
        )
        reference, public_id = feedback.reference, feedback.public_id
        plan = plan_decisions.is_about_one(feedback)
    return render_template(
        "advocate/sent.html",
        reference=reference,
        public_id=public_id,
        words=words.split() if words else None,
        promises=promises,
        plan=plan,
    )


@pages.post("/drafts/<draft_id>/delete")
@opens_to(Act.FOLLOW_LIST)
def delete_draft(draft_id: str) -> ResponseReturnValue:
    """Delete a draft. Nobody but the advocate has seen it."""
    _own_or_404(draft_id)
    with begin_work(who()) as work:
        found = advocate_drafts.find(work.session, int(current_user.id), draft_id, work.now)
        if found is not None:
            advocate_drafts.delete(work, found)
    flash(marked("The draft is deleted."), "success")
    return redirect(url_for(".matters"), 303)


def _write(draft_id: str | None) -> ResponseReturnValue:
    """Keep what was written, whatever still lacks, and then check it or stay."""
    form = StartForm()
    form.validate()
    if "csrf_token" in form and form["csrf_token"].errors:
        return _page(form, _own_or_404(draft_id) if draft_id else None, 422)
    upload = looked_at(form.file)
    try:
        draft_id = _keep(draft_id, form, upload)
    except StoreAway as away:
        form.file.errors = [away.message]
        draft_id = _keep(draft_id, form, None)
    found = _own_or_404(draft_id)
    if "check" in request.form:
        form.say_missing(has_files=bool(_files(found)))
    if any(field.errors for field in form):
        return _page(form, found, 422)
    if "check" in request.form:
        return redirect(url_for(".check_draft", draft_id=draft_id), 303)
    flash(marked("Your draft is saved. Nobody else can see it."), "success")
    return redirect(url_for(".draft", draft_id=draft_id), 303)


def _keep(draft_id: str | None, form: StartForm, upload: CheckedFile | None) -> str:
    me = int(current_user.id)
    with begin_work(who()) as work:
        found = advocate_drafts.find(work.session, me, draft_id or "", work.now)
        found = found or advocate_drafts.begin(work, me)
        if found.feedback_id is not None:
            raise SentAlready
        advocate_drafts.keep(work, found, form.answers())
        _change_files(work, found, form, upload)
        assert found.public_id is not None
        return found.public_id


class SentAlready(Refused):
    """It was sent from another tab meanwhile; nothing is added behind anybody's back."""

    title = marked("This was sent already")
    message = SENT_ALREADY
    status = 409


def _change_files(work: Work, found: Draft, form: StartForm, upload: CheckedFile | None) -> None:
    removed = select(Attachment).where(
        Attachment.draft_id == found.id, Attachment.public_id == request.form.get("remove", "")
    )
    for attachment in work.session.scalars(removed).all():
        work.session.delete(attachment)
    work.session.flush()
    if upload is not None:
        if len(starting.files_of(work, found)) >= MOST_FILES:
            form.file.errors = [TOO_MANY]
        else:
            storing.keep(work, upload, draft=found)


def _own_or_404(draft_id: str) -> Draft:
    found = advocate_drafts.find(db.session(), int(current_user.id), draft_id, clock.now())
    return found if found is not None else abort(404)


def _files(found: Draft | None) -> list[Attachment]:
    if found is None:
        return []
    held = select(Attachment).where(
        Attachment.draft_id == found.id, Attachment.state != AttachmentState.REFUSED
    )
    return list(db.session.scalars(held.order_by(Attachment.id)))


def _page(form: StartForm, found: Draft | None, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "advocate/start.html", form=form, draft=found, files=_files(found), left=login.left()
    )
    return page, status

"""/advocates/: an advocate's list, and one matter as far as the young person lets them in."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import Session

from portal import at_hand, audit, clock
from portal.access.acts import Act
from portal.account_rows import ADVOCATES_REQUESTS, DRAFTS_KEPT
from portal.cases import (
    advocacy,
    advocate_drafts,
    advocate_notes,
    advocate_requests,
    followed_matters,
    messages,
    takeovers,
)
from portal.db import db
from portal.followed_rows import fetch_followed
from portal.marking import marked
from portal.records.account import Account
from portal.records.agreed_scope import Scope
from portal.records.feedback import Feedback
from portal.records.message import Sender
from portal.web import our_sentences, waiting_files
from portal.web.access import opens_to
from portal.web.advocate import listing, scope_words
from portal.web.advocate.blueprint import followed, pages, who
from portal.web.advocate.forms import NoteForm
from portal.web.sign_in import login
from portal.web.tracking import experience_shown, let_in, message_files, showing
from portal.web.tracking.forms import ReplyForm
from portal.web.tracking.part_shown import CameBack, forms_of
from portal.wording import moment
from portal.work import begin_work, council, counting_council


@pages.get("/")
@opens_to(Act.FOLLOW_LIST)
def matters() -> ResponseReturnValue:
    """List the advocate's own matters, the next date first, and what else waits for them."""
    with begin_work(who()) as work:
        audit.note(work, "followed_listed")
    session, me, today = db.session(), int(current_user.id), clock.today()
    mine = followed_matters.matters(session, me)
    at_hand.fetch(session, (DRAFTS_KEPT, [me]), (ADVOCATES_REQUESTS, [me]))
    return render_template(
        "advocate/matters.html",
        rows=listing.rows(session, council(), mine, today),
        asked=takeovers.asked_of(session, me, today),
        drafts=advocate_drafts.of_account(session, me, clock.now()),
        requests=advocate_requests.of_account(session, me),
        ended=advocacy.ended(session, me),
    )


@pages.get("/<public_id>")
@opens_to(Act.FOLLOW)
def matter(public_id: str) -> ResponseReturnValue:
    """Show one matter."""
    return matter_page(public_id, ReplyForm(formdata=None))


@pages.post("/<public_id>")
@opens_to(Act.SPEAK_FOR)
def say(public_id: str) -> ResponseReturnValue:
    """Take a message."""
    feedback, form = followed(public_id), ReplyForm()
    if not waiting_files.is_to_be_sent(who(), message_files.PLACE, form):
        return matter_page(public_id, form)
    try:
        with begin_work(who()) as work:
            draft = waiting_files.draft_in(work, message_files.PLACE, form)
            message_files.say(work, feedback, form.message.data or "", draft, Sender.ADVOCATE)
    except messages.NothingSaid as nothing:
        form.message.errors = [nothing.message]
        return matter_page(public_id, form)
    flash(marked("We have got your message. We will read it and answer here."), "success")
    return redirect(url_for(".matter", public_id=public_id, _anchor="messages"))


@pages.post("/<public_id>/leave")
@opens_to(Act.FOLLOW)
def leave(public_id: str) -> ResponseReturnValue:
    """Stop following a matter."""
    feedback = followed(public_id)
    with begin_work(who()) as work:
        takeovers.take_back(work, int(current_user.id), feedback)
        advocacy.leave(work, int(current_user.id), feedback)
    flash(marked("You do not follow that matter any more."), "success")
    return redirect(url_for(".matters"))


def matter_page(
    public_id: str,
    form: ReplyForm,
    back: CameBack | None = None,
    note_form: NoteForm | None = None,
) -> ResponseReturnValue:
    """Show a matter with its forms as they stand, and only those that the scope allows.

    Args:
        public_id: the matter's.
        form: the message box.
        back: forms of its parts that come back.
        note_form: the box for a note, where it comes back.
    """
    feedback = _looked_at(public_id)
    session, me, again = db.session(), int(current_user.id), back or CameBack()
    agreed = advocacy.standing_of(session, me, feedback.id)
    scope = agreed.scope if agreed is not None else frozenset()
    shown = let_in.seen(session, counting_council(session), feedback, scope, again)
    note = note_form or NoteForm(formdata=None)
    forms = [form, note, *forms_of(shown.parts, again)]
    first_name = followed_matters.first_name(session, feedback)
    page = render_template(
        "advocate/matter.html",
        feedback=feedback,
        form=form,
        note_form=note,
        forms=forms,
        parts=shown.parts,
        closed=shown.closed,
        headline=shown.headline,
        name=first_name or listing.NO_NAME,
        thread=showing.for_an_advocate(shown.entries, me, first_name),
        files=followed_matters.files(session, feedback, me),
        held=waiting_files.held_by(session, who(), message_files.PLACE, form),
        received=moment(feedback.received_at),
        told_us=our_sentences.pieces_of(session, feedback, to_the_person=False),
        agreed=agreed,
        left=login.left(),
        may_do=scope_words.in_words(scope or {Scope.SEE}),
        scope={one.value for one in scope},
        **experience_shown.for_an_advocate(session, feedback, me, shown.parts, scope, again),
        **_of_the_advocate(session, feedback, me),
    )
    return page, 422 if any(one.errors for one in forms) else 200


def _looked_at(public_id: str) -> Feedback:
    """The matter with its rows at hand; that the advocate looks is noted."""
    with begin_work(who()) as work:
        feedback = followed(public_id)
        followed_matters.note_viewed(work, feedback)
    fetch_followed(db.session(), feedback, int(current_user.id))
    return feedback


def _of_the_advocate(session: Session, feedback: Feedback, me: int) -> dict[str, object]:
    """What only the advocate sees: their notes, and who could take over."""
    # First, because whom they have asked is mostly one of them.
    colleagues = takeovers.colleagues(session, session.get_one(Account, me), clock.today())
    return {
        "notes": advocate_notes.of(session, feedback, me),
        "asked_colleague": takeovers.waiting(session, me, feedback.id),
        "colleagues": colleagues,
    }

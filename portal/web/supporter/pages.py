"""/supporter/: somebody whom a young person trusts reads one matter and does what they may."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import audit, clock
from portal.cases import asking, followed_matters, messages, other_children, supporters
from portal.db import db
from portal.errors import Refused
from portal.marking import marked
from portal.records.agreed_scope import Scope
from portal.records.feedback import Feedback
from portal.records.message import Sender
from portal.records.supporter import Supporter
from portal.web import our_sentences
from portal.web.access import Access, opens_to
from portal.web.advocate import scope_words
from portal.web.supporter import visit
from portal.web.tracking import complaint, let_in, saying, showing
from portal.web.tracking.buttons import check_buttons
from portal.web.tracking.forms import AskForm, ReplyForm, StopForm
from portal.web.tracking.part_shown import CameBack, forms_of, part_asked, prefix
from portal.wording import moment
from portal.work import Who, begin_work, counting_council

pages = Blueprint("supporter", __name__, url_prefix="/supporter")
check_buttons(pages, "say", "dispute_point", "next_step", "stop")
SUPPORTER = Who("supporter")


class NotAgreed(Refused):
    """The young person did not say yes to this, or has changed it since the page was opened."""

    title = marked("You cannot do this")
    message = marked(
        "The young person has not said yes to this. Nothing was sent. You can copy what you wrote "
        "from below."
    )
    status = 403


@dataclass(frozen=True)
class Here:
    """The supporter of this browser and their matter."""

    supporter: Supporter
    feedback: Feedback


@pages.get("/link/<token>")
@opens_to(Access.EVERYONE)
def link(token: str) -> ResponseReturnValue:
    """Show the button of a link. Looking uses nothing up: mail scanners look too."""
    if not supporters.link_works(db.session(), token, clock.today()):
        raise supporters.LinkEnded
    return render_template("supporter/link.html", token=token)


@pages.post("/link/<token>")
@opens_to(Access.EVERYONE)
def use_link(token: str) -> ResponseReturnValue:
    """Exchange the link for this browser's cookie."""
    with begin_work(SUPPORTER) as work:
        supporter, visit_token = supporters.use_link(work, token)
        response = redirect(url_for(".matter"), 303)
        visit.give(response, visit_token, supporter)
    return response


@pages.get("/matter")
@opens_to(Access.SUPPORTER)
def matter() -> ResponseReturnValue:
    """Show the matter, as far as the young person lets them."""
    here = _here()
    return _page(here, ReplyForm(formdata=None)) if here is not None else _ended()


@pages.post("/matter")
@opens_to(Access.SUPPORTER)
def say() -> ResponseReturnValue:
    """Take a message."""
    here, form = _allowed(Scope.SPEAK), ReplyForm()
    if not form.validate():
        return _page(here, form)
    with begin_work(SUPPORTER) as work:
        messages.reply(work, here.feedback, Sender.SUPPORTER, form.message.data or "")
    flash(marked("We have got your message. We will read it and answer here."), "success")
    return redirect(url_for(".matter", _anchor="messages"))


@pages.post("/matter/points/<part>/agree")
@opens_to(Access.SUPPORTER)
def agree_points(part: str) -> ResponseReturnValue:
    """The supporter says for the young person that the points are right."""
    number = saying.number_of(part)
    here = _decides(number)
    try:
        saying.agree(SUPPORTER, here.feedback, number, request.form.get("mark", ""))
    except Refused as refused:
        flash(refused.message)
    else:
        flash(saying.AGREED, "success")
    return redirect(url_for(".matter", _anchor="points"))


@pages.post("/matter/points/<part>/<number>/dispute")
@opens_to(Access.SUPPORTER)
def dispute_point(part: str, number: str) -> ResponseReturnValue:
    """The supporter says for the young person that a point is not what they said."""
    at = saying.number_of(part), saying.number_of(number)
    here, form = _decides(at[0]), complaint.form_for(*at)
    if form.validate():
        try:
            saying.dispute(SUPPORTER, here.feedback, *at, form)
        except Refused as refused:
            form.wrong.errors = [refused.message]
        else:
            flash(saying.DISPUTED, "success")
            return redirect(url_for(".matter", _anchor="points"))
    return _page(here, ReplyForm(formdata=None), CameBack(disputes={at: form}))


@pages.post("/matter/next-step")
@opens_to(Access.SUPPORTER)
def next_step() -> ResponseReturnValue:
    """Ask for the next step for the young person."""
    part = part_asked()
    here = _decides(part)
    form = AskForm(prefix=prefix(part))
    if not form.validate():
        return _page(here, ReplyForm(formdata=None), CameBack(asked={part: form}))
    with begin_work(SUPPORTER) as work:
        words, stage = form.words.data or "", form.stage.data or ""
        asking.ask_for_next(work, here.feedback, stage, words, part)
    flash(marked("You have asked for the next step. We have written that down."), "success")
    return redirect(url_for(".matter"), 303)


@pages.post("/matter/stop")
@opens_to(Access.SUPPORTER)
def stop() -> ResponseReturnValue:
    """Ask us to stop, for the young person."""
    part = part_asked()
    here = _decides(part)
    form = StopForm(prefix=prefix(part))
    if not form.validate():
        return _page(here, ReplyForm(formdata=None), CameBack(stopping={part: form}))
    with begin_work(SUPPORTER) as work:
        asking.ask_to_stop(work, here.feedback, form.why.data or "", part)
    flash(marked("We know that they want us to stop. We will talk to them first."), "success")
    return redirect(url_for(".matter"), 303)


@pages.get("/ended")
@opens_to(Access.EVERYONE)
def ended() -> ResponseReturnValue:
    """Say that there is nothing to see in this browser, or no longer."""
    return render_template("supporter/ended.html"), 410


@pages.post("/close")
@opens_to(Access.EVERYONE)
def close() -> ResponseReturnValue:
    """Close it in this browser, for good: the link was used."""
    return _ended()


def _ended() -> ResponseReturnValue:
    response = redirect(url_for(".ended"), 303)
    visit.take_away(response)
    return response


def _here() -> Here | None:
    found = visit.supporter_now()
    return Here(*found) if found is not None else None


def _allowed(scope: Scope) -> Here:
    here = _here()
    if here is None or scope not in here.supporter.scope:
        raise NotAgreed
    return here


def _decides(part: int) -> Here:
    """The supporter, who may decide in that part."""
    here = _allowed(Scope.DECIDE)
    other_children.check_open(db.session(), here.feedback, part)
    return here


def _page(here: Here, form: ReplyForm, back: CameBack | None = None) -> ResponseReturnValue:
    feedback, scope, last_day = here.feedback, here.supporter.scope, here.supporter.last_day
    with begin_work(SUPPORTER) as work:
        audit.note(work, "supporter_viewed", feedback)
    session, again = db.session(), back or CameBack()
    shown = let_in.seen(session, counting_council(session), feedback, scope, again)
    forms = [form, *forms_of(shown.parts, again)]
    first_name = followed_matters.first_name(session, feedback)
    page = render_template(
        "supporter/matter.html",
        feedback=feedback,
        form=form,
        forms=forms,
        parts=shown.parts,
        closed=shown.closed,
        headline=shown.headline,
        thread=showing.for_an_advocate(shown.entries, 0, first_name),
        last_day=last_day,
        may_do=scope_words.in_words(scope),
        speaks=Scope.SPEAK in scope,
        letters=Scope.LETTERS in scope,
        received=moment(feedback.received_at),
        told_us=our_sentences.pieces_of(session, feedback, to_the_person=False),
    )
    return page, 422 if any(one.errors for one in forms) else 200

"""/track: a person follows what they told us, with their reference and secret words."""

from datetime import date

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal import audit, clock
from portal.cases import (
    advocacy,
    advocacy_consent,
    messages,
    referring,
    resubmitting,
    supporters,
    tracking,
)
from portal.cases.kept_until import kept_until
from portal.cases.young_people import is_young
from portal.db import db
from portal.errors import Refused
from portal.marking import marked
from portal.records.feedback import Feedback
from portal.web import draft_cookie, our_sentences, posted_files, waiting_files
from portal.web.access import Access, opens_to
from portal.web.tracking import (
    allowing,
    complaint,
    experience_shown,
    message_files,
    part_shown,
    reaching,
    reaching_pages,
    saying,
    showing,
    visit,
)
from portal.web.tracking.buttons import check_buttons
from portal.web.tracking.coming_back import come_back
from portal.web.tracking.forms import ASKED, REACHED, ReplyForm, WordsForm
from portal.web.tracking.part_shown import CameBack, forms_of, headline, parts_shown
from portal.wording import moment
from portal.work import PUBLIC, begin_work, counting_council

pages = Blueprint("tracking", __name__)
check_buttons(pages, "start", "matter", "dispute_point")


@pages.route("/track", methods=["GET", "POST"])
@opens_to(Access.EVERYONE)
def start() -> ResponseReturnValue:
    """Ask for reference and words, and open the matter that they belong to."""
    form = WordsForm()
    if not form.validate_on_submit():
        return _words_page(form, 422 if form.is_submitted() else 200)
    try:
        feedback = tracking.open_with_words(
            PUBLIC,
            form.reference.data or "",
            form.words.data or "",
            request.remote_addr or "",
            visit.browser(),
        )
    except Refused as refusal:
        form.refuse(refusal.message)
        return _words_page(form, refusal.status)
    visit.begin(feedback)
    if form.keeps_in(*REACHED):
        return reaching_pages.still_to_save(feedback, form)
    if form.keeps_in("helper", "helps", "days"):
        return allowing.still_to_make(feedback, form)
    if form.keeps_in("how", "said", *ASKED):
        return matter_page(feedback, ReplyForm(formdata=None), back=part_shown.kept(form))
    if form.keeps:
        data = {"message": form.kept.data, "waiting": form.waiting.data}
        kept = ReplyForm(formdata=None, data=data)
        return matter_page(feedback, kept, still_to_send=True)
    return redirect(url_for(".matter"))


@pages.get("/track/link/<token>")
@opens_to(Access.EVERYONE)
def link(token: str) -> ResponseReturnValue:
    """Show the button of a link that we sent. Looking uses nothing up: mail scanners look too."""
    with begin_work(PUBLIC) as work:
        if not tracking.link_works(work, token):
            raise tracking.LinkEnded
    return render_template("tracking/link.html", token=token)


@pages.post("/track/link/<token>")
@opens_to(Access.EVERYONE)
def use_link(token: str) -> ResponseReturnValue:
    """Use a link once: show new secret words, and open the matter."""
    with begin_work(PUBLIC) as work:
        feedback, words = tracking.use_link(work, token)
    visit.begin(feedback)
    return _new_words_page(feedback, words)


@pages.route("/track/matter", methods=["GET", "POST"])
@opens_to(Access.TRACKER)
def matter() -> ResponseReturnValue:
    """Show where the matter stands and what was said; take a message."""
    form = ReplyForm()
    feedback = visit.feedback_now()
    if feedback is None:
        return come_back(
            form.message.data or "",
            waiting=form.waiting.data or "",
            chose=bool(posted_files.chosen(form.files)),
        )
    if not form.is_submitted():
        return matter_page(feedback, form)
    if not waiting_files.is_to_be_sent(PUBLIC, message_files.PLACE, form):
        return matter_page(feedback, form)
    try:
        with begin_work(PUBLIC) as work:
            draft = waiting_files.draft_in(work, message_files.PLACE, form)
            message_files.say(work, feedback, form.message.data or "", draft)
    except messages.NothingSaid as nothing:
        form.message.errors = [nothing.message]
        return matter_page(feedback, form)
    flash(marked("We have got your message. We will read it and answer you here."), "success")
    return redirect(url_for(".matter", _anchor="messages"))


@pages.post("/track/matter/points/<part>/agree")
@opens_to(Access.TRACKER)
def agree_points(part: str) -> ResponseReturnValue:
    """The person says that the points are right."""
    feedback = visit.feedback_now()
    if feedback is None:
        return come_back()
    try:
        saying.agree(PUBLIC, feedback, saying.number_of(part), request.form.get("mark", ""))
    except Refused as refused:
        flash(refused.message)
    else:
        flash(saying.AGREED, "success")
    return redirect(url_for(".matter", _anchor="points"))


@pages.post("/track/matter/points/<part>/<number>/dispute")
@opens_to(Access.TRACKER)
def dispute_point(part: str, number: str) -> ResponseReturnValue:
    """The person says that a point is not what they said."""
    at = saying.number_of(part), saying.number_of(number)
    form = complaint.form_for(*at)
    feedback = visit.feedback_now()
    if feedback is None:
        return come_back(form.wrong.data or "")
    if form.validate():
        try:
            saying.dispute(PUBLIC, feedback, *at, form)
        except Refused as refused:
            form.wrong.errors = [refused.message]
        else:
            flash(saying.DISPUTED, "success")
            return redirect(url_for(".matter", _anchor="points"))
    back = CameBack(disputes={at: form})
    return matter_page(feedback, ReplyForm(formdata=None), back=back)


@pages.post("/track/matter/advocates/<public_id>/<act>")
@opens_to(Access.TRACKER)
def advocates(public_id: str, act: str) -> ResponseReturnValue:
    """The person switches an advocate off, or lets them follow again."""
    feedback = visit.feedback_now()
    if feedback is None:
        return come_back()
    change = {"end": advocacy.switch_off, "allow": advocacy.allow_again}.get(act)
    with begin_work(PUBLIC) as work:
        name = change(work, feedback, public_id) if change else None
    if name is None:
        flash(marked("Nobody of that name follows this. Nothing has changed."))
    elif act == "end":
        flash(marked("They cannot see this any more."), "success")
    else:
        flash(marked("They can see this again."), "success")
    return redirect(url_for(".matter", _anchor="advocates"))


@pages.post("/track/matter/new-words")
@opens_to(Access.TRACKER)
def new_words() -> ResponseReturnValue:
    """Give the person new secret words; whoever knows only the old ones is out."""
    feedback = visit.feedback_now()
    if feedback is None:
        return come_back()
    with begin_work(PUBLIC) as work:
        words = tracking.give_new_words(work, feedback)
    visit.renew(feedback)
    return _new_words_page(feedback, words)


@pages.post("/track/matter/stay")
@opens_to(Access.TRACKER)
def stay() -> ResponseReturnValue:
    """Renew the visit of somebody who still writes, and say how many seconds it has. Nothing of the
    matter is shown."""
    if visit.feedback_now() is None:
        abort(403)
    return Response(str(visit.left()), mimetype="text/plain")


@pages.post("/track/end")
@opens_to(Access.EVERYONE)
def end() -> ResponseReturnValue:
    """Close the matter in this browser, and the page that gave its words, if they are new."""
    visit.end()
    flash(
        marked("You have closed it. To come back, enter your reference and secret words."),
        "success",
    )
    response = redirect(url_for(".start"))
    draft_cookie.take_away_sent(response)
    return response


@pages.get("/track/exit")
@opens_to(Access.EVERYONE)
def leave() -> ResponseReturnValue:
    """The quick way out, which also closes the matter: going back shows nothing."""
    visit.end()
    return redirect(url_for("public.leave"))


def _words_page(form: WordsForm, status: int) -> ResponseReturnValue:
    form.forget_words()
    return render_template("tracking/start.html", form=form), status


def _new_words_page(feedback: Feedback, words: str) -> ResponseReturnValue:
    layout = showing.layout_for(feedback)
    return render_template(
        "tracking/words.html", feedback=feedback, words=words.split(), layout=layout
    )


def matter_page(
    feedback: Feedback,
    form: ReplyForm,
    still_to_send: bool = False,
    back: CameBack | None = None,
) -> ResponseReturnValue:
    """Show the matter with its forms as they stand, errors and typed words included.

    Args:
        feedback: the matter of this visit.
        form: the message box.
        still_to_send: its message was typed before the words were asked for again.
        back: forms of its parts that come back.
    """
    with begin_work(PUBLIC) as work:
        audit.note(work, "tracking_viewed", feedback)
        messages.mark_read(work, feedback)
    session, again, today = db.session(), back or CameBack(), clock.today()
    council = counting_council(session)
    parts = parts_shown(session, council, feedback, today, again)
    forms = [form, *forms_of(parts, again)]
    lost = part_shown.without_a_box(parts, again)
    form.message.data = lost or form.message.data
    earlier, later = resubmitting.theirs(session, feedback)
    page = render_template(
        "tracking/matter.html",
        feedback=feedback,
        form=form,
        forms=forms,
        parts=parts,
        headline=headline(session, council, parts, later, today),
        earlier=earlier,
        later=later,
        held=waiting_files.held_by(session, PUBLIC, message_files.PLACE, form),
        still_to_send=still_to_send or lost,
        still_to_ask=part_shown.still_to_ask(again) and not lost,
        reach=reaching.lines(session, feedback),
        layout=showing.layout_for(feedback),
        left=visit.left(),
        thread=showing.for_the_person(messages.thread(session, feedback)),
        young=is_young(feedback),
        told_us=our_sentences.pieces_of(session, feedback, to_the_person=True),
        kept_until=kept_until(session, council, feedback, today),
        **experience_shown.for_the_person(session, feedback, parts, again),
        **_who_and_when(session, feedback, today),
    )
    return page, 422 if any(one.errors for one in forms) else 200


def _who_and_when(session: Session, feedback: Feedback, today: date) -> dict[str, object]:
    """Whom the person let in and on what it rests, whom they asked for, and when they wrote."""
    followers = advocacy.followers(session, feedback)
    return {
        "received": moment(feedback.received_at),
        "followers": followers,
        "claimed": advocacy_consent.claimed(session, feedback) if followers else {},
        "referral": referring.latest(session, feedback.id),
        "supporters": supporters.of(session, feedback, today),
    }

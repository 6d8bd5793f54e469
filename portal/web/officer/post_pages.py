"""Letters by post, and notices that an officer gives: what waits, printing, and telling by hand."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from portal import audit, clock
from portal.access.acts import Act
from portal.correspondence import letter_pdf, phone_notices, print_queue
from portal.correspondence.print_queue import Sheet
from portal.db import db
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterState, OutboxLetter
from portal.records.phone_notice import PhoneNotice
from portal.web.access import opens_to, visible
from portal.web.officer import paper, wording
from portal.web.officer.blueprint import pages, staff
from portal.web.officer.post_forms import PrintForm
from portal.work import Work, begin_work, council, counting_council, settings

NONE_CHOSEN = "Choose the letters to print"
GONE = "None of these letters waits any more. Somebody may have been quicker."


@pages.get("/post", endpoint="post")
@opens_to(Act.SEND_POST)
def post_page() -> str:
    """What waits to be posted, whom to tell by hand, and what was posted lately."""
    return _page(PrintForm(formdata=None))


@pages.post("/post/print", endpoint="post_print")
@opens_to(Act.SEND_POST)
def print_chosen() -> ResponseReturnValue:
    """The chosen letters as one file. Posted, so that no address names them."""
    form = PrintForm()
    form.validate()
    if not form.letter.data:
        form.letter.errors = [NONE_CHOSEN]
        return _page(form), 422
    with begin_work(staff()) as work:
        sheets = _sheets(work, form.letter.data)
    if not sheets:
        form.letter.errors = [GONE]
        return _page(form), 422
    # Set after the commit: nothing slow stands inside an act.
    return paper.answer(sheets, council(), f"letters-{clock.today().isoformat()}")


@pages.post("/post/told/<notice_id>/done", endpoint="told_by_hand")
@opens_to(Act.SEND_POST)
def told_by_hand(notice_id: str) -> ResponseReturnValue:
    """An officer has told somebody that there is news."""
    with begin_work(staff()) as work:
        wanted = (
            select(PhoneNotice)
            .join(Feedback, Feedback.id == PhoneNotice.feedback_id)
            .where(PhoneNotice.public_id == notice_id, visible(Act.CONDUCT))
        )
        notice = work.session.scalar(wanted) or abort(404)
        phone_notices.done(work, notice)
    flash("That is off the list.", "success")
    return redirect(url_for("officer.post"), 303)


def _sheets(work: Work, chosen: list[str]) -> list[Sheet]:
    """The chosen letters that wait and may be seen, the oldest first."""
    wanted = (
        select(OutboxLetter)
        .join(Feedback, Feedback.id == OutboxLetter.feedback_id)
        .where(
            OutboxLetter.public_id.in_(chosen),
            OutboxLetter.state == LetterState.TO_POST,
            visible(Act.CONDUCT),
        )
        .order_by(OutboxLetter.written_at, OutboxLetter.id)
    )
    return [print_queue.to_print(work, letter) for letter in work.session.scalars(wanted).all()]


def _page(form: PrintForm) -> str:
    with begin_work(staff()) as work:
        audit.note(work, "post_listed")
    session, today = db.session(), clock.today()
    only = visible(Act.CONDUCT)
    return render_template(
        "officer/post.html",
        form=form,
        chosen=set(request.form.getlist("letter")),
        waiting=print_queue.waiting(session, counting_council(session), today, only),
        by_hand=phone_notices.by_hand(session, only),
        posted=print_queue.posted_lately(session, today, only),
        pdf=letter_pdf.is_possible(),
        what_to_install=letter_pdf.WHAT_TO_INSTALL,
        track_url=f"{settings().public_url}/track",
        wording=wording,
    )

"""One letter by post: reading it, printing it, and the day on which it was posted."""

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit, clock
from portal.access.acts import Act
from portal.cases import posting
from portal.correspondence import letter_pdf, print_queue
from portal.db import db
from portal.procedures.working_days import in_full
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterState, OutboxLetter
from portal.web.access import Of, opens_to
from portal.web.govform import GovForm
from portal.web.officer import paper, reading, wording
from portal.web.officer.blueprint import pages, staff
from portal.web.officer.history import at_words
from portal.web.officer.post_forms import CorrectForm, PostedForm, TakeBackForm
from portal.work import Work, begin_work, council

Deed = Callable[[Work, OutboxLetter], str]


@pages.get("/post/<public_id>", endpoint="post_letter")
@opens_to(Act.CONDUCT, of=Of.LETTER)
def letter_page(public_id: str) -> str:
    """One letter; looking at it is noted."""
    with begin_work(staff()) as work:
        letter = _letter_or_404(work.session, public_id)
        audit.note(work, "letter_viewed", letter)
    return _page(letter)


@pages.get("/post/<public_id>/paper", endpoint="post_paper")
@opens_to(Act.CONDUCT, of=Of.LETTER)
def letter_paper(public_id: str) -> ResponseReturnValue:
    """The letter for paper: a PDF, or a page to print."""
    with begin_work(staff()) as work:
        letter = _letter_or_404(work.session, public_id)
        sheet = print_queue.to_print(work, letter)
        feedback = work.session.get_one(Feedback, letter.feedback_id)
        name = f"letter-{feedback.reference}"
    return paper.answer([sheet], council(), name)


@pages.post("/post/<public_id>/posted", endpoint="post_posted")
@opens_to(Act.CONDUCT, of=Of.LETTER)
def posted(public_id: str) -> ResponseReturnValue:
    """Record the day on which it was posted."""
    form = PostedForm()

    def deed(work: Work, letter: OutboxLetter) -> str:
        posting.record_posted(work, letter, form.day())
        return f"Posted on {in_full(form.day())}. That is the letter’s date."

    return _take(public_id, form, deed)


@pages.post("/post/<public_id>/correct", endpoint="post_correct")
@opens_to(Act.CONDUCT, of=Of.LETTER)
def correct(public_id: str) -> ResponseReturnValue:
    """Change the day, with a reason."""
    form = CorrectForm()

    def deed(work: Work, letter: OutboxLetter) -> str:
        posting.correct(work, letter, form.day(), form.reason.data or "")
        return f"The letter’s date is {in_full(form.day())} now. Dates that count from it moved."

    return _take(public_id, form, deed)


@pages.post("/post/<public_id>/take-back", endpoint="post_take_back")
@opens_to(Act.CONDUCT, of=Of.LETTER)
def take_back(public_id: str) -> ResponseReturnValue:
    """It was not posted after all, with a reason."""
    form = TakeBackForm()

    def deed(work: Work, letter: OutboxLetter) -> str:
        posting.take_back(work, letter, form.why.data or "")
        return "The letter waits to be posted again. No date counts from it."

    return _take(public_id, form, deed)


@pages.post("/post/<public_id>/leave", endpoint="post_leave")
@opens_to(Act.CONDUCT, of=Of.LETTER)
def leave(public_id: str) -> ResponseReturnValue:
    """The person closed this way: the letter is read at /track alone."""
    with begin_work(staff()) as work:
        posting.leave_unposted(work, _letter_or_404(work.session, public_id))
    flash("The letter is not posted. It is read at “follow your feedback”.", "success")
    return redirect(url_for("officer.post"), 303)


def _take(public_id: str, form: GovForm, deed: Deed) -> ResponseReturnValue:
    """Do something to the letter; a wrong day or a missing reason comes back with what was typed.

    Raises:
        NotWaiting, NotPosted: somebody was quicker, so the form has no place on the page any more.
    """
    if not form.validate():
        return _page(_letter_or_404(db.session(), public_id), form), 422
    try:
        with begin_work(staff()) as work:
            said = deed(work, _letter_or_404(work.session, public_id))
    except posting.WrongDay as refused:
        assert isinstance(form, PostedForm), "Only a form with a day has a wrong one."
        form.on.errors = [refused.message]
        return _page(_letter_or_404(db.session(), public_id), form), 422
    flash(said, "success")
    return redirect(url_for("officer.post_letter", public_id=public_id), 303)


def _letter_or_404(session: Session, public_id: str) -> OutboxLetter:
    """The letter by post of an address, which the view's rule has found open already."""
    found = session.scalar(
        select(OutboxLetter).where(
            OutboxLetter.public_id == public_id, OutboxLetter.state.in_(print_queue.BY_POST)
        )
    )
    return found if found is not None else abort(404)


def _page(letter: OutboxLetter, posted_form: GovForm | None = None) -> str:
    session, today = db.session(), clock.today()
    feedback = session.get_one(Feedback, letter.feedback_id)
    known = {type(posted_form): posted_form} if posted_form is not None else {}
    waits = letter.state is LetterState.TO_POST
    return render_template(
        "officer/post_letter.html",
        letter=letter,
        feedback=feedback,
        waits=waits,
        plain=print_queue.is_plain(session, letter),
        wanted=not waits or print_queue.is_wanted(session, council(), letter),
        posted_form=known.get(PostedForm) or PostedForm(formdata=None, data={"on": today}),
        correct_form=known.get(CorrectForm)
        or CorrectForm(formdata=None, data={"on": letter.posted_on}),
        take_back_form=known.get(TakeBackForm) or TakeBackForm(formdata=None),
        forms=[posted_form] if posted_form is not None else [],
        history=posting.history(session, letter),
        contact_lines=reading.contact_lines(session, council(), feedback),
        pdf=letter_pdf.is_possible(),
        what_to_install=letter_pdf.WHAT_TO_INSTALL,
        at_words=at_words,
        wording=wording,
    )

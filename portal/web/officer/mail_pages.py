"""Mail that became no feedback, and receipts that were held back: lists, and what to do."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from portal import audit, clock
from portal.access.acts import Act
from portal.cases import looking_now
from portal.correspondence import automatic_gate
from portal.db import db
from portal.records.automatic_answer import AutomaticAnswer
from portal.records.feedback import Feedback
from portal.records.mail import Mail, MailState, RawMail
from portal.triage import left_mail, queue_mail
from portal.web.access import may, opens_to
from portal.web.officer import queue_pages
from portal.web.officer.blueprint import pages, staff
from portal.web.officer.mail_form import SettleForm
from portal.web.officer.sandboxed import FileAnswer
from portal.work import begin_work


@pages.get("/mail", endpoint="mail")
@opens_to(Act.LOOK_AT_MAIL)
def mail_page() -> ResponseReturnValue:
    """The messages that nobody has looked at. The list shows no words."""
    with begin_work(staff()) as work:
        audit.note(work, "mail_listed")
    session = db.session()
    held = [
        (answer, number, _feedback_if_visible(session, answer.feedback_id))
        for answer, number in automatic_gate.tasks(session)
    ]
    return render_template(
        "officer/mail.html", messages=left_mail.waiting(session), states=MailState, held=held
    )


@pages.get("/mail/<public_id>", endpoint="message_left")
@opens_to(Act.LOOK_AT_MAIL)
def message_page(public_id: str) -> ResponseReturnValue:
    """One message; the look is recorded."""
    with begin_work(staff()) as work:
        mail = _mail_or_404(work.session, public_id)
        audit.note(work, "mail_viewed", mail)
    return _message_page(mail, SettleForm(formdata=None))


def _message_page(mail: Mail, form: SettleForm) -> str:
    session = db.session()
    form.offer()
    return render_template(
        "officer/mail_message.html",
        mail=mail,
        found=left_mail.read(session, mail),
        raw=left_mail.raw_shown(session, mail),
        states=MailState,
        form=form,
        colleagues=looking_now.colleagues(session, mail, int(current_user.id), clock.now()),
        way_on=queue_pages.way_on(queue_mail.place_of(mail)),
    )


@pages.get("/mail/<public_id>/whole", endpoint="mail_whole")
@opens_to(Act.LOOK_AT_MAIL)
def whole(public_id: str) -> ResponseReturnValue:
    """Save the message as it came. It is never shown by a browser: it may hold anything."""
    with begin_work(staff()) as work:
        mail = _mail_or_404(work.session, public_id)
        audit.note(work, "mail_saved", mail)
        body = work.session.get_one(RawMail, mail.id).body
    return FileAnswer.of(body, f"message-{mail.public_id}.eml", "application/octet-stream")


@pages.post("/mail/<public_id>/take-on", endpoint="mail_take_on")
@opens_to(Act.LOOK_AT_MAIL)
def take_on(public_id: str) -> ResponseReturnValue:
    """Make it feedback and open it."""
    with begin_work(staff()) as work:
        feedback = left_mail.make_feedback(work, _mail_or_404(work.session, public_id))
        address = url_for("officer.item", public_id=feedback.public_id)
    return redirect(address, 303)


@pages.post("/mail/<public_id>/settle", endpoint="mail_settle")
@opens_to(Act.LOOK_AT_MAIL)
def settle(public_id: str) -> ResponseReturnValue:
    """Nothing to do, with a reason."""
    form = SettleForm()
    if not form.validate():
        return _message_page(_mail_or_404(db.session(), public_id), form), 422
    with begin_work(staff()) as work:
        mail = _mail_or_404(work.session, public_id)
        place = queue_mail.place_of(mail)
        left_mail.settle(work, mail, form.chosen())
    flash("The message is off the list. It stays in the mail ledger.")
    following = queue_pages.following(place, public_id)
    if following is None:
        return redirect(url_for("officer.mail"), 303)
    return redirect(queue_pages.address_of(following), 303)


@pages.post("/mail/held/<public_id>/done", endpoint="held_done")
@opens_to(Act.LOOK_AT_MAIL)
def held_done(public_id: str) -> ResponseReturnValue:
    """An officer has looked at what a budget held back."""
    with begin_work(staff()) as work:
        wanted = select(AutomaticAnswer).where(AutomaticAnswer.public_id == public_id)
        answer = work.session.scalar(wanted)
        if answer is None:
            raise NotFound
        automatic_gate.settle(work, answer)
    flash("That is off the list.")
    return redirect(url_for("officer.mail"), 303)


@pages.post("/mail/<public_id>/read-again", endpoint="mail_read_again")
@opens_to(Act.LOOK_AT_MAIL)
def read_again(public_id: str) -> ResponseReturnValue:
    """Let the intake try once more."""
    with begin_work(staff()) as work:
        left_mail.read_again(work, _mail_or_404(work.session, public_id))
    flash("The message will be read again within a minute.")
    return redirect(url_for("officer.mail"), 303)


def _mail_or_404(session: Session, public_id: str) -> Mail:
    found = session.scalar(select(Mail).where(Mail.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def _feedback_if_visible(session: Session, feedback_id: int) -> Feedback | None:
    return session.get(Feedback, feedback_id) if may(Act.READ, feedback_id) else None

"""Mail that became no feedback: a list, each message as far as it can be read, three buttons."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from portal import audit
from portal.db import db
from portal.records.mail import Mail, MailState
from portal.triage import left_mail
from portal.web.access import Access, opens_to
from portal.web.officer.blueprint import officer, pages
from portal.work import begin_work


@pages.get("/mail", endpoint="mail")
@opens_to(Access.OFFICER)
def mail_page() -> ResponseReturnValue:
    """The messages that nobody has looked at. The list shows no words."""
    return render_template(
        "officer/mail.html", messages=left_mail.waiting(db.session()), states=MailState
    )


@pages.get("/mail/<public_id>", endpoint="message_left")
@opens_to(Access.OFFICER)
def message_page(public_id: str) -> ResponseReturnValue:
    """One message; the look is recorded."""
    with begin_work(officer()) as work:
        mail = _mail_or_404(work.session, public_id)
        audit.note(work, "mail_viewed", mail)
        found = left_mail.read(work.session, mail)
    return render_template("officer/mail_message.html", mail=mail, found=found, states=MailState)


@pages.post("/mail/<public_id>/take-on", endpoint="mail_take_on")
@opens_to(Access.OFFICER)
def take_on(public_id: str) -> ResponseReturnValue:
    """Make it feedback and open it."""
    with begin_work(officer()) as work:
        feedback = left_mail.make_feedback(work, _mail_or_404(work.session, public_id))
        address = url_for("officer.item", public_id=feedback.public_id)
    return redirect(address, 303)


@pages.post("/mail/<public_id>/settle", endpoint="mail_settle")
@opens_to(Access.OFFICER)
def settle(public_id: str) -> ResponseReturnValue:
    """Nothing to do."""
    with begin_work(officer()) as work:
        left_mail.settle(work, _mail_or_404(work.session, public_id))
    flash("The message is off the list. It stays in the mail ledger.")
    return redirect(url_for("officer.mail"), 303)


@pages.post("/mail/<public_id>/read-again", endpoint="mail_read_again")
@opens_to(Access.OFFICER)
def read_again(public_id: str) -> ResponseReturnValue:
    """Let the intake try once more."""
    with begin_work(officer()) as work:
        left_mail.read_again(work, _mail_or_404(work.session, public_id))
    flash("The message will be read again within a minute.")
    return redirect(url_for("officer.mail"), 303)


def _mail_or_404(session: Session, public_id: str) -> Mail:
    found = session.scalar(select(Mail).where(Mail.public_id == public_id))
    if found is None:
        raise NotFound
    return found

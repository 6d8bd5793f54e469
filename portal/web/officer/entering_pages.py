"""Entering what came by telephone, by post or over the counter."""

from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session
from wtforms import ValidationError as FieldFault

from portal import audit, clock
from portal.access.acts import Act
from portal.cases import consent, promises
from portal.cases import waiting_files as waiting
from portal.cases.receiving import LONGEST_STORY, NewFeedback, receive
from portal.cases.references import make_reference
from portal.cases.waiting_files import Place
from portal.correspondence import outbox
from portal.correspondence.safe_contact import email_of
from portal.db import db
from portal.procedures.matter import Consent
from portal.records.draft import Draft
from portal.records.feedback import ContactWay, Feedback
from portal.records.mail import Mail
from portal.records.outbox_letter import LetterKind
from portal.triage import left_mail
from portal.web import waiting_files
from portal.web.access import may, opens_to
from portal.web.officer.blueprint import pages, staff
from portal.web.officer.entering_form import LONGEST_LINE, EnteredBy, EnteringForm
from portal.work import Work, begin_work, council

PLACE = Place.ENTERING


@pages.get("/enter")
@opens_to(Act.ENTER)
def enter() -> ResponseReturnValue:
    """The empty form, with today as the day; or with what could be read of a message."""
    begun: dict[str, object] = {
        "reference": make_reference(),
        "received_on": clock.today(),
        "consent": Consent.NOT_ASKED.value,
    }
    mail = _mail(db.session(), request.args.get("mail"))
    if mail is not None:
        begun |= _from_mail(mail)
    return _page(EnteringForm(formdata=None, data=begun))


@pages.post("/enter")
@opens_to(Act.ENTER)
def entered() -> ResponseReturnValue:
    """Receive it like everything else, once, and open it for a decision."""
    form = EnteringForm()
    valid = form.validate()
    waiting_files.take_in(staff(), PLACE, form)
    if waiting_files.stays():
        return _adding(form)
    new = _new(form) if valid else None
    if new is None or form.files.errors:
        return _page(form), 422
    with begin_work(staff()) as work:
        draft = waiting_files.draft_in(work, PLACE, form)
        feedback = _once(work, new, form.consent_given(), draft)
        mail = _mail(work.session, form.mail.data)
        if mail is not None:
            left_mail.enter_by_hand(work, mail, feedback)
    flash(
        f"Entered under {feedback.reference}. To let them follow it, read the reference out and"
        " give them secret words.",
        "success",
    )
    return redirect(url_for("officer.item", public_id=feedback.public_id))


def _new(form: EnteringForm) -> NewFeedback | None:
    """What was typed, with who typed it; None with the fault beside the day it came."""
    try:
        return replace(form.as_new(council().records_from), entered_by_id=staff().account_id)
    except FieldFault as fault:
        form.received_on.errors = [str(fault)]
        return None


def _mail(session: Session, public_id: str | None) -> Mail | None:
    """The message to write down. Whoever may not look at mail has none."""
    if not public_id or not may(Act.LOOK_AT_MAIL):
        return None
    return session.scalar(select(Mail).where(Mail.public_id == public_id))


def _from_mail(mail: Mail) -> dict[str, object]:
    found = left_mail.read(db.session(), mail)
    return {
        "mail": mail.public_id,
        "channel": EnteredBy.EMAIL.value,
        "received_on": clock.london_date(mail.arrived_at),
        "story": found.text[:LONGEST_STORY],
        "name": found.sender[:LONGEST_LINE],
        "email": found.sender_email[:LONGEST_LINE],
        "contact_way": (ContactWay.EMAIL if found.sender_email else ContactWay.PORTAL_ONLY).value,
    }


def _once(
    work: Work, new: NewFeedback, agreed: consent.Given | None, draft: Draft | None
) -> Feedback:
    """Receive it, unless this very form was sent before."""
    known = work.session.scalar(select(Feedback).where(Feedback.reference == new.reference))
    if new.reference is not None and known is not None:
        return known
    feedback = receive(work, new)
    audit.note(work, "feedback_entered", feedback)
    waiting.take(work, draft, feedback=feedback)
    if agreed is not None:
        consent.record(work, feedback, agreed)
    if email_of(work, feedback) is not None:
        # As neutral as any receipt: see `portal.web.journey_sending`.
        promised = promises.first_promises(work.council, feedback.received_on, None)
        outbox.post(work, LetterKind.RECEIPT, feedback, {"promises": promised}, automatic=True)
    return feedback


def _adding(form: EnteringForm) -> ResponseReturnValue:
    """The page again with its files: what else is missing is no mistake before it is entered."""
    for field in form:
        if field.name not in ("files", "csrf_token"):
            field.errors = []
    return _page(form), 422 if form.errors else 200


def _page(form: EnteringForm) -> str:
    form.offer(council())
    files = waiting_files.held_by(db.session(), staff(), PLACE, form)
    return render_template("officer/enter.html", form=form, files=files)

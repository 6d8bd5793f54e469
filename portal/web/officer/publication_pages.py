"""Offering somebody's thanks for publication: one officer writes, a second one agrees."""

from collections.abc import Callable
from dataclasses import dataclass, field

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import audit
from portal.access.acts import Act
from portal.cases import praising, publishing, publishing_consent
from portal.db import db
from portal.errors import Refused
from portal.procedures.working_days import in_full
from portal.records.account import Account
from portal.records.feedback import Feedback
from portal.records.publication import Publication, PublicationState
from portal.records.publishing_consent import PublishingConsent, SaidHow
from portal.web.access import opens_to, visible
from portal.web.govform import GovForm
from portal.web.officer.blueprint import feedback_or_404, pages, staff
from portal.web.officer.publication_forms import HOW, SaidForm, TextForm, WhyForm
from portal.work import Work, begin_work

STATES = {
    PublicationState.REDACTING: "The redacted text is being written",
    PublicationState.DRAFT: "To be read and offered",
    PublicationState.OFFERED: "Waits for a second officer",
    PublicationState.AGREED: "Agreed for publication",
    PublicationState.WITHDRAWN: "Withdrawn",
}


@dataclass(frozen=True)
class Forms:
    """The forms of the page, as they stand."""

    said: SaidForm = field(default_factory=lambda: SaidForm(formdata=None))
    text: TextForm = field(default_factory=lambda: TextForm(formdata=None))
    why: WhyForm = field(default_factory=lambda: WhyForm(formdata=None))


@pages.get("/publications")
@opens_to(Act.ENTER)
def publications() -> ResponseReturnValue:
    """Every text, the newest quarter first."""
    with begin_work(staff()) as work:
        audit.note(work, "publications_viewed")
    return render_template(
        "officer/publications.html",
        listed=publishing.listed(db.session(), visible(Act.DECIDE)),
        states=STATES,
    )


@pages.get("/feedback/<public_id>/publication")
@opens_to(Act.DECIDE)
def publication(public_id: str) -> ResponseReturnValue:
    """The person's own words beside what may be published of them."""
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        audit.note(work, "publication_viewed", feedback)
    return _page(feedback, Forms())


@pages.post("/feedback/<public_id>/publication")
@opens_to(Act.DECIDE)
def begin_publication(public_id: str) -> ResponseReturnValue:
    """Ask for a redacted text."""
    said = "The redacted text is being written. It takes about a minute."
    return _done(public_id, lambda work, feedback: publishing.begin(work, feedback), said)


@pages.post("/feedback/<public_id>/publication/consent")
@opens_to(Act.DECIDE)
def publishing_said(public_id: str) -> ResponseReturnValue:
    """Record a later yes or no."""
    forms = Forms(said=SaidForm())
    return _checked(
        public_id, forms, forms.said,
        lambda work, feedback: publishing.record_consent(work, feedback, forms.said.said()),
        "Recorded what they said.",
    )  # fmt: skip


@pages.post("/feedback/<public_id>/publication/offer")
@opens_to(Act.DECIDE)
def offer_publication(public_id: str) -> ResponseReturnValue:
    """Offer the text as it stands in the box."""
    forms = Forms(text=TextForm())
    return _checked(
        public_id, forms, forms.text,
        lambda work, feedback: publishing.offer(work, feedback, forms.text.text.data or ""),
        "Offered. Another officer looks at it next.",
    )  # fmt: skip


@pages.post("/feedback/<public_id>/publication/agree")
@opens_to(Act.DECIDE)
def agree_publication(public_id: str) -> ResponseReturnValue:
    """Agree to it, as another officer than who wrote it."""
    said = "Agreed. The annual report may use it."
    return _done(public_id, lambda work, feedback: publishing.agree(work, feedback), said)


@pages.post("/feedback/<public_id>/publication/back")
@opens_to(Act.DECIDE)
def send_publication_back(public_id: str) -> ResponseReturnValue:
    """Send it back to be changed."""
    forms = Forms(why=WhyForm())
    return _checked(
        public_id, forms, forms.why,
        lambda work, feedback: publishing.send_back(work, feedback, forms.why.why.data or ""),
        "Sent back.",
    )  # fmt: skip


@pages.post("/feedback/<public_id>/publication/withdraw")
@opens_to(Act.DECIDE)
def withdraw_publication(public_id: str) -> ResponseReturnValue:
    """Take it out of what is published next."""
    forms = Forms(why=WhyForm())
    return _checked(
        public_id, forms, forms.why,
        lambda work, feedback: publishing.withdraw(work, feedback, forms.why.why.data or ""),
        "Withdrawn. It is not published any more.",
    )  # fmt: skip


def _checked(
    public_id: str,
    forms: Forms,
    form: GovForm,
    act: Callable[[Work, Feedback], object],
    said: str,
) -> ResponseReturnValue:
    if not form.validate():
        return _page(feedback_or_404(db.session(), public_id), forms), 422
    return _done(public_id, act, said, forms)


def _done(
    public_id: str,
    act: Callable[[Work, Feedback], object],
    said: str,
    forms: Forms | None = None,
) -> ResponseReturnValue:
    """Do one thing with the text; the page comes back with what was typed where it cannot be."""
    try:
        with begin_work(staff()) as work:
            act(work, feedback_or_404(work.session, public_id))
    except Refused as refused:
        forms = forms or Forms()
        forms.text.form_errors = [refused.message]
        with begin_work(staff()) as work:
            feedback = feedback_or_404(work.session, public_id)
            audit.note(work, "publication_viewed", feedback)
        return _page(feedback, forms), refused.status
    flash(said, "success")
    return redirect(url_for("officer.publication", public_id=public_id), 303)


def _page(feedback: Feedback, forms: Forms) -> str:
    session = db.session()
    found = publishing.of(session, feedback)
    said = publishing_consent.latest(session, feedback.id)
    if found is not None and not forms.text.is_submitted() and not forms.text.text.data:
        forms.text.text.data = found.text
    return render_template(
        "officer/publication.html",
        feedback=feedback,
        found=found,
        state=STATES[found.state] if found is not None else "",
        said=_said_words(said),
        allowed=said is not None and said.agrees,
        thanked=praising.is_thanked(session, feedback),
        forms=forms,
        by=_names(found),
        own=found is not None and found.offered_by_id == int(current_user.id),
    )


def _said_words(said: PublishingConsent | None) -> str:
    if said is None:
        return "They were not asked."
    answer = "Yes, their words may be published" if said.agrees else "No, their words stay private"
    how = "on the form" if said.how is SaidHow.ON_FORM else HOW[said.how].lower()
    return f"{answer}: said {how} on {in_full(said.on_day)}."


def _names(found: Publication | None) -> dict[str, str]:
    """Who offered, agreed and withdrew it."""
    if found is None:
        return {}
    keys = {
        "offered": found.offered_by_id,
        "agreed": found.agreed_by_id,
        "withdrawn": found.withdrawn_by_id,
    }
    session = db.session()
    return {
        name: session.get_one(Account, key).name for name, key in keys.items() if key is not None
    }

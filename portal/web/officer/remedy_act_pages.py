"""One promise or recommendation: what it is, and what becomes of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal import audit, clock
from portal.access.acts import Act
from portal.cases import promises_told, remedies
from portal.db import db
from portal.errors import Refused
from portal.procedures.finding import Giver
from portal.procedures.remedy import RemedyState
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterState, OutboxLetter
from portal.records.remedy import Remedy
from portal.web.access import may, opens_to
from portal.web.officer import procedure_words
from portal.web.officer.blueprint import pages, staff
from portal.web.officer.case_pages import found_or_404
from portal.web.officer.item_pages import words_of
from portal.web.officer.points_forms import version_of
from portal.web.officer.readable import remedies_readable
from portal.web.officer.remedy_forms import (
    DoneForm,
    LearningForm,
    OmbudsmanForm,
    ReasonForm,
    WithVersion,
)
from portal.web.officer.remedy_pages import row_of
from portal.work import Work, begin_work

Form = TypeVar("Form", bound=WithVersion)
Deed = Callable[[Work, Case, Remedy], str]


@pages.get("/cases/<public_id>/promises/<remedy_id>")
@opens_to(Act.READ)
def promise(public_id: str, remedy_id: str) -> ResponseReturnValue:
    """One of them, with what whoever is signed in may do about it."""
    with begin_work(staff()) as work:
        feedback, case = found_or_404(work.session, public_id)
        audit.note(work, "promises_viewed", case)
    return _page(feedback, _readable(db.session(), feedback, case, remedy_id), {})


@pages.post("/cases/<public_id>/promises/<remedy_id>/done")
@opens_to(Act.ANSWER)
def promise_done(public_id: str, remedy_id: str) -> ResponseReturnValue:
    """It was done: the proof, and a letter to the person."""
    form = DoneForm()

    def deed(work: Work, case: Case, remedy: Remedy) -> str:
        on = form.on.data
        assert on is not None, "The form has been validated."
        following = remedies.done(
            work, case, remedy, version_of(form), on, form.evidence.data or ""
        )
        letter = promises_told.tell_done(work, case, remedy) if form.tell.data else None
        return _done_words(letter, following)

    return _take(public_id, remedy_id, "done", form, deed)


@pages.post("/cases/<public_id>/promises/<remedy_id>/give-up")
@opens_to(Act.CONDUCT)
def promise_given_up(public_id: str, remedy_id: str) -> ResponseReturnValue:
    """It will not be done after all."""
    form = ReasonForm(prefix="given-up-")

    def deed(work: Work, case: Case, remedy: Remedy) -> str:
        remedies.give_up(work, case, remedy, version_of(form), form.reasons.data or "")
        return "Saved: it will not be done, and why."

    return _take(public_id, remedy_id, "given_up", form, deed)


@pages.post("/cases/<public_id>/promises/<remedy_id>/accept")
@opens_to(Act.ADJUDICATE)
def recommendation_accepted(public_id: str, remedy_id: str) -> ResponseReturnValue:
    """The council will do what was recommended."""
    form = WithVersion()

    def deed(work: Work, case: Case, remedy: Remedy) -> str:
        remedies.accept(work, case, remedy, version_of(form))
        return "Accepted: it is a promise now."

    return _take(public_id, remedy_id, "accepted", form, deed)


@pages.post("/cases/<public_id>/promises/<remedy_id>/not-accept")
@opens_to(Act.ADJUDICATE)
def recommendation_not_accepted(public_id: str, remedy_id: str) -> ResponseReturnValue:
    """The council will not do what was recommended."""
    form = ReasonForm(prefix="not-accepted-")

    def deed(work: Work, case: Case, remedy: Remedy) -> str:
        remedies.not_accept(work, case, remedy, version_of(form), form.reasons.data or "")
        return "Saved: it is not accepted, and why."

    return _take(public_id, remedy_id, "not_accepted", form, deed)


@pages.post("/cases/<public_id>/promises/<remedy_id>/ombudsman")
@opens_to(Act.CONDUCT)
def ombudsman_told(public_id: str, remedy_id: str) -> ResponseReturnValue:
    """What the Ombudsman was told of it, and what they say."""
    form = OmbudsmanForm(prefix="ombudsman-")

    def deed(work: Work, case: Case, remedy: Remedy) -> str:
        on = form.on.data
        assert on is not None, "The form has been validated."
        remedies.tell_ombudsman(work, case, remedy, version_of(form), on, form.answer())
        return "Saved: what the Ombudsman was told."

    return _take(public_id, remedy_id, "ombudsman", form, deed)


@pages.post("/cases/<public_id>/promises/<remedy_id>/learning")
@opens_to(Act.CONDUCT)
def promise_learning(public_id: str, remedy_id: str) -> ResponseReturnValue:
    """Whether it is learning for the annual report, and how it was made known."""
    form = LearningForm(prefix="learning-")

    def deed(work: Work, case: Case, remedy: Remedy) -> str:
        made_known = form.made_known.data or ""
        report = bool(form.for_report.data)
        remedies.mark_learning(work, case, remedy, version_of(form), report, made_known)
        return "Saved: what the annual report says of it."

    return _take(public_id, remedy_id, "learning", form, deed)


@dataclass
class Forms:
    """The forms of one remedy's page; those that were posted keep what was typed."""

    remedy: Remedy
    posted: Mapping[str, WithVersion] = field(default_factory=dict)

    def all(self) -> dict[str, WithVersion]:
        """Every form by its name."""
        remedy, seen = self.remedy, {"version": str(self.remedy.version)}
        learning = {"for_report": remedy.for_report, "made_known": remedy.made_known or ""}
        told = {
            "on": remedy.told_ombudsman_on,
            "compliance": remedy.compliance.value if remedy.compliance else "",
        }
        today = {"on": clock.today(), "tell": remedy.shown_to_person}
        forms: dict[str, WithVersion] = {
            "done": DoneForm(formdata=None, data={**seen, **today}),
            "given_up": ReasonForm(formdata=None, prefix="given-up-", data=seen),
            "accepted": WithVersion(formdata=None, data=seen),
            "not_accepted": ReasonForm(formdata=None, prefix="not-accepted-", data=seen),
            "ombudsman": OmbudsmanForm(formdata=None, prefix="ombudsman-", data={**seen, **told}),
            "learning": LearningForm(formdata=None, prefix="learning-", data={**seen, **learning}),
            **self.posted,
        }
        ombudsman = forms["ombudsman"]
        assert isinstance(ombudsman, OmbudsmanForm)
        ombudsman.offer()
        return forms


def _take(
    public_id: str, remedy_id: str, name: str, form: WithVersion, deed: Deed
) -> ResponseReturnValue:
    """Check a form, do what it asks, and say so; a refusal gives the page again as it was typed."""
    feedback, case = found_or_404(db.session(), public_id)
    remedy = _readable(db.session(), feedback, case, remedy_id)
    if not form.validate():
        return _page(feedback, remedy, {name: form}), 422
    try:
        with begin_work(staff()) as work:
            feedback, case = found_or_404(work.session, public_id)
            said = deed(work, case, _readable(work.session, feedback, case, remedy_id))
    except Refused as refused:
        with begin_work(staff()) as work:
            feedback, case = found_or_404(work.session, public_id)
            audit.note(work, "promises_viewed", case)
        remedy = _readable(db.session(), feedback, case, remedy_id)
        form.form_errors.append(refused.message)
        form.version.data = str(remedy.version)
        return _page(feedback, remedy, {name: form}), refused.status
    flash(said, "success")
    return redirect(url_for("officer.promise", public_id=public_id, remedy_id=remedy_id), 303)


def _readable(session: Session, feedback: Feedback, case: Case, remedy_id: str) -> Remedy:
    listed = remedies_readable(session, feedback, case, remedies.of_case(session, case))
    return next((one for one in listed if one.public_id == remedy_id), None) or abort(404)


_LETTERS: Mapping[LetterState, str] = {
    LetterState.WAITING: " A letter to the person leaves in the next minutes.",
    LetterState.TO_POST: " A letter to the person waits under “Letters to post”.",
    LetterState.WITHHELD: " The person reads it at “follow your feedback”.",
}


def _done_words(letter: OutboxLetter | None, following: Remedy | None) -> str:
    said = "Saved as done."
    if letter is not None:
        said += _LETTERS[letter.state]
    return said + (" The next one is promised." if following is not None else "")


def _page(feedback: Feedback, remedy: Remedy, posted: Mapping[str, WithVersion]) -> str:
    session = db.session()
    forms = Forms(remedy, posted).all()
    decides = may(Act.ADJUDICATE, feedback.id) and remedy.state is RemedyState.PROPOSED
    conducts = may(Act.CONDUCT, feedback.id)
    promised = remedy.state is RemedyState.PROMISED
    return render_template(
        "officer/promise.html",
        row=row_of(remedy),
        f=forms,
        forms=list(forms.values()),
        posted=posted,
        decides=decides,
        may_do=promised and may(Act.ANSWER, feedback.id),
        may_give_up=promised and conducts,
        may_tell=conducts and remedy.giver is Giver.OMBUDSMAN,
        may_learn=conducts and remedy.state is not RemedyState.PROPOSED,
        procedure_words=procedure_words,
        **words_of(session, feedback),
    )

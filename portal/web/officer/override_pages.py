"""One letter past what the person said of reaching them: proposed, then answered by a manager."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit, clock
from portal.access.acts import Act
from portal.cases import overriding
from portal.db import db
from portal.errors import Refused
from portal.procedures.working_days import in_full
from portal.records.account import Account
from portal.records.contact_override import ContactOverride, OverrideState
from portal.records.feedback import Feedback
from portal.records.outbox_letter import OutboxLetter
from portal.web.access import opens_to
from portal.web.officer import reading, wording
from portal.web.officer.blueprint import feedback_or_404, pages, staff
from portal.web.officer.contact_forms import OverrideForm, RefuseForm
from portal.web.officer.history import at_words
from portal.work import begin_work, council

STATES = {
    OverrideState.PROPOSED: "Waits for a manager",
    OverrideState.AGREED: "Agreed",
    OverrideState.REFUSED: "Not agreed",
    OverrideState.ENDED: "Ended: the details or the rule changed",
}


@dataclass(frozen=True)
class Shown:
    """One proposal, in words."""

    row: ContactOverride
    letter: str
    how: str
    state: str
    waits: bool
    own: bool
    proposed: str
    answered: str


@pages.get("/feedback/<public_id>/contact-override", endpoint="override")
@opens_to(Act.CONDUCT)
def override_page(public_id: str) -> ResponseReturnValue:
    """What was proposed, and the form for another letter."""
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        audit.note(work, "contact_viewed", feedback)
        ways = overriding.ways(work, feedback)
    return _page(feedback, OverrideForm(formdata=None), ways)


@pages.post("/feedback/<public_id>/contact-override", endpoint="override_proposed")
@opens_to(Act.CONDUCT)
def propose_override(public_id: str) -> ResponseReturnValue:
    """Ask a manager to let one letter go."""
    form = OverrideForm()
    valid = form.validate()
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        ways = overriding.ways(work, feedback)
    way = form.chosen(ways)
    if not valid or way is None:
        return _page(feedback, form, ways), 422
    try:
        with begin_work(staff()) as work:
            feedback = feedback_or_404(work.session, public_id)
            letter_id, reason = form.letter.data or "", form.reason.data or ""
            overriding.propose(work, feedback, letter_id, way, reason)
    except Refused as refused:
        form.letter.errors = [refused.message]
        return _page(feedback_or_404(db.session(), public_id), form, ways), 422
    flash("Proposed. Nothing goes before a complaints manager has agreed.", "success")
    return redirect(url_for("officer.override", public_id=public_id), 303)


@pages.post("/feedback/<public_id>/contact-override/<override_id>/agree")
@opens_to(Act.AGREE_TO_CONTACT)
def agree_to_override(public_id: str, override_id: str) -> ResponseReturnValue:
    """A manager agrees: the letter goes, this once."""
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        overriding.agree(work, feedback, override_id)
    flash("Agreed. This one letter goes; everything else obeys the rule.", "success")
    return redirect(url_for("officer.override", public_id=public_id), 303)


@pages.post("/feedback/<public_id>/contact-override/<override_id>/refuse")
@opens_to(Act.AGREE_TO_CONTACT)
def refuse_override(public_id: str, override_id: str) -> ResponseReturnValue:
    """A manager does not agree: the rule holds."""
    form = RefuseForm()
    if not form.validate():
        form.why.data = None
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        overriding.refuse(work, feedback, override_id, form.why.data or "")
    flash("Not agreed. Nothing goes.", "success")
    return redirect(url_for("officer.override", public_id=public_id), 303)


@pages.post("/feedback/<public_id>/contact-override/<letter_id>/leave", endpoint="leave_held")
@opens_to(Act.CONDUCT)
def leave_held(public_id: str, letter_id: str) -> ResponseReturnValue:
    """An officer has looked at a letter that somebody must not see: it stays where it is."""
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        overriding.leave(work, feedback, letter_id)
    flash("Noted. The letter goes nowhere.", "success")
    return redirect(url_for("officer.override", public_id=public_id), 303)


def _page(feedback: Feedback, form: OverrideForm, ways: list[overriding.Way]) -> str:
    session = db.session()
    letters = [(one, _named(one)) for one in overriding.letters(session, feedback)]
    form.offer(letters, ways)
    rows = overriding.of(session, feedback)
    return render_template(
        "officer/contact_override.html",
        feedback=feedback,
        form=form,
        refuse_form=RefuseForm(formdata=None),
        letters=letters,
        ways=ways,
        proposed=_shown(session, rows),
        held_back=[(one, _named(one)) for one in overriding.held_back(session, feedback)],
        contact_lines=reading.contact_lines(session, council(), feedback),
    )


def _shown(session: Session, rows: Sequence[ContactOverride]) -> list[Shown]:
    ids = {row.proposed_by_id for row in rows} | {row.answered_by_id for row in rows}
    found = session.scalars(select(Account).where(Account.id.in_(ids - {None})))
    names = {account.id: account.name for account in found}
    return [
        Shown(
            row=row,
            letter=_named(session.get_one(OutboxLetter, row.letter_id)),
            how=f"{wording.CONTACT_WAYS[row.way]}: {row.to_where}",
            state=STATES[row.state],
            waits=row.state is OverrideState.PROPOSED,
            own=row.proposed_by_id == current_user.id,
            proposed=f"{names[row.proposed_by_id]}, {at_words(row.proposed_at)}",
            answered=(
                f"{names[row.answered_by_id]}, {at_words(row.answered_at)}"
                if row.answered_by_id is not None and row.answered_at is not None
                else ""
            ),
        )
        for row in rows
    ]


def _named(letter: OutboxLetter) -> str:
    kind = wording.LETTERS.get(letter.kind, letter.subject)
    return f"{kind}, written {in_full(clock.london_date(letter.written_at))}"

"""A case: its dates with their working, what was said, and what officers write."""

from dataclasses import dataclass
from datetime import date

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal import audit, clock
from portal.access.acts import Act
from portal.cases import acknowledging, gathering, messages, others_told, parting
from portal.correspondence import letters, outbox
from portal.correspondence.letters import WrittenLetter
from portal.correspondence.safe_contact import route_of
from portal.db import db
from portal.procedures.procedure import StageKey, StartEvent, Track
from portal.procedures.working_days import in_full, relative_words
from portal.records.account import Account
from portal.records.case import Case, CaseStage
from portal.records.feedback import ContactWay, Feedback
from portal.records.message import Sender
from portal.records.outbox_letter import LetterKind
from portal.web.access import opens_to
from portal.web.officer import (
    case_view,
    doing,
    given_out,
    lead_view,
    ombudsman_view,
    parts_view,
    proposal_view,
    wording,
)
from portal.web.officer.blueprint import feedback_or_404, pages, part_asked, staff
from portal.web.officer.chased import chased
from portal.web.officer.history import at_words, history
from portal.web.officer.item_pages import mark_read, message_again, thread_of, words_of
from portal.web.officer.writing_forms import AcknowledgementForm, MessageForm
from portal.work import Work, begin_work, council, counting_council

WHY = {
    "acknowledged": "the acknowledgement was written",
    "posted": "a letter was posted",
    "not_posted": "the day on which a letter was posted was taken back",
    "extended": "more time was taken",
    "rerouted": "it moved to the other procedure",
    "statement_agreed": "the statement of complaint was agreed",
    "request_acknowledged": "the request was acknowledged",
    "panel_held": "the panel met",
    "panel_reported": "the panel reported",
    "bank_holiday_added": "a bank holiday was added",
    "bank_holiday_taken_back": "a bank holiday was taken back",
}


@dataclass(frozen=True)
class CaseDates:
    """What the page says about the first stage: its name, dates and their working."""

    stage_name: str
    due_on: date
    relative: str
    late: bool
    first_due_on: date
    working: str
    acknowledge_by: date | None
    acknowledge_relative: str
    acknowledge_late: bool
    moved: tuple[str, ...]
    runs: bool


@pages.get("/cases/<public_id>")
@opens_to(Act.READ)
def case(public_id: str) -> ResponseReturnValue:
    """Look at one case; looking is noted in the trail."""
    with begin_work(staff()) as work:
        feedback, found = found_or_404(work.session, public_id)
        mark_read(work, feedback)
        audit.note(work, "case_viewed", found)
    return _case_page(feedback, found, MessageForm(formdata=None))


@pages.post("/cases/<public_id>/message")
@opens_to(Act.WRITE)
def message(public_id: str) -> ResponseReturnValue:
    """Write to the person: they read it with their words, and a notice says that it is there."""
    form = MessageForm()
    if not form.validate():
        return _with_errors(public_id, form)
    try:
        with begin_work(staff()) as work:
            feedback = feedback_or_404(work.session, public_id)
            sent = _write_to(work, feedback, form.body.data or "")
            is_case = gathering.case_of(work.session, feedback) is not None
    except others_told.NamesSomebodyElse as refused:
        form.body.errors = [refused.message]
        return _with_errors(public_id, form)
    flash(sent, "success")
    page = "officer.case" if is_case else "officer.item"
    return redirect(url_for(page, public_id=public_id) + "#thread")


@pages.get("/cases/<public_id>/acknowledge")
@opens_to(Act.ACKNOWLEDGE)
def acknowledge(public_id: str) -> ResponseReturnValue:
    """Write the acknowledgement, with the date that it will state."""
    with begin_work(staff()) as work:
        feedback, found = found_or_404(work.session, public_id)
        audit.note(work, "case_viewed", found)
    if acknowledging.is_written(db.session(), found):
        raise acknowledging.AlreadyAcknowledged
    return _acknowledge_page(feedback, found, AcknowledgementForm(formdata=None), None)


@pages.post("/cases/<public_id>/acknowledge")
@opens_to(Act.ACKNOWLEDGE)
def check_acknowledgement(public_id: str) -> ResponseReturnValue:
    """Show the letter before it goes."""
    form = AcknowledgementForm()
    preview = None
    valid = form.validate()
    with begin_work(staff()) as work:
        feedback, found = found_or_404(work.session, public_id)
        if acknowledging.is_written(work.session, found):
            raise acknowledging.AlreadyAcknowledged
        if valid:
            preview = _preview(work, feedback, found, form.text.data or "")
            audit.note(work, "case_viewed", found)
    return _acknowledge_page(feedback, found, form, preview), 200 if valid else 422


@pages.post("/cases/<public_id>/acknowledged")
@opens_to(Act.ACKNOWLEDGE)
def acknowledged(public_id: str) -> ResponseReturnValue:
    """Send the acknowledgement and count from it."""
    form = AcknowledgementForm()
    if not form.validate():
        feedback, found = found_or_404(db.session(), public_id)
        return _acknowledge_page(feedback, found, form, None), 422
    try:
        with begin_work(staff()) as work:
            feedback, found = found_or_404(work.session, public_id)
            acknowledging.acknowledge(work, found, form.text.data or "")
            way = route_of(work.session, work.council, feedback).way
    except others_told.NamesSomebodyElse as refused:
        form.text.errors = [refused.message]
        feedback, found = found_or_404(db.session(), public_id)
        return _acknowledge_page(feedback, found, form, None), 422
    begun = "Written" if way is ContactWay.POST else "Acknowledged"
    flash(f"{begun}. {wording.LETTERS_WENT[way]}", "success")
    return redirect(url_for("officer.case", public_id=public_id))


def found_or_404(session: Session, public_id: str) -> tuple[Feedback, Case]:
    """The feedback of an address and its case: the part that the address asks for."""
    feedback = feedback_or_404(session, public_id)
    found = gathering.case_of(session, feedback, part_asked())
    if found is None:
        abort(404)
    return feedback, found


def _write_to(work: Work, feedback: Feedback, body: str) -> str:
    """Add the message with its notice, and say in words how the person learns of it."""
    for part in parting.parts(work.session, feedback):
        others_told.check(work.session, part, body)
    said = messages.reply(work, feedback, Sender.COUNCIL, body, work.who.account_id)
    if said.sent_at < work.now:
        return f"This message is there already, since {at_words(said.sent_at)}."
    way = route_of(work.session, work.council, feedback).way
    # Paper goes to the person alone; a notice of words that lie elsewhere would help nobody there.
    facts = {"text": body} if way is ContactWay.POST else {}
    outbox.post(work, LetterKind.NEW_MESSAGE, feedback, facts)
    return f"Your message is there. {wording.MESSAGE_GOES[way]}"


def _with_errors(public_id: str, form: MessageForm) -> ResponseReturnValue:
    feedback = feedback_or_404(db.session(), public_id)
    found = gathering.case_of(db.session(), feedback, part_asked())
    if found is None:
        return message_again(feedback, form)
    return _case_page(feedback, found, form, 422)


def _case_page(
    feedback: Feedback, found: Case, form: MessageForm, status: int = 200
) -> ResponseReturnValue:
    session = db.session()
    stage = gathering.current_stage(session, found)
    opened_by = session.get(Account, found.opened_by_id)
    today = clock.today()
    page = render_template(
        "officer/case.html",
        case=found,
        acknowledged=acknowledging.is_written(session, found),
        stands=case_view.STATES[found.procedure_state],
        dates=_dates(found, stage),
        stages=case_view.stages(session, counting_council(session), found, today),
        happened=case_view.happened(session, found),
        appointed=case_view.appointed(session, found),
        doable=_doable(session, feedback, found, today),
        chased=chased(session, counting_council(session), found, today),
        proposed_no=proposal_view.shown_for(session, council(), feedback),
        given_out=given_out.shown(session, found),
        lead=lead_view.lead(session, found),
        under=lead_view.under(session, found),
        states=case_view.STATES,
        parts=parts_view.parts(session, counting_council(session), feedback, today),
        goes_apart=parts_view.goes_apart(session, feedback),
        covered=ombudsman_view.covered_by(session, found),
        covers=ombudsman_view.of_case(found),
        opened_by=opened_by.name if opened_by is not None else "",
        history=history(session, feedback),
        form=form,
        **thread_of(session, feedback, form),
        **words_of(session, feedback),
    )
    return page, status


def _doable(
    session: Session, feedback: Feedback, found: Case, today: date
) -> tuple[doing.Doable, ...]:
    if not doing.doers(feedback.id):
        return ()
    return doing.doable(
        gathering.facts_of(session, counting_council(session), found, today), feedback.id
    )


def _dates(found: Case, stage: CaseStage) -> CaseDates:
    today = clock.today()
    by = _acknowledge_by(found, stage)
    here = counting_council(db.session())
    runs = stage.answered_on is None and stage.ended_on is None
    return CaseDates(
        stage_name=here.stage_name(gathering.track_for(found), StageKey(stage.key)),
        due_on=stage.due_on,
        relative=relative_words(stage.due_on, today, here.calendar) if runs else "",
        late=runs and stage.due_on < today,
        first_due_on=stage.first_due_on,
        working=str(stage.working.get("words", "")),
        acknowledge_by=by,
        acknowledge_relative=relative_words(by, today, here.calendar) if by is not None else "",
        acknowledge_late=by is not None and by < today,
        runs=runs,
        moved=tuple(_moved(entry) for entry in stage.working.get("recalculations", [])),
    )


def _acknowledge_by(found: Case, stage: CaseStage) -> date | None:
    """The last day for the letter that a case still owes, where its timescales give one."""
    letter = stage.working.get("acknowledge")
    if letter is None or found.acknowledged_on is not None:
        return None
    if stage.starts == StartEvent.ACKNOWLEDGED.value:
        return stage.start_on
    about_data = gathering.track_for(found) is Track.DATA_PROTECTION
    return date.fromisoformat(letter["due"]) if about_data else None


def _moved(entry: dict[str, str]) -> str:
    on, before, after = (
        in_full(date.fromisoformat(entry[name])) for name in ("on", "due_before", "due_after")
    )
    why = WHY.get(entry["why"], entry["why"].replace("_", " "))
    if before == after:
        return f"{on}: {why}; the date stayed {after}."
    return f"{on}: {why}; the date moved from {before} to {after}."


def _preview(work: Work, feedback: Feedback, found: Case, text: str) -> WrittenLetter:
    stage = acknowledging.first_stage(work.session, found)
    due_on = acknowledging.date_to_state(work.council, feedback, found, stage, work.today)
    kind, facts = acknowledging.what_it_states(work.council, feedback, found, text, due_on)
    return letters.preview(work, kind, feedback, facts)


def _acknowledge_page(
    feedback: Feedback, found: Case, form: AcknowledgementForm, preview: WrittenLetter | None
) -> str:
    session = db.session()
    stage = acknowledging.first_stage(session, found)
    today = clock.today()
    return render_template(
        "officer/acknowledge.html",
        case=found,
        form=form,
        preview=preview,
        dates=_dates(found, stage),
        due_on=acknowledging.date_to_state(
            counting_council(session), feedback, found, stage, today
        ),
        **words_of(session, feedback),
    )

"""Making something happen to a case: fill in, read the letter, confirm.

Nothing leaves before the second press. The first lets it happen, writes the letter and takes both
back, so that what is read is what will be sent. What appoints somebody opens the matter to them, so
whoever does it shows again first that it is them.
"""

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import Session

from portal import audit
from portal.access.acts import Act
from portal.cases import appointing, event_letters, gathering, happening, signing
from portal.cases.happening import NotYet
from portal.cases.trying_out import tried_out
from portal.correspondence import failing
from portal.correspondence.letters import WrittenLetter
from portal.correspondence.safe_contact import route_of
from portal.db import db
from portal.errors import Refused
from portal.matter_rows import NAMED, POINTS, fetch_matter
from portal.procedures.facts import Facts, Given
from portal.procedures.state import APPOINTS, Doer, Event
from portal.procedures.transitions import sentences
from portal.procedures.vocabulary import Team
from portal.records.account import Account
from portal.records.case import Case
from portal.records.case_event import CaseEvent
from portal.records.feedback import Feedback
from portal.triage import refusing
from portal.web.access import opens_to
from portal.web.officer import appointee_view, lead_view, wording
from portal.web.officer.appointee_view import Appointee
from portal.web.officer.blueprint import pages, staff
from portal.web.officer.case_pages import found_or_404
from portal.web.officer.doing import doer_for
from portal.web.officer.event_form import EventForm
from portal.web.officer.event_sheets import SHEETS, Ask
from portal.web.officer.item_pages import words_of
from portal.work import Work, begin_work


@dataclass(frozen=True)
class Doing:
    """One event that the signed-in person may make happen, with what its page needs. `by_two` says
    that it is only proposed here, and a second officer agrees; `appointees` is whom an appointment
    can choose from."""

    feedback: Feedback
    case: Case
    event: Event
    doer: Doer
    facts: Facts
    form: EventForm
    people: dict[str, int]
    by_two: bool
    appointees: tuple[Appointee, ...]


@pages.get("/cases/<public_id>/do/<code>", endpoint="event")
@opens_to(Act.READ, fresh_codes=APPOINTS)
def event_page(public_id: str, code: str) -> ResponseReturnValue:
    """Show what the event asks."""
    with begin_work(staff()) as work:
        # A reason may come in the address: the page about an advocate leads here with its own.
        begun = {"on": work.today, "reason": request.args.get("reason")}
        # So may a case that is near: whoever may work it finds it chosen as the lead.
        begun["lead"] = lead_view.reference_of(work.session, request.args.get("lead", ""))
        doing = _doing(work, public_id, code, EventForm(formdata=None, data=begun))
        if doing.event is Event.ANSWERED and doing.facts.joined_to is not None:
            doing.form.words.data = lead_view.draft_answer(work, doing.case)
        _note_look(work, doing)
    return _page(doing)


@pages.post("/cases/<public_id>/do/<code>", endpoint="event_check")
@opens_to(Act.READ, fresh_codes=APPOINTS)
def check(public_id: str, code: str) -> ResponseReturnValue:
    """Let it happen, show the letter, and take both back."""
    refusal: Refused | None = None
    letter: WrittenLetter | None = None
    with begin_work(staff()) as work:
        doing = _doing(work, public_id, code, EventForm())
        _note_look(work, doing)
        valid = doing.form.validate()
        if valid and doing.by_two:
            try:
                letter = refusing.tried(work, doing.case, doing.event, _given(work, doing))
            except Refused as refused:
                refusal = refused
        elif valid:
            try:
                with tried_out(work):
                    letter = event_letters.preview(work, doing.case, _happen(work, doing))
            except Refused as refused:
                refusal = refused
    if not valid or refusal is not None:
        return _page(doing, refusal=refusal), _status(refusal)
    return _page(doing, letter=letter, checked=True)


@pages.post("/cases/<public_id>/did/<code>", endpoint="event_done")
@opens_to(Act.READ, fresh_codes=APPOINTS)
def done(public_id: str, code: str) -> ResponseReturnValue:
    """Let it happen, and send the letter as the officer left it."""
    try:
        with begin_work(staff()) as work:
            doing = _doing(work, public_id, code, EventForm())
            if not doing.form.validate():
                _note_look(work, doing)
                return _page(doing), 422
            if doing.by_two:
                body = doing.form.letter.data
                refusing.propose_event(work, doing.case, doing.event, _given(work, doing), body)
                return _asked(public_id)
            body = None if _as_signed(work.session, doing) else doing.form.letter.data
            row = _happen(work, doing)
            letter = event_letters.send(work, doing.case, row, body)
            way = route_of(work.session, work.council, doing.feedback).way
    except Refused as refused:
        with begin_work(staff()) as work:
            again = _doing(work, public_id, code, EventForm(), gone=refused)
            _note_look(work, again)
        return _page(again, refusal=refused), _status(refused)
    went = f" {wording.LETTERS_WENT[way]}" if letter is not None else ""
    flash(f"Recorded.{went}", "success")
    return redirect(url_for("officer.case", public_id=public_id), 303)


def _doing(
    work: Work, public_id: str, code: str, form: EventForm, gone: Refused | None = None
) -> Doing:
    """Find the case and the event; nothing here for whoever may not, or where it has no place.

    Raises:
        CannotHappen: the event has no place where the case stands now.
    """
    feedback, case = found_or_404(work.session, public_id)
    event = _event_or_404(code)
    about = [(NAMED, [feedback.id])] if event in APPOINTS else []
    fetch_matter(work.session, feedback, [case], beside=about, below=failing.wanted)
    facts = gathering.facts_of(work.session, work.council, case, work.today)
    doer = doer_for(facts, event, feedback.id)
    if doer is None:
        raise gone or happening.CannotHappen
    sheet = SHEETS[event]
    form.only(sheet)
    points = sorted(POINTS.of(work.session, case.id), key=lambda point: point.number)
    people = _candidates(work, event)
    chosen_from = (
        appointee_view.appointees(work, feedback, facts, APPOINTS[event], people)
        if event in APPOINTS
        else ()
    )
    can_be = {one.public_id for one in chosen_from if not one.why_not}
    form.offer(event, facts, points, [one for one in people if one.public_id in can_be])
    form.offer_parts(
        [(team, wording.team_name(work.council, team)) for team in Team],
        lead_view.proposed(work.session, feedback) if Ask.LEAD in sheet.asks else (),
        lead_view.panel(work.session, case) if Ask.LEAVES in sheet.asks else (),
    )
    keys = {one.public_id: one.id for one in people}
    by_two = refusing.needs_second_officer(facts, event)
    return Doing(feedback, case, event, doer, facts, form, keys, by_two, chosen_from)


def _note_look(work: Work, doing: Doing) -> None:
    audit.note(work, "case_viewed", doing.case)
    if doing.appointees:
        # What the register says of each stands beside the form.
        audit.note(work, "register_listed")


def _given(work: Work, doing: Doing) -> Given:
    given = doing.form.given(doing.doer, int(current_user.id), doing.people)
    if Ask.LEAD in SHEETS[doing.event].asks:
        return lead_view.with_lead(work, doing.case, given, doing.form.lead_typed())
    return given


def _asked(public_id: str) -> ResponseReturnValue:
    flash("A second officer is asked. Nothing has happened, and nothing went out.", "success")
    return redirect(url_for("officer.second_officer", public_id=public_id), 303)


def _happen(work: Work, doing: Doing) -> CaseEvent:
    given = _given(work, doing)
    signing.check_sent(work, doing.case, doing.event, doing.doer)
    _open_to_appointee(work, doing, given)
    return happening.happen(work, doing.case, doing.event, given)


def _as_signed(session: Session, doing: Doing) -> bool:
    return signing.goes_as_signed(session, doing.case, doing.event, doing.doer)


def _open_to_appointee(work: Work, doing: Doing, given: Given) -> None:
    if given.appointee_id is None or doing.event not in APPOINTS:
        return
    account = work.session.get_one(Account, given.appointee_id)
    for one in doing.appointees:
        if one.public_id == account.public_id and one.why_not:
            raise appointing.CannotBe(one.why_not)
    role = APPOINTS[doing.event]
    appointing.open_to(work, doing.feedback, role, account, doing.form.until())


def _candidates(work: Work, event: Event) -> list[Account]:
    if event not in APPOINTS:
        return []
    return appointing.candidates(work.session, APPOINTS[event], work.today)


def _event_or_404(code: str) -> Event:
    if code not in set(Event) or Event(code) not in SHEETS:
        abort(404)
    return Event(code)


def _page(
    doing: Doing,
    letter: WrittenLetter | None = None,
    checked: bool = False,
    refusal: Refused | None = None,
) -> str:
    session = db.session()
    form, sheet = doing.form, SHEETS[doing.event]
    if letter is not None:
        form.put_letter(letter.body)
    if refusal is not None:
        form.form_errors = _sentences(refusal)
    return render_template(
        "officer/event.html",
        form=form,
        sheet=sheet,
        event=doing.event,
        letter=letter,
        checked=checked,
        by_two=doing.by_two,
        as_signed=_as_signed(session, doing),
        tells=event_letters.has_letter(doing.event),
        appoints=doing.event in APPOINTS,
        appointees=doing.appointees,
        **words_of(session, doing.feedback),
    )


def _sentences(refusal: Refused) -> list[str]:
    return list(sentences(refusal.guards)) if isinstance(refusal, NotYet) else [refusal.message]


def _status(refusal: Refused | None) -> int:
    return refusal.status if refusal is not None else 422

"""A case: its dates with their working, what was said, and what officers write."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import ColumnElement, Select, bindparam, exists, select
from sqlalchemy.orm import Session

from portal import audit, clock
from portal.access.acts import Act
from portal.cases import (
    acknowledging,
    gathering,
    linking,
    messages,
    office_told,
    others_told,
    parting,
    silence,
)
from portal.correspondence import failing, outbox
from portal.correspondence.safe_contact import route_of
from portal.db import db
from portal.matter_rows import ACCOUNT, fetch_matter
from portal.records.case import Case
from portal.records.feedback import ContactWay, Feedback
from portal.records.message import Message, Sender
from portal.records.outbox_letter import LetterKind
from portal.web.access import may, opens_to, visible
from portal.web.officer import (
    case_bar,
    case_dates,
    case_overview,
    case_view,
    doing,
    given_out,
    lead_view,
    ombudsman_view,
    parts_view,
    presence,
    proposal_view,
    wording,
)
from portal.web.officer.blueprint import (
    feedback_or_404,
    pages,
    part_asked,
    part_or_404,
    staff,
)
from portal.web.officer.chased import SILENCE, chased
from portal.web.officer.history import at_words
from portal.web.officer.item_pages import mark_read, message_again, thread_of, words_of
from portal.web.officer.presence import Has
from portal.web.officer.writing_forms import MessageForm
from portal.web.once import told
from portal.work import Work, begin_work, council, counting_council


@pages.get("/cases/<public_id>")
@opens_to(Act.READ)
def case(public_id: str) -> ResponseReturnValue:
    """Look at one case; looking is noted in the trail."""
    with begin_work(staff()) as work:
        feedback, found, replied = _looked_at(work, public_id)
        mark_read(work, feedback, replied=replied)
        if may(Act.CONDUCT, feedback.id):
            office_told.looked(work, found)
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


def found_or_404(session: Session, public_id: str) -> tuple[Feedback, Case]:
    """The feedback of an address and its case: the part that the address asks for."""
    feedback, found = part_or_404(session, public_id)
    if found is None:
        abort(404)
    return feedback, found


def _looked_at(work: Work, public_id: str) -> tuple[Feedback, Case, bool]:
    """The same for the page, and whether the person has written what nobody read. The silence in
    the case comes in the same statement."""
    told_since = silence.told_since(work.council, work.today)
    asked = {"public_id": public_id, "part": part_asked()}
    row = work.session.execute(_looking(told_since), asked).one_or_none()
    if row is None:
        abort(404)
    feedback, found, last, replied = row
    silent = silence.of_moment(found.id, last, work.council, work.today) if last else None
    told(SILENCE, found.id, silent)
    return feedback, found, replied


@lru_cache(maxsize=2)
def _looking(told_since: ColumnElement[datetime | None]) -> Select[Any]:
    unread = exists().where(
        Message.feedback_id == Feedback.id,
        Message.sender != Sender.COUNCIL,
        Message.read_at.is_(None),
    )
    columns: list[Any] = [Feedback, Case, told_since, unread.correlate(Feedback)]
    wanted = select(*columns)
    return wanted.join(Case, Case.feedback_id == Feedback.id).where(
        Feedback.public_id == bindparam("public_id"), Case.part == bindparam("part")
    )


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
    session, today = db.session(), clock.today()
    reader = int(current_user.id)
    colleagues = presence.with_colleagues(session, feedback.id, reader, clock.now())
    fetch_matter(session, feedback, [found], below=failing.wanted)
    stage = gathering.current_stage(session, found)
    opened_by = ACCOUNT.first(session, found.opened_by_id)
    page = render_template(
        "officer/case.html",
        case=found,
        colleagues=colleagues,
        acknowledged=acknowledging.is_written(session, found),
        stands=case_view.STATES[found.procedure_state],
        dates=case_dates.dates_of(session, found, stage, today),
        stages=case_view.stages(session, counting_council(session), found, today),
        happened=case_view.happened(session, found),
        doable=_doable(session, feedback, found, today),
        chased=chased(session, counting_council(session), found, today),
        given_out=given_out.shown(session, found),
        states=case_view.STATES,
        parts=parts_view.parts(session, counting_council(session), feedback, today),
        covers=ombudsman_view.of_case(found),
        opened_by=opened_by.name if opened_by is not None else "",
        bar=case_bar.of(session, feedback, found),
        form=form,
        **_beside_others(session, feedback, found),
        **_where_it_is_there(session, feedback, found, today),
        **thread_of(session, feedback, form),
        **words_of(session, feedback),
    )
    return page, status


def _beside_others(session: Session, feedback: Feedback, found: Case) -> dict[str, object]:
    """The cases that are worked with this one, and what else may belong with it."""
    joined = Has.JOINED in presence.of(session, feedback.id)
    lead, under = lead_view.beside(session, found) if joined else (None, [])
    known = {one.public_id for one in (lead, *under) if one is not None}
    near = linking.near_matches(session, feedback, visible())
    return {
        "lead": lead,
        "under": under,
        "near": [one for one in near if one.public_id not in known],
    }


def _where_it_is_there(
    session: Session, feedback: Feedback, found: Case, today: date
) -> dict[str, object]:
    """What most cases have not: it is asked for where there is some."""
    there = presence.of(session, feedback.id)
    here = council()
    proposed = proposal_view.shown_for(session, here, feedback) if Has.PROPOSAL in there else None
    points = case_overview.point_lines(session, feedback, found) if Has.POINT in there else []
    return {
        "appointed": case_view.appointed(session, found) if Has.APPOINTED in there else [],
        "conflicted": case_view.conflicted(session, found) if Has.APPOINTED in there else [],
        "proposed_no": proposed,
        "goes_apart": Has.ROUTED in there and parts_view.goes_apart(session, feedback),
        "covered": ombudsman_view.covered_by(session, found) if Has.COVERED in there else (),
        "point_lines": points,
        "promise_lines": case_overview.promise_lines(session, feedback, found, today)
        if Has.REMEDY in there
        else [],
    }


def _doable(
    session: Session, feedback: Feedback, found: Case, today: date
) -> tuple[doing.Doable, ...]:
    if not doing.doers(feedback.id):
        return ()
    return doing.doable(
        gathering.facts_of(session, counting_council(session), found, today), feedback.id
    )

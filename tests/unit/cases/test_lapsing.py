"""The day after statutory stage 1 runs out: who asked early has stage 2, the others are told."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from portal.cases import happening, lapsing
from portal.commands.remind import command
from portal.db import db
from portal.procedures.facts import Given
from portal.procedures.procedure import Track
from portal.procedures.state import Doer, Event, State
from portal.procedures.vocabulary import ProcedureCode
from portal.records.case import Case, CaseStage
from portal.records.case_event import CaseEvent
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.triage import deciding
from portal.work import WORKER, Work, begin_work
from tests.unit.triage.matters import a_choice, a_feedback, acting, an_officer

RECEIVED, DUE = date(2026, 6, 1), date(2026, 6, 15)
NEXT = DUE + timedelta(days=1)


def opened(work: Work, procedure: ProcedureCode = ProcedureCode.STATUTORY) -> Case:
    """A case whose stage 1 is due on 15 June."""
    officer = an_officer(work)
    acting(work, officer, RECEIVED)
    deciding.confirm(work, a_feedback(work, received=RECEIVED), a_choice(procedure=procedure))
    return work.session.scalars(select(Case)).one()


def said(work: Work, case: Case, event: Event, on: date, words: str = "I want more.") -> None:
    given = Given(on=on, by=Doer.PERSON, words=words)
    happening.happen(work, case, event, given)


def kinds(work: Work) -> list[LetterKind]:
    return list(work.session.scalars(select(OutboxLetter.kind).order_by(OutboxLetter.id)))


def test_on_the_last_day_nothing_has_run_out(work: Work) -> None:
    case = opened(work)
    work.session.flush()
    assert lapsing.lapsed(work.session, DUE) == []
    assert lapsing.lapsed(work.session, NEXT) == [case.id]


def test_the_person_is_told_once_and_may_ask(work: Work) -> None:
    case = opened(work)
    work.today = NEXT
    row = lapsing.attend(work, case)
    assert row is not None
    assert (row.event, row.on, row.by) == (Event.LAPSE_TOLD, NEXT, Doer.WORKER)
    assert kinds(work)[-1] is LetterKind.LAPSE
    assert row.letter_id is not None
    assert lapsing.lapsed(work.session, NEXT) == []
    assert lapsing.attend(work, case) is None
    assert kinds(work).count(LetterKind.LAPSE) == 1


def test_who_asked_early_has_stage_2_from_the_first_day_after(work: Work) -> None:
    case = opened(work)
    work.today = date(2026, 6, 8)
    said(work, case, Event.NEXT_STAGE_ASKED_EARLY, work.today)
    # Two days later: the portal was not running on the sixteenth.
    work.today = NEXT + timedelta(days=2)
    row = lapsing.attend(work, case)
    assert row is not None
    assert (row.event, row.on) == (Event.NEXT_STAGE_ASKED, NEXT)
    assert case.procedure_state is State.INVESTIGATION_ASKED
    first, second = work.session.scalars(select(CaseStage).order_by(CaseStage.id))
    assert (first.ended_on, second.opened_on, second.start_on) == (NEXT, NEXT, NEXT)
    assert kinds(work)[-1] is LetterKind.NEXT_STAGE
    assert lapsing.lapsed(work.session, work.today) == []


def test_a_request_that_was_taken_back_opens_nothing(work: Work) -> None:
    case = opened(work)
    work.today = date(2026, 6, 8)
    said(work, case, Event.NEXT_STAGE_ASKED_EARLY, work.today)
    said(work, case, Event.REQUEST_TAKEN_BACK, work.today)
    work.today = NEXT
    row = lapsing.attend(work, case)
    assert row is not None
    assert row.event is Event.LAPSE_TOLD
    assert lapsing.attend(work, case) is None


def test_whoever_wants_to_take_it_all_back_is_answered_first(work: Work) -> None:
    case = opened(work)
    work.today = date(2026, 6, 8)
    said(work, case, Event.NEXT_STAGE_ASKED_EARLY, work.today)
    said(work, case, Event.WITHDRAWAL_ASKED, work.today)
    work.today = NEXT
    row = lapsing.attend(work, case)
    assert row is not None
    assert row.event is Event.LAPSE_TOLD
    given = Given(on=NEXT, by=Doer.OFFICER, account_id=work.who.account_id, words="It is grave.")
    happening.happen(work, case, Event.WITHDRAWAL_DECLINED, given)
    later = lapsing.attend(work, case)
    assert later is not None
    assert later.event is Event.NEXT_STAGE_ASKED


def test_a_request_that_came_in_time_and_was_recorded_late_counts_from_the_day_after(
    work: Work,
) -> None:
    case = opened(work)
    work.today = NEXT
    given = Given(on=date(2026, 6, 12), by=Doer.PERSON, words="I want more.")
    with pytest.raises(happening.NotYet, match="asked early"):
        happening.happen(work, case, Event.NEXT_STAGE_ASKED, given)
    happening.happen(work, case, Event.NEXT_STAGE_ASKED_EARLY, given)
    row = lapsing.attend(work, case)
    assert row is not None
    assert (row.event, row.on) == (Event.NEXT_STAGE_ASKED, NEXT)


@pytest.mark.parametrize("moved", [True, False])
def test_moving_to_the_other_procedure_loses_no_request(work: Work, moved: bool) -> None:
    case = opened(work, ProcedureCode.CORPORATE)
    work.today = date(2026, 6, 8)
    said(work, case, Event.NEXT_STAGE_ASKED_EARLY, work.today)
    given = Given(
        on=work.today,
        by=Doer.OFFICER,
        account_id=work.who.account_id,
        words="It is about a child in care.",
    )
    if moved:
        happening.happen(work, case, Event.REROUTED, replace(given, track=Track.STATUTORY))
    work.today = date(2026, 7, 20)
    work.session.flush()
    assert lapsing.lapsed(work.session, work.today) == ([case.id] if moved else [])
    if moved:
        row = lapsing.attend(work, case)
        assert row is not None
        assert row.event is Event.NEXT_STAGE_ASKED


def test_the_command_and_the_round_see_to_each_case(app: Flask) -> None:
    with time_machine.travel("2026-06-01 10:00 +0100", tick=False), begin_work(WORKER) as work:
        opened(work)
    with time_machine.travel("2026-06-16 07:00 +0100", tick=False):
        answer = app.test_cli_runner().invoke(command)
        assert json.loads(answer.output)["lapses"] == 1
        again = app.test_cli_runner().invoke(command)
        assert json.loads(again.output)["lapses"] == 0
    events = db.session.scalars(select(CaseEvent.event)).all()
    assert events == [Event.LAPSE_TOLD]

"""Holding letters: drafted before a date is missed, sent by an officer alone, moving no date."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from portal.cases import gathering, holding
from portal.cases.points import ChangedMeanwhile
from portal.db import db
from portal.procedures.finding import Giver
from portal.procedures.procedure import Track
from portal.procedures.state import Event
from portal.records.audit_event import AuditEvent
from portal.records.holding_letter import HoldingLetter, HoldingState
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.work import WORKER, Work, begin_work
from tests.conftest import app_for, settings_for
from tests.unit.cases.driven_case import DrivenCase, happens
from tests.unit.triage.matters import acting

# Received on Tuesday 9 June (day 0): ten working days later.
DUE = date(2026, 6, 24)
THREE_BEFORE = date(2026, 6, 19)
LATER = date(2026, 7, 1)
WHY = "The worker who knows is away until Monday."


@pytest.fixture
def driven(work: Work) -> DrivenCase:
    found = DrivenCase(work, Track.STATUTORY)
    assert found.stages()[0].due_on == DUE
    return found


def drafts(driven: DrivenCase, on: date) -> list[HoldingLetter]:
    """What the work process drafts on a day."""
    work = driven.work
    work.session.flush()
    stages = holding.due(work.session, work.council, on)
    acting(work, driven.officer, on)
    work.who = WORKER
    made = [holding.draft(work, stage_id) for stage_id in stages]
    acting(work, driven.officer, on)
    return [row for row in made if row is not None]


def test_it_is_drafted_three_working_days_before_once(driven: DrivenCase) -> None:
    assert drafts(driven, THREE_BEFORE - timedelta(days=1)) == []
    (row,) = drafts(driven, THREE_BEFORE)
    assert (row.due_on, row.new_date, row.reason) == (DUE, LATER, None)
    assert row.state is HoldingState.DRAFTED
    assert drafts(driven, THREE_BEFORE) == []
    # Never sent by itself.
    kinds = driven.work.session.scalars(select(OutboxLetter.kind)).all()
    assert LetterKind.HOLDING not in kinds


def test_a_date_that_has_passed_gets_none(driven: DrivenCase) -> None:
    assert drafts(driven, DUE + timedelta(days=1)) == []


def test_where_the_answer_is_drafted_none_is_needed(driven: DrivenCase) -> None:
    driven.add_point()
    driven.add_point()
    driven.find(Giver.SERVICE, "found")
    assert drafts(driven, THREE_BEFORE) == []
    driven.add_point()
    # The third has no finding yet: the answer is not there.
    assert len(drafts(driven, THREE_BEFORE)) == 1


def test_a_finding_without_reasons_is_no_answer(driven: DrivenCase) -> None:
    driven.add_point()
    driven.find(Giver.SERVICE, "no reasons")
    assert len(drafts(driven, THREE_BEFORE)) == 1


def test_a_sent_letter_moves_no_date(driven: DrivenCase) -> None:
    work, case = driven.work, driven.case
    (row,) = drafts(driven, THREE_BEFORE)
    before = [(stage.due_on, stage.working) for stage in driven.stages()]
    edited = holding.edit(work, case, row.version, f" {WHY} ", LATER)
    letter = holding.send(work, case, edited, None)
    assert WHY in letter.body
    assert "by Wednesday 24 June 2026" in letter.body
    assert "by Wednesday 1 July 2026" in letter.body
    assert [(stage.due_on, stage.working) for stage in driven.stages()] == before
    assert driven.facts().due_on == DUE
    assert (row.state, row.letter_id) == (HoldingState.SENT, letter.id)
    assert holding.drafted(work.session, case) is None
    assert holding.sent(work.session, case) == [row]
    acts = set(work.session.scalars(select(AuditEvent.act)))
    assert {"holding_drafted", "holding_edited", "holding_sent"} <= acts
    with pytest.raises(holding.NothingDrafted):
        holding.edit(work, case, row.version, WHY, LATER)


def test_it_needs_a_reason_and_a_later_day(driven: DrivenCase) -> None:
    work, case = driven.work, driven.case
    (row,) = drafts(driven, THREE_BEFORE)
    with pytest.raises(holding.SayWhyLate):
        holding.edit(work, case, row.version, " ", LATER)
    for day in (DUE, work.today):
        with pytest.raises(holding.DayTooSoon):
            holding.edit(work, case, row.version, WHY, day)
    with pytest.raises(ChangedMeanwhile):
        holding.edit(work, case, row.version + 1, WHY, LATER)


def test_thrown_away_it_does_not_come_back_for_that_date(driven: DrivenCase) -> None:
    work, case = driven.work, driven.case
    (row,) = drafts(driven, THREE_BEFORE)
    holding.discard(work, case, row.version)
    work.session.flush()
    assert row.state is HoldingState.DISCARDED
    assert holding.drafted(work.session, case) is None
    assert drafts(driven, DUE) == []
    assert "holding_discarded" in set(work.session.scalars(select(AuditEvent.act)))


def test_a_date_that_moves_takes_the_draft_with_it_and_gets_its_own(driven: DrivenCase) -> None:
    work, case = driven.work, driven.case
    drafts(driven, THREE_BEFORE)
    assert holding.drafted(work.session, case) is not None
    moved = DUE + timedelta(days=7)
    happens(driven, Event.EXTENDED, new_date=moved)
    assert holding.drafted(work.session, case) is None
    (row,) = drafts(driven, moved)
    assert row.due_on == moved


def test_an_answer_ends_it_and_the_ombudsman_gets_none(driven: DrivenCase) -> None:
    work, case = driven.work, driven.case
    drafts(driven, THREE_BEFORE)
    driven.add_point()
    driven.find(Giver.SERVICE, "found")
    happens(driven, Event.ANSWERED)
    work.session.flush()
    assert holding.drafted(work.session, case) is None


def test_the_ombudsman_is_not_written_to_like_that(work: Work) -> None:
    driven = DrivenCase(work, Track.OMBUDSMAN)
    (stage,) = driven.stages()
    assert gathering.track_for(driven.case) is Track.OMBUDSMAN
    assert drafts(driven, stage.due_on) == []


def test_on_both_databases_it_is_drafted_and_sent(database_url: str, tmp_path: Path) -> None:
    app: Flask = app_for(settings_for(tmp_path, DATABASE_URL=database_url))
    with app.app_context():
        with begin_work(WORKER) as work:
            driven = DrivenCase(work, Track.STATUTORY)
            driven.add_point()
            (row,) = drafts(driven, THREE_BEFORE)
            holding.send(
                work, driven.case, holding.edit(work, driven.case, row.version, WHY, LATER), "Mine."
            )
        letter = db.session.scalars(
            select(OutboxLetter).where(OutboxLetter.kind == LetterKind.HOLDING)
        ).one()
        assert letter.body == "Mine.\n"
        db.session.remove()
        db.engine.dispose()

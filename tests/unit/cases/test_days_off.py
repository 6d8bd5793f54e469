"""A bank holiday that is proclaimed later: open cases move, say why, and move back."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from portal.cases import days_off
from portal.cases.days_off import IsADayOff, NeedsTitle, TakenBackAlready
from portal.commands.add_holiday import command
from portal.procedures.vocabulary import ProcedureCode
from portal.records.added_holiday import AddedHoliday
from portal.records.audit_event import AuditEvent
from portal.records.case import Case, CaseClock, CaseStage, CaseState
from portal.triage import deciding
from portal.work import Work, counting_council
from tests.unit.triage.matters import a_choice, a_feedback, acting, an_officer

RECEIVED = date(2026, 6, 1)
DUE = date(2026, 6, 15)
PROCLAIMED = date(2026, 6, 10)


@pytest.fixture
def stage(work: Work) -> CaseStage:
    """A statutory stage 1, due on 15 June."""
    acting(work, an_officer(work), RECEIVED)
    deciding.confirm(work, a_feedback(work, received=RECEIVED), a_choice())
    return work.session.scalars(select(CaseStage)).one()


def acts(work: Work) -> list[str]:
    work.session.flush()
    return list(work.session.scalars(select(AuditEvent.act).order_by(AuditEvent.id)))


def test_an_open_case_moves_and_says_why(work: Work, stage: CaseStage) -> None:
    assert stage.due_on == DUE
    added, (moved,) = days_off.add(work, PROCLAIMED, " State funeral ")
    assert (moved.before, moved.after, moved.by) == (DUE, date(2026, 6, 16), 1)
    assert (stage.due_on, stage.first_due_on) == (date(2026, 6, 16), DUE)
    assert [entry["why"] for entry in stage.working["recalculations"]] == ["bank_holiday_added"]
    assert "State funeral (Wednesday 10 June 2026)" in stage.working["words"]
    assert "with 1 added" in stage.working["deadline"]["calendar_version"]
    clock = work.session.scalars(select(CaseClock)).first()
    assert clock is not None
    assert (clock.due_on, clock.first_due_on) == (date(2026, 6, 16), DUE)
    assert acts(work)[-2:] == ["bank_holiday_added", "case_date_moved"]

    (back,) = days_off.take_back(work, added)
    assert (back.after, back.by, stage.due_on) == (DUE, -1, DUE)
    assert [entry["why"] for entry in stage.working["recalculations"]] == [
        "bank_holiday_added",
        "bank_holiday_taken_back",
    ]
    with pytest.raises(TakenBackAlready):
        days_off.take_back(work, added)


def test_a_day_outside_the_time_moves_nothing(work: Work, stage: CaseStage) -> None:
    _, moved = days_off.add(work, date(2026, 6, 16), "Day of thanks")
    assert moved == ()
    assert stage.working["recalculations"] == []


def test_a_closed_case_stays_as_it_was(work: Work, stage: CaseStage) -> None:
    work.session.scalars(select(Case)).one().state = CaseState.CLOSED
    _, moved = days_off.add(work, PROCLAIMED, "State funeral")
    assert (moved, stage.due_on) == ((), DUE)


@pytest.mark.parametrize("day", [date(2026, 6, 13), date(2026, 8, 31)])
def test_a_day_on_which_nobody_works_is_not_added(work: Work, day: date) -> None:
    with pytest.raises(IsADayOff):
        days_off.add(work, day, "Again")


def test_the_same_day_is_not_added_twice(work: Work) -> None:
    days_off.add(work, PROCLAIMED, "State funeral")
    with pytest.raises(IsADayOff):
        days_off.add(work, PROCLAIMED, "State funeral")


def test_a_day_needs_its_name(work: Work) -> None:
    with pytest.raises(NeedsTitle):
        days_off.add(work, PROCLAIMED, " ")


def test_what_opens_afterwards_is_counted_with_it(work: Work) -> None:
    acting(work, an_officer(work), RECEIVED)
    days_off.add(work, PROCLAIMED, "State funeral")
    choice = a_choice(procedure=ProcedureCode.STATUTORY)
    deciding.confirm(work, a_feedback(work, received=RECEIVED), choice)
    opened = work.session.scalars(select(CaseStage)).one()
    assert opened.due_on == opened.first_due_on == date(2026, 6, 16)


def test_the_command_adds_one_and_says_what_moved(app: Flask) -> None:
    runner = app.test_cli_runner()
    answer = runner.invoke(command, ["2027-05-10", "Coronation"])
    assert answer.exit_code == 0, answer.output
    assert "Monday 10 May 2027 is a bank holiday now: Coronation." in answer.output
    assert "It moved 0 dates of open cases." in answer.output
    again = runner.invoke(command, ["2027-05-10", "Coronation"])
    assert again.exit_code == 1
    assert "Nobody works on that day already" in again.output


def test_the_calendar_of_an_act_is_the_one_with_the_added_days(work: Work) -> None:
    days_off.add(work, PROCLAIMED, "State funeral")
    kept = work.session.scalars(select(AddedHoliday)).one()
    assert kept.added_by_id is None
    assert counting_council(work.session).calendar == work.council.calendar
    assert work.council.calendar.why_not_working(PROCLAIMED) == "State funeral"

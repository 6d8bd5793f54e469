"""The Monday view: each figure against a count by hand, and only of what the reader may open."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from portal.access.person import Person
from portal.db import db
from portal.procedures.remedy import PAYMENTS, RemedyState
from portal.procedures.state import ANSWER_GIVEN
from portal.procedures.vocabulary import Team
from portal.procedures.working_days import working_days_between
from portal.records.case import Case, CaseClock, CaseState
from portal.records.feedback import Feedback
from portal.records.refusal_proposal import ProposalState, RefusalProposal
from portal.records.remedy import Remedy
from portal.reports.annual.table import Cell
from portal.reports.monday import dates, in_hand, making, people
from portal.reports.monday.making import Half
from portal.reports.monday.week import OMBUDSMANS
from portal.reports.monday.why_late import Why
from portal.work import WORKER, begin_work
from tests.unit.reports.monday_reader import (
    FIRST,
    MANAGER,
    NOON,
    OFFICER,
    PEOPLE,
    cases,
    extension,
    numbers,
    stage_of,
    told_until,
    week,
)
from tests.unit.reports.monday_world import TODAY, fill


@pytest.fixture(params=[1, 2])
def world(app: Flask, request: pytest.FixtureRequest) -> Iterator[None]:
    with time_machine.travel(NOON):
        with begin_work(WORKER) as work:
            fill(work, request.param)
        yield


@pytest.mark.parametrize("person", PEOPLE)
def test_open_by_team_and_stage(world: None, person: Person) -> None:
    table = in_hand.by_team(week(person))
    counted = Counter(
        (one.team, "Answered" if one.procedure_state in ANSWER_GIVEN else "Stage 1")
        for one in cases(person)
        if one.state is CaseState.OPEN
    )
    council = week(person).council
    found = numbers(table)
    assert found.pop("Total")[0] == str(sum(counted.values()))
    assert set(found) == {council.team(team).officer_label for team, _ in counted}
    for (team, place), number in counted.items():
        at = table.columns.index(place) - 1
        assert found[council.team(team).officer_label][at] == str(number)
    if person is MANAGER:
        assert set(found) <= {council.team(Team.SEND).officer_label}


@pytest.mark.parametrize("person", PEOPLE)
def test_ages_are_working_days_and_every_case_has_one(world: None, person: Person) -> None:
    calendar = week(person).council.calendar
    ages = [
        working_days_between(
            db.session.get_one(Feedback, one.feedback_id).received_on, TODAY, calendar
        )
        for one in cases(person)
        if one.state is CaseState.OPEN
    ]
    found = numbers(in_hand.by_age(week(person)))
    assert found["Up to 10 working days"] == (str(sum(age <= 10 for age in ages)),)
    assert found["11 to 20"] == (str(sum(10 < age <= 20 for age in ages)),)
    assert found["More than 130"] == (str(sum(age > 130 for age in ages)),)
    assert found["Total"] == (str(len(ages)),)
    assert sum(int(row[0]) for name, row in found.items() if name != "Total") == len(ages)


@pytest.mark.parametrize("person", PEOPLE)
def test_red_dates_and_why(world: None, person: Person) -> None:
    counted: Counter[Why] = Counter()
    for case in cases(person):
        stage = stage_of(case)
        if case.state is not CaseState.OPEN or stage.answered_on:
            continue
        wanted = select(CaseClock).where(CaseClock.stage_id == stage.id)
        for clock in db.session.scalars(wanted):
            council_owes = clock.reading in ("", "from_request") and not clock.key.startswith(
                "request"
            )
            if (
                council_owes
                and clock.met_on is None
                and clock.due_on < TODAY
                and clock.key != "make"
            ):
                until = told_until(stage)
                if clock.adjusted_on and clock.adjusted_on >= TODAY:
                    counted[Why.AGREED_LATER] += 1
                elif until and until >= TODAY:
                    counted[Why.TOLD] += 1
                elif until:
                    counted[Why.TOLD_AND_MISSED] += 1
                elif extension(stage):
                    counted[Why.EXTENDED] += 1
                else:
                    counted[Why.UNTOLD] += 1
    found = numbers(dates.red_dates(week(person)))
    assert {name: row[0] for name, row in found.items()} == {
        **{words: str(counted[reason]) for reason, words in dates.WHY.items()},
        "Total": str(sum(counted.values())),
    }
    assert person is MANAGER or sum(counted.values()) > 3


@pytest.mark.parametrize("person", PEOPLE)
def test_in_time_by_month_and_why_dates_were_moved(world: None, person: Person) -> None:
    stages = [stage_of(one) for one in cases(person)]
    mine = [one for one in stages if one.answered_on and FIRST <= one.answered_on <= TODAY]
    found = numbers(dates.in_time(week(person)))
    late = [one for one in mine if one.answered_on and one.answered_on > one.due_on]
    total = found["Total"]
    assert total[4] == str(len(mine))
    assert int(total[2]) + int(total[3]) == len(late)
    assert total[2] == str(sum(told_until(one) is not None for one in late))
    in_december = [one for one in mine if one.answered_on and one.answered_on.month == 12]
    assert found["December 2026"][4] == str(len(in_december))
    assert len(found) == 7
    moved = numbers(dates.moved(week(person)))
    extended = [one for one in mine if extension(one)]
    kept = [one for one in extended if one.answered_on and one.answered_on <= one.due_on]
    assert moved["Total"][:2] == (str(len(extended)), str(len(kept)))
    unstated = [one for one in extended if extension(one).reason is None]  # type: ignore[union-attr]
    assert moved.get("No reason recorded", ("0",))[0] == str(len(unstated))


def remedies_of(person: Person) -> list[Remedy]:
    """What the reader may see of promises: of answered cases, or for who reads drafts."""
    mine = {one.id: one for one in cases(person)}
    return [one for one in db.session.scalars(select(Remedy)) if one.case_id in mine]


@pytest.mark.parametrize("person", PEOPLE)
def test_promises_and_what_of_them_is_kept(world: None, person: Person) -> None:
    mine = remedies_of(person)
    still = [one for one in mine if one.state is RemedyState.PROMISED]
    found = numbers(people.promises(week(person)))["Total"]
    soon = TODAY + timedelta(days=14)
    assert found == (
        str(sum(one.due_on is not None and one.due_on < TODAY for one in still)),
        str(sum(one.due_on is not None and TODAY <= one.due_on <= soon for one in still)),
        str(sum(one.due_on is not None and one.due_on > soon for one in still)),
        str(sum(one.due_on is None for one in still)),
    )
    due = [
        one
        for one in mine
        if one.due_on
        and FIRST <= one.due_on <= TODAY
        and one.state in (RemedyState.PROMISED, RemedyState.DONE)
    ]
    done = [one for one in due if one.done_on]
    kept = numbers(people.kept(week(person)))["Total"]
    assert kept[0] == str(len(due))
    assert int(kept[1]) + int(kept[2]) == len(done)
    assert kept[3] == str(len(due) - len(done))


@pytest.mark.parametrize("person", PEOPLE)
def test_what_lateness_cost(world: None, person: Person) -> None:
    pence = {True: 0, False: 0}
    for one in remedies_of(person):
        counts = one.state is RemedyState.PROMISED or (
            one.state is RemedyState.DONE and one.due_on is not None and one.due_on >= FIRST
        )
        if counts and one.kind in PAYMENTS:
            stage = stage_of(db.session.get_one(Case, one.case_id))
            pence[(stage.answered_on or TODAY) > stage.due_on] += one.amount_pence or 0
    table = dates.cost(week(person))
    assert [row[2].value for row in table.rows] == [pence[True], pence[False], sum(pence.values())]


@pytest.mark.parametrize("person", PEOPLE)
def test_refusals_by_reason(world: None, person: Person) -> None:
    mine = {one.feedback_id for one in cases(person)}
    rows = [one for one in db.session.scalars(select(RefusalProposal)) if one.feedback_id in mine]
    waits = [one for one in rows if one.state is ProposalState.WAITING]
    agreed = [
        one
        for one in rows
        if one.state is ProposalState.AGREED and one.answered_at and one.answered_at.date() >= FIRST
    ]
    table = people.refusals(week(person))
    assert numbers(table)["Total"] == (str(len(waits)), str(len(agreed)))
    assert sum(int(row[0]) for name, row in numbers(table).items() if name != "Total") == len(waits)


@pytest.mark.parametrize("person", PEOPLE)
def test_whose_voice(world: None, person: Person) -> None:
    mine = {one.feedback_id for one in cases(person)}
    rows = [
        one
        for one in db.session.scalars(select(Feedback))
        if one.id in mine and FIRST <= one.received_on <= TODAY
    ]
    # The officer's word counts before the sender's, and every decision here says a young person.
    assert all(people.voice_of(row) == "Young people" for row in week(person).voices)
    assert numbers(people.voices(week(person)))["Total"][0] == str(len(rows))


def test_every_cell_opens_what_it_counts_and_nothing_closed(world: None) -> None:
    """A count says how many rows stand behind it, each of a matter that the reader may open."""
    for person in PEOPLE:
        mine = {one.feedback_id for one in cases(person)}
        for half in Half:
            for table in making.view(week(person), half).tables:
                for row in table.rows:
                    for cell in row:
                        assert set(cell.matters) <= mine, table.id
                        if cell.matters and cell.kind.value == "count":
                            assert len(cell.matters) == cell.value


def test_other_teams_are_counted_without_what_would_tell(world: None) -> None:
    table = in_hand.elsewhere(week(MANAGER))
    council = week(MANAGER).council
    counted = Counter(
        one.team for one in db.session.scalars(select(Case)) if one.state is CaseState.OPEN
    )
    rows = {row[0].text: row[1] for row in table.rows}
    assert council.team(Team.SEND).officer_label not in rows
    for team in Team:
        if team is Team.SEND:
            continue
        cell: Cell = rows[council.team(team).officer_label]
        assert cell.matters == ()
        assert cell.suppressed or cell.value == counted[team]
        if 0 < counted[team] < 5:
            assert cell.suppressed
    assert making.view(week(OFFICER), Half.NOW).tables
    assert "M4" not in {one.id for one in making.view(week(OFFICER), Half.NOW).tables}


def test_each_half_asks_few_questions(world: None) -> None:
    for half, most in ((Half.NOW, 6), (Half.MONTHS, 4)):
        from sqlalchemy import event

        asked: list[str] = []
        one = week(MANAGER)

        def note(_c: object, _k: object, statement: str, *_more: object) -> None:
            asked.append(statement)  # noqa: B023

        event.listen(db.engine, "before_cursor_execute", note)
        making.view(one, half)
        event.remove(db.engine, "before_cursor_execute", note)
        assert 0 < len(asked) <= most, asked


def test_the_ombudsmans_dates_stand_apart(world: None) -> None:
    stage = stage_of(cases(OFFICER)[0])
    case = db.session.get_one(Case, stage.case_id)
    case.state, stage.answered_on = CaseState.OPEN, None
    clocks = list(db.session.scalars(select(CaseClock).where(CaseClock.stage_id == stage.id)))
    clocks[0].key, clocks[0].met_on = sorted(OMBUDSMANS)[0].value, None
    clocks[0].reading, clocks[0].due_on = "", TODAY - timedelta(days=2)
    db.session.flush()
    table = in_hand.ombudsman_due(week(OFFICER))
    assert sum(int(row[1].text) for row in table.rows) == 1
    assert sum(int(row[2].text) for row in table.rows) == 1

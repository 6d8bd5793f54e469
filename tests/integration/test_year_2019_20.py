"""The invented register of 2019-20: counted by itself, and lived by the declared table."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from portal.cases import counting, gathering, stages
from portal.commands.demo_data import command
from portal.db import db
from portal.demo.register import words
from portal.demo.register.year_file import PublishedYear, read_year
from portal.procedures.procedure import StageKey
from portal.procedures.state import AppointedAs, Event, State
from portal.procedures.transitions import FIRST_STATE, transition
from portal.records.account import Account
from portal.records.appointment import Appointment
from portal.records.audit_event import AuditEvent
from portal.records.case import Case, CaseClock, CaseStage
from portal.records.case_event import CaseEvent
from portal.records.equality_answer import EqualityAnswer
from portal.records.feedback import Feedback
from portal.records.investigation_fee import InvestigationFee
from portal.records.ombudsman_matter import OmbudsmanCover
from portal.records.publication import Publication, PublicationState
from portal.records.remedy import Remedy
from portal.work import council
from tests.integration.register_counts import Register
from tests.integration.register_themes import counted

# Of so many cases one is counted again by the real code.
ONE_IN = 6
REACHED = {
    "Investigation": "investigation",
    "Enquiry": "assessment",
    "Refusal": "intake",
    "Refusal to Investigate": "intake",
    "LGO - Prem Ref": "intake",
}
DECIDED = {
    "Maladministration and Injustice": "upheld",
    "No Fault": "not_upheld",
    "Refusal to Investigate": "closed_after_enquiries",
    "Premature Referral": "not_ready",
    "Investigation Discontinued": "ended",
}


def invent(app: Flask, *arguments: str) -> Result:
    """Run the command as somebody types it."""
    return app.test_cli_runner().invoke(command, arguments)


@pytest.fixture(scope="module")
def register_app(year_app: Flask) -> Iterator[Flask]:
    """An installation that holds the register of 2019-20 and nothing else."""
    with year_app.app_context():
        yield year_app
        db.session.remove()


@pytest.fixture(scope="module")
def year() -> PublishedYear:
    """The printed figures."""
    return read_year("2019-20")


@pytest.fixture(scope="module")
def register(register_app: Flask) -> Register:
    """Everything that is counted."""
    with db.engine.connect() as connection:
        return Register(connection)


def test_every_printed_figure_is_in_the_register_or_the_right_one_is(
    register: Register, year: PublishedYear
) -> None:
    found = counted(register)
    wrong = {
        (table.id, row.key, column): (figure, found.get((table.id, row.key, column), 0))
        for table in year.tables
        for row in table.rows
        for column, figure in row.expected.items()
        if found.get((table.id, row.key, column), 0) != figure
    }
    assert wrong == {}
    known = {(table, key) for table, key, _ in found}
    printed = {(table.id, row.key) for table in year.tables for row in table.rows}
    assert printed <= known


def test_the_ombudsmans_rows_are_the_printed_ones(register: Register, year: PublishedYear) -> None:
    printed = Counter(
        (
            row.team.value,
            "went_on" if row.finding == "Investigation Commenced" else REACHED[row.status],
            DECIDED.get(row.finding or ""),
        )
        for row in year.ombudsman.rows
        if row.status is not None
    )
    found = Counter(
        (one.team, one.reached, one.decision) for one in register.matters if one.year == "2019"
    )
    assert found == printed
    assert found.total() == 47


def test_what_the_ombudsman_asked_to_be_paid_is_the_published_sum(register_app: Flask) -> None:
    paid = select(func.sum(Remedy.amount_pence)).where(Remedy.stage_key == "enquiry")
    assert db.session.scalar(paid) == 660_000
    complaints = select(OmbudsmanCover.case_id, func.count()).group_by(OmbudsmanCover.case_id)
    assert [number for _, number in db.session.execute(complaints)] == [8]


def test_those_from_outside_were_paid_and_some_said_who_they_are(
    register_app: Flask, year: PublishedYear
) -> None:
    paid = db.session.scalars(select(InvestigationFee)).all()
    assert len(paid) > 12
    assert all(one.paid_on <= year.as_at for one in paid)
    roles = dict(db.session.execute(select(Appointment.id, Appointment.role)).all())
    assert all(roles[one.appointment_id] is one.role for one in paid)
    assert AppointedAs.REVIEWER not in {one.role for one in paid}
    answers = Counter(db.session.scalars(select(EqualityAnswer.year)))
    assert answers == {group.year: group.number for group in year.about_people}


def test_forty_compliments_are_agreed_without_a_name(register_app: Flask) -> None:
    published = db.session.scalars(select(Publication)).all()
    texts = {one.text for one in published}
    wanted = {
        quote.format(x="X", y="Y", z="Z")
        for code in council().leaderships
        for quote in words.quotes(code)
    }
    assert texts == wanted
    assert Counter(one.area.value for one in published) == {
        "safeguarding": 10, "lac_disability": 17, "education": 10, "other": 3,
    }  # fmt: skip
    assert {one.state for one in published} == {PublicationState.AGREED}
    assert all(one.agreed_by_id != one.offered_by_id for one in published)


def events_of(case: Case) -> list[CaseEvent]:
    wanted = select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.id)
    return list(db.session.scalars(wanted))


def test_every_case_went_by_the_declared_table(register_app: Flask) -> None:
    stage_keys = dict(db.session.execute(select(CaseStage.id, CaseStage.key)).all())
    cases = db.session.scalars(select(Case)).all()
    for case in cases:
        track = gathering.track_for(case)
        state: State = FIRST_STATE[track]
        before = StageKey(next(iter(stages_of(case))).key)
        for row in events_of(case):
            cell = transition(track, state, row.event, before)
            assert cell is not None, (row.event, state)
            assert row.by in cell.doers
            assert row.from_state is state
            assert row.to_state in (cell.to or state, cell.owing)
            state, before = row.to_state, StageKey(stage_keys[row.stage_id])
        assert case.procedure_state is state
    assert len(cases) > 1_000


def stages_of(case: Case) -> list[CaseStage]:
    wanted = select(CaseStage).where(CaseStage.case_id == case.id).order_by(CaseStage.id)
    return list(db.session.scalars(wanted))


def clocks_of(stage: CaseStage) -> dict[tuple[str, str], Any]:
    wanted = select(CaseClock).where(CaseClock.stage_id == stage.id)
    return {
        (row.key, row.reading): (row.start_on, row.due_on, row.met_on, row.soft)
        for row in db.session.scalars(wanted)
    }


def test_the_real_code_counts_the_same_dates(register_app: Flask) -> None:
    for case in db.session.scalars(select(Case).where(Case.id % ONE_IN == 0)):
        for stage in stages_of(case):
            profile = stages.profile_of(council(), stage)
            events = counting.events_of(db.session(), case, stage, profile.track)
            planned = stages.plan_in(profile, StageKey(stage.key), events, council().calendar)
            assert (stage.due_on, stage.start_on) == (planned.answer.due, planned.deadline.start)
            assert clocks_of(stage) == {
                (clock.key.value, clock.reading): (
                    clock.deadline.start, clock.due, clock.met_on, clock.rule.soft
                )
                for clock in planned.clocks
            }  # fmt: skip
        facts = gathering.facts_of(db.session(), council(), case, read_year("2019-20").as_at)
        assert facts.state is case.procedure_state
        assert facts.recommendations_unanswered == 0
        assert all(one.independent for one in facts.appointments)


def test_nothing_happens_after_the_day_of_the_report(
    register_app: Flask, year: PublishedYear
) -> None:
    latest = db.session.scalar(select(func.max(CaseEvent.on)))
    assert latest is not None
    assert latest <= year.as_at
    done = db.session.scalar(select(func.max(Remedy.done_on)))
    assert done is not None
    assert done <= year.as_at


def test_each_event_is_in_the_trail(register_app: Flask) -> None:
    events = db.session.scalar(select(func.count()).select_from(CaseEvent))
    acts = {f"case_{event.value}" for event in Event}
    noted = select(func.count()).select_from(AuditEvent).where(AuditEvent.act.in_(acts))
    assert db.session.scalar(noted) == events
    assert {one.password_hash for one in db.session.scalars(select(Account))} == {None}


def test_a_register_goes_into_an_empty_database_alone(register_app: Flask) -> None:
    before = db.session.scalar(select(func.count()).select_from(Feedback))
    again = invent(register_app, "--year", "2019-20")
    assert again.exit_code == 1
    assert again.output.startswith("Error: There is feedback in this database")
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Feedback)) == before


def test_a_year_without_published_figures_says_which_there_are(app: Flask) -> None:
    result = invent(app, "--year", "2016-17")
    assert result.exit_code == 1
    assert "only of 2019-20" in result.output
    assert db.session.scalar(select(func.count()).select_from(Feedback)) == 0

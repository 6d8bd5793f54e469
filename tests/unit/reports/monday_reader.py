"""Readers of the Monday view, and what they find, counted by hand from the rows."""

from datetime import UTC, date, datetime

from sqlalchemy import select

from portal.access import permission
from portal.access.acts import Act
from portal.access.person import Person
from portal.db import db
from portal.procedures.state import Event
from portal.procedures.vocabulary import Team
from portal.records.account import Role
from portal.records.case import Case, CaseStage
from portal.records.case_event import CaseEvent
from portal.records.holding_letter import HoldingLetter, HoldingState
from portal.reports.annual.table import ReportTable
from portal.reports.monday.week import Week
from portal.work import counting_council
from tests.unit.reports.monday_world import TODAY

NOON = datetime(2026, 12, 7, 12, tzinfo=UTC)


FIRST = date(2026, 7, 1)


OFFICER = Person(999, frozenset({Role.OFFICER}))


MANAGER = Person(998, frozenset({Role.TEAM_MANAGER}), frozenset({Team.SEND}))


PEOPLE = (OFFICER, MANAGER)


def week(person: Person) -> Week:
    session = db.session()
    teams = None if person is OFFICER else person.teams

    def visible(act: Act):  # type: ignore[no-untyped-def]
        return permission.visible(person, act, TODAY, NOON)

    return Week(session, counting_council(session), TODAY, visible, teams)


def numbers(table: ReportTable) -> dict[str, tuple[str, ...]]:
    """Each row's cells as they are read, by the row's heading."""
    return {row[0].text: tuple(cell.text for cell in row[1:]) for row in table.rows}


def is_open_to(person: Person, case: Case) -> bool:
    return person is OFFICER or case.team in person.teams


def cases(person: Person) -> list[Case]:
    return [one for one in db.session.scalars(select(Case)) if is_open_to(person, one)]


def stage_of(case: Case) -> CaseStage:
    return db.session.scalars(select(CaseStage).where(CaseStage.case_id == case.id)).one()


def told_until(stage: CaseStage) -> date | None:
    wanted = select(HoldingLetter).where(HoldingLetter.stage_id == stage.id)
    days = [one.new_date for one in db.session.scalars(wanted) if one.state is HoldingState.SENT]
    return max(days, default=None)


def extension(stage: CaseStage) -> CaseEvent | None:
    wanted = select(CaseEvent).where(CaseEvent.stage_id == stage.id)
    return next((one for one in db.session.scalars(wanted) if one.event is Event.EXTENDED), None)

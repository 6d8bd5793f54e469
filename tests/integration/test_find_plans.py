"""However much there is, no search looks through a table that grows: plans of both databases."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import ColumnElement, Select, text

from portal import clock
from portal.access import permission
from portal.access.acts import Act
from portal.access.person import Person
from portal.cases import linking, near_texts
from portal.db import db
from portal.procedures.finding import Finding
from portal.procedures.procedure import StageKey
from portal.procedures.refusal import RefusalReason
from portal.procedures.remedy import RemedyKind
from portal.procedures.state import State
from portal.procedures.vocabulary import (
    Area,
    Category,
    Nature,
    ProcedureCode,
    Relationship,
    Risk,
    Team,
)
from portal.records.account import Role
from portal.records.decision import Outcome
from portal.records.feedback import Channel, Door
from portal.triage.find import mail, searching
from portal.triage.find.filters import Filters, Standing
from tests.conftest import app_for, settings_for

GROWING = (
    "feedback", "said", "last", "case", "case_1", "case_stage", "case_clock", "decision", "point",
    "point_finding", "remedy", "matter_tag", "find_entry", "find_words", "party", "mine", "known",
    "named", "near_text", "mail", "mail_head", "mail_word", "allocation", "advocacy",
    "refusal_proposal",
)  # fmt: skip
# Of what was decided without a case there is always much: the newest are read in their order.
EACH = (
    Filters(standing=Standing.WAITING),
    Filters(standing=Standing.OPEN),
    Filters(standing=Standing.CLOSED),
    Filters(procedure=ProcedureCode.STATUTORY),
    Filters(stage=StageKey.STAGE_2),
    Filters(state=next(iter(State))),
    Filters(category=Category.COMPLAINT),
    Filters(area=next(iter(Area))),
    Filters(team=Team.SEND),
    Filters(channel=Channel.POST),
    Filters(received_from=date(2026, 1, 1)),
    Filters(received_to=date(2026, 1, 1)),
    Filters(door=Door.EVERYONE),
    Filters(nature=Nature.COMMUNICATION),
    Filters(outcome=Outcome.DECLINED),
    Filters(reason=RefusalReason.SCHOOL),
    Filters(answered_from=date(2026, 1, 1)),
    Filters(answered_to=date(2026, 1, 1)),
    Filters(closed_from=date(2026, 1, 1)),
    Filters(closed_to=date(2026, 1, 1)),
    Filters(manager="somebody"),
    Filters(advocate=True),
    Filters(organisation="somebody"),
    Filters(risk=Risk.NOW),
    Filters(risk=Risk.CONCERN),
    Filters(relationship=Relationship.PARENT),
    Filters(finding=next(iter(Finding))),
    Filters(remedy=next(iter(RemedyKind))),
    Filters(tag="press"),
    Filters(officer="somebody"),
    Filters(young=True),
    Filters(overdue=True),
)
TODAY = date(2026, 6, 1)


@pytest.fixture
def planned_in(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An application on each database, made by the migrations."""
    app = app_for(settings_for(tmp_path, DATABASE_URL=database_url))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def scans(wanted: Select[Any]) -> list[str]:
    """Steps of a plan that read a whole table that grows, in no index's order. PostgreSQL is told
    that reading a whole table is dear, as it is where there is much: what is left has no index."""
    session = db.session()
    session.rollback()
    sql = wanted.compile(db.engine, compile_kwargs={"literal_binds": True}).string
    if db.engine.dialect.name == "postgresql":
        session.execute(text("SET LOCAL enable_seqscan = off"))
        steps = [
            row[0].strip() for row in session.execute(text(f"EXPLAIN {sql}".replace(":", r"\:")))
        ]
        return [
            step
            for step in steps
            if "Seq Scan on" in step
            and step.split("Seq Scan on ")[1].split()[0].strip('"') in GROWING
        ]
    rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}".replace("%%", "%"))
    steps = [str(row[-1]) for row in rows]
    return [
        step
        for step in steps
        if step.startswith("SCAN ") and step.split()[1] in GROWING and "INDEX" not in step
    ]


def visible() -> ColumnElement[bool]:
    """What an officer of the complaints team may see."""
    return permission.visible(
        Person(1, frozenset({Role.OFFICER})), Act.READ, clock.today(), clock.now()
    )


def test_every_filter_is_asked(planned_in: Flask) -> None:
    asked = {name for one in EACH for name in one.named()}
    assert asked == set(Filters.__dataclass_fields__)


def test_a_list_is_found_by_the_index_of_its_filter(planned_in: Flask) -> None:
    for narrowed in EACH:
        for after in (None, "a place"):
            wanted = searching.listing(narrowed, visible(), TODAY, 26, after)
            assert scans(wanted) == [], (narrowed.named(), after)


@pytest.mark.parametrize("desk", [False, True])
def test_words_are_found_by_the_index_of_words(planned_in: Flask, desk: bool) -> None:
    asked = searching.read_words("late taxi", desk=desk)
    for narrowed in (Filters(), *EACH):
        wanted = searching.ranking(db.engine.dialect.name, asked, narrowed, visible(), TODAY)
        assert scans(wanted) == [], narrowed.named()


def test_what_is_near_is_found_by_what_they_share(planned_in: Flask) -> None:
    story = "The taxi was late eleven times, and nobody answers the telephone or my letters."
    bands = near_texts.traces_of(story).bands
    wanted = linking.newest(visible(), with_text=True)
    assert scans(wanted.params(near_to=1, **near_texts.asked(bands))) == []


def test_mail_is_found_by_its_words(planned_in: Flask) -> None:
    assert scans(mail.finding(searching.read_words("late taxi"))) == []

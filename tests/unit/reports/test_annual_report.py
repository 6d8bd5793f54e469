"""The annual report of a small register: what stands under each table, what is hidden, quarters,
teams, the day it stands for, and that a figure that does not agree is found."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, true

from portal.council import Council, CouncilFileError, load_council
from portal.db import db
from portal.procedures.finding import Finding, Giver
from portal.procedures.procedure import StageKey, Track
from portal.procedures.refusal import RefusalReason
from portal.procedures.remedy import RemedyKind, RemedyState
from portal.procedures.reporting_year import ReportingYear
from portal.procedures.vocabulary import Category, Nature, Relationship, Team
from portal.records.account import Account
from portal.records.equality_answer import EqualityAnswer
from portal.records.feedback import Door
from portal.records.published_report import PublishedReport
from portal.reports import picking
from portal.reports.annual import printed
from portal.reports.annual.making import CHAPTERS, annual_report, default_as_at
from portal.reports.annual.table import AnnualReport, Check, Part, ReportTable
from tests.unit.reports.invented import Complaint, Invented, Matter, Money, Step, told
from tests.unit.reports.invented_register import store
from tests.unit.reports.invented_things import at_noon

COUNCIL = load_council("staffordshire")
YEAR, AS_AT = ReportingYear(2019), date(2020, 4, 9)
PRINTED = {f"T{number:02}" for number in range(1, 36)}
ROLES = [Relationship.PARENT] * 9 + [Relationship.YOUNG_PERSON] * 3 + [Relationship.RELATIVE] * 6


def complaint(number: int, role: Relationship, team: Team = Team.SEND) -> Complaint:
    """One statutory and answered complaint, three weeks after the one before."""
    opened = date(2019, 4, 3) + timedelta(days=19 * number)
    answered = Step(StageKey.STAGE_1, "answered", 10, (Finding.UPHELD,))
    return Complaint(opened, Track.STATUTORY, team, Nature.COMMUNICATION, role, (answered,))


def everywhere() -> tuple[Complaint, ...]:
    """Statutory and corporate complaints about three leaderships, and one of the Ombudsman's."""
    first = Step(StageKey.STAGE_1, "answered", 10, (Finding.UPHELD,))
    review = (first, Step(StageKey.STAGE_2, "answered", 40, (Finding.NOT_UPHELD,)))
    day = date(2019, 6, 3)
    return tuple(
        Complaint(day, track, team, Nature.POLICY, Relationship.PARENT, review)
        for track in (Track.STATUTORY, Track.CORPORATE)
        for team in (Team.SEND, Team.FOSTERING, Team.LADO)
    )


@pytest.fixture
def stored(app: Flask) -> Iterator[Invented]:
    """A register in the database."""
    matters = (
        Matter(date(2019, 5, 2), Team.SEND, RefusalReason.SCHOOL, passed_on=True),
        Matter(date(2019, 8, 2), Team.LADO, RefusalReason.COURT_DECISION),
        Matter(date(2020, 1, 2), Team.LADO, None),
    )
    made = tuple(complaint(number, role) for number, role in enumerate(ROLES))
    yield store(db.session(), COUNCIL, Invented(everywhere() + made, matters))
    db.session.rollback()


def make(**more: object) -> AnnualReport:
    """The report of 2019-20."""
    return annual_report(db.session(), COUNCIL, YEAR, AS_AT, **more)  # type: ignore[arg-type]


def test_every_printed_table_is_there_once_and_says_what_it_counts(stored: Invented) -> None:
    report = make()
    ids = [table.id for table in report.tables]
    assert len(ids) == len(set(ids))
    assert set(ids) >= PRINTED
    for table in report.tables:
        said = (table.title, table.base, table.definition, table.filter)
        assert all(said), table.id
        assert table.as_at == AS_AT
        assert table.definition.endswith("."), table.id
    assert [chapter.key for chapter in report.chapters] == [
        count.__module__.rpartition(".")[2] for count in CHAPTERS
    ]


def test_a_table_as_json_has_counts_as_numbers_and_the_rest_as_it_is_read(
    stored: Invented,
) -> None:
    plain = make().table("T02").as_json()
    assert set(plain) == {"id", "title", "columns", "rows", "base", "as_at", "notes"}
    assert plain["rows"][0] == ["Duty", 0, 2, "-"]
    assert plain["rows"][1] == ["Statutory stage 1 complaints", 0, 21, "-"]
    assert plain["as_at"] == "2020-04-09"


def test_small_numbers_are_hidden_and_with_them_what_would_tell(stored: Invented) -> None:
    shown = {row[0].text: row[1] for row in make().table("X80").rows}
    assert shown["Child or young person"].suppressed
    assert shown["Relative or special guardian"].suppressed, "the total would give three away"
    assert shown["Parent"].value == 12
    hidden = [cell for cell in shown.values() if cell.suppressed]
    assert all(cell.value is None and not cell.matters for cell in hidden)
    for name in ("T05", "X45", "X60"):
        cells = [row for row in make().table(name).rows if "young" in row[0].text]
        assert all(row[-2].suppressed or row[-1].suppressed or row[1].suppressed for row in cells)


def test_who_complained_is_told_of_a_whole_year_alone(stored: Invented) -> None:
    for part in (make(quarter=1), make(teams=[Team.SEND])):
        ids = {table.id for table in part.tables}
        assert not ids & {"X45", "X60", "X80", "X82"}
        assert not any("Relationship" in row[0].text for row in part.table("T05").rows)


def test_what_people_said_of_themselves_is_counted_apart(stored: Invented) -> None:
    for number in range(9):
        db.session.add(
            EqualityAnswer(
                id=f"e{number}", year="2019-20" if number else "2018-19", door=Door.EVERYONE,
                category=Category.COMPLAINT, sex="female" if number < 7 else "male",
            )
        )  # fmt: skip
    db.session.flush()
    table = make().table("X83")
    assert {row[0].text: row[1].value for row in table.rows} == {
        "Female": None, "Male": None, "I use another term": 0, "Prefer not to say": 0,
        "Left empty": 0,
    }  # fmt: skip
    assert table.base_count == 8


def test_quarters_come_to_the_year_and_teams_to_the_whole(stored: Invented) -> None:
    whole = [row[2].value or 0 for row in make().table("T02").rows]
    quarters = [
        [row[2].value or 0 for row in make(quarter=number).table("T02").rows]
        for number in (1, 2, 3, 4)
    ]
    assert [sum(parts) for parts in zip(*quarters, strict=True)] == whole
    teams = [
        [row[2].value or 0 for row in make(teams=[team]).table("T02").rows]
        for team in (Team.SEND, Team.FOSTERING, Team.LADO)
    ]
    assert [sum(parts) for parts in zip(*teams, strict=True)] == whole
    assert make(teams=[Team.SEND]).teams == ("SEND Teams",)


def test_what_is_later_than_its_day_has_not_happened(stored: Invented) -> None:
    early = annual_report(db.session(), COUNCIL, YEAR, date(2019, 6, 8))
    table = early.table("X25")
    shown = dict(zip(table.columns, (cell.value for cell in table.rows[-1]), strict=True))
    assert (shown["Open"], shown["Upheld"], shown["Opened"]) == (3, 0, 3)
    assert early.disagreements == ()


def test_a_sum_that_does_not_hold_is_said(stored: Invented) -> None:
    report = make()
    wrong = Part("Seven are six.", 7, (3, 3))
    broken = replace(report.chapters[0], check=Check((wrong,)))
    told = replace(report, chapters=(broken, *report.chapters[1:])).disagreements
    assert report.disagreements == ()
    assert told == (f"{broken.title}: Seven are six.",)
    assert broken.check.sentence == "These figures do not agree: Seven are six."


def test_a_team_that_moved_is_counted_where_it_is_in_all_columns(stored: Invented) -> None:
    entry = COUNCIL.teams[Team.LADO]
    place = entry.membership[0]
    moved = entry.model_copy(
        update={
            "membership": (
                place.model_copy(update={"last_day": date(2019, 6, 30)}),
                place.model_copy(update={"leadership": "EDU", "first_day": date(2019, 7, 1)}),
            )
        }
    )
    council: Council = replace(COUNCIL, teams={**COUNCIL.teams, Team.LADO: moved})
    table: ReportTable = annual_report(db.session(), council, YEAR, AS_AT).table("T22")
    assert [row[0].text for row in table.rows] == ["LADO Service", "SEND Teams", "TOTAL"]
    assert "LADO Service belonged to another leadership" in table.notes[0]


def test_what_came_too_late_for_one_report_is_told_in_the_next(app: Flask) -> None:
    asked, promised = Giver.INVESTIGATOR, RemedyState.PROMISED
    made = [
        Money(RemedyKind.TRAINING, promised, giver=asked, for_report=True, made=days)
        for days in (20, 70)
    ]
    first = Step(StageKey.STAGE_1, "answered", 10)
    second = Step(StageKey.STAGE_2, "answered", 90, (), tuple(made))
    one = Complaint(
        date(2019, 2, 4), Track.STATUTORY, Team.SEND, None, Relationship.PARENT, (first, second)
    )
    session = db.session()
    store(session, COUNCIL, Invented((one,)))
    assert make().table("T17").rows == (), "the report of 2018-19 can still tell it"
    session.add(
        PublishedReport(
            public_id="p", year="2018-19", number=0, as_at=date(2019, 3, 31), extract={}, behind={},
            sha256="", differences=[], published_at=at_noon(date(2019, 4, 1)),
            published_by_id=session.scalars(select(Account.id)).one(),
        )
    )  # fmt: skip
    session.flush()
    table = make().table("T17")
    late = told(0, StageKey.STAGE_2, 1)
    assert [row[1].text for row in table.rows] == [late]
    assert table.base_count == 1
    assert [one.text for one in picking.learned(session, YEAR, true())] == [late]
    assert make(quarter=1).table("T17").rows == ()
    session.rollback()


def test_contradictions_of_the_printed_report_stand_under_its_tables(stored: Invented) -> None:
    known = printed.printed_of("staffordshire", YEAR)
    assert {note.contradiction for note in known.notes} == set(range(1, 37))
    ids = {table.id for table in make().tables} | {"T36", "T10", "T11", "T27"}
    assert {table for note in known.notes for table in note.tables} <= ids | PRINTED
    assert any("118" in note for note in make().table("T06").notes)
    assert default_as_at(COUNCIL, YEAR, date(2026, 1, 1)) == known.as_at
    assert default_as_at(COUNCIL, YEAR.before(), date(2026, 1, 1)) == date(2026, 1, 1)


def test_a_file_on_a_printed_report_that_cannot_be_used_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "somewhere" / "reports"
    folder.mkdir(parents=True)
    monkeypatch.setattr(printed, "COUNCILS", tmp_path)
    for words, fault in (
        ("as_at = [", "cannot be read"), ('colour = "red"', "colour is not a key we know"),
    ):  # fmt: skip
        (folder / "2019-20.toml").write_text(words)
        with pytest.raises(CouncilFileError) as caught:
            printed.printed_of("somewhere", YEAR)
        assert fault in str(caught.value)
    assert printed.table_ids("somewhere").corporate_1_teams == {}

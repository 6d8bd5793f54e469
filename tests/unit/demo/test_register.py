"""What the invented register is dealt from: sums that are checked, findings that come out."""

import random
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from portal.demo.register import about_people, fees, storing, year_file
from portal.demo.register.answering import spread
from portal.demo.register.complaint import Came, cut, dealt
from portal.demo.register.life import Life, Unlawful
from portal.demo.register.year_file import FaultyYear, NoSuchYear, PublishedYear, read_year
from portal.demo.storing import insert_rows
from portal.procedures.finding import Finding, rolled_up
from portal.procedures.procedure import Track
from portal.procedures.state import AppointedAs, Event
from portal.procedures.suppression import is_small, suppressed
from portal.records.account import Role
from portal.records.appointment import Appointment
from portal.records.equality_answer import EqualityAnswer
from portal.records.investigation_fee import InvestigationFee
from portal.work import Work, council
from tests import matters

ASKED = date(2019, 5, 7)
FOUND = (Finding.UPHELD, Finding.PARTIALLY_UPHELD, Finding.NOT_UPHELD, Finding.NO_FINDING)


@pytest.fixture(scope="module")
def year() -> PublishedYear:
    """The year that is kept here."""
    return read_year("2019-20")


def with_change(folder: Path, before: str, after: str) -> None:
    """A year's file in which one thing is other than it was."""
    text = (year_file.YEARS / "2019-20.toml").read_text(encoding="utf-8")
    assert before in text
    (folder / "2019-20.toml").write_text(text.replace(before, after, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("withdrawn = 9\n", "withdrawn = 8\n", "outcomes and teams"),
        ("answered_late = 32\n", "answered_late = 33\n", "in time or late"),
        ("court_decision = 14\n", "court_decision = 15\n", "reasons and teams"),
        ("staff_conduct = 5,", "staff_conduct = 6,", "of every complaint"),
        ("right = { change = 50 }, items = [17]", "right = { change = 50 }", "which contradiction"),
    ],
)
def test_a_file_that_does_not_add_up_says_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str, after: str, told: str
) -> None:
    with_change(tmp_path, before, after)
    monkeypatch.setattr(year_file, "YEARS", tmp_path)
    with pytest.raises(FaultyYear, match=told) as raised:
        read_year("2019-20")
    assert "2019-20.toml" in str(raised.value)


def test_a_year_that_nobody_published_is_told_with_what_to_do() -> None:
    with pytest.raises(NoSuchYear, match="--year 2011-12 --cases 500") as raised:
        read_year("2011-12")
    assert "2019-20" in str(raised.value)


@given(st.lists(st.integers(), max_size=60), st.integers(1, 12))
def test_nothing_is_lost_when_a_list_is_cut(items: list[int], pieces: int) -> None:
    found = cut(items, pieces)
    assert len(found) == pieces
    assert [item for piece in found for item in piece] == items
    assert max(map(len, found)) - min(map(len, found)) <= 1


@given(st.sampled_from(FOUND), st.integers(1, 9), st.integers())
def test_the_points_of_a_complaint_come_to_its_finding(
    finding: Finding, points: int, seed: int
) -> None:
    found = spread(finding, points, random.Random(seed))
    assert len(found) == points
    assert rolled_up(found) is finding


@pytest.mark.parametrize("seed", range(5))
def test_every_complaint_of_a_year_is_dealt_once(year: PublishedYear, seed: int) -> None:
    seconds = {(one.year, one.procedure): one for one in year.second_stage}
    for group in year.first_stage:
        onward = seconds.get((group.year, group.procedure))
        found = dealt(group, onward, random.Random(seed))
        teams = [one.team for one in found]
        assert {team: teams.count(team) for team in group.teams} == dict(group.teams)
        assert sum(one.came is Came.OPEN_LATE for one in found) == group.open_late
        assert sum(one.in_time for one in found) == group.in_time
        going_on = [one for one in found if one.onward is not None]
        assert len(going_on) == (onward.number if onward is not None else 0)
        points = [point for one in going_on if one.onward for point in one.onward.points]
        if onward is not None and onward.points:
            assert {f: points.count(f) for f in onward.points} == dict(onward.points)


def test_a_life_goes_no_way_that_the_table_does_not_have(app: Flask) -> None:
    opened = council().records_from.replace(year=2019, month=5, day=7)
    life = Life(council(), Track.CORPORATE, opened, opened, officer_id=1)
    with pytest.raises(Unlawful, match="next_stage_asked"):
        life.happen(Event.NEXT_STAGE_ASKED, opened)
    with pytest.raises(Unlawful, match="has_points"):
        life.happen(Event.POINTS_SENT, opened)
    life.add_point("Nobody came.", opened)
    life.happen(Event.POINTS_SENT, opened)
    assert [row.event for row in life.events] == [Event.POINTS_SENT]


def test_answers_about_people_are_dealt_as_the_file_says_and_the_same_each_time(
    year: PublishedYear,
) -> None:
    rows = list(about_people.answers(year))
    assert rows == list(about_people.answers(year))
    assert len({row["id"] for row in rows}) == len(rows)
    for group in year.about_people:
        own = [row for row in rows if row["year"] == group.year]
        assert len(own) == group.number
        for name, numbers in group.questions.items():
            said = Counter(row[name] for row in own if row[name] is not None)
            assert said == Counter(numbers), name
    # Some are few enough to be hidden, and never all of them.
    latest = year.about_people[-1]
    for numbers in latest.questions.values():
        everybody = [*numbers.values(), latest.number - sum(numbers.values())]
        flags = suppressed(everybody).hidden
        assert any(flags) is any(is_small(number) for number in everybody)
        assert not all(flags)
    assert any(is_small(number) for number in latest.ethnicity.values())


def test_a_question_that_more_answered_than_there_are_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_change(tmp_path, "sex = { female = 23,", "sex = { female = 33,")
    monkeypatch.setattr(year_file, "YEARS", tmp_path)
    with pytest.raises(FaultyYear, match="answers a question twice"):
        read_year("2019-20")


def panel() -> Life:
    """A case to whose present stage six people were appointed."""
    life = Life(council(), Track.STATUTORY, ASKED, ASKED, officer_id=1)
    roles = [*AppointedAs, AppointedAs.PANEL_MEMBER]
    for number, role in enumerate(roles):
        life.appointments.append(
            {"public_id": f"p{number}", "stage_key": life.stage.key.value, "role": role,
             "account_id": None, "name": f"Ash Sample {number}", "person_key": f"k{number}",
             "declared": [], "appointed_on": ASKED, "appointed_by_id": 1, "ended_at": None}
        )  # fmt: skip
    life.appointments.append({**life.appointments[0], "public_id": "p9", "stage_key": "stage_2"})
    return life


def test_those_from_outside_are_paid_once_and_not_after_the_day_of_the_report(app: Flask) -> None:
    life, again, early = panel(), panel(), panel()
    fees.pay(life, ASKED, ASKED.replace(year=2020))
    fees.pay(again, ASKED, ASKED.replace(year=2020))
    fees.pay(early, ASKED, ASKED)
    assert early.fees == []
    sums = {row["appointment"]: row["amount_pence"] for row in life.fees}
    assert sums == {row["appointment"]: row["amount_pence"] for row in again.fees}
    of = {row["public_id"]: row for row in life.appointments}
    assert not {of[key]["role"] for key in sums} & {AppointedAs.REVIEWER}
    assert {of[key]["stage_key"] for key in sums} == {life.stage.key.value}
    for key, pence in sums.items():
        low, high = fees.PAID[of[key]["role"]]
        assert low <= pence < high
    assert {AppointedAs.INDEPENDENT_PERSON, AppointedAs.PANEL_CHAIR,
            AppointedAs.PANEL_MEMBER} <= {of[key]["role"] for key in sums}  # fmt: skip


def test_fees_and_answers_are_stored_with_what_they_belong_to(
    work: Work, year: PublishedYear
) -> None:
    officer = matters.make_account(work, Role.OFFICER, "o@council.example", "Sam Officer")
    case = matters.make_case(work, matters.make_feedback(work), officer=officer)
    life = panel()
    for row in life.appointments:
        row["appointed_by_id"] = officer.id
    life.officer_id = officer.id
    fees.pay(life, ASKED, ASKED.replace(year=2020))
    storing.store_people(work, [(case.id, life)])
    wanted = select(InvestigationFee.amount_pence, Appointment.name).join(
        Appointment, Appointment.id == InvestigationFee.appointment_id
    )
    of = {row["public_id"]: row["name"] for row in life.appointments}
    stored = sorted(tuple(row) for row in work.session.execute(wanted))
    assert stored == sorted((row["amount_pence"], of[row["appointment"]]) for row in life.fees)
    insert_rows(work, EqualityAnswer, list(about_people.answers(year)))
    said = work.session.scalars(select(EqualityAnswer.sex).where(EqualityAnswer.year == "2019-20"))
    assert Counter(said) == {"female": 31, "male": 12, "other": 1, "not_said": 2, None: 1}

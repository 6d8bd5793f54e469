"""What a search is narrowed by: kept as plain values, and asked of one part of a matter."""

from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import true

from portal.procedures.vocabulary import Category, ProcedureCode, Relationship, Risk, Team
from portal.records.account import Role
from portal.records.case import CaseStage, CaseState
from portal.records.decision import Decision, Outcome
from portal.records.feedback import Channel, Door, Feedback
from portal.records.matter_tag import MatterTag
from portal.triage.find import searching
from portal.triage.find.filters import Filters, Standing, from_plain
from portal.work import Work
from tests.matters import decide, make_account, make_case, make_feedback

ANY = Filters()
SOME = st.builds(
    Filters,
    standing=st.none() | st.sampled_from(Standing),
    team=st.none() | st.sampled_from(Team),
    risk=st.none() | st.sampled_from(Risk),
    received_from=st.none() | st.dates(),
    tag=st.none() | st.just("press"),
    young=st.booleans(),
    overdue=st.booleans(),
)


@given(SOME)
def test_filters_are_kept_and_read_again(asked: Filters) -> None:
    assert from_plain(asked.as_plain()) == asked
    assert set(asked.as_plain()) == set(asked.named())


def test_what_is_no_longer_known_narrows_nothing() -> None:
    kept = {"team": "a team of before", "received_from": "soon", "stranger": "x", "young": True}
    assert from_plain(kept) == Filters(young=True)


def found(work: Work, **asked: object) -> set[int]:
    work.session.flush()
    narrowed = Filters(**asked)  # type: ignore[arg-type]
    found = searching.listed(work.session, narrowed, true(), work.today, 100)
    ids = [one.id for one in found.places]
    assert found.total == len(ids)
    # What fits in two ways stands there once, in its order.
    assert ids == sorted(set(ids), reverse=True)
    return set(ids)


@pytest.fixture
def matters(work: Work) -> dict[str, Feedback]:
    """One that waits, one with an open case, one closed, one thanked."""
    made = {
        name: make_feedback(work, channel=channel)
        for name, channel in (
            ("waiting", Channel.WEB),
            ("open", Channel.EMAIL),
            ("closed", Channel.POST),
            ("thanked", Channel.WEB),
        )
    }
    make_case(work, made["open"])
    make_case(work, made["closed"], procedure=ProcedureCode.CORPORATE).state = CaseState.CLOSED
    decide(work, made["thanked"], Outcome.THANKED, ProcedureCode.NONE, Category.COMPLIMENT)
    work.session.flush()
    return made


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, {"waiting", "open", "closed", "thanked"}),
        ({"standing": Standing.WAITING}, {"waiting"}),
        ({"standing": Standing.OPEN}, {"open"}),
        ({"standing": Standing.CLOSED}, {"closed"}),
        ({"standing": Standing.NO_CASE}, {"thanked"}),
        ({"channel": Channel.WEB}, {"waiting", "thanked"}),
        ({"procedure": ProcedureCode.STATUTORY}, {"open"}),
        ({"procedure": ProcedureCode.STATUTORY, "standing": Standing.CLOSED}, set()),
        ({"team": Team.CARE_PLANNING_COURT}, {"open", "closed", "thanked"}),
        ({"team": Team.SEND}, set()),
        ({"category": Category.COMPLIMENT}, {"thanked"}),
        ({"category": Category.COMPLAINT}, {"waiting", "open", "closed"}),
        ({"risk": Risk.NONE}, {"open", "closed", "thanked"}),
        ({"young": True}, {"waiting", "open", "closed", "thanked"}),
        ({"received_from": date(2999, 1, 1)}, set()),
        ({"overdue": True}, set()),
    ],
)
def test_each_filter_finds_what_it_says(
    work: Work, matters: dict[str, Feedback], asked: dict[str, object], names: set[str]
) -> None:
    assert found(work, **asked) == {matters[name].id for name in names}


EITHER = (
    {"young": True},
    {"relationship": Relationship.YOUNG_PERSON},
    {"relationship": Relationship.PARENT},
    {"risk": Risk.CONCERN},
    {"risk": Risk.NONE},
    {"category": Category.COMPLAINT},
    {"category": Category.COMPLIMENT},
    {"team": Team.CARE_PLANNING_COURT},
    {"procedure": ProcedureCode.NONE},
    {"channel": Channel.WEB},
    {"received_from": date(2020, 1, 1)},
)
PAIRS = [pair for pair in combinations(EITHER, 2) if pair[0].keys() != pair[1].keys()]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_two_filters_find_what_both_find(
    work: Work, matters: dict[str, Feedback], one: dict[str, object], other: dict[str, object]
) -> None:
    doors = (Door.YOUNG_PEOPLE, Door.EVERYONE, None, Door.ADVOCATES)
    said = (Relationship.YOUNG_PERSON, None, Relationship.PARENT, Relationship.YOUNG_PERSON)
    for matter, door, relationship in zip(matters.values(), doors, said, strict=True):
        matter.door, matter.relationship_said = door, relationship
    work.session.flush()
    decided = work.session.query(Decision).order_by(Decision.id).all()
    decided[0].relationship, decided[0].risk = Relationship.PARENT, Risk.CONCERN
    decided[-1].relationship, decided[-1].risk = Relationship.YOUNG_PERSON, Risk.NOW
    matters["thanked"].risk = Risk.CONCERN
    assert found(work, **one, **other) == found(work, **one) & found(work, **other)


def test_overdue_officer_and_tag(work: Work, matters: dict[str, Feedback]) -> None:
    from portal.cases import gathering

    case = gathering.case_of(work.session, matters["open"])
    assert case is not None
    officer = make_account(work, Role.OFFICER, "named@council.example")
    case.officer_id = officer.id
    stage = work.session.query(CaseStage).filter_by(case_id=case.id).one()
    stage.due_on = stage.start_on = work.today - timedelta(days=1)
    work.session.add(
        MatterTag(
            tag="press",
            feedback_id=matters["waiting"].id,
            put_at=work.now,
            put_by_id=officer.id,
        )
    )
    assert found(work, overdue=True) == {matters["open"].id}
    assert found(work, officer=officer.public_id) == {matters["open"].id}
    assert found(work, officer="nobody") == set()
    assert found(work, tag="press") == {matters["waiting"].id}


def test_pages_follow_each_other_without_a_gap(work: Work, matters: dict[str, Feedback]) -> None:
    first = searching.listed(work.session, ANY, true(), work.today, 2)
    after = first.places[-1].public_id
    second = searching.listed(work.session, ANY, true(), work.today, 2, after)
    newest_first = sorted((one.id for one in matters.values()), reverse=True)
    assert [one.id for one in (*first.places, *second.places)] == newest_first
    assert first.total == second.total == len(matters)
    # Of a place that is gone the list begins anew.
    assert searching.listed(work.session, ANY, true(), work.today, 2, "gone") == first

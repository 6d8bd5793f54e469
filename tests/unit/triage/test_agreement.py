"""Agreement is counted by the database as a person would count it row by row."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from portal.procedures.vocabulary import (
    Area,
    Category,
    Nature,
    ProcedureCode,
    Relationship,
    Risk,
    Team,
)
from portal.records.comparison import Comparison
from portal.records.decision import Sight
from portal.records.feedback import Channel, Feedback
from portal.triage import agreement
from portal.triage.agreement import Breakdown, Count, Question
from portal.work import Work
from tests.unit.triage.matters import a_feedback

JULY, AUGUST = date(2026, 7, 1), date(2026, 8, 1)
TEAMS = (Team.SEND, Team.FOSTERING, Team.LADO)


def a_comparison(feedback: Feedback, **other: object) -> Comparison:
    row: dict[str, object] = {
        "feedback_id": feedback.id, "month": JULY, "sight": Sight.SHOWN, "model": "test-1",
        "channel": Channel.WEB, "team_among_three": True,
        "nature": None, "nature_suggested": None, "nature_confidence": None,
    }  # fmt: skip
    same = {
        "category": Category.COMPLAINT, "area": Area.EDUCATION, "team": Team.SEND,
        "procedure": ProcedureCode.CORPORATE, "relationship": Relationship.PARENT,
        "risk": Risk.NONE,
    }  # fmt: skip
    for name, code in same.items():
        row |= {name: code, f"{name}_suggested": code, f"{name}_confidence": 0.85}
    return Comparison(**{**row, **other})


rows = st.lists(
    st.fixed_dictionaries(
        {
            "month": st.sampled_from([JULY, AUGUST]),
            "sight": st.sampled_from(Sight),
            "channel": st.sampled_from(Channel),
            "team": st.sampled_from(TEAMS),
            "team_suggested": st.sampled_from(TEAMS),
            "team_confidence": st.floats(0, 1),
            "relationship": st.sampled_from([Relationship.PARENT, Relationship.ADOPTER]),
        }
    ),
    max_size=25,
)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(made=rows)
def test_the_sums_are_those_of_the_rows(work: Work, made: list[dict[str, object]]) -> None:
    work.session.execute(delete(Comparison))
    for one in made:
        work.session.add(a_comparison(a_feedback(work), **one))
    work.session.flush()
    overview = agreement.overview(work.session, JULY, AUGUST)
    behind = agreement.compared(work.session, JULY, AUGUST)
    for question in Question:
        assert overview[question] == {
            sight: Count(len(of.decided), len(of.agreed)) for sight, of in behind[question].items()
        } | {sight: one for sight, one in overview[question].items() if not one.decided}
    figures = agreement.figures(work.session, Question.TEAM, JULY, AUGUST)
    for sight in Sight:
        own = [one for one in made if one["sight"] is sight]
        agreed = [one for one in own if one["team"] is one["team_suggested"]]
        expected = Count(len(own), len(agreed))
        assert overview[Question.TEAM].get(sight, Count()) == expected
        assert overview[Question.CATEGORY].get(sight, Count()) == Count(len(own), len(own))
        calibration = figures.calibration.get(sight)
        assert (calibration.total if calibration else Count()) == expected
        for kind in Breakdown:
            parts = figures.breakdowns[kind].values()
            assert sum((part.get(sight, Count()) for part in parts), Count()) == expected
        for code, number in Counter(one["team"] for one in own).items():
            [line] = [line for line in figures.codes if line.code is code]
            assert line.counts[sight].decided == number


def test_only_the_months_that_were_asked_for_count(work: Work) -> None:
    for month in (JULY, AUGUST, AUGUST):
        work.session.add(a_comparison(a_feedback(work), month=month))
    work.session.flush()
    assert agreement.months(work.session) == [JULY, AUGUST]
    found = agreement.overview(work.session, AUGUST, AUGUST)
    assert found[Question.RISK][Sight.SHOWN] == Count(2, 2)
    before = agreement.overview(work.session, JULY - timedelta(days=31), JULY - timedelta(days=1))
    assert before[Question.RISK] == {}


def test_a_nature_counts_where_both_gave_one(work: Work) -> None:
    given_twice = {
        "nature": Nature.DATA, "nature_suggested": Nature.POLICY, "nature_confidence": 0.5,
    }  # fmt: skip
    work.session.add(a_comparison(a_feedback(work)))
    work.session.add(a_comparison(a_feedback(work), **given_twice))
    work.session.flush()
    overview = agreement.overview(work.session, JULY, JULY)
    assert overview[Question.NATURE][Sight.SHOWN] == Count(1, 0)
    [line] = agreement.figures(work.session, Question.NATURE, JULY, JULY).codes
    assert (line.code, line.instead) == (Nature.DATA, Nature.POLICY)


def test_what_is_suggested_most_instead_is_named(work: Work) -> None:
    for other in (Team.LADO, Team.FOSTERING, Team.FOSTERING, Team.SEND):
        work.session.add(a_comparison(a_feedback(work), team_suggested=other))
    work.session.flush()
    [line] = agreement.figures(work.session, Question.TEAM, JULY, JULY).codes
    assert (line.code, line.instead) == (Team.SEND, Team.FOSTERING)
    assert line.counts == {Sight.SHOWN: Count(4, 1)}


def test_among_three_counts_the_other_two_as_well(work: Work) -> None:
    for among in (True, True, False):
        row = a_comparison(a_feedback(work), team_suggested=Team.LADO, team_among_three=among)
        work.session.add(row)
    work.session.flush()
    overview = agreement.overview(work.session, JULY, JULY)
    assert overview[Question.TEAM][Sight.SHOWN] == Count(3, 0)
    assert overview[Question.TEAM_AMONG_THREE][Sight.SHOWN] == Count(3, 2)
    figures = agreement.figures(work.session, Question.TEAM_AMONG_THREE, JULY, JULY)
    assert figures.calibration == {}


@pytest.mark.parametrize(
    ("confidence", "bin_number"), [(0.0, 0), (0.0999, 0), (0.1, 1), (0.55, 5), (0.9, 9), (1.0, 9)]
)
def test_a_confidence_falls_into_its_bin(work: Work, confidence: float, bin_number: int) -> None:
    work.session.add(a_comparison(a_feedback(work), risk_confidence=confidence))
    work.session.flush()
    figures = agreement.figures(work.session, Question.RISK, JULY, JULY)
    bins = figures.calibration[Sight.SHOWN].bins
    assert [at for at, one in enumerate(bins) if one is not None] == [bin_number]


def test_the_error_is_the_mean_distance_of_said_and_right(work: Work) -> None:
    for said, suggested in ((0.95, Team.SEND), (0.95, Team.LADO), (0.5, Team.SEND)):
        row = a_comparison(a_feedback(work), team_confidence=said, team_suggested=suggested)
        work.session.add(row)
    work.session.flush()
    figures = agreement.figures(work.session, Question.TEAM, JULY, JULY)
    error = figures.calibration[Sight.SHOWN].error
    assert error == pytest.approx((2 * 0.45 + 0.5) / 3)

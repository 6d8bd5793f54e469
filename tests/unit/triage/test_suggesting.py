"""Suggestions: stored, typed, retried a few times; they raise a risk and lower none."""

from datetime import timedelta

import pytest

from portal.procedures.vocabulary import Category, ProcedureCode, Risk, Team
from portal.records.feedback import FeedbackState
from portal.triage import suggesting
from portal.triage.suggested_labels import SuggestionUnusable
from portal.work import Work
from tests.unit.triage.matters import a_feedback, a_result, label


def test_a_stored_suggestion_is_read_back_typed(work: Work) -> None:
    feedback = a_feedback(work)
    stored = suggesting.store(work, feedback, a_result())
    assert (stored.category, stored.team) == (Category.COMPLAINT, Team.CARE_PLANNING_COURT)
    labels = suggesting.read(stored)
    assert labels is not None
    assert labels.procedure.label is ProcedureCode.STATUTORY
    assert labels.procedure.missing[0].text == "Whether a court is deciding it"
    assert [guess.label for guess in labels.team][1] is Team.FOSTERING
    assert labels.nature is not None
    assert labels.nature.unsure


@pytest.mark.parametrize(
    ("before", "suggested", "after"),
    [
        (Risk.NONE, "now", Risk.NOW),
        (Risk.NONE, "concern", Risk.CONCERN),
        (Risk.CONCERN, "none", Risk.CONCERN),
        (Risk.NOW, "concern", Risk.NOW),
    ],
)
def test_a_suggestion_raises_the_risk_and_never_lowers_it(
    work: Work, before: Risk, suggested: str, after: Risk
) -> None:
    feedback = a_feedback(work)
    feedback.risk = before
    suggesting.store(work, feedback, a_result(risk={**label(suggested), "reasons": ["x"]}))
    assert feedback.risk is after


@pytest.mark.parametrize(
    "broken",
    [
        {"team": []},
        {"category": label("praise")},
        {"category": label("complaint", 1.5)},
        {"risk": None},
        {"procedure": "statutory"},
    ],
)
def test_an_answer_outside_the_contract_is_not_stored(
    work: Work, broken: dict[str, object]
) -> None:
    feedback = a_feedback(work)
    with pytest.raises(SuggestionUnusable):
        suggesting.store(work, feedback, a_result(**broken))
    assert suggesting.waiting_ids(work.session, 10) == [feedback.id]


def test_what_waits_comes_oldest_first_and_only_once(work: Work) -> None:
    newer = a_feedback(work, received=work.now - timedelta(hours=1))
    older = a_feedback(work, received=work.now - timedelta(days=3))
    assert suggesting.waiting_ids(work.session, 10) == [older.id, newer.id]
    suggesting.store(work, older, a_result())
    assert suggesting.waiting_ids(work.session, 10) == [newer.id]
    assert suggesting.waiting_ids(work.session, 0) == []


def test_a_failure_is_tried_three_times_and_then_left_to_the_officer(work: Work) -> None:
    feedback = a_feedback(work)
    for tries in (1, 2, 3):
        assert suggesting.waiting_ids(work.session, 10) == [feedback.id]
        assert suggesting.store_failure(work, feedback, "too_long").tries == tries
    assert suggesting.waiting_ids(work.session, 10) == []
    assert suggesting.read(suggesting.find(work.session, feedback.id)) is None


def test_a_later_success_replaces_a_failure(work: Work) -> None:
    feedback = a_feedback(work)
    suggesting.store_failure(work, feedback, "model_missing")
    stored = suggesting.store(work, feedback, a_result())
    assert stored.error is None
    assert suggesting.read(stored) is not None
    suggesting.store_failure(work, feedback, "again")
    assert stored.error is None, "a good suggestion is not spoilt by a later failure"


def test_what_a_decision_was_compared_with_stays(work: Work) -> None:
    feedback = a_feedback(work)
    first = suggesting.store(work, feedback, a_result())
    feedback.state = FeedbackState.DECIDED
    assert suggesting.store(work, feedback, a_result(model="test-2")) is first
    assert first.model == "test-1"


def test_a_body_that_is_no_longer_read_is_no_suggestion(work: Work) -> None:
    stored = suggesting.store(work, a_feedback(work), a_result())
    stored.body = '{"category": "complaint"}'
    assert suggesting.read(stored) is None
    stored.body = "not json"
    assert suggesting.read(stored) is None

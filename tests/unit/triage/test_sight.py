"""One item in twenty is decided before its suggestion is shown; danger is never held back."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.cases.tokens import make_public_id
from portal.procedures.vocabulary import Category, Risk
from portal.records.decision import Sight
from portal.records.feedback import Feedback
from portal.triage import deciding, queue, sight, suggesting
from portal.triage.queue import View
from portal.work import WORKER, Work, begin_work
from tests.learning import SINCE, by_lot, set_suggestions, switch_on
from tests.unit.triage.matters import a_choice, a_feedback, a_result, acting, an_officer, label

NOW = {"risk": {**label("now"), "reasons": ["Wording: a blade."]}}
CONCERN = {"risk": {**label("concern"), "reasons": ["Wording: no food."]}}


def feedback_with(work: Work, *, drawn: bool = True, **result: Any) -> Feedback:
    feedback = by_lot(a_feedback(work), drawn)
    work.session.flush()
    suggesting.store(work, feedback, a_result(**result))
    return feedback


def row_of(work: Work) -> queue.Row:
    from sqlalchemy import true

    listing = queue.rows(work.session, work.council, work.today, View.WAITING, visible=true())
    return listing.rows[0]


def test_about_one_in_twenty_is_drawn(app: Flask) -> None:
    drawn = sum(sight.drawn(make_public_id()) for _ in range(20_000))
    # Five standard errors round a twentieth.
    assert 1000 - 155 < drawn < 1000 + 155


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(public_id=st.text(max_size=40))
def test_the_lot_is_the_same_each_time_whatever_the_id(app: Flask, public_id: str) -> None:
    first = sight.drawn(public_id)
    assert [sight.drawn(public_id) for _ in range(3)] == [first] * 3


def test_the_lot_is_drawn_with_the_installations_own_key(app: Flask) -> None:
    """Whoever knows the ids and this program cannot tell which will be drawn."""
    from dataclasses import replace

    ids = [make_public_id() for _ in range(2000)]
    before = [sight.drawn(one) for one in ids]
    heard = app.extensions["heard"]
    other = replace(heard.settings, words_key=b"k" * 32)
    app.extensions["heard"] = replace(heard, settings=other)
    assert [sight.drawn(one) for one in ids] != before


def test_without_the_councils_word_everything_is_shown(work: Work) -> None:
    feedback = feedback_with(work)
    offer = sight.offered(work.session, feedback)
    assert offer.sight is Sight.SHOWN
    assert offer.labels is not None


def test_what_is_drawn_is_held_back_until_it_is_decided(app: Flask) -> None:
    switch_on(app)
    with begin_work(WORKER) as work:
        feedback = feedback_with(work)
        offer = sight.offered(work.session, feedback)
        assert (offer.sight, offer.labels, offer.suggestion, offer.danger) == (
            Sight.BLIND, None, None, None,
        )  # fmt: skip
        decision = deciding.confirm(acting(work, an_officer(work)), feedback, a_choice())
        assert decision.sight is Sight.BLIND
        after = sight.offered(work.session, feedback)
        assert after.labels is not None


def test_what_is_not_drawn_is_shown(app: Flask) -> None:
    switch_on(app)
    with begin_work(WORKER) as work:
        feedback = feedback_with(work, drawn=False)
        assert sight.offered(work.session, feedback).labels is not None
        decision = deciding.confirm(acting(work, an_officer(work)), feedback, a_choice())
        assert decision.sight is Sight.SHOWN


def test_danger_now_is_never_held_back(app: Flask) -> None:
    switch_on(app)
    with begin_work(WORKER) as work:
        offer = sight.offered(work.session, feedback_with(work, **NOW))
        assert offer.danger is not None
        assert [reason.text for reason in offer.danger.reasons] == ["Wording: a blade."]
        assert offer.labels is None
        assert row_of(work).risk is Risk.NOW


def test_the_queue_tells_nothing_of_what_is_held_back(app: Flask) -> None:
    switch_on(app)
    with begin_work(WORKER) as work:
        plain = feedback_with(work, drawn=False)
        feedback = feedback_with(work, **CONCERN)
        feedback.category_said = Category.COMMENT
        work.session.flush()
        row = row_of(work)
        assert row.public_id == feedback.public_id, "it still stands where its risk puts it"
        assert row.held_back
        assert (row.category, row.category_suggested) == (Category.COMMENT, False)
        assert (row.team, row.procedure, row.risk) == (None, None, Risk.NONE)
        deciding.confirm(acting(work, an_officer(work)), feedback, a_choice())
        assert row_of(work).public_id == plain.public_id
        assert row_of(work).team is not None


@pytest.mark.parametrize(
    ("first", "last", "held"),
    [
        (date(2026, 6, 9), None, True),
        (date(2026, 6, 1), date(2026, 6, 9), True),
        (date(2026, 6, 10), None, False),
        (date(2026, 6, 1), date(2026, 6, 8), False),
    ],
)
def test_it_rests_on_the_day_of_arrival(
    app: Flask, first: date, last: date | None, held: bool
) -> None:
    """What was once seen with its suggestion is not hidden when learning begins."""
    switch_on(app, (first, last))
    with begin_work(WORKER) as work:
        feedback = by_lot(a_feedback(work, received=date(2026, 6, 9)), True)
        assert sight.is_blind(feedback) is held


def test_switched_off_nothing_is_shown_and_nothing_compared(app: Flask) -> None:
    switch_on(app, (SINCE, None))
    with begin_work(WORKER) as work:
        first, second = feedback_with(work), feedback_with(work, drawn=False)
    set_suggestions(app, False)
    with begin_work(WORKER) as work:
        acting(work, an_officer(work))
        for feedback in (first, second):
            work.session.add(feedback)
            assert sight.offered(work.session, feedback).switched_off
        assert row_of(work).team is None
        decision = deciding.confirm(work, second, a_choice())
        assert (decision.sight, decision.suggestion_id, decision.changed) == (Sight.NONE, None, [])

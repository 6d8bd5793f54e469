"""Decisions become examples on the days that the council gave for it, and on no other."""

from datetime import UTC, date, datetime

from flask import Flask
from sqlalchemy import func, select

from classifier.redacting.redactor import Redactor
from portal.db import db
from portal.records.feedback import Feedback
from portal.records.training_example import TrainingExample
from portal.triage import deciding, training_examples
from portal.work import WORKER, Work, begin_work
from tests.learning import by_lot, switch_on
from tests.unit.triage.matters import a_choice, a_feedback, acting, an_officer

REDACTOR = Redactor.load(with_model=False)


def write_missing(work: Work) -> int:
    """One round of what the background process does."""
    redacted = training_examples.missing(work.session, work.council, REDACTOR)
    return training_examples.write(work, redacted)


def decided(work: Work, at: datetime, drawn: bool = False) -> Feedback:
    feedback = by_lot(a_feedback(work, received=at.date()), drawn)
    work.session.flush()
    email = f"{feedback.public_id}@council.example".lower()
    acting(work, an_officer(work, email), at.date())
    decision = deciding.confirm(work, feedback, a_choice())
    decision.decided_at = at
    work.session.flush()
    return feedback


def kept(session: object = None) -> int:
    return db.session.scalar(select(func.count()).select_from(TrainingExample)) or 0


def test_nothing_is_learnt_until_the_council_says_so(work: Work) -> None:
    decided(work, datetime(2026, 6, 10, 9, tzinfo=UTC))
    assert write_missing(work) == 0
    assert list(training_examples.lines(work.session, REDACTOR)) == []


def test_only_decisions_of_the_given_days_are_learnt(app: Flask) -> None:
    switch_on(app, (date(2026, 6, 10), date(2026, 6, 12)))
    with begin_work(WORKER) as work:
        # London is an hour ahead of UTC in June.
        for moment in (
            datetime(2026, 6, 9, 22, 59, tzinfo=UTC),
            datetime(2026, 6, 9, 23, 1, tzinfo=UTC),
            datetime(2026, 6, 12, 22, 59, tzinfo=UTC),
            datetime(2026, 6, 12, 23, 1, tzinfo=UTC),
        ):
            decided(work, moment)
        assert write_missing(work) == 2
        days = [line["decided_on"] for line in training_examples.lines(work.session, REDACTOR)]
        assert days == ["2026-06-10", "2026-06-12"]
        assert write_missing(work) == 0


def test_a_day_that_is_taken_back_takes_its_examples_with_it(app: Flask) -> None:
    switch_on(app, (date(2026, 6, 1), None))
    with begin_work(WORKER) as work:
        for day in (5, 15):
            decided(work, datetime(2026, 6, day, 9, tzinfo=UTC))
        write_missing(work)
        assert training_examples.drop_unlearnt(work) == 0
    switch_on(app, (date(2026, 6, 1), date(2026, 6, 10)))
    with begin_work(WORKER) as work:
        assert training_examples.drop_unlearnt(work) == 1
    heard = app.extensions["heard"]
    assert heard.council.learning
    with begin_work(WORKER) as work:
        work.council = type(work.council)(**{**vars(work.council), "learning": ()})
        assert training_examples.drop_unlearnt(work) == 1
    assert kept() == 0


def test_an_example_says_whether_it_was_decided_first(app: Flask) -> None:
    switch_on(app)
    with begin_work(WORKER) as work:
        for drawn in (True, False):
            decided(work, datetime(2026, 6, 10, 9, tzinfo=UTC), drawn)
        write_missing(work)
        first, second = training_examples.lines(work.session, REDACTOR)
    assert (first["blind"], second["blind"]) == (True, False)
    assert {"id", "text", "category", "team", "procedure", "risk"} <= set(first)

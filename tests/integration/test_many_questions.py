"""Several questions in one statement have the answers that each has alone, on both databases."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, literal, select
from sqlalchemy.orm import Session

from portal import many_questions
from portal.commands import demo_data
from portal.db import db
from portal.many_questions import Question
from portal.records.case import Case, CaseClock, CaseStage
from portal.records.feedback import Feedback
from tests.conftest import app_for, settings_for

QUESTIONS = (
    # Moments, days, codes, yes and no, words under seal, and what is not there.
    Question(
        select(
            Feedback.id, Feedback.received_at, Feedback.received_on, Feedback.story,
            Feedback.about_whom, Feedback.door, Case.other_child, Case.closed_at, Case.team,
        ).outerjoin(Case, Case.feedback_id == Feedback.id),
        # A matter in parts has a row for each.
        100 * Feedback.id + func.coalesce(Case.part, 1),
    ),
    # Nothing is found.
    Question(select(Case.id).where(Case.id < 0), Case.id),
    # A column of JSON, and an order by what is not asked for.
    Question(
        select(CaseClock.stage_id, CaseClock.soft, CaseClock.met_on, CaseClock.working),
        CaseClock.id,
    ),
    # Counts, of a question with rows under it.
    Question(
        select(CaseStage.key, func.count().label("many"), func.max(CaseStage.due_on).label("last"))
        .group_by(CaseStage.key),
        func.min(CaseStage.id),
    ),
)  # fmt: skip


@pytest.fixture
def filled(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An application on each database, with the demo's matters."""
    app = app_for(settings_for(tmp_path, DATABASE_URL=database_url, HEARD_DEMO="1"))
    assert app.test_cli_runner().invoke(demo_data.command, ["--cases", "20"]).exit_code == 0
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def test_each_question_has_the_answer_that_it_has_alone(filled: Flask) -> None:
    with Session(db.engine) as session:
        alone = [session.execute(one.wanted.order_by(one.by)).all() for one in QUESTIONS]
        together = many_questions.read(session, *QUESTIONS)
        assert [[tuple(row) for row in rows] for rows in together] == [
            [tuple(row) for row in rows] for rows in alone
        ]
        assert all(len(rows) > 3 for rows in (together[0], together[2]))
        assert [type(one) for one in together[3][0]] == [str, int, date]
        numbers = [number for number, _ in many_questions.each(session, *QUESTIONS)]
        assert numbers == sorted(numbers)


def test_many_keys_are_one_parameter(filled: Flask) -> None:
    with Session(db.engine) as session:
        every = list(session.scalars(select(Feedback.id).order_by(Feedback.id)))
        assert len(every) > 3
        for keys in ([], every[:2], [*every, *range(10**6, 10**6 + 70_000)]):
            asked = select(Feedback.id, Feedback.story).where(
                many_questions.among(session, Feedback.id, keys)
            )
            (found,) = many_questions.read(session, Question(asked, literal(0)))
            assert {row.id for row in found} == set(keys) & set(every)
            assert all(row.story.strip() for row in found)

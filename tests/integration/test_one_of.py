"""A column has one of some values, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from portal.db import db
from portal.one_of import among, one_of, one_of_these
from portal.records.feedback import Feedback
from portal.work import COMMAND, begin_work
from tests.conftest import app_for, settings_for
from tests.matters import make_feedback


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    made = app_for(settings_for(tmp_path, DATABASE_URL=database_url))
    with made.app_context():
        yield made
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize("many", [0, 1, 3])
def test_those_are_found_that_are_among_the_values(app: Flask, many: int) -> None:
    with begin_work(COMMAND) as work:
        every = [make_feedback(work).public_id for _ in range(4)]
    some, session = every[:many], db.session()
    kind = session.get_bind().dialect.name
    wanted = select(Feedback.public_id).order_by(Feedback.id)
    assert session.scalars(wanted.where(one_of(session, Feedback.public_id, some))).all() == some
    written_once = wanted.where(among(kind, Feedback.public_id, "ids"))
    assert session.scalars(written_once, {"ids": some}).all() == some
    always_the_same = wanted.where(one_of_these(Feedback.public_id, some))
    assert session.scalars(always_the_same).all() == some

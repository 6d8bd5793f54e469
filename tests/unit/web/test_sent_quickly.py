"""Sending a form asks the database no more than it must, and leaves a matter that stands where the
queue would put it."""

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.cases import queue_places, receiving, secret_words
from portal.db import db
from portal.records.draft import Draft
from portal.records.feedback import Feedback
from portal.work import WORKER, begin_work
from tests.architecture.walked_pages import reads
from tests.unit.web.journey_steps import EVERYONE, YOUNG, told, walk

# The days off, the draft with its files, the wordings of letters, and what was sent to the address.
QUESTIONS = 4


def test_a_submission_asks_few_questions(app: Flask) -> None:
    browser = app.test_client()
    walk(browser, "give-feedback", EVERYONE)
    with reads(app) as asked:
        assert browser.post("/give-feedback/check").status_code == 303
    assert len(asked) <= QUESTIONS, asked


@pytest.mark.parametrize("older", [False, True])
def test_the_hash_of_the_words_is_made_when_a_draft_begins(
    app: Flask, monkeypatch: pytest.MonkeyPatch, older: bool
) -> None:
    browser = app.test_client()
    walk(browser, "give-feedback", EVERYONE)
    if older:
        # As those were that had begun before the hash was kept with them.
        with begin_work(WORKER) as work:
            work.session.execute(update(Draft).values(hash_ahead=None))
    made: list[str] = []
    hashed = secret_words.hash_words
    monkeypatch.setattr(receiving, "hash_words", lambda words: made.append(words) or hashed(words))
    assert browser.post("/give-feedback/check").location.endswith("/sent")
    assert len(made) == older
    (sent,) = told()
    draft = db.session.scalars(select(Draft)).one()
    assert secret_words.words_match(sent.words_hash, draft.words)
    assert (draft.hash_ahead, draft.words_hash) == (None, None)


@pytest.mark.parametrize(
    ("folder", "steps"), [("give-feedback", EVERYONE), ("young-people", YOUNG)]
)
@pytest.mark.parametrize("danger", ["yes", "no"])
def test_it_stands_where_the_queue_would_put_it(
    app: Flask, folder: str, steps: tuple[tuple[str, dict[str, str]], ...], danger: str
) -> None:
    browser = app.test_client()
    given = tuple(
        (key, {**said, "danger": danger} if "danger" in said else said) for key, said in steps
    )
    walk(browser, folder, given)
    assert browser.post(f"/{folder}/check").location.endswith("/sent")
    (sent,) = told()
    before = (sent.queue_rank, sent.queue_on, sent.case_due_on)
    assert None not in before[:2]
    with begin_work(WORKER) as work:
        queue_places.touch(work.session, sent.id)
    again = db.session.get_one(Feedback, sent.id)
    assert (again.queue_rank, again.queue_on, again.case_due_on) == before

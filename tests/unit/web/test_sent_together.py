"""A form that is sent is written in one statement, and stands as the session would have written it,
on both databases."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select

from portal import written_together
from portal.cases import drafts
from portal.db import Record, db
from portal.records.advocacy_referral import AdvocacyReferral
from portal.records.audit_event import AuditEvent
from portal.records.automatic_answer import AutomaticAnswer
from portal.records.draft import Draft
from portal.records.feedback import Feedback
from portal.records.outbox_letter import OutboxLetter
from portal.records.party import Party
from portal.records.safe_contact_rule import SafeContactRule
from tests.architecture.walked_pages import engine_of
from tests.conftest import app_for, settings_for
from tests.unit.web.journey_steps import EVERYONE, YOUNG, told, walk

BY_EMAIL = {"contact": {"way": "email", "email": "sky@example.org", "name": "Sky"}}
DOORS = (
    ("give-feedback", EVERYONE),
    ("young-people", YOUNG),
    # With a receipt beside the letter to the advocates.
    ("young-people", tuple((key, BY_EMAIL.get(key, said)) for key, said in YOUNG)),
)
KINDS: tuple[type[Record], ...] = (
    Feedback, Party, SafeContactRule, OutboxLetter, AutomaticAnswer, AdvocacyReferral, AuditEvent,
    Draft,
)  # fmt: skip
# What is another with each form: keys, moments, and what is drawn by lot.
OWN = frozenset(
    {"id", "feedback_id", "letter_id", "about_id", "public_id", "message_id", "token_key", "at"}
    | {"received_at", "said_at", "written_at", "next_try_at", "asked_at", "sent_at", "updated_at"}
    | {"ends_at", "words_shown_until", "reference", "words", "words_hash", "body", "subject"}
)
# BEGIN is the driver's own. The days off, the draft, the wordings, the gate; and all that is new.
STATEMENTS = 5


@pytest.fixture
def either(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    made = app_for(settings_for(tmp_path, DATABASE_URL=database_url))
    with made.app_context():
        yield made
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize(("folder", "steps"), DOORS)
def test_it_stands_as_the_session_would_have_written_it(
    either: Flask, monkeypatch: pytest.MonkeyPatch, folder: str, steps: Any
) -> None:
    together = [_new_rows(_filled(either, folder, steps), folder)]
    monkeypatch.setattr(written_together, "held", lambda *_given: nullcontext())
    together.append(_new_rows(_filled(either, folder, steps), folder))
    assert together[0] == together[1]
    assert len(together[0]["Feedback"]) == 1
    assert together[0]["AuditEvent"]


@pytest.mark.service
@pytest.mark.parametrize(("folder", "steps"), DOORS)
def test_the_database_is_asked_few_times(
    either: Flask, database_url: str, folder: str, steps: Any
) -> None:
    browser = _filled(either, folder, steps)
    asked: list[str] = []

    def keep(_c: object, _k: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(engine_of(either), "before_cursor_execute", keep)
    assert browser.post(f"/{folder}/check").location.endswith("/sent")
    event.remove(engine_of(either), "before_cursor_execute", keep)
    # SQLite writes one table after the other, in the same process.
    tables = len(set(drafts.SENT)) + 2 if database_url.startswith("sqlite") else 0
    assert len(asked) <= STATEMENTS + tables, asked


def test_pressed_twice_at_the_same_moment_it_is_one(either: Flask) -> None:
    first = _filled(either, *DOORS[0])
    second = either.test_client()
    for cookie in first._cookies.values():
        second.set_cookie(cookie.key, cookie.value)
    together = Barrier(2)

    def press(browser: FlaskClient) -> str:
        together.wait()
        return browser.post("/give-feedback/check").location

    db.session.remove()
    with ThreadPoolExecutor(2) as pool:
        ended = list(pool.map(press, (first, second)))
    assert all(one.endswith("/sent") for one in ended)
    assert len(told()) == 1
    for kind in (OutboxLetter, AutomaticAnswer, SafeContactRule):
        assert db.session.scalar(select(func.count()).select_from(kind)) == 1


def _filled(app: Flask, folder: str, steps: Any) -> FlaskClient:
    browser = app.test_client()
    walk(browser, folder, steps)
    return browser


def _new_rows(browser: FlaskClient, folder: str) -> dict[str, list[dict[str, Any]]]:
    with _added() as found:
        assert browser.post(f"/{folder}/check").location.endswith("/sent")
    return found


@contextmanager
def _added() -> Iterator[dict[str, list[dict[str, Any]]]]:
    """What a block adds, and the draft that it changes, without what is another each time."""
    newest = {kind: _newest(kind) for kind in KINDS}
    found: dict[str, list[dict[str, Any]]] = {}
    yield found
    db.session.rollback()
    for kind in KINDS:
        given: Any = kind
        since = newest[kind] - (kind is Draft)
        rows = db.session.scalars(select(given).where(given.id > since).order_by(given.id))
        names = [column.name for column in given.__table__.c if column.name not in OWN]
        found[kind.__name__] = [{name: getattr(row, name) for name in names} for row in rows]


def _newest(kind: Any) -> int:
    return db.session.scalar(select(func.coalesce(func.max(kind.id), 0))) or 0

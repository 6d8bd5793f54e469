"""How often the search asks the database: a dozen times at most, sign-in and gate included."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event

from portal.commands import finding
from portal.db import db
from portal.records.account import Account
from portal.records.kept_search import KeptSearch
from portal.triage.find import pieces, results
from portal.work import WORKER, begin_work
from tests.matters import make_case, make_feedback
from tests.unit.web.officer_pages import signed_in
from tests.unit.web.test_officer_find import TAXI
from tests.unit.web.test_officer_queries import MOST


@contextmanager
def statements() -> Iterator[list[str]]:
    """Everything that a request asks of the database or writes to it."""
    seen: list[str] = []

    def keep(_c: object, _k: object, statement: str, *_rest: object) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", keep)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", keep)


@pytest.fixture
def officer(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    monkeypatch.setattr(results, "PAGE", 4)
    signed_in(client)
    with begin_work(WORKER) as work:
        for number in range(2 * results.PAGE + 2):
            feedback = make_feedback(work, story=TAXI if number % 3 else "A taxi. To school.")
            if number % 2:
                make_case(work, feedback)
    while finding.index():
        pass
    client.post("/officers/find", data={"channel": "web"})
    return client


@pytest.mark.parametrize(
    "asked",
    [
        {"words": "taxi"},
        {"words": "“taxi to school”"},
        {"words": "taxi", "channel": "web", "young": "y"},
        {"words": "kingfisher"},
        {"channel": "web"},
        {"team": "send", "standing": "closed"},
    ],
)
def test_a_page_of_what_was_found_asks_a_dozen_times(
    officer: FlaskClient, asked: dict[str, str]
) -> None:
    address = officer.post("/officers/find", data=asked).location
    with statements() as seen:
        page = officer.get(address)
    assert page.status_code == 200
    assert len(seen) <= MOST, "\n\n".join(seen)


def test_the_next_page_asks_no_oftener(officer: FlaskClient) -> None:
    address = officer.post("/officers/find", data={"words": "taxi"}).location
    page = officer.get(address).text
    following = page.partition(">Next page")[0].rpartition('href="')[2].rstrip('"')
    with statements() as seen:
        assert officer.get(following.replace("&amp;", "&")).status_code == 200
    assert len(seen) <= MOST, "\n\n".join(seen)


def test_only_what_is_shown_is_opened(
    officer: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[bytes] = []
    unseal = pieces.unseal

    def counted(stored: bytes, *rest: object) -> bytes:
        opened.append(stored)
        return unseal(stored, *rest)  # type: ignore[arg-type]

    address = officer.post("/officers/find", data={"words": "taxi"}).location
    monkeypatch.setattr(pieces, "unseal", counted)
    page = officer.get(address).text
    assert page.count("heard-queue__peek") == results.PAGE
    # A name, a story and an e-mail address each.
    assert len(opened) <= 4 * results.PAGE


def test_a_search_and_the_saved_views_are_read_together(officer: FlaskClient) -> None:
    with begin_work(WORKER) as work:
        me = work.session.query(Account).first()
        assert me is not None
        for number in range(9):
            work.session.add(
                KeptSearch(
                    public_id=f"view-{number}", account_id=me.id, name=f"View {number}",
                    filters={"channel": "web"}, made_at=work.now,
                )
            )  # fmt: skip
    address = officer.post("/officers/find", data={"words": "taxi"}).location
    with statements() as seen:
        assert "View 8" in officer.get(address).text
    assert sum("kept_search" in one for one in seen) == 1

"""Signing in and posting as an officer, for the tests of officers' pages."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

from flask.testing import FlaskClient

from portal.cases import sign_ins
from portal.db import db
from portal.records.account import Role
from portal.records.feedback import Feedback
from portal.triage import suggesting
from portal.work import WORKER, Work, begin_work
from tests.matters import make_account
from tests.signing_in import let_in, sign_in
from tests.unit.triage import matters

OPEN_A_CASE = {
    "category": "complaint",
    "team": "care_planning_court",
    "procedure": "statutory",
    "nature": "communication",
    "relationship": "parent",
    "risk": "none",
    "outcome": "case_opened",
}


def signed_in(client: FlaskClient, make: Callable[[Work], Any] = matters.an_officer) -> FlaskClient:
    """The browser, signed in as a new account: an officer unless said otherwise."""
    with begin_work(WORKER) as work:
        email = make(work).email
    answer = sign_in(client, email)
    assert answer.status_code == 302, answer.text
    return client


def made(**said: Any) -> Feedback:
    """Committed feedback; `result` is the suggestion to store with it."""
    result = said.pop("result", None)
    with begin_work(WORKER) as work:
        feedback = matters.a_feedback(work, **said)
        if result is not None:
            suggesting.store(work, feedback, result)
    return db.session.get_one(Feedback, feedback.id)


def words_of(page: str) -> str:
    """What a reader of the page sees, in one line."""
    body = re.sub(r"(?s)<(script|style|head).*?</\1>", " ", page)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", body)).split())


def posted_again(page: str) -> dict[str, Any]:
    """What the form of a check page would send: its hidden fields and its letter. A date is three
    fields of one name."""
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    letter = re.search(r'(?s)<textarea[^>]*name="letter"[^>]*>(.*?)</textarea>', page)
    values: dict[str, Any] = {}
    for name, value in hidden:
        values.setdefault(name, []).append(unescape(value))
    return values | ({"letter": unescape(letter[1])} if letter else {})


def as_another(client: FlaskClient, role: Role = Role.OFFICER) -> FlaskClient:
    """Another browser of the same application, in which somebody else is signed in."""
    other = client.application.test_client()
    with begin_work(WORKER) as work:
        account = make_account(work, role, f"second.{role.value}@heard.example", "Wren Oakley")
        let_in(other, sign_ins.begin(work, account, "a test"))
    return other


def proposal_in(page: str) -> str:
    """The public id of the proposal that a page shows."""
    found = re.search(r'name="proposal" value="([^"]+)"', page)
    assert found is not None, words_of(page)
    return found[1]

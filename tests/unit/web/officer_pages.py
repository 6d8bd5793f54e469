"""Signing in and posting as an officer, for the tests of officers' pages."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

from flask.testing import FlaskClient

from portal.db import db
from portal.records.feedback import Feedback
from portal.triage import suggesting
from portal.work import WORKER, Work, begin_work
from tests.signing_in import sign_in
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


def posted_again(page: str) -> dict[str, str]:
    """What the form of a check page would send: its hidden fields and its letter."""
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    letter = re.search(r'(?s)<textarea[^>]*name="letter"[^>]*>(.*?)</textarea>', page)
    values = {name: unescape(value) for name, value in hidden}
    return values | ({"letter": unescape(letter[1])} if letter else {})

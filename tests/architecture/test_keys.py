"""No key sends anything: on every page it leads to another page, to a field, or to the page that
shows what would happen."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.exceptions import HTTPException

from portal.db import db
from portal.records.outbox_letter import OutboxLetter
from tests.architecture.walked_pages import Element, Walked, elements
from tests.unit.web.officer_pages import OPEN_A_CASE, made, signed_in

# The walk is long where several things run at once.
pytestmark = pytest.mark.timeout(900)
# What a key of `frontend/own/keys.js` presses.
PRESSED = ("data-key", "data-key-otherwise")
# The one form that a key sends: it confirms category and team, and answers with what would happen.
SENT_BY_A_KEY = {"officer.check"}


def pressed(page: Walked) -> Iterator[Element]:
    for element in elements(page.text):
        if any(name in element.values for name in PRESSED):
            yield element


def endpoint_of(app: Flask, address: str, method: str) -> str:
    """Which view answers an address of ours; nothing where it is none."""
    adapter = app.url_map.bind("localhost")
    try:
        endpoint, _ = adapter.match(address.partition("?")[0].partition("#")[0], method)
    except HTTPException:
        return ""
    return str(endpoint)


def wrong(app: Flask, element: Element) -> str | None:
    """What a key does there that it must not; None for what it may."""
    values = element.values
    if element.tag == "a":
        return None if endpoint_of(app, values.get("href", ""), "GET") else "leads to no page"
    if element.tag == "span" and "hidden" in values:
        return None if values.get("data-key-focus") else "does nothing"
    form = element.form
    if element.tag != "button" or form is None:
        return "is no control that a key may press"
    action = values.get("formaction", form.get("action", ""))
    # A form that is got and not posted changes nothing.
    if form.get("method", "get").lower() == "get":
        return None
    sends = endpoint_of(app, action, "POST")
    return None if sends in SENT_BY_A_KEY else f"sends {sends or action}"


def test_a_key_leads_to_a_page_or_a_field_and_sends_nothing(
    app: Flask, walked: list[Walked]
) -> None:
    found = [(page, element) for page in walked for element in pressed(page)]
    assert {"officer.queue", "officer.item", "officer.case", "officer.message_left"} <= {
        page.endpoint for page, _ in found
    }
    said = {(page.path, element.tag, wrong(app, element)) for page, element in found}
    assert {one for one in said if one[2] is not None} == set()


def test_no_page_lets_the_browser_press_for_a_key(walked: list[Walked]) -> None:
    """An access key, or a button that Enter would press at once, would be a key of its own."""
    found = {
        (page.path, element.tag)
        for page in walked
        for element in elements(page.text)
        if "accesskey" in element.values
        or (element.tag in ("button", "a") and "autofocus" in element.values)
    }
    assert found == set()


def test_what_a_key_sends_is_answered_by_a_page_without_keys(client: FlaskClient) -> None:
    officer, feedback = signed_in(client), made()
    letters = select(func.count(OutboxLetter.id))
    before = db.session.scalar(letters)
    page = officer.post(f"/officers/feedback/{feedback.public_id}/check", data=OPEN_A_CASE)
    assert page.status_code == 200
    assert [one for one in elements(page.text) if "data-key" in one.values] == []
    assert db.session.scalar(letters) == before


def test_a_button_that_sends_a_letter_would_be_told(app: Flask) -> None:
    page = (
        '<form method="post" action="/officers/cases/x/message"><button data-key="s"></form>'
        '<button data-key="t">'
        '<form method="post" action="/officers/feedback/x/check">'
        '<button data-key="u" formaction="/officers/feedback/x/decide"><button data-key="v"></form>'
    )
    said = [wrong(app, one) for one in elements(page) if "data-key" in one.values]
    assert said[0] == "sends officer.message"
    assert said[1] == "is no control that a key may press"
    assert said[2] is not None
    assert said[3] is None

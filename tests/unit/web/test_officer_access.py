"""Officers' pages open to officers: to nobody else do they even exist."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.web.access import Access, rule_of
from tests.unit.triage.matters import an_advocate
from tests.unit.web.officer_pages import made, signed_in

PATHS = {"public_id": "abc"}


def _officer_routes(app: Flask) -> list[tuple[str, str]]:
    adapter = app.url_map.bind("localhost")
    found = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("officer."):
            values = {name: PATHS[name] for name in rule.arguments}
            method = "POST" if "POST" in (rule.methods or set()) else "GET"
            found.append((method, adapter.build(rule.endpoint, values)))
    return found


def test_every_route_is_declared_for_officers(app: Flask) -> None:
    endpoints = [r.endpoint for r in app.url_map.iter_rules() if r.endpoint.startswith("officer.")]
    assert len(endpoints) > 10
    assert {rule_of(app, endpoint) for endpoint in endpoints} == {Access.OFFICER}


def test_a_stranger_is_asked_to_sign_in(app: Flask, client: FlaskClient) -> None:
    for method, path in _officer_routes(app):
        answer = client.open(path, method=method)
        assert answer.status_code == 302, path
        assert answer.headers["Location"].startswith("/sign-in?next=")


def test_an_advocate_finds_nothing(app: Flask, client: FlaskClient) -> None:
    signed_in(client, an_advocate)
    feedback = made()
    for method, path in _officer_routes(app):
        assert client.open(path, method=method).status_code == 404, path
    answer = client.get(f"/officers/feedback/{feedback.public_id}")
    assert answer.status_code == 404
    assert "Dana" not in answer.text


@pytest.mark.parametrize("path", ["feedback/nothing", "cases/nothing", "feedback/nothing/words"])
def test_an_address_of_nothing_is_not_found(client: FlaskClient, path: str) -> None:
    assert signed_in(client).get(f"/officers/{path}").status_code == 404


def test_feedback_without_a_case_has_no_case_page(client: FlaskClient) -> None:
    officer = signed_in(client)
    assert officer.get(f"/officers/cases/{made().public_id}").status_code == 404


@pytest.mark.parametrize(
    "query", ["view=nonsense", "page=0", "page=99999999", "page=%F0", "reference=%00"]
)
def test_odd_addresses_are_answered(client: FlaskClient, query: str) -> None:
    assert signed_in(client).get(f"/officers/?{query}").status_code == 200

"""Every route says who may open it, and says it truly."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.web.access import Access, rule_of

SAMPLE = {"string": "x", "int": 1, "path": "x"}


def addresses(app: Flask) -> list[tuple[str, str, str]]:
    """Endpoint, method and a sample address of every route."""
    with app.test_request_context():
        found = []
        for route in app.url_map.iter_rules():
            values = dict.fromkeys(route.arguments, "sample")
            built = app.url_map.bind("localhost").build(route.endpoint, values, method=None)
            methods = sorted((route.methods or set()) - {"HEAD", "OPTIONS"})
            found += [(route.endpoint, method, built) for method in methods]
    return found


def test_every_route_declares_its_rule(app: Flask) -> None:
    silent = {
        route.endpoint for route in app.url_map.iter_rules() if rule_of(app, route.endpoint) is None
    }
    assert silent == set()


def test_nobody_signed_in_reaches_no_page_of_staff_or_advocates(
    app: Flask, client: FlaskClient
) -> None:
    closed = [
        (method, address)
        for endpoint, method, address in addresses(app)
        if rule_of(app, endpoint) in (Access.OFFICER, Access.ADVOCATE, Access.ACCOUNT)
    ]
    assert len(closed) > 10
    for method, address in closed:
        answer = client.open(address, method=method)
        assert answer.status_code == 302, (method, address)
        assert "/sign-in" in answer.headers["Location"]


def test_nobody_reaches_a_tracked_matter_without_words(app: Flask, client: FlaskClient) -> None:
    for endpoint, method, address in addresses(app):
        if rule_of(app, endpoint) is Access.TRACKER:
            assert client.open(address, method=method).status_code == 302, address


@pytest.mark.parametrize("address", ["/no-such-page", "/officers/feedback/../../etc"])
def test_unknown_addresses_are_404(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code in (302, 404)

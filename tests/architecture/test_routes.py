"""Every route says who may open it, and says it truly."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from portal.access.acts import Act
from portal.db import Record, db
from portal.procedures.state import APPOINTS, Event
from portal.records.account import Role
from portal.web.access import Access, rule_of
from tests.architecture.access_world import OWN, build, views

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


def test_nobody_reaches_a_tracked_matter_without_words(app: Flask, client: FlaskClient) -> None:
    for endpoint, method, address in addresses(app):
        if needs(app, endpoint) is Access.TRACKER:
            assert client.open(address, method=method).status_code == 302, address


@pytest.mark.parametrize("address", ["/no-such-page", "/officers/feedback/../../etc"])
def test_unknown_addresses_are_404(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code in (302, 404)


def needs(app: Flask, endpoint: str) -> Access | Act | None:
    rule = rule_of(app, endpoint)
    return rule.needs if rule is not None else None


def row_counts() -> dict[str, int]:
    """How many rows each table holds; looking and failing may be noted, nothing else may change."""
    noted = {"audit_event", "throttle"}
    return {
        table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in Record.metadata.sorted_tables
        if table.name not in noted
    }


def test_no_post_is_carried_out_without_its_token(app: Flask, client: FlaskClient) -> None:
    """A post from another site carries the cookie and not the token: every one is stopped."""
    app.config["WTF_CSRF_ENABLED"] = True
    open_posts = [
        (endpoint, address)
        for endpoint, method, address in addresses(app)
        if method == "POST" and needs(app, endpoint) is Access.EVERYONE
    ]
    assert len(open_posts) > 8
    before = row_counts()
    for endpoint, address in open_posts:
        answer = client.post(address)
        # 302, 303: without a draft or a password just shown, it leads to the first question.
        # 404: the sample is nothing.
        assert answer.status_code in (302, 303, 400, 404, 410, 422), (endpoint, answer.status_code)
        assert row_counts() == before, endpoint


# What takes many people's data out of the portal, or gives somebody rights, is asked again who it
# is: all files of lists and all that an administrator changes, and these.
GRAVE = {
    "officer.report_file", "audit.export", "officer.bundle_file", "investigator.bundle",
    "officer.give", "officer.end_grant",
    "account.password", "account.second_factor_page", "account.new_recovery_codes",
    "account.new_passkey", "account.new_passkey_question", "account.remove_passkey",
}  # fmt: skip
# Posted so that a name that is looked for stands in no address. It changes nothing.
LOOKED_FOR = {"administration.people"}


def grave(app: Flask) -> set[str]:
    """Every endpoint that must ask again, whatever an event's page is for."""
    every = views(app)
    exports = {endpoint for endpoint, _, rule in every if rule.needs is Act.EXPORT}
    administers = {
        endpoint
        for endpoint, method, rule in every
        if rule.needs is Act.ADMINISTER and method == "POST" and endpoint not in LOOKED_FOR
    }
    assert {"officer.export", "officer.find_file"} <= exports
    assert len(administers) > 15
    return exports | administers | GRAVE


def test_whatever_is_grave_asks_again_who_it_is(app: Flask) -> None:
    rules = {endpoint: rule_of(app, endpoint) for endpoint in grave(app)}
    assert [endpoint for endpoint, rule in rules.items() if rule is None or not rule.fresh] == []


@pytest.mark.parametrize("endpoint", ["officer.event", "officer.event_check", "officer.event_done"])
def test_an_appointment_asks_again_who_it_is(app: Flask, endpoint: str) -> None:
    rule = rule_of(app, endpoint)
    assert rule is not None
    assert {event for event in Event if rule.asks_again(event.value)} == set(APPOINTS)


@pytest.mark.parametrize("role", Role)
def test_no_post_of_whoever_is_signed_in_is_carried_out_without_its_token(
    app: Flask, role: Role
) -> None:
    world = build(app)
    app.config["WTF_CSRF_ENABLED"] = True
    signed_in = world.browser(role)
    tried = 0
    for endpoint, method, rule in views(app):
        if method == "POST":
            before = row_counts()
            answer = signed_in.post(world.address(endpoint, OWN))
            assert answer.status_code in (400, 404, 422), (endpoint, rule, answer.status_code)
            assert row_counts() == before, endpoint
            tried += 1
    assert tried > 15

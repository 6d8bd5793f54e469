"""Every view and file x every role x every kind of matter: what the one table says is what happens.

A new view without a rule fails here; so does one whose rule and behaviour differ.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event
from werkzeug.exceptions import NotFound

from portal.access.acts import MATTER_ACTS, Act, Reach
from portal.access.permission import answer
from portal.access.person import Person
from portal.access.standing import Standing
from portal.access.table import TABLE
from portal.db import db
from portal.procedures.vocabulary import Team
from portal.records.account import Role
from portal.web.access import Of, Rule
from tests.architecture.access_world import (
    ABOVE,
    DESIGNATED,
    NOWHERE,
    OTHERS,
    OWN,
    SITUATIONS,
    UNSETTLED,
    WALLED,
    WALLS,
    World,
    build,
    views,
)
from tests.architecture.by_hand import BY_HAND
from tests.conftest import app_for, settings_for
from tests.signing_in import let_in

TEAM = Team.CARE_PLANNING_COURT
NEAR = Standing(
    frozenset({TEAM}),
    in_danger=True,
    given=True,
    followed=True,
    spoken_for=True,
    decided_for=True,
    letters_for=True,
    data_asked=True,
)
STANDINGS = {
    OWN: NEAR,
    OTHERS: Standing(frozenset({Team.SEND})),
    WALLED: replace(NEAR, named=True),
    ABOVE: replace(NEAR, named_above=True),
    DESIGNATED: replace(NEAR, for_designated=True),
    UNSETTLED: replace(NEAR, unsettled=True),
}
NOBODY = None


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One world for all of them: nothing here changes it."""
    app = app_for(settings_for(tmp_path_factory.mktemp("access")))
    with app.app_context():
        db.create_all()
        yield build(app)
        db.session.remove()
        db.engine.dispose()


def expected(role: Role, rule: Rule, situation: str) -> bool:
    """What the table says, for somebody of one role and of the team of `OWN`."""
    assert isinstance(rule.needs, Act)
    person = Person(1, frozenset({role}), frozenset({TEAM}))
    if rule.needs not in MATTER_ACTS:
        return answer(person, rule.needs).allowed
    if situation == NOWHERE:
        return False
    return answer(person, rule.needs, STANDINGS[situation]).allowed


def situations_for(rule: Rule, *all_of_them: str) -> tuple[str, ...]:
    """The situations that give a view different addresses: one for what concerns no matter."""
    return all_of_them if rule.needs in MATTER_ACTS else (OWN,)


def is_let_in(app: Flask, token: str | None, address: str, method: str) -> bool | None:
    """Whether the gate before a view opens; None when it asks to sign in first."""
    client = app.test_client()
    if token is not None:
        let_in(client, token)
    cookie = client.get_cookie("heard")
    headers = {"Cookie": f"heard={cookie.value}"} if cookie else {}
    with app.test_request_context(address, method=method, headers=headers):
        try:
            answered = app.preprocess_request()
        except NotFound:
            return False
    if answered is None:
        return True
    location = app.make_response(answered).headers.get("Location", "")
    assert location.startswith("/sign-in?"), (address, location)
    return None


@pytest.mark.parametrize("role", Role)
def test_every_view_opens_to_a_role_exactly_as_the_table_says(world: World, role: Role) -> None:
    wrong, asked_of = [], set()
    for endpoint, method, rule in views(world.app):
        # The other walls look at the act and at what the address names: one view of each is enough.
        walls = () if (rule.needs, rule.of) in asked_of else WALLS
        asked_of.add((rule.needs, rule.of))
        for situation in situations_for(rule, *SITUATIONS, *walls):
            address = world.address(endpoint, situation)
            found = is_let_in(world.app, world.tokens[role], address, method)
            if found is not expected(role, rule, situation):
                wrong.append((endpoint, method, situation, found))
    assert wrong == []


def test_every_view_opens_to_the_designated_officer_as_the_table_says(world: World) -> None:
    """They have no role: what goes to them is theirs, and no other matter."""
    person, wrong, opened = Person(1, designated=True), [], 0
    for endpoint, method, rule in views(world.app):
        assert isinstance(rule.needs, Act)
        for situation in situations_for(rule, OWN, DESIGNATED, NOWHERE):
            matter = Standing(for_designated=situation == DESIGNATED)
            address = world.address(endpoint, situation)
            found = is_let_in(world.app, world.designated, address, method)
            expects = answer(person, rule.needs, matter).allowed
            opened += expects and situation == DESIGNATED
            if found is not (expects and situation != NOWHERE):
                wrong.append((endpoint, method, situation, found))
    assert wrong == []
    assert opened > 50


def test_nobody_signed_in_is_asked_to_sign_in_everywhere(world: World) -> None:
    assert len(views(world.app)) > 40
    for endpoint, method, rule in views(world.app):
        for situation in situations_for(rule, *SITUATIONS):
            address = world.address(endpoint, situation)
            assert is_let_in(world.app, None, address, method) is None, endpoint


@pytest.mark.parametrize("role", Role)
def test_every_page_that_can_be_looked_at_is_there_or_is_not(world: World, role: Role) -> None:
    """The whole way through the view as well: 404 where the table says no, and nowhere else."""
    client = world.browser(role)
    for endpoint, method, rule in views(world.app):
        if method != "GET" or takes_a_sample(world.app, endpoint, rule):
            continue
        for situation in situations_for(rule, *SITUATIONS):
            status = client.get(world.address(endpoint, situation)).status_code
            allowed = expected(role, rule, situation)
            assert status < 500, (endpoint, situation, status)
            assert (status != 404) is allowed, (endpoint, situation, status)


def takes_a_sample(app: Flask, endpoint: str, rule: Rule) -> bool:
    """Whether an address holds an id of something that this world does not have."""
    names = {name for route in app.url_map.iter_rules(endpoint) for name in route.arguments}
    return bool(names - {"public_id"}) or (bool(names) and rule.needs not in MATTER_ACTS)


@pytest.mark.parametrize(("role", "method", "endpoint", "situation", "opens"), BY_HAND)
def test_what_matters_most(
    world: World, role: Role, method: str, endpoint: str, situation: str, opens: bool
) -> None:
    address = world.address(endpoint, situation)
    assert is_let_in(world.app, world.tokens[role], address, method) is opens


@pytest.mark.parametrize(
    "role", [Role.TEAM_MANAGER, Role.INVESTIGATOR, Role.ADVOCATE, Role.AUDITOR]
)
def test_what_is_closed_looks_and_costs_like_what_is_not_there(world: World, role: Role) -> None:
    """The same page, and the same statements to the database: the time tells nothing either."""
    compared = files = 0
    for endpoint, method, rule in views(world.app):
        if rule.needs not in MATTER_ACTS or method != "GET":
            continue
        for situation in (OTHERS, WALLED):
            if expected(role, rule, situation):
                continue
            closed = asked(world, role, world.address(endpoint, situation))
            missing = asked(world, role, world.address(endpoint, NOWHERE))
            assert closed == missing, endpoint
            compared += 1
            files += rule.of is Of.FILE
    assert compared > 5
    assert files > 0


def asked(world: World, role: Role, address: str) -> tuple[int, str, list[str]]:
    """Status, page and statements of one request; the page without what differs each time."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        found = world.browser(role).get(address)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    lines = [line for line in found.text.splitlines() if "nonce" not in line and "csrf" not in line]
    return found.status_code, "\n".join(lines), statements


def test_the_table_holds_every_role_and_each_act_at_its_kind_of_reach() -> None:
    assert set(TABLE) == set(Role)
    for role, acts in TABLE.items():
        for act, reach in acts.items():
            assert (reach is Reach.PORTAL) == (act not in MATTER_ACTS), (role, act)
    administrator = TABLE[Role.ADMINISTRATOR]
    assert not set(administrator) & MATTER_ACTS


def test_no_page_checks_a_role_by_hand() -> None:
    """Views ask for acts; who has which role is the table's affair."""
    folder = Path(__file__).parents[2] / "portal" / "web"
    allowed = {"role_words.py"}
    naming = {
        path.name
        for path in folder.rglob("*.py")
        if re.search(r"\bRole\.", path.read_text()) and path.name not in allowed
    }
    assert naming <= NAMES_ROLES, naming - NAMES_ROLES


# Pages that give roles must name them; they check nothing by them.
NAMES_ROLES = {"role_pages.py", "rights_words.py"}

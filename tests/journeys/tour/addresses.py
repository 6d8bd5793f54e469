"""Every page by its address: the patterns of all of them, and for each an address that has
something to show in the tour's world."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import exists, select
from sqlalchemy.orm import InstrumentedAttribute
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter
from werkzeug.routing import Rule as Route

from portal.access.acts import MATTER_ACTS, Act
from portal.access.person import Person
from portal.access.table import GLASS_OPENS
from portal.db import db
from portal.procedures.vocabulary import Team
from portal.records.account import Account, Role
from portal.records.added_holiday import AddedHoliday
from portal.records.bundle import Bundle
from portal.records.case_paper import CasePaper
from portal.records.draft import Draft
from portal.records.handover import Handover
from portal.records.letter_wording import LetterWording
from portal.records.mail import Mail
from portal.records.organisation import Organisation
from portal.records.outbox_letter import LetterState, OutboxLetter
from portal.records.passkey import Passkey
from portal.records.remedy import Remedy
from portal.records.retention_years import RetentionYears
from portal.records.role_grant import RoleGrant
from portal.records.task import Task
from portal.records.team_membership import TeamMembership
from portal.web.access import Of, rule_of
from tests.journeys.tour.world import World
from tests.journeys.validity import PAGE, TRIED

# Files and ways out that are no pages; those whose address has no argument are in NO_PAGES of
# test_every_page.
FILES = {
    "advocate.letter_file", "advocate.sent_file", "saving.letter",
    "officer.case_calendar", "officer.file", "officer.mail_whole", "officer.post_paper",
    "officer.report_file", "reports.file", "officer.investigation_report", "investigator.report",
    "officer.bundle_file", "investigator.bundle",
}  # fmt: skip
# Of these, every address is a state worth a stop of its own.
EACH = {"officer.item", "officer.case", "advocate.matter"}
# Argument by argument: what may stand there, from which the first that opens is taken.
IDS: dict[str, InstrumentedAttribute[Any]] = {
    "organisation_id": Organisation.public_id,
    "account_id": Account.public_id,
    "grant_id": RoleGrant.public_id,
    "membership_id": TeamMembership.public_id,
    "day_id": AddedHoliday.public_id,
    "handover_id": Handover.public_id,
    "remedy_id": Remedy.public_id,
    "draft_id": Draft.public_id,
    "task_id": Task.public_id,
    "paper_id": CasePaper.public_id,
    "bundle_id": Bundle.public_id,
    "passkey_id": Passkey.public_id,
    "wording_id": LetterWording.public_id,
    "version_id": RetentionYears.public_id,
}
CODES: dict[str, Sequence[str]] = {
    "team": [team.value for team in Team],
    "number": ["1"],
    "year": ["2025-26", "2026-27"],
    "table_id": ["T02", "T07"],
    "figure_id": ["M1", "M5"],
    "kind": ["receipt"],
    "voice": ["adult"],
    "row": ["0", "1"],
    "column": ["1", "2"],
}
MOST_LINKS, MOST_TRIES = 8, 120
ONLY_TRIED = {TRIED: "1"}
LINK = re.compile(r'href="(/[^"#]*)')
EVENT = re.compile(r"/officers/cases/[^/]+/do/([a-z_0-9]+)")


@dataclass(frozen=True)
class Address:
    """One page, whether it is the first of its pattern, and what else it is: an event, a matter."""

    endpoint: str
    path: str
    first: bool
    state: str

    @property
    def name(self) -> str:
        """What its picture is called."""
        page = self.endpoint.replace(".", "-").replace("_", "-")
        return page if self.first else f"{page}-{self.state}".replace(" ", "-").replace("_", "-")


def patterns(app: Flask, no_pages: set[str]) -> list[str]:
    """The pattern of every page's address.

    Args:
        app: the application.
        no_pages: endpoints that are files or ways out, besides `FILES`.
    """
    return sorted({str(route.rule) for route in page_routes(app, no_pages | FILES)})


def page_routes(app: Flask, no_pages: set[str]) -> Iterator[Route]:
    """The routes of every page."""
    for route in app.url_map.iter_rules():
        if "GET" in (route.methods or set()) and route.endpoint not in no_pages:
            yield route


def addresses(world: World, role: Role, seen: set[str], no_pages: set[str]) -> Iterator[Address]:
    """The pages that somebody of a role sees and nobody before them saw, each tried first.

    Args:
        world: the tour's world.
        role: whose pages.
        seen: endpoints that were shown already; gets those that are found.
        no_pages: endpoints that are no pages.
    """
    routes = [
        route
        for route in sorted(page_routes(world.app, no_pages | FILES), key=str)
        if route.endpoint not in seen and _is_for(world, role, route)
    ]
    if not routes:
        return
    client = world.people.browser(role)
    links = _links(world, client, routes)
    for route in routes:
        first = True
        for path, state in _open_ones(world, client, route, links):
            yield Address(route.endpoint, path, first, state)
            first = False
        if not first:
            seen.add(route.endpoint)


def _is_for(world: World, role: Role, route: Route) -> bool:
    rule = rule_of(world.app, route.endpoint)
    return rule is not None and isinstance(rule.needs, Act) and _may_ever(role, rule.needs)


def _links(world: World, client: FlaskClient, routes: Sequence[Route]) -> dict[str, list[str]]:
    """What the pages of matters and all lists lead to, by endpoint: an address with two ids is
    rarely guessed, and somebody who works here follows a link to it."""
    adapter = world.app.url_map.bind("localhost")
    found: dict[str, list[str]] = {}
    looked: set[str] = set()
    ids = [*world.matters.values(), *world.steps]
    starts = [str(route.rule) for route in routes if not route.arguments]
    for route in routes:
        if route.endpoint in EACH:
            starts += [adapter.build(route.endpoint, {"public_id": one}) for one in ids]
    wanted = {route.endpoint for route in routes}
    for depth in (1, 2):
        pages = starts if depth == 1 else [
            path for endpoint, paths in found.items() if endpoint not in EACH for path in paths[:2]
        ]  # fmt: skip
        for path in pages:
            if path in looked:
                continue
            looked.add(path)
            for link in LINK.findall(client.get(path, headers=ONLY_TRIED).text):
                address = link.replace("&amp;", "&")
                endpoint = _endpoint(adapter, address.partition("?")[0])
                paths = found.setdefault(endpoint, []) if endpoint in wanted else []
                if address not in paths:
                    paths.append(address)
    return found


def _endpoint(adapter: MapAdapter, path: str) -> str:
    try:
        endpoint, _ = adapter.match(path, "GET")
    except HTTPException:
        return ""
    return str(endpoint)


def _may_ever(role: Role, act: Act) -> bool:
    """Whether there is any matter for which a role may do it: else nothing needs to be tried."""
    person = Person(1, frozenset({role}))
    glass = act in GLASS_OPENS and person.reaches(Act.BREAK_GLASS)
    return act is Act.OWN_SIGN_IN or bool(glass or person.reaches(act))


def _open_ones(
    world: World, client: FlaskClient, route: Route, links: dict[str, list[str]]
) -> Iterator[tuple[str, str]]:
    """The addresses of a route that show a page, with what they show: the first alone, or for
    `EACH` every one that is told apart."""
    if route.endpoint == "officer.event":
        yield from _events(links.get(route.endpoint, []))
        return
    names_of = {public_id: name for name, public_id in world.matters.items()}
    tried: set[str] = set()
    for path, public_id in _candidates(world, route, links):
        if path in tried:
            continue
        tried.add(path)
        answer = client.get(path, headers=ONLY_TRIED)
        if answer.status_code != 200 or answer.mimetype != PAGE:
            continue
        yield path, names_of.get(public_id, "")
        if route.endpoint not in EACH:
            return


def _candidates(
    world: World, route: Route, links: dict[str, list[str]]
) -> Iterator[tuple[str, str]]:
    """Addresses of a route with the id in them: those that a page leads to, then any."""
    adapter, names = world.app.url_map.bind("localhost"), sorted(route.arguments)
    if route.endpoint not in EACH:
        yield from ((path, "") for path in links.get(route.endpoint, [])[:MOST_LINKS])
    with world.app.app_context():
        choices = [_values(world, route, name) for name in names]
    for values in islice(product(*choices), MOST_TRIES):
        given = dict(zip(names, values, strict=True))
        yield adapter.build(route.endpoint, given), given.get("public_id", "")


def _events(links: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The page of each event, from the first case that offers it."""
    seen: set[str] = set()
    for path in links:
        found = EVENT.match(path)
        if found is not None and found[1] not in seen:
            seen.add(found[1])
            yield path, found[1]


def _values(world: World, route: Route, name: str) -> Sequence[str]:
    if name in CODES:
        return CODES[name]
    if name == "account_id":
        # Whoever is in a team first: a page of a membership has the ids of both.
        in_a_team = exists().where(TeamMembership.account_id == Account.id)
        return list(db.session.scalars(select(Account.public_id).order_by(in_a_team.desc())))
    if name in IDS:
        return [one for one in db.session.scalars(select(IDS[name])) if one is not None]
    rule = rule_of(world.app, route.endpoint)
    assert rule is not None
    if name == "public_id" and rule.needs not in MATTER_ACTS:
        return list(db.session.scalars(select(Mail.public_id)))
    if name == "public_id" and rule.of is Of.LETTER:
        wanted = select(OutboxLetter.public_id).where(OutboxLetter.state == LetterState.TO_POST)
        return list(db.session.scalars(wanted))
    assert name == "public_id", f"Say in tests/journeys/tour/addresses.py what {name} may be."
    if route.endpoint in EACH and len(route.arguments) == 1:
        return list(world.matters.values())
    return [*world.matters.values(), *world.steps]

"""Every page that can be opened by its address alone, seen by everybody who may open it."""

import pytest
from flask import Flask

from portal.access.acts import MATTER_ACTS, Act
from portal.access.permission import answer
from portal.access.person import Person
from portal.records.account import Role
from portal.web.access import Access, rule_of
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal

pytestmark = pytest.mark.service
# They are no pages: ways out, and files.
NO_PAGES = {
    "public.leave", "tracking.leave", "static", "officer.export", "audit.export",
    "officer.calendar", "advocate.calendar", "officer.find_file", "officer.next_item",
    "sign_in.council_account", "sign_in.council_again", "sign_in.council_back",
    "public.sent_copy", "young.sent_copy",
}  # fmt: skip
# Between them they have every page that needs signing in; each is looked at once.
ROLES = (
    Role.COMPLAINTS_MANAGER,
    Role.DUTY_TEAM,
    Role.AUDITOR,
    Role.INFORMATION_GOVERNANCE,
    Role.ADMINISTRATOR,
    Role.ADVOCACY_LEAD,
    Role.INVESTIGATOR,
)


def open_addresses(app: Flask, role: Role | None) -> list[str]:
    """The addresses of every page that needs nothing but its address and, perhaps, a role."""
    return sorted(
        str(route.rule)
        for route in app.url_map.iter_rules()
        if "GET" in (route.methods or set())
        and not route.arguments
        and route.endpoint not in NO_PAGES
        and is_open(app, route.endpoint, role)
    )


def is_open(app: Flask, endpoint: str, role: Role | None) -> bool:
    """Whether a page opens to a role, or to everybody for None."""
    rule = rule_of(app, endpoint)
    if rule is None or not isinstance(rule.needs, Act):
        return rule is not None and rule.needs is Access.EVERYONE and role is None
    if role is None or rule.needs in MATTER_ACTS:
        return False
    return answer(Person(1, frozenset({role})), rule.needs).allowed


def test_between_them_these_roles_have_every_page(web_portal: Portal) -> None:
    seen = {address for role in (None, *ROLES) for address in open_addresses(web_portal.app, role)}
    every = {address for role in Role for address in open_addresses(web_portal.app, role)}
    assert every <= seen


@pytest.mark.parametrize("role", [None, *ROLES])
def test_every_page_is_whole_for_everybody(
    web_portal: Portal, visitor: NewVisitor, role: Role | None
) -> None:
    person = visitor(web_portal)
    before = ROLES[: ROLES.index(role)] if role is not None else ()
    seen = {address for other in before for address in open_addresses(web_portal.app, other)}
    if role is not None:
        web_portal.account(role, "sam@office.example")
        person.page.goto("/sign-in")
        person.sign_in("sam@office.example")
    addresses = [one for one in open_addresses(web_portal.app, role) if one not in seen]
    assert addresses
    for address in addresses:
        response = person.page.goto(address)
        assert response is not None
        assert response.status in (200, 410, 503), (address, response.status)
        if is_page(response.headers["content-type"]):
            person.look()


def is_page(content_type: str) -> bool:
    """Whether an answer is a page for people."""
    return content_type.startswith("text/html")


@pytest.mark.parametrize(
    "questions",
    [
        "portal.web.public.questions",
        "portal.web.young.questions",
    ],
)
def test_every_question_is_whole_for_everybody(
    web_portal: Portal, visitor: NewVisitor, questions: str
) -> None:
    import importlib

    journey = importlib.import_module(questions).JOURNEY
    person = visitor(web_portal)
    for question in journey.steps({}):
        person.go(f"/{journey.folder}/{question.key}")
        assert person.page.locator("main form [name]").count() > 0, question.key
        assert person.page.title().startswith(question.title), question.key

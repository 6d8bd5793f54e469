"""Every page that can be opened by its address alone, seen by everybody who may open it."""

import pytest
from flask import Flask

from portal.records.account import Role
from portal.web.access import Access, rule_of
from tests import matters
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal

pytestmark = pytest.mark.service
# They are no pages: ways out, and files.
NO_PAGES = {"public.leave", "tracking.leave", "static"}
SIGNED_IN = {Access.OFFICER: Role.OFFICER, Access.ADVOCATE: Role.ADVOCATE}


def open_addresses(app: Flask, rule: Access) -> list[str]:
    """The addresses of every page that needs nothing but its address."""
    return sorted(
        str(route.rule)
        for route in app.url_map.iter_rules()
        if "GET" in (route.methods or set())
        and not route.arguments
        and route.endpoint not in NO_PAGES
        and rule_of(app, route.endpoint) is rule
    )


def is_page(visitor_response_type: str) -> bool:
    """Whether an answer is a page for people."""
    return visitor_response_type.startswith("text/html")


@pytest.mark.parametrize("rule", [Access.EVERYONE, Access.ADVOCATE, Access.OFFICER])
def test_every_page_is_whole_for_everybody(
    web_portal: Portal, visitor: NewVisitor, rule: Access
) -> None:
    person = visitor(web_portal)
    if rule in SIGNED_IN:
        web_portal.account(SIGNED_IN[rule], "sam@office.example")
        person.page.goto("/sign-in")
        person.sign_in("sam@office.example", matters.PASSWORD)
    addresses = open_addresses(web_portal.app, rule)
    assert len(addresses) > 1
    for address in addresses:
        response = person.page.goto(address)
        assert response is not None
        assert response.status in (200, 410, 503), (address, response.status)
        if is_page(response.headers["content-type"]):
            person.look()


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
    for question in journey.questions:
        person.go(f"/{journey.folder}/{question.key}")

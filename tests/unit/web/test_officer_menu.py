"""The menu of the officers' pages: few names at the top, and every page one or two links away."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from portal.records.account import Role
from portal.web.officer import menu
from tests.matters import make_account
from tests.unit.web.officer_pages import signed_in
from tests.unit.web.test_officer_danger import in_danger

# What each may open: the addresses of the menu before it had groups, without the list of open
# cases of those who decide, which stands beside the queue.
OFFICERS = {
    "/officers/", "/officers/my-work", "/officers/find", "/officers/promises", "/officers/mail",
    "/officers/post", "/officers/enter", "/officers/advocates", "/officers/publications",
    "/officers/set-aside", "/officers/annual-report", "/officers/register",
    "/officers/suggestions", "/officers/danger", "/officers/retention", "/officers/monday",
    "/officers/mailboxes",
}  # fmt: skip
MANAGERS = OFFICERS | {"/officers/glass", "/officers/bank-holidays", "/officers/wordings"}
TEAM = {
    "/officers/?view=open", "/officers/my-work", "/officers/find", "/officers/promises",
    "/officers/danger", "/officers/emergency", "/officers/monday",
}  # fmt: skip
HEAD = TEAM | {"/officers/annual-report"}


def links(page: str, nav: str) -> dict[str, str]:
    """The links of one navigation, by their words."""
    found = re.search(rf'(?s)<nav aria-label="{nav}".*?</nav>|<nav [^>]*="{nav}">.*?</nav>', page)
    inside = re.findall(r'(?s)<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', found[0] if found else "")
    return {
        unescape(re.sub(r"<[^>]+>", "", text)).strip(): unescape(href) for href, text in inside
    }  # fmt: skip


@pytest.mark.parametrize(
    ("role", "pages"),
    [
        (Role.COMPLAINTS_MANAGER, MANAGERS),
        (Role.OFFICER, OFFICERS),
        (Role.TEAM_MANAGER, TEAM),
        (Role.HEAD_OF_SERVICE, HEAD),
    ],
)
def test_few_names_stand_at_the_top_and_no_page_is_lost(
    client: FlaskClient, role: Role, pages: set[str]
) -> None:
    person = signed_in(client, lambda work: make_account(work, role, "a@council.example", "A Bo"))
    top = links(person.get("/officers/").text, "Menu")
    assert 5 <= len(top) <= menu.MOST_AT_ONCE
    reached = set(top.values())
    for text, address in top.items():
        page = person.get(address).text
        behind = links(page, "Pages of this part")
        assert set(behind.values()) == set() or address in behind.values(), text
        reached |= set(behind.values())
    assert reached == pages


def test_the_part_and_the_page_that_one_is_on_are_marked(client: FlaskClient) -> None:
    manager = signed_in(
        client, lambda work: make_account(work, Role.COMPLAINTS_MANAGER, "m@council.example", "M")
    )
    page = manager.get("/officers/post").text
    assert re.findall(r'href="([^"]*)" aria-current="true"', page) == ["/officers/mail"]
    assert re.findall(r'href="([^"]*)" aria-current="page"', page) == ["/officers/post"]
    below = manager.get("/officers/bank-holidays/new").text
    assert re.findall(r'href="([^"]*)" aria-current="page"', below) == ["/officers/bank-holidays"]
    case_pages = links(manager.get("/officers/find").text, "Pages of this part")
    assert case_pages == {}, "A part of one page has no second row."


def test_danger_is_counted_at_the_top_on_every_page(client: FlaskClient) -> None:
    manager = signed_in(
        client, lambda work: make_account(work, Role.COMPLAINTS_MANAGER, "m@council.example", "M")
    )
    in_danger()
    assert "Danger (1)" in links(manager.get("/officers/post").text, "Menu")
    assert "Danger now (1)" in links(manager.get("/officers/danger").text, "Pages of this part")

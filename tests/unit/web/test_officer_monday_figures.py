"""Behind the figures of the Monday view: every one of every table opens the cases that it counts,
page by page, or a line under its table says why not."""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.procedures.vocabulary import Team
from portal.records.account import Role
from portal.records.decision import Sight
from portal.records.feedback import Feedback
from portal.web.officer import monday_agreement, monday_figure_list
from portal.work import WORKER, begin_work
from tests.unit.reports.monday_world import fill
from tests.unit.triage.test_agreement import a_comparison
from tests.unit.web.test_officer_find_queries import statements
from tests.unit.web.test_officer_monday import MONTHS, NOON, NOW, acts, browser
from tests.unit.web.test_officer_queries import MOST

DECEMBER = date(2026, 12, 1)
CELL = r'<td role="cell"[^>]*data-label="[^"]*"><div>(.*?)</div></td>'
WHY_NOT = "lead to no cases"


@pytest.fixture(autouse=True)
def world(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Three dozen matters, each compared with what was suggested; short pages."""
    monkeypatch.setattr(monday_figure_list, "PAGE", 20)
    with time_machine.travel(NOON):
        with begin_work(WORKER) as work:
            fill(work, 1)
            for at, feedback in enumerate(work.session.scalars(select(Feedback)).all()):
                sight = Sight.BLIND if at < 4 else Sight.SHOWN
                other = {"team_suggested": Team.LADO, "team_among_three": False} if at % 3 else {}
                work.session.add(a_comparison(feedback, month=DECEMBER, sight=sight, **other))
        yield


def tables_of(page: str) -> dict[str, str]:
    """Each table's part of a page, by its id."""
    parts = page.split('<div class="report-table')[1:]
    return {re.findall(r'<h3[^>]* id="(M\d+)"', part)[0]: part for part in parts}


def listed(client: FlaskClient, address: str) -> tuple[list[str], str]:
    """The matters on all pages of a list, and the words of its first one."""
    found: list[str] = []
    first = ""
    while address:
        page = client.get(address).text
        first = first or page
        found += re.findall(r'href="/officers/feedback/([^"/]+)"', page)
        further = re.search(r'rel="next" href="([^"]+)"', page)
        address = unescape(further[1]) if further else ""
    return found, " ".join(first.split())


def number_in(words: str, pattern: str, default: int) -> int:
    """A number that a page says, or what it is where it says none."""
    found = re.search(pattern, words)
    return int(found[1].replace(",", "")) if found else default


def check_figure(client: FlaskClient, address: str, text: str) -> None:
    """One figure: its list holds exactly what is counted."""
    matters, words = listed(client, address)
    assert len(matters) == len(set(matters)), address
    assert matters or "not open to you" in words, address
    counted = re.match(r"[\d,]+(?= of |$)", text)
    if counted and "working days late" not in words:
        of_it = int(counted[0].replace(",", ""))
        closed = number_in(words, r">([\d,]+) of them (?:is|are) not open to you", 0)
        said = number_in(words, rf"counted more than once: {counted[0]} in ([\d,]+) case", of_it)
        assert len(matters) + closed == said, (address, text)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.TEAM_MANAGER])
def test_each_figure_opens_its_cases_or_its_table_says_why_not(app: Flask, role: Role) -> None:
    client = browser(app, role, *([Team.SEND] if role is Role.TEAM_MANAGER else []))
    seen: set[str] = set()
    for path in (NOW, MONTHS):
        for table_id, part in tables_of(client.get(path).text).items():
            for cell in re.findall(CELL, part, re.DOTALL):
                text = re.sub(r"<[^>]+>", "", cell).strip()
                way = re.search(r'href="([^"]+)"', cell)
                if way:
                    seen.add(table_id)
                    check_figure(client, unescape(way[1]), text)
                elif re.search(r"[1-9]", text):
                    assert WHY_NOT in part, (table_id, text)
    assert {"M1", "M5", "M6", "M10", "M12", "M13"} <= seen


def test_a_long_list_goes_on_where_it_ended(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(monday_figure_list, "PAGE", 7)
    client = browser(app, Role.OFFICER)
    address = re.findall(r'href="([^"]*/figure/M12/6/4)"', client.get(MONTHS).text)[0]
    matters, first = listed(client, address)
    assert len(matters) > 14
    assert f"7 of {len(matters)} are listed on this page, the oldest first." in first
    assert "First page" not in first
    days = [listed_on(one) for one in matters]
    assert days == sorted(days)
    assert acts().count(("listed_behind_figure", ["M12"])) == len(matters)
    anew = client.get(f"{address}?after=gone").text
    assert re.findall(r'href="/officers/feedback/([^"/]+)"', anew) == matters[:7]


def listed_on(public_id: str) -> date:
    """When a matter came."""
    with begin_work(WORKER) as work:
        wanted = select(Feedback.received_on).where(Feedback.public_id == public_id)
        return work.session.scalars(wanted).one()


def test_a_page_of_a_list_asks_a_dozen_times_at_most(app: Flask) -> None:
    client = browser(app, Role.OFFICER)
    for address in ("M12/6/4", "M13/2/3"):
        with statements() as seen:
            page = client.get(f"/officers/monday/figure/{address}?after=gone")
        assert page.status_code == 200
        reads = [one for one in seen if one.startswith(("SELECT", "WITH"))]
        assert len(reads) <= MOST, "\n\n".join(reads)


def test_other_teams_open_no_cases_and_say_so(app: Flask) -> None:
    manager = browser(app, Role.TEAM_MANAGER, Team.SEND)
    other_teams = tables_of(manager.get(NOW).text)["M4"]
    assert "These numbers lead to no cases" in other_teams
    assert "/figure/M4/" not in other_teams


def test_agreement_opens_what_was_compared_and_no_manager_learns_of_one_decision(
    app: Flask,
) -> None:
    officer, manager = browser(app, Role.OFFICER), browser(app, Role.TEAM_MANAGER, Team.SEND)
    own = tables_of(officer.get(MONTHS).text)["M13"]
    assert {"2/1", "2/2", "2/3", "2/4"} <= set(re.findall(r"/figure/M13/(\d+/\d+)", own))
    as_suggested, _ = listed(officer, "/officers/monday/figure/M13/2/4")
    assert len(as_suggested) == len([at for at in range(4, 36) if at % 3 == 0])
    theirs = tables_of(manager.get(MONTHS).text)["M13"]
    assert not re.findall(r"/figure/M13/\d+/[124]", theirs)
    assert monday_agreement.ONE_OFFICER in theirs
    page = manager.get("/officers/monday/figure/M13/2/3").text
    assert "of them are not open to you." in page
    assert listed(manager, "/officers/monday/figure/M13/2/4")[0] == []

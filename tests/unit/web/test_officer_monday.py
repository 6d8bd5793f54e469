"""The Monday view on its pages: whose teams it counts, where figures lead, and what is noted."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.cases import roles, sign_ins
from portal.db import db
from portal.procedures.vocabulary import Team
from portal.records.account import Role
from portal.records.audit_event import AuditEvent
from portal.records.case import Case, CaseState
from portal.records.decision import Sight
from portal.records.feedback import Feedback
from portal.work import WORKER, begin_work
from tests.matters import make_account
from tests.signing_in import let_in
from tests.unit.reports.monday_world import fill
from tests.unit.triage.test_agreement import a_comparison

NOON = datetime(2026, 12, 7, 12, tzinfo=UTC)
NOW, MONTHS = "/officers/monday", "/officers/monday/months"
WAY = r'href="(/officers/monday/figure/[^"]+)"'


@pytest.fixture(autouse=True)
def world(app: Flask) -> Iterator[None]:
    with time_machine.travel(NOON):
        with begin_work(WORKER) as work:
            fill(work, 1)
        yield


def browser(app: Flask, role: Role, *teams: Team) -> FlaskClient:
    client = app.test_client()
    with begin_work(WORKER) as work:
        account = make_account(work, role, f"{role.value}@council.example", "Bryony Tarrant")
        for team in teams:
            roles.join_team(work, account, team, work.today)
        let_in(client, sign_ins.begin(work, account, "a test"))
    return client


def acts() -> list[tuple[str, list[str]]]:
    with begin_work(WORKER) as work:
        rows = work.session.scalars(select(AuditEvent).order_by(AuditEvent.id))
        return [(row.act, row.fields) for row in rows]


def test_an_officer_sees_all_teams_and_a_manager_their_own(app: Flask) -> None:
    officer, manager = browser(app, Role.OFFICER), browser(app, Role.TEAM_MANAGER, Team.SEND)
    council = app.extensions["heard"].council
    fostering = council.team(Team.FOSTERING).officer_label
    for path in (NOW, MONTHS):
        assert "All teams." in officer.get(path).text
        assert f"Your team: {council.team(Team.SEND).officer_label}" in manager.get(path).text
    table = manager.get(NOW).text.split('id="M1"')[1].split("</table>")[0]
    assert fostering not in table
    assert fostering in officer.get(NOW).text.split('id="M1"')[1].split("</table>")[0]


def test_somebody_without_a_team_is_told_what_to_do(app: Flask) -> None:
    page = browser(app, Role.HEAD_OF_SERVICE).get(NOW).text
    assert "You are in no team today" in page


def test_looking_is_noted(app: Flask) -> None:
    client = browser(app, Role.OFFICER)
    client.get(NOW)
    client.get(MONTHS)
    assert acts()[-2:] == [("monday_viewed", ["now"]), ("monday_viewed", ["months"])]


def test_charts_are_told_in_words_beside_their_tables(app: Flask) -> None:
    page = browser(app, Role.OFFICER).get(NOW).text
    assert page.count("<figure") >= 3
    assert len(re.findall(r'<img src="data:image/svg[^>]* alt="Bar chart of ', page)) >= 3
    assert "The table below has every value" in page


def test_a_figure_leads_to_its_cases(app: Flask) -> None:
    client = browser(app, Role.TEAM_MANAGER, Team.SEND)
    ways = re.findall(WAY, client.get(NOW).text)
    assert ways
    total = next(way for way in ways if way.startswith("/officers/monday/figure/M1/"))
    page = client.get(total)
    assert page.status_code == 200
    listed = set(re.findall(r'href="/officers/feedback/([^"/]+)"', page.text))
    open_ones = {
        row.public_id
        for row in db.session.scalars(
            select(Feedback)
            .join(Case, Case.feedback_id == Feedback.id)
            .where(Case.team == Team.SEND, Case.state == CaseState.OPEN)
        )
    }
    assert listed == open_ones
    assert ("monday_figure_viewed", ["M1"]) in acts()
    assert acts().count(("listed_behind_figure", ["M1"])) == len(open_ones)


def test_the_same_address_shows_each_reader_their_own(app: Flask) -> None:
    officer, manager = browser(app, Role.OFFICER), browser(app, Role.TEAM_MANAGER, Team.LADO)
    way = re.findall(WAY, officer.get(NOW).text)[0]
    opened = set(re.findall(r'/officers/feedback/([^"/]+)"', manager.get(way).text))
    teams = select(Case.team).join(Feedback, Feedback.id == Case.feedback_id)
    found = set(db.session.scalars(teams.where(Feedback.public_id.in_(opened))))
    assert found <= {Team.LADO}


@pytest.mark.parametrize(
    "path", ["M99/0/1", "M1/999/1", "M1/0/99", "M1/x/1", "M1/0/-1", "M13/99/1", "M13/0/9", "M1/²/1"]
)
def test_what_is_no_figure_is_not_there(app: Flask, path: str) -> None:
    assert browser(app, Role.OFFICER).get(f"/officers/monday/figure/{path}").status_code == 404


def test_others_do_not_see_it(app: Flask) -> None:
    for role in (Role.INVESTIGATOR, Role.AUDITOR, Role.DUTY_TEAM, Role.ADMINISTRATOR):
        client = browser(app, role)
        for path in (NOW, MONTHS, "/officers/monday/figure/M1/0/1"):
            assert client.get(path).status_code == 404, role


def test_agreement_with_few_decisions_is_hidden_from_whoever_does_not_work_with_it(
    app: Flask,
) -> None:
    with begin_work(WORKER) as work:
        for feedback in work.session.scalars(select(Feedback).limit(7)).all():
            work.session.add(a_comparison(feedback, month=date(2026, 12, 1), sight=Sight.BLIND))
    officer, manager = browser(app, Role.OFFICER), browser(app, Role.TEAM_MANAGER, Team.SEND)
    shown = officer.get(MONTHS).text.split('id="M13"')[1]
    hidden = manager.get(MONTHS).text.split('id="M13"')[1]
    assert re.search(r"\d of \d", shown)
    assert "not shown" in hidden
    assert not re.search(r"<div>\d of \d", hidden)

"""Open promises, holding letters, silences and reminders that did not arrive, on their pages."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import counted
from portal.cases import named_persons, promises_open, roles
from portal.cases.remedy_dates import Counting
from portal.commands.dates import alarm_silences, draft_holding_letters, send_reminders
from portal.correspondence import failing
from portal.db import db
from portal.procedures.finding import Giver
from portal.procedures.remedy import Base
from portal.procedures.vocabulary import Team
from portal.records.account import Account, Role
from portal.records.audit_event import AuditEvent
from portal.records.case import Case, CaseStage, CaseState
from portal.records.feedback import Feedback
from portal.records.holding_letter import HoldingLetter, HoldingState
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.records.remedy import Remedy
from portal.work import WORKER, Who, Work, begin_work
from tests.matters import make_account
from tests.unit.cases.chased_case import DUE, OFFICER, opened, person
from tests.unit.cases.test_remedies import promised
from tests.unit.web.officer_pages import signed_in, words_of

AtWork = Callable[[str], AbstractContextManager[FlaskClient]]
RECEIVED_AT, THREE_BEFORE = "2026-06-01 10:00 +0100", "2026-06-10 09:00 +0100"
WHY = "The worker who knows is away until Monday."
FILLED = {"reason": WHY, "new_date": ["24", "6", "2026"]}


@pytest.fixture
def base(app: Flask) -> str:
    """The address of a case of 1 June, due on 15 June."""
    with time_machine.travel(RECEIVED_AT, tick=False), begin_work(WORKER) as work:
        case = opened(work)
        return f"/officers/cases/{work.session.get_one(Feedback, case.feedback_id).public_id}"


@pytest.fixture
def at_work(base: str, client: FlaskClient) -> AtWork:
    """An officer who signs in at a moment and works then: a sign-in does not last for days."""

    @contextmanager
    def begin(moment: str) -> Iterator[FlaskClient]:
        with time_machine.travel(moment, tick=False):
            yield as_role(client, Role.OFFICER)

    return begin


def as_role(client: FlaskClient, role: Role, team: Team | None = None) -> FlaskClient:
    def make(work: Work) -> Account:
        account = make_account(work, role, f"{role.value}@people.example", role.value)
        if team is not None:
            roles.join_team(work, account, team, date(2020, 1, 1))
        return account

    return signed_in(client, make)


def text(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return words_of(answer.text)


def drafted() -> None:
    assert draft_holding_letters() == 1


def version() -> str:
    db.session.expire_all()
    return str(db.session.scalars(select(HoldingLetter)).one().version)


def test_a_draft_is_found_filled_in_and_sent_and_moves_no_date(at_work: AtWork, base: str) -> None:
    with at_work(THREE_BEFORE) as officer:
        assert "holding letter" not in text(officer, base).casefold()
        assert officer.get(f"{base}/holding").status_code == 409
        drafted()
        assert "Look at the holding letter" in text(officer, base)
        assert "Holding letter to look at" in text(officer, "/officers/?view=open")
        page = text(officer, f"{base}/holding")
        assert "It moves no date." in page
        asked = {**FILLED, "version": version()}
        checked = officer.post(f"{base}/holding", data=asked).text
        assert WHY in checked
        assert "by Wednesday 24 June 2026" in words_of(checked)
        # What was written is kept, whatever happens to the browser.
        assert WHY in text(officer, f"{base}/holding")
        (seen,) = set(re.findall(r'name="version"[^>]*value="(\d+)"', checked))
        assert seen == version()
        mine = {**FILLED, "version": seen, "letter": "Dear Dana, we are late."}
        answer = officer.post(f"{base}/holding/send", data=mine)
        assert answer.status_code == 303
        after = text(officer, base)
    assert "A holding letter went to the person" in after
    assert "It moved no date." in after
    letter = db.session.scalars(
        select(OutboxLetter).where(OutboxLetter.kind == LetterKind.HOLDING)
    ).one()
    assert letter.body == "Dear Dana, we are late.\n"
    assert db.session.scalars(select(CaseStage.due_on)).one() == DUE


def test_a_bad_post_says_what_to_do_and_loses_nothing(at_work: AtWork, base: str) -> None:
    with at_work(THREE_BEFORE) as officer:
        drafted()
        for wrong, sentence in (
            ({"reason": " "}, "Write why it is late"),
            ({"new_date": ["31", "2", "2026"]}, "must be a real date"),
            ({"new_date": ["15", "6", "2026"]}, "The new day must be after today"),
        ):
            for way in ("", "/send"):
                data = {**FILLED, "version": version(), "letter": "Mine.", **wrong}
                answer = officer.post(f"{base}/holding{way}", data=data)
                assert answer.status_code in (400, 422), wrong
                assert sentence in words_of(answer.text)
                assert "reason" in wrong or WHY in answer.text
                assert "Mine." in answer.text
        stale = officer.post(f"{base}/holding", data={**FILLED, "version": "99"})
        assert stale.status_code == 409
        assert WHY in stale.text
    kinds = set(db.session.scalars(select(OutboxLetter.kind)))
    assert LetterKind.HOLDING not in kinds


def test_a_draft_that_is_not_needed_is_thrown_away(at_work: AtWork, base: str) -> None:
    with at_work(THREE_BEFORE) as officer:
        drafted()
        answer = officer.post(f"{base}/holding/discard", data={"version": version()})
        assert answer.status_code == 303
        assert "holding letter" not in text(officer, f"{base}").casefold().replace(
            "a holding letter was", ""
        )
    db.session.expire_all()
    assert db.session.scalars(select(HoldingLetter.state)).one() is HoldingState.DISCARDED
    acts = set(db.session.scalars(select(AuditEvent.act)))
    assert "holding_discarded" in acts


def test_a_silence_is_marked_where_officers_look(at_work: AtWork, base: str) -> None:
    with at_work("2026-06-16 10:00 +0100") as officer:
        assert alarm_silences() == 1
        page = text(officer, base)
        queue = text(officer, "/officers/?view=open")
        officer.post(f"{base}/message", data={"body": "We are at it."})
        assert "Nothing was said" not in text(officer, base).split("Messages and letters")[0]
    assert "Nothing was said to this person for 11 working days." in page
    assert "Silent for 11 working days" in queue


def test_what_did_not_arrive_is_a_task_until_somebody_says_they_know(
    at_work: AtWork, base: str
) -> None:
    with begin_work(WORKER) as work:
        failing.mark(work, OFFICER)
    with at_work("2026-06-10 09:00 +0100") as officer:
        assert send_reminders() == 1
        assert "1 reminder did not arrive" in text(officer, "/officers/")
        listed = officer.get("/officers/reminders").text
        assert "3 working days before the date" in words_of(listed)
        assert "Whoever must act" in words_of(listed)
        settle = listed.partition('action="/officers/cases/')[2].partition('"')[0]
        assert officer.post(f"/officers/cases/{settle}").status_code == 303
        assert "There are none" in text(officer, "/officers/reminders")
        assert officer.post(f"{base}/reminders/nothing/settled").status_code == 404
        case_page = text(officer, base)
    assert "Reminders that went to the office" in case_page
    assert "Answer, Monday 15 June 2026: 3 working days before the date" in case_page


def test_the_page_of_promises_has_the_overdue_first_and_closed_cases_too(
    at_work: AtWork, base: str
) -> None:
    with time_machine.travel(RECEIVED_AT, tick=False), begin_work(WORKER) as work:
        case = work.session.scalars(select(Case)).one()
        work.who = Who("staff", case.officer_id)
        for days in (20, 5):
            day = Counting(Base.DAY, day=work.today + timedelta(days=days))
            promised(work, case, counting=day, owner_id=person(work, OFFICER).id)
        promised(work, case, counting=Counting(Base.DAY, day=work.today), giver=Giver.PANEL)
        case.state = CaseState.CLOSED
    with at_work("2026-06-08 09:00 +0100") as officer:
        send_reminders()
        answer = officer.get("/officers/promises")
        page = words_of(answer.text)
        # "Work" in the menu opens one's own, and the second row beside it leads on.
        assert 'href="/officers/my-work"' in officer.get("/officers/").text
        assert 'href="/officers/promises"' in officer.get("/officers/my-work").text
    assert answer.status_code == 200
    assert "3 open, 1 overdue" in page
    first, second, third = (page.index(day) for day in ("1 June 2026", "6 June 2026", "21 June"))
    assert first < second < third
    assert "overdue" in page[second:third]
    assert "Rowan Ashby" in page
    assert "8 June 2026" in page[second:third]
    assert page.count("The case is closed") == 3
    assert "Say sorry" not in page
    acts = db.session.scalars(select(AuditEvent.act)).all()
    assert "promises_listed" in acts


@pytest.mark.parametrize(
    ("role", "team", "sees"),
    [
        (Role.COMPLAINTS_MANAGER, None, 3),
        # A manager writes the service's promises; what others recommend is a draft to them.
        (Role.TEAM_MANAGER, Team.CARE_PLANNING_COURT, 1),
        (Role.TEAM_MANAGER, Team.SEND, 0),
        (Role.INVESTIGATOR, None, 0),
    ],
)
def test_one_sees_the_promises_that_the_cases_own_list_shows(
    client: FlaskClient, base: str, role: Role, team: Team | None, sees: int
) -> None:
    with time_machine.travel(RECEIVED_AT, tick=False), begin_work(WORKER) as work:
        case = work.session.scalars(select(Case)).one()
        work.who = Who("staff", case.officer_id)
        for giver in (Giver.SERVICE, Giver.PANEL, Giver.OMBUDSMAN):
            promised(work, case, giver=giver)
    browser = as_role(client, role, team)
    listed = browser.get("/officers/promises").text
    remedies = db.session.scalars(select(Remedy.public_id)).all()
    shown = [one for one in remedies if f"{base}/promises/{one}" in listed]
    assert len(shown) == sees
    for one in remedies:
        opens = browser.get(f"{base}/promises/{one}").status_code == 200
        assert opens is (one in shown), one


def test_promises_are_not_counted_beyond_a_thousand_and_pages_go_on(
    client: FlaskClient, base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counted, "COUNTED", 2)
    monkeypatch.setattr(promises_open, "PAGE", 2)
    with time_machine.travel(RECEIVED_AT, tick=False), begin_work(WORKER) as work:
        case = work.session.scalars(select(Case)).one()
        work.who = Who("staff", case.officer_id)
        for _ in range(5):
            promised(work, case, counting=Counting(Base.DAY, day=work.today))
    browser = as_role(client, Role.COMPLAINTS_MANAGER)
    first = text(browser, "/officers/promises")
    assert "More than 2 open, more than 2 overdue" in first
    assert "Page 1" in first
    assert "Page 1 of" not in first
    last = browser.get("/officers/promises?page=3").text
    assert last.count(f"{base}/promises/") == 1
    assert "page=2" in last
    assert "page=4" not in last


def test_promises_of_a_walled_case_are_not_listed(client: FlaskClient, base: str) -> None:
    with time_machine.travel(RECEIVED_AT, tick=False), begin_work(WORKER) as work:
        case = work.session.scalars(select(Case)).one()
        work.who = Who("staff", case.officer_id)
        promised(work, case)
    browser = as_role(client, Role.COMPLAINTS_MANAGER)
    assert "1 open" in text(browser, "/officers/promises")
    with begin_work(WORKER) as work:
        work.who = Who("staff", work.session.scalars(select(Case.officer_id)).one())
        feedback = work.session.scalars(select(Feedback)).one()
        named_persons.link(work, feedback, person(work, "complaints_manager@people.example"))
    assert "Nothing is open" in text(browser, "/officers/promises")

"""Bank holidays on officers' pages, and dates as a calendar file that others can read."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.cases import days_off, named_persons, roles, sign_ins
from portal.cases.tokens import make_public_id
from portal.db import db
from portal.procedures.finding import Giver
from portal.procedures.remedy import RemedyKind, RemedyState
from portal.procedures.vocabulary import Team
from portal.records.account import Account, Role
from portal.records.added_holiday import AddedHoliday
from portal.records.audit_event import AuditEvent
from portal.records.case import Case, CaseStage
from portal.records.feedback import Feedback
from portal.records.remedy import Remedy
from portal.records.wall import MatterGrant
from portal.work import COMMAND, Who, Work, begin_work
from tests.matters import STORY, make_account, make_case, make_feedback
from tests.signing_in import let_in
from tests.unit.web.officer_pages import words_of

MONDAY = "2026-06-01 10:00 +0100"
DUE = date(2026, 6, 15)
Person = Callable[..., tuple[FlaskClient, int]]


@pytest.fixture(autouse=True)
def monday() -> object:
    """Everything here happens on one day."""
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def person(app: Flask) -> Person:
    """Somebody of a role, signed in, and their account's key."""

    def make(role: Role, name: str = "Rowan") -> tuple[FlaskClient, int]:
        with begin_work(COMMAND) as work:
            email = f"{name.lower()}.{role.value}@council.example"
            account = make_account(work, role, email, f"{name} Ashby")
            if role is Role.TEAM_MANAGER:
                roles.join_team(work, account, Team.CARE_PLANNING_COURT, work.today)
            token, key = sign_ins.begin(work, account, "test"), account.id
        browser = app.test_client()
        let_in(browser, token)
        return browser, key

    return make


def a_case(officer: int | None = None, change: Callable[[Work, Case], None] | None = None) -> str:
    """A statutory case due on 15 June; its public id."""
    with begin_work(COMMAND) as work:
        feedback = make_feedback(work)
        by = work.session.get(Account, officer) if officer is not None else None
        case = make_case(work, feedback, officer=by)
        work.session.flush()
        if change is not None:
            change(work, case)
        return feedback.public_id


def the_feedback(public_id: str) -> Feedback:
    return db.session.scalars(select(Feedback).where(Feedback.public_id == public_id)).one()


def events(browser: FlaskClient, address: str = "/officers/calendar.ics") -> list[icalendar.Event]:
    answer = browser.get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    lines = answer.data.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in b"".join(lines)
    assert all(len(line) <= 75 for line in lines), "RFC 5545 3.1"
    calendar = icalendar.Calendar.from_ical(answer.data)
    assert calendar["version"] == "2.0"
    assert calendar["prodid"]
    return list(calendar.walk("VEVENT"))


def test_an_officer_saves_the_dates_of_their_own_cases(person: Person) -> None:
    browser, key = person(Role.OFFICER)
    mine, _other = a_case(key), a_case()
    (one,) = events(browser)
    feedback = the_feedback(mine)
    assert one["summary"] == f"{feedback.reference}: Answer"
    assert one.decoded("dtstart") == DUE
    assert one.decoded("dtend") == DUE + timedelta(days=1)
    assert one.decoded("dtstamp") == datetime(2026, 6, 1, 9, tzinfo=UTC)
    assert one["url"].endswith(f"/officers/cases/{mine}")
    assert db.session.scalars(select(AuditEvent.act)).all().count("calendar_saved") == 1


def test_the_same_date_has_the_same_uid_and_moves(person: Person) -> None:
    browser, key = person(Role.OFFICER)
    a_case(key)
    (before,) = events(browser)
    with begin_work(COMMAND) as work:
        days_off.add(work, date(2026, 6, 10), "State funeral")
    (after,) = events(browser)
    assert after["uid"] == before["uid"]
    assert after.decoded("dtstart") == date(2026, 6, 16)


def test_nobodys_name_or_words_stand_in_it(person: Person) -> None:
    browser, key = person(Role.OFFICER)

    def promise(work: Work, case: Case) -> None:
        work.session.add(
            Remedy(
                public_id=make_public_id(), case_id=case.id, stage_key=case.stage_key,
                giver=Giver.SERVICE, kind=RemedyKind.APOLOGY, text="Say sorry to Robin.",
                state=RemedyState.PROMISED, team=Team.SEND, due_on=date(2026, 7, 1),
                made_at=work.now, made_by_id=key,
            )
        )  # fmt: skip

    public_id = a_case(key, promise)
    text = browser.get(f"/officers/cases/{public_id}/dates.ics").text
    assert "Robin" not in text
    assert STORY[:12] not in text
    found = events(browser, f"/officers/cases/{public_id}/dates.ics")
    assert [str(one["summary"]).partition(": ")[2] for one in found] == [
        "Answer",
        "Something promised is due",
    ]


def test_a_manager_has_their_teams_dates_and_a_clerk_what_they_were_given(
    person: Person,
) -> None:
    officer, key = person(Role.OFFICER)
    team = a_case(key)
    elsewhere = a_case(key, lambda work, case: setattr(case, "team", Team.SEND))
    manager, _ = person(Role.TEAM_MANAGER)
    clerk, theirs = person(Role.PANEL_CLERK)
    assert len(events(officer)) == 2
    assert [str(one["url"])[-len(team) :] for one in events(manager)] == [team]
    assert events(clerk) == []
    with begin_work(COMMAND) as work:
        work.session.add(
            MatterGrant(
                public_id=make_public_id(), feedback_id=the_feedback(elsewhere).id,
                account_id=theirs, role=Role.PANEL_CLERK, first_day=work.today,
                last_day=work.today, granted_at=work.now, granted_by_id=key,
            )
        )  # fmt: skip
    (given,) = events(clerk)
    assert str(given["url"]).endswith(elsewhere)


def test_a_matter_about_the_reader_is_not_in_their_file(person: Person) -> None:
    browser, key = person(Role.OFFICER)
    public_id = a_case(key)
    with begin_work(Who("staff", key)) as work:
        account = work.session.get_one(Account, key)
        named_persons.link(work, the_feedback(public_id), account)
    assert events(browser) == []
    assert browser.get(f"/officers/cases/{public_id}/dates.ics").status_code == 404


NEW = "/officers/bank-holidays/new"
FUNERAL = {"day": ["10", "6", "2026"], "title": "State funeral"}


def test_a_manager_sees_which_dates_move_before_anything_does(person: Person) -> None:
    browser, key = person(Role.COMPLAINTS_MANAGER)
    public_id = a_case(key)
    assert "None." in words_of(browser.get("/officers/bank-holidays").text)
    assert browser.get(NEW).status_code == 200
    check = browser.post(NEW, data={**FUNERAL, "step": "check"})
    said = words_of(check.text)
    row = (the_feedback(public_id).reference, "Monday 15 June 2026", "Tuesday 16 June 2026")
    assert all(cell in said for cell in row)
    assert "1 day later" in said
    assert db.session.scalars(select(AddedHoliday)).all() == []
    assert db.session.scalars(select(CaseStage.due_on)).all() == [DUE]

    done = browser.post(NEW, data={**FUNERAL, "step": "do"})
    assert done.status_code == 303
    page = words_of(browser.get("/officers/bank-holidays").text)
    assert "10 June 2026: State funeral." in page
    assert "The day is added, and 1 date has moved." in page
    case = words_of(browser.get(f"/officers/cases/{public_id}").text)
    assert "a bank holiday was added; the date moved from Monday 15 June 2026" in case

    (added,) = db.session.scalars(select(AddedHoliday.public_id)).all()
    back = f"/officers/bank-holidays/{added}/take-back"
    assert "1 day earlier" in words_of(browser.get(back).text)
    assert browser.post(back, data={"step": "do"}).status_code == 303
    db.session.expire_all()
    assert db.session.scalars(select(CaseStage.due_on)).all() == [DUE]


def test_a_case_that_is_walled_off_moves_without_being_named(person: Person) -> None:
    browser, key = person(Role.COMPLAINTS_MANAGER)
    public_id = a_case()
    with begin_work(Who("staff", key)) as work:
        account = work.session.get_one(Account, key)
        named_persons.link(work, the_feedback(public_id), account)
    said = words_of(browser.post(NEW, data={**FUNERAL, "step": "check"}).text)
    assert "1 case that you cannot see will move as well." in said
    assert the_feedback(public_id).reference not in said


def test_a_day_off_already_is_refused_on_the_form_with_what_was_typed(person: Person) -> None:
    browser, _ = person(Role.COMPLAINTS_MANAGER)
    sunday = {**FUNERAL, "day": ["14", "6", "2026"], "step": "check"}
    answer = browser.post(NEW, data=sunday)
    assert answer.status_code in (400, 422)
    assert "Nobody works on that day already" in answer.text
    assert 'value="State funeral"' in answer.text


@pytest.mark.parametrize("role", [Role.OFFICER, Role.TEAM_MANAGER, Role.ADMINISTRATOR])
def test_others_have_no_such_page(person: Person, role: Role) -> None:
    browser, _ = person(role)
    assert browser.get("/officers/bank-holidays").status_code == 404

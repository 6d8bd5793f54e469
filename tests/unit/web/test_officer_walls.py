"""The pages of walls, grants, emergencies, looks and exports, as browsers meet them."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock
from portal.cases import accounts, named_persons, roles, sign_ins
from portal.db import db
from portal.procedures.vocabulary import Team
from portal.records.account import Account, Role
from portal.records.audit_event import AuditEvent
from portal.records.feedback import Feedback
from portal.records.wall import GlassBreak, MatterGrant, NamedPerson
from portal.work import COMMAND, Who, Work, begin_work
from tests.matters import make_account, make_case, make_feedback
from tests.signing_in import let_in
from tests.unit.web.officer_pages import words_of

SignIn = Callable[[Role, str], FlaskClient]
REASON = "A carer rang: the child may be hurt tonight."


@pytest.fixture
def sign_in(app: Flask) -> SignIn:
    def make(role: Role, name: str) -> FlaskClient:
        with begin_work(COMMAND) as work:
            email = f"{name.lower()}@council.example"
            account = make_account(work, role, email, f"{name} Example")
            if role in (Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE):
                roles.join_team(work, account, Team.CARE_PLANNING_COURT, work.today)
            token = sign_ins.begin(work, account, "test")
        browser = app.test_client()
        let_in(browser, token)
        return browser

    return make


@pytest.fixture
def matter(app: Flask) -> Feedback:
    with begin_work(COMMAND) as work:
        feedback = make_feedback(work)
        feedback.about_whom = "Bryony at the office"
        feedback.persons_unsettled = True
        make_case(work, feedback)
    return db.session.get_one(Feedback, feedback.id)


def account_of(email: str) -> Account:
    from portal.cases.addresses import email_key

    return db.session.scalars(select(Account).where(Account.email_key == email_key(email))).one()


def path(feedback: Feedback, end: str = "") -> str:
    return f"/officers/feedback/{feedback.public_id}{end}"


def case_path(feedback: Feedback) -> str:
    return f"/officers/cases/{feedback.public_id}"


def test_linking_is_shown_first_and_then_closes_it(sign_in: SignIn, matter: Feedback) -> None:
    officer, bryony = sign_in(Role.OFFICER, "Olive"), sign_in(Role.TEAM_MANAGER, "Bryony")
    found = officer.post(path(matter, "/people"), data={"name": "bryo"})
    assert found.status_code == 200
    assert "They wrote: “Bryony at the office”" in words_of(found.text)
    assert "Bryony Example" in found.text
    public_id = account_of("bryony@council.example").public_id
    check = officer.get(path(matter, f"/people/{public_id}"))
    assert "can never open it or be given it" in words_of(check.text)
    assert db.session.scalars(select(NamedPerson)).all() == []
    officer.post(path(matter, f"/people/{public_id}"))
    officer.post(path(matter, "/people/settle"))
    assert bryony.get(case_path(matter)).status_code == 404
    listed = f">{matter.reference}</a>"
    assert listed in officer.get(f"/officers/?reference={matter.reference}").text
    for query in ("view=all", "view=open", f"reference={matter.reference}"):
        assert listed not in bryony.get(f"/officers/?{query}").text


def test_until_settled_the_page_says_who_sees_it(sign_in: SignIn, matter: Feedback) -> None:
    officer, manager = sign_in(Role.OFFICER, "Olive"), sign_in(Role.TEAM_MANAGER, "Mark")
    assert "only complaints officers can see this" in officer.get(case_path(matter)).text
    assert manager.get(case_path(matter)).status_code == 404
    officer.post(path(matter, "/people/settle"))
    page = manager.get(case_path(matter))
    assert page.status_code == 200
    # A manager reads and writes, and does not acknowledge, give words or open it to others.
    assert "Send this message" in page.text
    for not_theirs in ("Write the acknowledgement", "Give new secret words", "who may see it"):
        assert not_theirs not in page.text


def test_a_manager_who_reads_leaves_it_unread_for_officers(
    sign_in: SignIn, matter: Feedback
) -> None:
    with begin_work(COMMAND) as work:
        feedback = work.session.get_one(Feedback, matter.id)
        feedback.persons_unsettled, feedback.unread = False, True
    assert sign_in(Role.TEAM_MANAGER, "Mark").get(case_path(matter)).status_code == 200
    assert db.session.scalar(select(Feedback.unread)) is True
    sign_in(Role.OFFICER, "Olive").get(case_path(matter))
    db.session.rollback()
    assert db.session.scalar(select(Feedback.unread)) is False


def test_naming_a_colleague_takes_it_away_and_says_so(sign_in: SignIn, matter: Feedback) -> None:
    officer = sign_in(Role.OFFICER, "Olive")
    sign_in(Role.OFFICER, "Oscar")
    public_id = account_of("oscar@council.example").public_id
    check = officer.get(path(matter, f"/people/{public_id}"))
    assert "monitoring.officer@staffordshire.example" in check.text
    moved = officer.post(path(matter, f"/people/{public_id}"), follow_redirects=True)
    assert "you cannot open it any more" in words_of(moved.text)
    assert officer.get(case_path(matter)).status_code == 404


def test_an_investigator_is_given_one_case_and_loses_it(sign_in: SignIn, matter: Feedback) -> None:
    officer, investigator = sign_in(Role.OFFICER, "Olive"), sign_in(Role.INVESTIGATOR, "Ida")
    officer.post(path(matter, "/people/settle"))
    assert investigator.get(f"/investigators/{matter.public_id}").status_code == 404
    day = clock.today() + timedelta(days=30)
    given = {
        "person": account_of("ida@council.example").public_id,
        "last_day": [str(day.day), str(day.month), str(day.year)],
    }
    wrong = officer.post(path(matter, "/grants"), data={**given, "person": "nobody"})
    assert wrong.status_code == 422
    assert "Choose to whom it is opened" in wrong.text
    assert f'value="{day.year}"' in wrong.text
    assert officer.post(path(matter, "/grants"), data=given).status_code == 303
    again = officer.post(path(matter, "/grants"), data=given)
    assert (again.status_code, "open to this person already" in again.text) == (422, True)
    assert investigator.get(f"/investigators/{matter.public_id}").status_code == 200
    assert matter.reference in investigator.get("/investigators/").text
    assert investigator.get(case_path(matter)).status_code == 404
    grant = db.session.scalars(select(MatterGrant)).one()
    officer.post(path(matter, f"/grants/{grant.public_id}/end"))
    assert investigator.get(f"/investigators/{matter.public_id}").status_code == 404


def test_opening_a_matter_to_somebody_is_freshly_confirmed(
    sign_in: SignIn, matter: Feedback
) -> None:
    officer = sign_in(Role.OFFICER, "Olive")
    sign_in(Role.INVESTIGATOR, "Ida")
    assert "Open it to them" in officer.get(path(matter, "/people")).text
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        page = officer.get(path(matter, "/people")).text
        assert "Open it to them" not in page
        assert f"/sign-in/again?next={path(matter, '/people')}" in page
        for end in ("/grants", "/grants/any/end"):
            assert officer.post(path(matter, end)).status_code == 401
    assert db.session.scalars(select(MatterGrant)).all() == []


def test_an_emergency_is_opened_with_a_reason_and_looked_at(
    sign_in: SignIn, matter: Feedback
) -> None:
    duty, boss = sign_in(Role.DUTY_TEAM, "Dev"), sign_in(Role.COMPLAINTS_MANAGER, "Asha")
    short = duty.post("/officers/emergency", data={"reference": matter.reference, "reason": "now"})
    assert (short.status_code, "Write a sentence" in short.text) == (422, True)
    data = {"reference": matter.reference, "reason": REASON}
    opened = duty.post("/officers/emergency", data=data, follow_redirects=True)
    assert "You opened this in an emergency" in words_of(opened.text)
    assert "Send this message" not in opened.text
    listed = boss.get("/officers/glass")
    assert REASON in words_of(listed.text)
    glass_id = db.session.scalars(select(GlassBreak.public_id)).one()
    boss.post(f"/officers/glass/{glass_id}/seen")
    assert "I have looked at it" not in boss.get("/officers/glass").text
    assert "Opened in an emergency" in words_of(boss.get(path(matter, "/timeline")).text)


def test_a_wrong_reference_keeps_what_was_typed(sign_in: SignIn) -> None:
    duty = sign_in(Role.DUTY_TEAM, "Dev")
    refused = duty.post("/officers/emergency", data={"reference": "7KQM-2XVD", "reason": REASON})
    assert refused.status_code == 422
    assert "Nothing with this reference" in refused.text
    assert REASON in refused.text


def test_who_looked_can_be_answered(sign_in: SignIn, matter: Feedback) -> None:
    officer = sign_in(Role.OFFICER, "Olive")
    officer.get(case_path(matter))
    governance = sign_in(Role.INFORMATION_GOVERNANCE, "Iris")
    page = governance.get(path(matter, "/looks"))
    assert "Olive Example" in page.text
    # They answer who looked; they do not read the case.
    assert governance.get(case_path(matter)).status_code == 404
    assert matter.story not in page.text


def test_a_list_is_saved_only_freshly_confirmed_and_only_what_is_open(
    sign_in: SignIn, matter: Feedback
) -> None:
    officer = sign_in(Role.OFFICER, "Olive")
    with begin_work(COMMAND) as work:
        hidden = make_feedback(work)
        work.session.add(
            NamedPerson(
                public_id="x",
                feedback_id=hidden.id,
                account_id=account_of("olive@council.example").id,
                for_designated=False,
                linked_at=work.now,
                linked_by_id=account_of("olive@council.example").id,
            )
        )
        hidden_reference = hidden.reference
    rows = list(csv.DictReader(io.StringIO(officer.get("/officers/list.csv").text)))
    assert [row["reference"] for row in rows] == [matter.reference]
    assert rows[0]["team"] == "care_planning_court"
    assert hidden_reference not in str(rows)
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.act == "list_exported")).one()
    assert "reference" in event.fields
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        stale = officer.get("/officers/list.csv")
        assert stale.status_code == 302
        assert stale.headers["Location"].startswith("/sign-in/again?next=/officers/list.csv")


def test_linking_feedback_to_a_closed_one_finds_nothing(sign_in: SignIn, matter: Feedback) -> None:
    """Whether a reference exists is not told by the decision form either."""
    officer = sign_in(Role.OFFICER, "Olive")
    me = account_of("olive@council.example").id
    with begin_work(Who("staff", me)) as work:
        named_persons.link(work, work.session.get_one(Feedback, matter.id), account_of_id(work, me))
        waiting = make_feedback(work)
    choice = {
        "category": "complaint", "team": "send", "procedure": "corporate", "nature": "data",
        "relationship": "parent", "risk": "none", "outcome": "linked",
        "linked_reference": matter.reference,
    }  # fmt: skip
    answer = officer.post(path(waiting, "/check"), data=choice)
    assert answer.status_code == 422
    assert "There is nothing with this reference" in answer.text


def account_of_id(work: Work, key: int) -> Account:
    return work.session.get_one(Account, key)


def test_staff_without_roles_have_only_their_own_page(app: Flask) -> None:
    with begin_work(COMMAND) as work:
        account = accounts.create(work, "Nora Nobody", "nora@council.example")
        work.session.flush()
        token = sign_ins.begin(work, account, "test")
    browser = app.test_client()
    let_in(browser, token)
    for closed in ("/officers/", "/advocates/", "/audit/", "/administration/"):
        assert browser.get(closed).status_code == 404, closed

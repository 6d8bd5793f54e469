"""Whoever is appointed says first whether they have a conflict; with one, the case closes."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.cases import grants
from portal.db import db
from portal.records.account import Account
from portal.records.appointment import Appointment
from portal.records.audit_event import AuditEvent
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.work import WORKER, Who, begin_work
from tests.unit.cases.investigated_case import investigated
from tests.unit.cases.procedure_world import WORDS
from tests.unit.web.officer_pages import words_of
from tests.unit.web.test_investigators import IO, IP, OFFICER, Browser, browser

__all__ = ["browser"]
NEIGHBOUR = "The worker lives next door to me."
ASKED = "Have you a conflict in this case?"


@pytest.fixture
def public_id() -> str:
    """A case whose investigating officer and independent person have said nothing yet."""
    with begin_work(WORKER) as work:
        made = investigated(work)
        for row in work.session.scalars(select(Appointment)):
            row.said_at = None
        return made.feedback.public_id


def acts() -> set[str]:
    db.session.expire_all()
    return set(db.session.scalars(select(AuditEvent.act)))


def of(email: str) -> Appointment:
    db.session.expire_all()
    account = next(one for one in db.session.scalars(select(Account)) if one.email == email)
    wanted = select(Appointment).where(Appointment.account_id == account.id)
    return db.session.scalars(wanted).one()


@pytest.mark.parametrize("email", [IO, IP])
def test_nothing_of_the_case_is_shown_before_they_have_said(
    browser: Callable[[str], FlaskClient], public_id: str, email: str
) -> None:
    them, mine = browser(email), f"/investigators/{public_id}"
    page = words_of(them.get(mine).text)
    assert ASKED in page
    assert WORDS[0] not in page
    for closed in ("notes", "findings", "report", "papers/x", "bundles/x", "reports/x"):
        answer = them.get(f"{mine}/{closed}")
        assert WORDS[0] not in answer.text
        assert answer.status_code == 404 or answer.location == mine, closed
    said = them.post(f"{mine}/no-conflict")
    assert (said.status_code, said.location) == (303, mine)
    assert WORDS[0] in words_of(them.get(mine).text)
    assert (of(email).said_at is not None, of(email).conflict) == (True, None)
    assert "no_conflict_declared" in acts()


def test_a_conflict_closes_the_case_until_an_officer_has_answered(
    browser: Browser, public_id: str
) -> None:
    them, mine = browser(IO), f"/investigators/{public_id}"
    empty = them.post(f"{mine}/conflict", data={"words": " "})
    assert empty.status_code == 422
    assert "Write what the conflict is" in words_of(empty.text)
    said = them.post(f"{mine}/conflict", data={"words": NEIGHBOUR})
    assert (said.status_code, said.location) == (303, "/investigators/")
    assert them.get(mine).status_code == 404
    assert mine not in them.get("/investigators/").text
    assert of(IO).conflict == NEIGHBOUR
    case = db.session.scalars(select(Case)).one()
    assert (case.conflict_at is not None, case.handed_in_at) == (True, None)
    waits = words_of(browser(OFFICER).get("/officers/?view=open").text)
    assert "Investigating officer: declared a conflict of interest, answer it" in waits
    assert "handed in from outside" not in waits
    assert NEIGHBOUR not in waits
    named = db.session.get_one(Account, case.officer_id)
    letters = db.session.scalars(
        select(OutboxLetter).where(OutboxLetter.kind == LetterKind.WORK_WAITS)
    ).all()
    told = [letter for letter in letters if "conflict of interest" in letter.body]
    assert [letter.to_email for letter in told] == [named.email]
    assert NEIGHBOUR not in told[0].body
    rows = db.session.scalars(select(AuditEvent).where(AuditEvent.act == "conflict_declared"))
    assert [row.fields for row in rows] == [["conflict"]]
    page = words_of(browser(OFFICER).get(f"/officers/cases/{public_id}").text)
    assert NEIGHBOUR in page
    assert "The case was closed to them." in page
    waits = words_of(browser(OFFICER).get("/officers/?view=open").text)
    assert "declared a conflict" not in waits, "The office has looked."
    with begin_work(WORKER) as work:
        accounts = {one.email: one for one in work.session.scalars(select(Account))}
        work.who = Who("staff", accounts[OFFICER].id)
        feedback = work.session.scalars(select(Feedback)).one()
        grants.give(work, feedback, accounts[IO], work.today + timedelta(days=9))
    assert WORDS[0] in words_of(them.get(mine).text), "An officer has answered."


def test_a_conflict_that_is_found_later_is_told_on_the_case(
    browser: Browser, public_id: str
) -> None:
    them, mine = browser(IP), f"/investigators/{public_id}"
    them.post(f"{mine}/no-conflict")
    assert "I have found a conflict in this case" in words_of(them.get(mine).text)
    assert them.post(f"{mine}/conflict", data={"words": NEIGHBOUR}).status_code == 303
    assert them.get(mine).status_code == 404
    assert browser(IO).get(mine).status_code == 200, "The other's case stays open."

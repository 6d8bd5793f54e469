"""Work given to others stays inside: the person at /track sees none of it, and those from outside
see and do what they were appointed to, whatever other roles they have."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.attachments import checking
from portal.cases import (
    allocating,
    answer_drafts,
    findings,
    gathering,
    grants,
    investigating,
    roles,
    sign_ins,
    tasks,
)
from portal.db import db
from portal.procedures.finding import Finding, Giver
from portal.procedures.state import State
from portal.records.account import Account, Role
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.investigation_note import NoteKind
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.work import WORKER, Who, begin_work
from tests import matters
from tests.signing_in import let_in
from tests.unit.cases.investigated_case import investigated
from tests.unit.cases.managed_case import managed
from tests.unit.web.officer_pages import words_of
from tests.unit.web.test_officer_findings import typed

IO, IP = "investigator@outside.example", "independent_person@outside.example"
OPENING, REASON = "I met you at the library.", "I know the family."
QUESTION, ANSWER, REPORT = "When was the pass sent?", "It was sent on Friday.", "whole-report.txt"


def sign_in(client: FlaskClient, email: str) -> None:
    with begin_work(WORKER) as work:
        found = [one for one in work.session.scalars(select(Account)) if one.email == email]
        let_in(client, sign_ins.begin(work, found[0], "a test"))


def shown(client: FlaskClient, reference: str) -> str:
    """All that the person may open."""
    assert matters.enter(client, reference).status_code == 302
    page = client.get("/track/matter")
    assert page.status_code == 200
    return words_of(page.text)


def test_the_person_sees_nothing_of_who_answers_drafts_asks_and_signs(client: FlaskClient) -> None:
    with begin_work(WORKER) as work:
        made = managed(work)
        reference = made.feedback.reference
        before_manager, colleague = made.manager.name, "Cole Ames"
        made.accepted()
        answer_drafts.write(made.as_(made.manager), made.case, OPENING, "Sorry for that.", 0)
        cole = matters.make_account(work, Role.TEAM_MANAGER, "cole@council.example", colleague)
        due_on = work.today + timedelta(days=3)
        asked = tasks.ask(made.as_(made.manager), made.case, cole, QUESTION, due_on)
        work.session.flush()
        tasks.answer(made.as_(cole), asked, ANSWER)
        allocating.hand_back(made.as_(made.manager), made.case, REASON)
    page = shown(client, reference)
    notices = db.session.scalars(select(OutboxLetter)).all()
    subjects = {one.subject for one in notices if one.kind is LetterKind.WORK_WAITS}
    assert len(subjects) == 1
    for inside in (OPENING, QUESTION, ANSWER, REASON, before_manager, colleague, *subjects):
        assert inside not in page


def test_the_person_sees_nothing_of_an_investigation_before_the_councils_decision(
    client: FlaskClient,
) -> None:
    with begin_work(WORKER) as work:
        made = investigated(work)
        reference = made.feedback.reference
        act = made.as_(made.investigator)
        investigating.add_note(
            act, made.case, NoteKind.EVIDENCE, 1, "", work.today, "The diary was empty."
        )
        stage = gathering.current_stage(work.session, made.case)
        for point in made.points:
            findings.record_finding(
                act, point, stage, Giver.INVESTIGATOR, Finding.UPHELD, "It was so that day."
            )
        good = checking.check(REPORT, b"What we found, point by point.")
        investigating.keep_report(act, made.case, good)
        investigating.hand_in(act, made.case)
    page = shown(client, reference)
    assert "Two people from outside are looking into it." in page
    for inside in ("The diary was empty.", "It was so that day.", REPORT, "whole-report"):
        assert inside not in page


@pytest.fixture
def public_id() -> str:
    with begin_work(WORKER) as work:
        return investigated(work).feedback.public_id


def test_an_independent_person_who_investigates_elsewhere_writes_no_findings_here(
    client: FlaskClient, public_id: str
) -> None:
    with begin_work(WORKER) as work:
        (independent,) = [one for one in work.session.scalars(select(Account)) if one.email == IP]
        roles.give_role(work, independent, Role.INVESTIGATOR, matters.SINCE)
    sign_in(client, IP)
    mine = f"/investigators/{public_id}"
    page = client.get(mine).text
    assert "Add the report and hand it in" not in page
    assert client.get(f"{mine}/findings").status_code == 409
    assert client.post(f"{mine}/hand-in").status_code == 409


def test_who_sits_reads_no_notes_and_no_report_that_was_not_handed_in(
    client: FlaskClient, public_id: str
) -> None:
    with begin_work(WORKER) as work:
        case = work.session.scalars(select(Case)).one()
        feedback = work.session.scalars(select(Feedback)).one()
        (investigator,) = [one for one in work.session.scalars(select(Account)) if one.email == IO]
        work.who = Who("staff", investigator.id)
        investigating.add_note(
            work, case, NoteKind.EVIDENCE, 1, "", work.today, "The diary was empty."
        )
        investigating.keep_report(work, case, checking.check(REPORT, b"What we found."))
        sitting = matters.make_account(work, Role.PANEL_MEMBER, "kit@outside.example", "Kit P")
        grants.give(work, feedback, sitting, work.today + timedelta(days=9))
    sign_in(client, "kit@outside.example")
    page = client.get(f"/investigators/{public_id}").text
    assert "The points" in page
    assert "The diary was empty." not in page
    assert REPORT not in page
    other = client.application.test_client()
    sign_in(other, IP)
    page = other.get(f"/investigators/{public_id}").text
    assert "The diary was empty." in page
    assert REPORT in page


def test_the_last_finding_of_a_panel_is_told_to_the_office(
    client: FlaskClient, public_id: str
) -> None:
    with begin_work(WORKER) as work:
        case = work.session.scalars(select(Case)).one()
        feedback = work.session.scalars(select(Feedback)).one()
        case.procedure_state = State.PANEL_HELD
        clerk = matters.make_account(work, Role.PANEL_CLERK, "kit@council.example", "Kit P")
        work.who = Who("staff", case.officer_id)
        grants.give(work, feedback, clerk, work.today + timedelta(days=9))
    sign_in(client, "kit@council.example")
    url = f"/officers/cases/{public_id}/findings"
    for numbers, expected in (((1,), False), ((1, 2), True)):
        filled = typed(client.get(url).text)
        for number in numbers:
            filled |= {f"point-{number}-found": "upheld", f"point-{number}-reasons": "We heard it."}
        assert client.post(f"{url}/panel", data=filled).status_code == 303
        db.session.expire_all()
        waits = db.session.scalars(select(Case)).one().handed_in_at
        assert (waits is not None) is expected

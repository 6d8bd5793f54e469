"""Officers' pages of a matter in parts."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, true

from portal.cases import gathering, parting, passwords, roles, routing
from portal.cases.routing import RouteFacts
from portal.db import db
from portal.procedures.function import Function
from portal.procedures.matter import Appeal
from portal.procedures.person import PersonCode
from portal.procedures.state import Event, State
from portal.procedures.vocabulary import ProcedureCode, Team
from portal.records.account import Account, Role
from portal.records.audit_event import AuditEvent
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.triage import queue
from portal.work import WORKER, begin_work
from tests.matters import LOW_COSTS, make_account
from tests.unit.cases.parted_world import (
    BUS,
    SOCIAL,
    a_case,
    find_on,
    split,
    two_points,
)
from tests.unit.cases.procedure_world import officer_of
from tests.unit.web.officer_pages import signed_in, words_of
from tests.unit.web.parted_pages import a_matter, act, in_two_parts, today


@pytest.fixture
def officer(client: FlaskClient) -> FlaskClient:
    client.application.config[passwords.COSTS] = LOW_COSTS
    return signed_in(client, officer_of)


def test_points_are_split_off_with_a_letter_that_says_what_follows(officer: FlaskClient) -> None:
    public_id = a_matter(lambda work: two_points(work)[0])
    base = f"/officers/cases/{public_id}"
    assert "Split it: some points go the other way" in officer.get(base).text
    page = officer.get(f"{base}/do/split")
    assert BUS in page.text
    missing = officer.post(f"{base}/do/split", data=today())
    assert missing.status_code == 422
    for sentence in ("Choose the points", "Choose the other procedure", "Choose the team"):
        assert sentence in words_of(missing.text)
    filled = {
        **today(), "points": ["2"], "track": "corporate", "team": "admissions_transport",
        "words": "School transport is no social work.",
    }  # fmt: skip
    looked = officer.post(f"{base}/do/split", data=filled)
    assert looked.status_code == 200, words_of(looked.text)
    assert "Part 2" in looked.text
    assert len(list(db.session.scalars(select(Case)))) == 1, "looking is no act"
    assert officer.post(f"{base}/did/split", data=filled).status_code == 303
    letter = db.session.scalars(
        select(OutboxLetter).where(OutboxLetter.kind == LetterKind.PARTS)
    ).one()
    assert SOCIAL in letter.body
    assert BUS in letter.body


def test_the_parts_stand_side_by_side_and_each_page_leads_to_its_own(
    officer: FlaskClient,
) -> None:
    public_id = a_matter(in_two_parts)
    base = f"/officers/cases/{public_id}"
    first, second = officer.get(base), officer.get(f"{base}?part=2")
    for page in (first, second):
        assert "Part 1: " in page.text
        assert "Part 2: " in page.text
        assert "School" in page.text
    assert f'href="{base}?part=2"' in first.text
    links = set(re.findall(rf'(?:href|action)="({base}[^"#]*)', second.text))
    assert {link for link in links if "part=" not in link} == set()
    assert f"{base}/points?part=2" in links
    found = words_of(officer.get(f"{base}/points?part=2").text)
    assert ", part 2" in found
    assert BUS in found
    assert SOCIAL not in words_of(officer.get(f"{base}/findings?part=2").text).split("In their")[0]
    assert officer.get(f"{base}?part=3").status_code == 404
    assert officer.get(f"{base}?part=x").status_code == 200


def test_what_happens_in_a_part_happens_there_alone(officer: FlaskClient) -> None:
    public_id = a_matter(in_two_parts)
    base = f"/officers/cases/{public_id}"
    data = {**today(), "words": "On Monday at ten, at the school."}
    looked = officer.post(f"{base}/do/meeting_offered?part=2", data=data)
    assert f"{base}/did/meeting_offered?part=2" in looked.text
    answer = officer.post(f"{base}/did/meeting_offered?part=2", data=data)
    assert answer.headers["Location"] == f"{base}?part=2"
    assert "Offer a meeting" in words_of(officer.get(f"{base}?part=2").text)
    events = act(lambda work: [
        bool(gathering.facts_of(work.session, work.council, part, work.today).happened
             & {Event.MEETING_OFFERED})
        for part in parting.parts(work.session, work.session.scalars(select(Feedback)).one())
    ])  # fmt: skip
    assert events == [False, True]


def test_one_letter_answers_both_parts_or_says_why_not(officer: FlaskClient) -> None:
    public_id = a_matter(in_two_parts)
    url = f"/officers/cases/{public_id}/one-letter"
    assert "Each part must be ready" in words_of(officer.get(url).text)
    refused = officer.post(url, data={"letter": "Hello"})
    assert refused.status_code == 409
    assert "Hello" in refused.text

    def find(work: Any) -> None:
        for case in work.session.scalars(select(Case)):
            find_on(work, case)

    act(find)
    page = officer.get(url)
    assert SOCIAL in page.text
    assert BUS in page.text
    states = set(db.session.scalars(select(Case.procedure_state)))
    assert states == {State.ANSWERING}, "looking is no act"
    assert officer.post(url, data={"letter": "Our own words to both."}).status_code == 303
    db.session.expire_all()
    assert set(db.session.scalars(select(Case.procedure_state))) == {State.ANSWERED}
    letter = db.session.scalars(
        select(OutboxLetter).where(OutboxLetter.kind == LetterKind.JOINT_ANSWER)
    ).one()
    assert letter.body == "Our own words to both.\n"
    empty = officer.post(url, data={"letter": "x" * 20_001})
    assert empty.status_code == 422


def test_a_matter_in_parts_is_one_line_of_the_queue(officer: FlaskClient) -> None:
    a_matter(in_two_parts)
    with begin_work(WORKER) as work:
        listing = queue.rows(
            work.session, work.council, work.today, queue.View.OPEN_CASES, visible=true()
        )
        cases = list(work.session.scalars(select(Case)))
        due = min(gathering.current_stage(work.session, case).due_on for case in cases)
        stages = [gathering.current_stage(work.session, case) for case in cases]
        starts = [one.start_on for one in stages if one.starts == "acknowledged"]
    assert listing.total == 1
    (row,) = listing.rows
    assert row.due_on == min([due, *starts])
    assert officer.get("/officers/?view=open").status_code == 200


def test_the_managers_of_each_parts_team_see_the_matter(client: FlaskClient) -> None:
    client.application.config[passwords.COSTS] = LOW_COSTS

    def manager(work: Any) -> Account:
        officer_of(work)
        account = make_account(work, Role.TEAM_MANAGER, "manager@heard.example")
        roles.join_team(work, account, Team.ADMISSIONS_TRANSPORT, work.today)
        return account

    signed_in(client, manager)
    public_id = a_matter(lambda work: two_points(work)[0])
    assert client.get(f"/officers/cases/{public_id}").status_code == 404
    act(lambda work: split(work, work.session.scalars(select(Case)).one(), 2))
    assert client.get(f"/officers/cases/{public_id}?part=2").status_code == 200


def test_every_look_at_a_part_is_noted(officer: FlaskClient) -> None:
    public_id = a_matter(in_two_parts)
    officer.get(f"/officers/cases/{public_id}?part=2")
    second = db.session.scalars(select(Case.id).where(Case.part == 2)).one()
    wanted = select(AuditEvent).where(
        AuditEvent.act == "case_viewed", AuditEvent.about_id == second
    )
    assert len(list(db.session.scalars(wanted))) == 1


def test_where_the_rules_send_it_two_ways_the_officer_is_told_to_split_it(
    officer: FlaskClient,
) -> None:
    def prepare(work: Any) -> str:
        case = a_case(work, ProcedureCode.STATUTORY)
        feedback = work.session.get_one(Feedback, case.feedback_id)
        facts = RouteFacts(
            functions=(Function.CHILD_IN_NEED, Function.OTHER_EDUCATION),
            person=PersonCode.PARENT,
            appeal=Appeal.NONE,
            proceedings=(),
        )
        routing.keep_facts(work, feedback, facts, True)
        return str(feedback.public_id)

    public_id = act(prepare)
    for page in (f"/officers/cases/{public_id}", f"/officers/feedback/{public_id}/done"):
        assert "points of this matter go different ways" in words_of(officer.get(page).text)

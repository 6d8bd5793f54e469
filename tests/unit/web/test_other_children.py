"""A part about a brother or a sister: closed to the advocate of the child whose matter it is."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.cases import advocacy, children, event_letters, parting, supporters
from portal.db import db
from portal.procedures.state import Event
from portal.records.account import Account
from portal.records.agreed_scope import Scope
from portal.records.case import Case
from portal.records.case_event import CaseEvent
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.work import WORKER, Work, begin_work
from tests.matters import AGREED
from tests.unit.cases.parted_world import BUS, SOCIAL, find_on, happens, split, two_points
from tests.unit.triage.matters import acting
from tests.unit.web.advocate_pages import account_of, acts, page_of, signed_in
from tests.unit.web.officer_pages import signed_in as officer_in
from tests.unit.web.officer_pages import words_of

CLOSED = "A part of this is about another child."


@pytest.fixture
def sam(app: Flask) -> FlaskClient:
    return signed_in(app)


def split_matter(*names: str) -> Feedback:
    """Ivy's matter, which Sam follows, split in two, with the letter that says so."""
    with begin_work(WORKER) as work:
        case, *_ = two_points(work)
        feedback = work.session.get_one(Feedback, case.feedback_id)
        for name in names:
            children.add(work, feedback, name)
        advocacy.join(work, account_of().id, feedback, AGREED)
        event_letters.send(work, case, split(work, case, 2))
    return db.session.get_one(Feedback, feedback.id)


def part_of(work: Work, feedback: Feedback, number: int) -> Case:
    case = parting.parts(work.session, feedback)[number - 1]
    acting(work, work.session.get_one(Account, case.officer_id))
    return case


def answer(feedback: Feedback, number: int, reasons: str) -> str:
    """The answer of one part, as a letter; gives the letter's public id."""
    with begin_work(WORKER) as work:
        part = part_of(work, feedback, number)
        find_on(work, part, reasons)
        letter = event_letters.send(work, part, happens(work, part, Event.ANSWERED))
        assert letter is not None
        return letter.public_id


def notices() -> int:
    """How many notices of letters Sam has got by e-mail."""
    wanted = select(OutboxLetter).where(OutboxLetter.kind == LetterKind.ADVOCATE_COPY)
    return len(db.session.scalars(wanted).all())


def test_a_new_part_is_closed_while_several_children_are_named(sam: FlaskClient) -> None:
    feedback = split_matter("Ivy Larkspur", "Ned Larkspur")
    own, other = answer(feedback, 1, "About Ivy."), answer(feedback, 2, "About Ned.")
    page = page_of(sam, feedback).text
    assert CLOSED in page
    assert SOCIAL in words_of(page)
    assert "About Ivy." in page
    for closed in ("Part 2:", "About Ned.", other):
        assert closed not in page
    assert sam.get(f"/advocates/letters/{own}").status_code == 200
    assert sam.get(f"/advocates/letters/{other}").status_code == 404
    assert notices() == 1, "of the letter about Ivy alone"


def test_nothing_is_done_in_a_closed_part(sam: FlaskClient) -> None:
    feedback = split_matter("Ivy Larkspur", "Ned Larkspur")
    before = db.session.scalars(select(CaseEvent.id)).all()
    asked = [
        ("/points/2/agree", {"mark": "x"}),
        ("/points/2/2/dispute", {"point-2-2-wrong": "No."}),
        ("/next-step?part=2", {"part-2-stage": "stage_1"}),
        ("/no-next-step?part=2", {}),
        ("/stop?part=2", {"part-2-why": "Enough."}),
    ]
    for path, data in asked:
        found = sam.post(f"/advocates/{feedback.public_id}{path}", data=data)
        assert found.status_code == 403, path
        assert "not about the young person" in words_of(found.text)
    assert db.session.scalars(select(CaseEvent.id)).all() == before
    asked_for = sam.post(f"/advocates/{feedback.public_id}/stop?part=1", data={"why": "Enough."})
    assert asked_for.status_code == 303


def test_a_part_of_ones_own_is_open_with_its_letters(sam: FlaskClient) -> None:
    feedback = split_matter("Ivy Larkspur")
    other = answer(feedback, 2, "About the taxi.")
    page = page_of(sam, feedback).text
    assert CLOSED not in page
    assert "About the taxi." in page
    assert BUS in words_of(page)
    assert sam.get(f"/advocates/letters/{other}").status_code == 200
    assert notices() == 2


def test_an_officer_says_whom_each_part_is_about(app: Flask, sam: FlaskClient) -> None:
    feedback = split_matter("Ivy Larkspur", "Ned Larkspur")
    where = f"/officers/feedback/{feedback.public_id}/children"
    officer = officer_in(app.test_client())
    assert "Which parts are about another child?" in words_of(officer.get(where).text)
    assert officer.post(f"{where}/parts", data={}).status_code == 303
    assert CLOSED not in page_of(sam, feedback).text
    every = officer.post(f"{where}/parts", data={"parts": ["1", "2"]})
    assert every.status_code == 422
    assert "Leave at least one part" in words_of(every.text)
    assert officer.post(f"{where}/parts", data={"parts": ["1"]}).status_code == 303
    page = page_of(sam, feedback).text
    assert "Part 2:" in page
    assert "Part 1:" not in page
    assert acts().count("part_closed") == 1
    assert acts().count("part_opened") == 1


def test_a_letter_of_which_nobody_knows_the_part_is_closed(sam: FlaskClient) -> None:
    feedback = split_matter("Ivy Larkspur", "Ned Larkspur")
    whole = db.session.scalars(
        select(OutboxLetter).where(OutboxLetter.kind == LetterKind.PARTS)
    ).one()
    assert whole.part is None
    assert whole.public_id not in page_of(sam, feedback).text
    assert sam.get(f"/advocates/letters/{whole.public_id}").status_code == 404


def test_the_list_and_its_dates_are_those_of_the_open_part(app: Flask, sam: FlaskClient) -> None:
    feedback = split_matter("Ivy Larkspur", "Ned Larkspur")
    officer_in(app.test_client()).post(
        f"/officers/feedback/{feedback.public_id}/children/parts", data={"parts": ["1"]}
    )
    answer(feedback, 2, "About the taxi.")
    listed = words_of(sam.get("/advocates/").text)
    assert "We have sent you our answer." in listed


def test_a_supporter_sees_what_the_advocate_sees(app: Flask, sam: FlaskClient) -> None:
    feedback = split_matter("Ivy Larkspur", "Ned Larkspur")
    answer(feedback, 2, "About Ned.")
    with begin_work(WORKER) as work:
        here = work.session.get_one(Feedback, feedback.id)
        last_day = work.today + timedelta(days=7)
        _, token = supporters.offer(work, here, "Jo", frozenset(Scope), last_day)
    jo = app.test_client()
    jo.post(f"/supporter/link/{token}")
    page = jo.get("/supporter/matter").text
    assert CLOSED in page
    assert "About Ned." not in page
    refused = jo.post("/supporter/matter/stop?part=2", data={"part-2-why": "Enough."})
    assert refused.status_code == 403

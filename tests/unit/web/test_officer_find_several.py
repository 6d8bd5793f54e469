"""Tagging and assigning several of what was found: looked at first, and walls hold."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.cases import tagging
from portal.db import db
from portal.records.account import Account, Role
from portal.records.audit_event import AuditEvent
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.field_change import FieldChange
from portal.records.matter_tag import MatterTag
from portal.records.wall import NamedPerson
from portal.work import WORKER, Who, begin_work
from tests.matters import make_account
from tests.unit.web.officer_pages import signed_in, words_of
from tests.unit.web.test_officer_find import a_matter, searched


@pytest.fixture
def officer(client: FlaskClient) -> FlaskClient:
    return signed_in(client)


def test_several_are_tagged_after_a_look(officer: FlaskClient) -> None:
    one, other = a_matter(), a_matter()
    with begin_work(WORKER) as work:
        account = work.session.scalars(select(Account)).first()
        assert account is not None
        work.who = Who("staff", account.id)
        tagging.put(work, work.session.get_one(Feedback, other.id), "press")
    data = {"matter": [one.public_id, other.public_id], "deed": "put_tag", "tag": "press"}
    look = officer.post("/officers/find/several", data=data)
    assert look.status_code == 200
    assert "1 will change" in words_of(look.text)
    assert f"{other.reference}: it has the tag already" in words_of(look.text)
    assert len(db.session.scalars(select(MatterTag)).all()) == 1
    done = officer.post("/officers/find/several/do", data=data, follow_redirects=True)
    assert "Done for 1 matter." in words_of(done.text)
    assert len(db.session.scalars(select(MatterTag)).all()) == 2
    assert "The press has asked" in words_of(searched(officer, tag="press"))
    off = {**data, "deed": "take_tag_off"}
    officer.post("/officers/find/several/do", data=off)
    db.session.rollback()
    assert db.session.scalars(select(MatterTag)).all() == []
    told = words_of(officer.get(f"/officers/feedback/{one.public_id}/timeline").text)
    assert "A tag was taken off it" in told
    assert "Tag: " in told


def test_several_are_assigned_and_walls_hold(officer: FlaskClient) -> None:
    free, walled, waiting = a_matter(case=True), a_matter(case=True), a_matter()
    with begin_work(WORKER) as work:
        taker = make_account(work, Role.OFFICER, "taker@council.example", "Tam Taker")
        work.session.add(
            NamedPerson(
                public_id="named", feedback_id=walled.id, account_id=taker.id,
                for_designated=False, linked_at=work.now, linked_by_id=taker.id,
            )
        )  # fmt: skip
        taker_id, public_id = taker.id, taker.public_id
    data = {
        "matter": [free.public_id, walled.public_id, waiting.public_id, "nobody's"],
        "deed": "assign",
        "officer": public_id,
    }
    look = words_of(officer.post("/officers/find/several", data=data).text)
    assert "1 will change" in look
    assert f"{walled.reference}: it is closed to this officer" in look
    assert f"{waiting.reference}: it has no open case" in look
    officer.post("/officers/find/several/do", data=data)
    db.session.rollback()
    wanted = select(Case.feedback_id).where(Case.officer_id == taker_id)
    assert db.session.scalars(wanted).all() == [free.id]
    kept = db.session.scalars(select(FieldChange)).one()
    assert (kept.field, kept.after, kept.feedback_id) == ("officer", "Tam Taker", free.id)
    url = f"/officers/feedback/{free.public_id}/timeline"
    told = words_of(officer.get(url).text)
    assert f"Named officer: from {kept.before} to Tam Taker" in told
    # The trail holds the name of the field, and neither name.
    rows = db.session.scalars(select(AuditEvent).where(AuditEvent.act == "case_assigned")).all()
    assert [row.fields for row in rows] == [["officer"]]


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"deed": "put_tag", "tag": "press"},
        {"deed": "burn", "matter": "x"},
        {"deed": "put_tag", "tag": "made-up", "matter": "x"},
        {"deed": "assign", "officer": "made-up", "matter": "x"},
    ],
)
def test_nothing_is_done_without_a_choice(officer: FlaskClient, data: dict[str, str]) -> None:
    for address in ("/officers/find/several", "/officers/find/several/do"):
        answer = officer.post(address, data=data)
        assert 400 <= answer.status_code < 500
        assert "choose" in words_of(answer.text).casefold()
    assert db.session.scalars(select(MatterTag)).all() == []

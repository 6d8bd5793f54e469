"""Pages of bundles: choose, read, have it made, save it; every look leaves a row."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.cases.receiving import NewParty
from portal.db import db
from portal.records.audit_event import AuditEvent
from portal.records.bundle import Bundle, BundleState
from portal.records.party import PartyRole
from portal.triage import bundles
from portal.work import WORKER, begin_work
from tests import matters
from tests.unit.web.officer_pages import signed_in, words_of

STORY = "Kim Harrow came to 14 Larkspur Rise."


@pytest.fixture
def base(client: FlaskClient) -> str:
    with begin_work(WORKER) as work:
        party = NewParty(PartyRole.COMPLAINANT, "Dana Whitlock", address="14 Larkspur Rise")
        feedback = matters.make_feedback(work, None, story=STORY, parties=(party,))
        matters.make_case(work, feedback)
        return f"/officers/cases/{feedback.public_id}/bundles"


@pytest.fixture
def officer(client: FlaskClient) -> FlaskClient:
    return signed_in(client)


def bundle() -> Bundle:
    db.session.expire_all()
    return db.session.scalars(select(Bundle)).one()


def test_an_officer_reads_every_text_before_it_is_made(officer: FlaskClient, base: str) -> None:
    page = officer.get(base).text
    (code,) = re.findall(r'value="(story-\d+)"', page)
    wrong = officer.post(base, data={"paper": code})
    assert wrong.status_code == 422
    assert "Choose whom it is for" in words_of(wrong.text)
    assert "checked" in wrong.text
    nothing = officer.post(base, data={"for_whom": "panel"})
    assert nothing.status_code == 422
    assert "Choose the papers" in words_of(nothing.text)
    asked = officer.post(base, data={"paper": code, "for_whom": "panel"})
    assert asked.status_code == 303
    address = asked.headers["Location"]
    page = officer.get(address).text
    (name,) = re.findall(r'name="(text-\d+)"', page)
    (version,) = re.findall(r'name="version" value="(\d+)"', page)
    kept = re.search(r"(?s)<textarea[^>]*>(.*?)</textarea>", page)
    assert kept is not None
    assert "Kim Harrow came to [kept private]." in kept[1]
    back = officer.post(address, data={"version": version, name: STORY})
    assert back.status_code == 422
    assert "says how somebody may be reached" in words_of(back.text)
    assert STORY in back.text
    assert officer.post(address, data={"version": "99", name: "X came."}).status_code == 409
    done = officer.post(address, data={"version": version, name: "X came."})
    assert done.status_code == 303
    assert bundle().state is BundleState.MAKING
    assert officer.get(f"{address}/file").status_code == 404
    with begin_work(WORKER) as work:
        bundles.keep_made(work, bundle().id, b"%PDF-1.7 made", 3)
    saved = officer.get(f"{address}/file")
    assert saved.data == b"%PDF-1.7 made"
    assert "attachment" in saved.headers["Content-Disposition"]
    assert "Larkspur" not in words_of(officer.get(address).text)
    acts = set(db.session.scalars(select(AuditEvent.act)))
    assert {"bundle_asked", "bundle_checked", "bundle_made", "bundle_opened"} <= acts


def test_no_manager_makes_one(client: FlaskClient, base: str) -> None:
    from tests.unit.web.test_officer_points import a_manager

    manager = signed_in(client, a_manager)
    assert manager.get(base).status_code == 404

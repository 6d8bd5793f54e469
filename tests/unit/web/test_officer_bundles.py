"""Pages of bundles: choose, read, have it made, save it; every look leaves a row."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select

from portal import clock
from portal.attachments import checking, storing
from portal.cases.receiving import NewParty
from portal.commands.bundles import make_bundles, read_bundles
from portal.correspondence import tagged_pdf
from portal.db import db
from portal.records.audit_event import AuditEvent
from portal.records.bundle import Bundle, BundleFor, BundleState
from portal.records.feedback import Feedback
from portal.records.party import PartyRole
from portal.triage import bundles
from portal.work import WORKER, begin_work
from tests import matters
from tests.unit.web.officer_pages import signed_in, words_of

needs_pdf = pytest.mark.skipif(not tagged_pdf.is_possible(), reason="no Pango here")
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


@pytest.mark.parametrize("for_whom", BundleFor)
def test_an_officer_reads_every_text_before_it_is_made(
    officer: FlaskClient, base: str, for_whom: BundleFor
) -> None:
    page = officer.get(base).text
    (code,) = re.findall(r'value="(story-[^"]+)"', page)
    wrong = officer.post(base, data={"paper": code})
    assert wrong.status_code == 422
    assert "Choose whom it is for" in words_of(wrong.text)
    assert "checked" in wrong.text
    nothing = officer.post(base, data={"for_whom": for_whom.value})
    assert nothing.status_code == 422
    assert "Choose the papers" in words_of(nothing.text)
    asked = officer.post(base, data={"paper": code, "for_whom": for_whom.value})
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
    assert bundle().for_whom is for_whom
    assert officer.get(f"{address}/file").status_code == 404
    with begin_work(WORKER) as work:
        bundles.keep_made(work, bundle().id, b"%PDF-1.7 made", 3)
    saved = officer.get(f"{address}/file")
    assert saved.data == b"%PDF-1.7 made"
    assert "attachment" in saved.headers["Content-Disposition"]
    assert f"-{for_whom.value}.pdf" in saved.headers["Content-Disposition"]
    assert "Larkspur" not in words_of(officer.get(address).text)
    acts = set(db.session.scalars(select(AuditEvent.act)))
    assert {"bundle_asked", "bundle_checked", "bundle_made", "bundle_opened"} <= acts


@needs_pdf
def test_an_officer_reads_a_pdf_too_and_may_let_its_pages_in(
    officer: FlaskClient, base: str
) -> None:
    words = "Kim Harrow came late, on eleven days."
    page = f"<!doctype html><html lang='en'><title>A</title><p>{words}</p></html>"
    with begin_work(WORKER) as work:
        feedback = work.session.scalars(select(Feedback)).one()
        file = checking.check("diary.pdf", tagged_pdf.from_html(page))
        storing.keep(work, file, feedback=feedback)
    codes = re.findall(r'name="paper" type="checkbox" value="([^"]+)"', officer.get(base).text)
    address = officer.post(base, data={"paper": codes, "for_whom": "panel"}).headers["Location"]
    waiting = officer.get(address).text
    assert "are being read" in words_of(waiting)
    assert "<textarea" not in waiting
    assert officer.post(address, data={"version": bundle().version}).status_code == 409
    assert read_bundles() == 1
    page = officer.get(address).text
    assert words in page
    assert "diary.pdf has words that can be read" in words_of(page)
    (row_id,) = re.findall(r'name="as_pages" type="checkbox" value="(\d+)"', page)
    post = {"version": bundle().version, "as_pages": row_id}
    assert officer.post(address, data=post).status_code == 303
    assert make_bundles() == 1
    saved = PdfReader(BytesIO(officer.get(f"{address}/file").data))
    assert words in " ".join(one.extract_text() for one in saved.pages)
    assert "A file, as it is." in words_of(officer.get(address).text)


def test_a_bundle_is_saved_only_freshly_confirmed(officer: FlaskClient, base: str) -> None:
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        stale = officer.get(f"{base}/any/file")
    assert stale.status_code == 302
    assert stale.headers["Location"] == f"/sign-in/again?next={base}/any/file"


def test_no_manager_makes_one(client: FlaskClient, base: str) -> None:
    from tests.unit.web.test_officer_points import a_manager

    manager = signed_in(client, a_manager)
    assert manager.get(base).status_code == 404

"""A visit at /track and an advocate's sign-in warn before they end, and what was being sent is
kept when they have."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal import clock
from portal.cases import experiences, safe_contact_rules, sign_ins
from portal.db import db
from portal.records.advocacy import AdvocacyConsent
from portal.records.agreed_scope import Scope
from portal.records.attachment import Attachment
from portal.records.audit_event import AuditEvent
from portal.records.experience import Experienced
from portal.records.feedback import Feedback
from portal.records.message import Message
from portal.records.supporter import Supporter
from portal.web.tracking import visit
from portal.web.tracking.forms import CARRIED
from portal.web.waiting_files import CHOOSE_AGAIN
from portal.work import WORKER, begin_work
from tests.matters import enter, forget_between_requests, make_feedback, words_of
from tests.unit.attachments.invented import pdf
from tests.unit.web import advocate_pages, officer_pages

MATTER, REACH, STAY = "/track/matter", "/track/matter/reach", "/track/matter/stay"
SUPPORTER, HOW = "/track/matter/supporter", "/track/matter/how-it-went"
SCRIPT = "time-left"


@pytest.fixture
def reference(app: Flask) -> str:
    forget_between_requests(app)
    with begin_work(WORKER) as work:
        return make_feedback(work).reference


@pytest.fixture
def visiting(client: FlaskClient, reference: str) -> FlaskClient:
    assert enter(client, reference).status_code == 302
    return client


def hidden(page: str, name: str) -> str:
    """What a hidden box holds."""
    found = re.search(rf'<input(?=[^>]*name="{name}")[^>]*value="([^"]*)"', page)
    return found[1] if found is not None else ""


def after(minutes: int) -> time_machine.travel:
    return time_machine.travel(clock.now() + timedelta(minutes=minutes), tick=False)


def again(client: FlaskClient, reference: str, page: TestResponse) -> TestResponse:
    """Show the words again, from a page that keeps what was being sent."""
    kept = {name: hidden(page.text, name) for name in CARRIED}
    return enter(client, reference, **{name: value for name, value in kept.items() if value})


@pytest.mark.parametrize("path", [MATTER, REACH, SUPPORTER])
def test_a_page_where_somebody_writes_warns_before_the_visit_ends(
    visiting: FlaskClient, path: str
) -> None:
    page = visiting.get(path).text
    assert f'data-heard-left="{int(visit.IDLE.total_seconds())}"' in page
    assert f'action="{STAY}"' in page
    assert SCRIPT in page
    assert "Do you want more time?" in page


def test_one_press_renews_the_visit_and_shows_nothing(visiting: FlaskClient) -> None:
    before = db.session.scalars(select(AuditEvent.id)).all()
    start = clock.now()
    for minutes in (25, 50):
        with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
            answer = visiting.post(STAY)
            assert (answer.status_code, answer.text) == (200, "1800")
            assert answer.headers["Cache-Control"] == "no-store"
    db.session.rollback()
    assert db.session.scalars(select(AuditEvent.id)).all() == before
    with time_machine.travel(start + timedelta(minutes=75), tick=False):
        assert visiting.get(MATTER).status_code == 200
    with time_machine.travel(start + timedelta(minutes=106), tick=False):
        assert visiting.post(STAY).status_code == 403
        assert visiting.get(MATTER).status_code == 302


def test_nobody_renews_what_they_have_not_begun(client: FlaskClient, reference: str) -> None:
    assert client.post(STAY).location == "/track"
    assert client.post("/advocates/stay").status_code == 302


@pytest.mark.parametrize("rest", ["", "start", "join", "join/confirm", "ask"])
def test_an_advocates_page_warns_before_they_are_signed_out(app: Flask, rest: str) -> None:
    forget_between_requests(app)
    sam = advocate_pages.signed_in(app)
    feedback = advocate_pages.followed(*Scope)
    address = f"/advocates/{rest or feedback.public_id}"
    start = clock.now()
    with time_machine.travel(start + timedelta(minutes=2), tick=False):
        known = {"reference": feedback.reference, "words": words_of()}
        assert sam.post("/advocates/join", data=known).location == "/advocates/join/confirm"
        page = sam.get(address).text
        assert 'data-heard-left="1800"' in page
        assert 'action="/advocates/stay"' in page
        assert SCRIPT in page
    for minutes in (27, 52):
        with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
            assert sam.post("/advocates/stay").text == "1800"
    with time_machine.travel(start + timedelta(minutes=78), tick=False):
        assert sam.get("/advocates/start").status_code == 200


def test_no_press_makes_a_sign_in_longer_than_its_longest(app: Flask) -> None:
    forget_between_requests(app)
    sam = advocate_pages.signed_in(app)
    start = clock.now()
    for minutes in range(25, 12 * 60, 25):
        with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
            left = int(sam.post("/advocates/stay").text)
            ends = start + sign_ins.LONGEST - clock.now()
            assert left <= ends.total_seconds()
    assert left < sign_ins.IDLE.total_seconds()
    with time_machine.travel(start + sign_ins.LONGEST, tick=False):
        assert sam.post("/advocates/stay").status_code == 302


def test_files_that_wait_go_with_the_message_after_the_words(
    visiting: FlaskClient, reference: str
) -> None:
    data = {"add": "1", "files": (BytesIO(pdf()), "diary.pdf")}
    page = visiting.post(MATTER, data=data).text
    waiting = hidden(page, "waiting")
    assert waiting
    with after(31):
        late = visiting.post(MATTER, data={"message": "See my diary.", "waiting": waiting})
        assert late.status_code == 403
        assert "We still have what you wrote or added." in late.text
        shown = again(visiting, reference, late)
        assert "diary.pdf" in shown.text
        assert "See my diary." in shown.text
        said = {"message": "See my diary.", "waiting": hidden(shown.text, "waiting")}
        assert visiting.post(MATTER, data=said).status_code == 302
    (message,) = db.session.scalars(select(Message)).all()
    (sent,) = db.session.scalars(select(Attachment)).all()
    assert (sent.message_id, sent.filename) == (message.id, "diary.pdf")


def test_a_file_alone_is_kept_as_well_and_wrong_words_lose_nothing(
    visiting: FlaskClient, reference: str
) -> None:
    data = {"add": "1", "files": (BytesIO(pdf()), "diary.pdf")}
    waiting = hidden(visiting.post(MATTER, data=data).text, "waiting")
    with after(31):
        late = visiting.post(MATTER, data={"message": "", "waiting": waiting})
        wrong = enter(visiting, reference, words_of(5)[::-1], waiting=hidden(late.text, "waiting"))
        assert "We still have what you wrote or added." in wrong.text
        assert "diary.pdf" in again(visiting, reference, wrong).text


def test_a_file_that_was_only_chosen_is_asked_for_again(visiting: FlaskClient) -> None:
    with after(31):
        data = {"message": "Here.", "files": (BytesIO(pdf()), "diary.pdf")}
        late = visiting.post(MATTER, data=data)
    assert CHOOSE_AGAIN in officer_pages.words_of(late.text)
    assert db.session.scalars(select(Attachment)).all() == []


def test_how_we_reach_them_comes_back_as_it_was_filled_in_and_in_no_message(
    visiting: FlaskClient, reference: str
) -> None:
    care = "My uncle who lives with us."
    typed = {"email": "wren@new.example", "phone": "01632 960 001"}
    said = {"way": "email", "good_time": "after_school", "others": "nothing", "care": care, **typed}
    said["address"] = "12 Elm Row\nStafford"
    with after(31):
        late = visiting.post(REACH, data=said)
        assert late.status_code == 403
        assert hidden(late.text, "care") == care
        assert hidden(late.text, "kept") == ""
        shown = again(visiting, reference, late)
        assert "Your change is not saved yet." in shown.text
        assert re.search(rf'(?s)<textarea[^>]*name="care".*?{care}', shown.text)
        assert re.search(r'(?s)<textarea[^>]*name="address".*?12 Elm Row', shown.text)
        assert {name: hidden(shown.text, name) for name in typed} == typed
        for one in ("email", "after_school", "nothing"):
            assert ticked(shown.text, one), one
        assert 'name="message"' not in shown.text
        assert care not in visiting.get(MATTER).text
        assert visiting.post(REACH, data=said).status_code == 303
    feedback = db.session.scalars(select(Feedback)).one()
    assert safe_contact_rules.in_force(db.session(), feedback).not_to_see == care
    assert db.session.scalars(select(Message)).all() == []


def ticked(page: str, value: str) -> bool:
    """Whether the box or the choice of a value is ticked."""
    found = re.search(rf'<input[^>]*value="{value}"[^>]*>', page)
    assert found is not None, value
    return " checked" in found[0]


def test_a_link_for_a_supporter_comes_back_as_it_was_filled_in(
    visiting: FlaskClient, reference: str
) -> None:
    said = {"name": "Jo", "scope": ["speak", "decide"], "days": "30"}
    with after(31):
        late = visiting.post(SUPPORTER, data=said)
        assert late.status_code == 403
        assert hidden(late.text, "kept") == ""
        wrong = enter(
            visiting,
            reference,
            words_of(5)[::-1],
            **{name: hidden(late.text, name) for name in CARRIED},
        )
        shown = again(visiting, reference, wrong)
        assert "Your link is not made yet." in shown.text
        assert hidden(shown.text, "name") == "Jo"
        boxes = ("speak", "letters", "decide", "7", "30", "90")
        assert [ticked(shown.text, one) for one in boxes] == [
            True, False, True, False, True, False,
        ]  # fmt: skip
        assert db.session.scalars(select(Supporter)).all() == []
        assert visiting.post(SUPPORTER, data=said).status_code == 200
    assert db.session.scalars(select(Supporter.name)).one() == "Jo"


@pytest.mark.parametrize("words", ["They rang me every day.", ""])
@pytest.mark.parametrize("code", ["good", ""])
def test_how_it_went_comes_back_with_its_choice_and_is_no_message(
    visiting: FlaskClient, reference: str, words: str, code: str
) -> None:
    feedback = db.session.scalars(select(Feedback)).one()
    advocate_pages.over(feedback)
    said = {"said": words, **({"code": code} if code else {})}
    with after(31):
        late = visiting.post(HOW, data=said)
        if not code and not words:
            assert late.location == "/track"
            return
        assert (late.status_code, hidden(late.text, "kept")) == (403, "")
        shown = again(visiting, reference, late)
        assert "You have not told us how it went yet." in shown.text
        assert "Your message is not sent yet." not in shown.text
        assert re.search(
            rf'<textarea[^>]*name="said"[^>]*>\s*{re.escape(words)}</textarea>', shown.text
        )
        assert ticked(shown.text, "good") is bool(code)
        assert visiting.post(HOW, data=said).status_code == (303 if code else 422)
    kept = experiences.latest(db.session(), feedback.id)
    assert (kept and kept.code) == (Experienced.GOOD if code else None)
    assert db.session.scalars(select(Message)).all() == []


@pytest.mark.parametrize("same", [True, False])
def test_an_agreement_that_was_written_too_slowly_comes_back_for_the_same_one(
    app: Flask, reference: str, same: bool
) -> None:
    sam = advocate_pages.signed_in(app)
    join, confirm, how = "/advocates/join", "/advocates/join/confirm", "In a call, on Monday."
    known = {"reference": reference, "words": words_of()}
    with begin_work(WORKER) as work:
        other = make_feedback(work).reference
    sam.post(join, data=known)
    agreed = {"scope": ["speak"], "how": how, "last_day": ["1", "2", "2099"]}
    with after(11):
        late = sam.post(confirm, data=agreed)
        assert (late.status_code, hidden(late.text, "agreed_how")) == (403, how)
        assert "We still have what you wrote." in late.text
        boxes = ("agreed_scope", "agreed_how", "agreed_until")
        kept = {name: hidden(late.text, name) for name in boxes}
        wrong = sam.post(join, data={**known, "words": words_of(5)[::-1], **kept})
        assert hidden(wrong.text, "agreed_until") == "2099-02-01"
        shown = sam.post(join, data={**known, **kept, **({} if same else {"reference": other})})
        if not same:
            assert shown.location == confirm
            assert how not in sam.get(confirm).text
            return
        assert reference in shown.text
        assert how in shown.text
        assert [ticked(shown.text, one) for one in ("speak", "letters")] == [True, False]
        assert 'value="2099"' in shown.text
        assert sam.post(confirm, data=agreed).status_code == 302
    assert len(db.session.scalars(select(AdvocacyConsent)).all()) == 1

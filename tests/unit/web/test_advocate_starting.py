"""An advocate tells for a young person: a private draft, and then one press."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock
from portal.cases import advocacy, drafts, safe_contact_rules
from portal.cases.secret_words import read_words, words_match
from portal.correspondence.voices import Voice, voice_of
from portal.db import db
from portal.procedures.vocabulary import Relationship, Risk
from portal.records.account import Role
from portal.records.advocacy import Advocacy
from portal.records.advocate_note import AdvocateNote
from portal.records.agreed_scope import Scope
from portal.records.draft import Draft
from portal.records.feedback import ContactWay, Door, Feedback
from portal.records.message import Message
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.records.party import Party
from portal.work import WORKER, begin_work
from tests.matters import AGREED
from tests.unit.web.advocate_pages import ALEX, HOW, account_of, followed, page_of, signed_in
from tests.unit.web.officer_pages import words_of

THEIRS = "They moved me at night and my bag is gone. I want it back."
MINE = "I saw the bag in the hall on Friday."
WHOLE = {
    "name": "Kim", "story": THEIRS, "added": MINE, "wanted": "My bag", "danger": "no",
    "way": "portal_only", "scope": ["speak", "decide"], "how": HOW, "has_read": "y",
}  # fmt: skip


@pytest.fixture
def sam(app: Flask) -> FlaskClient:
    return signed_in(app)


def saved(client: FlaskClient, **said: object) -> str:
    """Save a draft; gives its address."""
    answer = client.post("/advocates/start", data={**said, "save": "1"})
    assert answer.status_code == 303, words_of(answer.text)
    return answer.location


def send(client: FlaskClient, address: str) -> Feedback:
    assert client.get(f"{address}/check").status_code == 200
    assert client.post(f"{address}/send").location == f"{address}/sent"
    return db.session.scalars(select(Feedback)).one()


def test_a_draft_is_kept_half_written_and_is_the_advocates_alone(
    app: Flask, sam: FlaskClient
) -> None:
    address = saved(sam, story=THEIRS)
    assert THEIRS in sam.get(address).text
    assert address in sam.get("/advocates/").text
    alex = signed_in(app, ALEX, "Alex Sample")
    assert address not in alex.get("/advocates/").text
    for other in (alex, signed_in(app, "lena@advocates.example", "Lena", Role.ADVOCACY_LEAD)):
        for rest in ("", "/check", "/sent"):
            assert other.get(f"{address}{rest}").status_code == 404
        for rest in ("", "/send", "/delete"):
            assert other.post(f"{address}{rest}", data=WHOLE).status_code == 404
    assert db.session.scalars(select(Feedback)).all() == []
    officer = signed_in(app, "ola@council.example", "Ola Officer", Role.OFFICER)
    reference = db.session.scalars(select(Draft.reference)).one()
    for page in ("/officers/", f"/officers/?reference={reference}"):
        answer = officer.get(page)
        assert answer.status_code == 200
        assert THEIRS not in answer.text
        assert f"/feedback/{address.rpartition('/')[2]}" not in answer.text
    assert officer.get(address).status_code == 404


def test_sent_it_is_feedback_with_the_advocates_door_and_what_was_agreed(
    sam: FlaskClient,
) -> None:
    address = saved(sam, **WHOLE)
    feedback = send(sam, address)
    assert feedback.door is Door.ADVOCATES
    assert feedback.relationship_said is Relationship.ADVOCATE
    assert (feedback.contact_way, feedback.risk) == (ContactWay.PORTAL_ONLY, Risk.NONE)
    theirs, mine, read = feedback.story.split("\n\n")
    assert theirs == THEIRS
    assert mine.endswith(MINE)
    assert read == "The young person has read this, or had it read to them."
    assert db.session.scalars(select(Party.name)).one() == "Kim"
    assert voice_of(db.session(), feedback) is Voice.YOUNG
    row = db.session.scalars(select(Advocacy)).one()
    assert (row.account_id, row.scope) == (
        account_of().id,
        frozenset({Scope.SEE, Scope.SPEAK, Scope.DECIDE}),
    )
    assert page_of(sam, feedback).status_code == 200
    assert "Your drafts" not in sam.get("/advocates/").text


@pytest.mark.parametrize("named", [True, False])
def test_who_names_a_plan_reads_of_the_tribunals_clock_before_and_after(
    sam: FlaskClient, named: bool
) -> None:
    address = saved(sam, **{**WHOLE, "added": "The EHCP was cut." if named else MINE})
    assert ("does not stop the tribunal" in sam.get(f"{address}/check").text) is named
    send(sam, address)
    sent = sam.get(f"{address}/sent").text
    assert ("does not stop the tribunal" in sent) is named
    assert ("Sample SEND Advice" in sent) is named


def test_two_presses_are_one_and_the_words_are_shown_for_half_an_hour(
    app: Flask, sam: FlaskClient
) -> None:
    address = saved(sam, **WHOLE)
    feedback = send(sam, address)
    assert sam.post(f"{address}/send").location == f"{address}/sent"
    assert len(db.session.scalars(select(Feedback)).all()) == 1
    page = sam.get(f"{address}/sent").text
    shown = db.session.scalars(select(Draft.words)).one()
    assert shown is not None
    assert all(word in page for word in shown.split())
    assert words_match(feedback.words_hash, read_words(shown))
    with time_machine.travel(clock.now() + drafts.WORDS_SHOWN + timedelta(minutes=1), tick=False):
        later = signed_in(app).get(f"{address}/sent").text
    assert "The half hour in which we show the words is over" in later
    assert f">{shown.split()[0]}<" not in later


def test_check_asks_for_what_lacks_and_loses_nothing(sam: FlaskClient) -> None:
    answer = sam.post("/advocates/start", data={"name": "Kim", "added": MINE, "check": "1"})
    assert answer.status_code == 422
    told = words_of(answer.text)
    assert "Write what the young person says" in told
    assert "Say how they told you" in told
    assert MINE in answer.text
    draft = db.session.scalars(select(Draft)).one()
    assert drafts.answers_of(draft)["added"] == MINE
    unfinished = sam.post(f"/advocates/drafts/{draft.public_id}/send")
    assert unfinished.status_code == 422
    assert db.session.scalars(select(Feedback)).all() == []


def test_urgent_things_and_danger_are_told_and_nothing_jumps_by_itself(sam: FlaskClient) -> None:
    address = saved(sam, **{**WHOLE, "urgent": "Her home ends on Friday."})
    assert send(sam, address).risk is Risk.NONE
    (message,) = db.session.scalars(select(Message)).all()
    assert "Her home ends on Friday." in message.body
    address = saved(sam, **{**WHOLE, "danger": "not_sure"})
    sam.post(f"{address}/send")
    assert Risk.NOW in db.session.scalars(select(Feedback.risk)).all()


def test_an_e_mail_address_of_the_young_person_gets_the_receipt(sam: FlaskClient) -> None:
    lacks = sam.post("/advocates/start", data={**WHOLE, "way": "email", "check": "1"})
    assert "Enter their e-mail address" in words_of(lacks.text)
    address = saved(sam, **{**WHOLE, "way": "email", "email": "kim@home.example"})
    send(sam, address)
    (letter,) = db.session.scalars(
        select(OutboxLetter).where(OutboxLetter.kind == LetterKind.RECEIPT)
    ).all()
    assert letter.to_email == "kim@home.example"


@pytest.mark.parametrize("others", [None, "neutral", "say"])
def test_our_e_mails_say_who_we_are_only_where_they_said_so(
    sam: FlaskClient, others: str | None
) -> None:
    said = {**WHOLE, "way": "email", "email": "kim@home.example", "care": "Kim’s brother"}
    address = saved(sam, **said, **({"others": others} if others is not None else {}))
    words = "We may say who we are" if others == "say" else "we do not say who we are"
    checked = words_of(sam.get(f"{address}/check").text)
    assert words.lower() in checked.lower()
    assert "Must not see or hear it: Kim’s brother" in checked
    feedback = send(sam, address)
    # The sender words every letter by it.
    rule = safe_contact_rules.in_force(db.session(), feedback)
    assert (rule.neutral, rule.not_to_see) == (others != "say", "Kim’s brother")


def test_a_draft_can_be_deleted_and_ends_after_a_month(app: Flask, sam: FlaskClient) -> None:
    address = saved(sam, story=THEIRS)
    assert sam.post(f"{address}/delete").status_code == 303
    assert db.session.scalars(select(Draft)).all() == []
    address = saved(sam, story=THEIRS)
    with time_machine.travel(clock.now() + timedelta(days=31), tick=False):
        assert signed_in(app).get(address).status_code == 404
        with begin_work(WORKER) as work:
            assert drafts.sweep(work) == 1


def test_notes_are_read_by_their_writer_alone(app: Flask, sam: FlaskClient) -> None:
    note = "Her brother must not know that we met."
    feedback = followed(*Scope)
    alex = signed_in(app, ALEX, "Alex Sample")
    both = followed(*Scope, email=ALEX)
    address = f"/advocates/{feedback.public_id}"
    empty = sam.post(f"{address}/notes", data={"note": " "})
    assert (empty.status_code, "Write your note first" in empty.text) == (422, True)
    assert sam.post(f"{address}/notes", data={"note": note}).status_code == 302
    assert note in sam.get(address).text
    with begin_work(WORKER) as work:
        here = work.session.get_one(Feedback, feedback.id)
        advocacy.join(work, account_of(ALEX).id, here, AGREED)
    assert note not in alex.get(address).text
    assert alex.get(f"/advocates/{both.public_id}").status_code == 200
    public_id = db.session.scalars(select(AdvocateNote.public_id)).one()
    alex.post(f"{address}/notes/{public_id}/delete")
    assert note in sam.get(address).text
    officer = signed_in(app, "ola@council.example", "Ola Officer", Role.COMPLAINTS_MANAGER)
    for page in ("", "/looks", "/people", "/advocates"):
        answer = officer.get(f"/officers/feedback/{feedback.public_id}{page}")
        assert answer.status_code == 200
        assert note not in answer.text
        assert "note of their own" not in answer.text
    sam.post(f"{address}/notes/{public_id}/delete")
    assert db.session.scalars(select(AdvocateNote)).all() == []

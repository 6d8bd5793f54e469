"""An advocate's files: what the young person and they sent, letters where that was agreed, and none
of anybody else's."""

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock
from portal.attachments import checking, storing
from portal.cases import advocacy, advocacy_consent, consent, drafts, messages
from portal.cases.advocacy_consent import Agreed
from portal.db import db
from portal.procedures.matter import Consent
from portal.records.account import Role
from portal.records.advocacy import SaidBy
from portal.records.agreed_scope import Scope
from portal.records.attachment import Attachment, AttachmentState
from portal.records.feedback import Door, Feedback
from portal.records.message import Message, Sender
from portal.records.outbox_letter import LetterKind
from portal.work import PUBLIC, WORKER, Who, begin_work
from tests.matters import make_feedback, make_letter
from tests.unit.attachments.invented import pdf
from tests.unit.cases.procedure_world import officer_of
from tests.unit.web.advocate_pages import (
    ALEX,
    HOW,
    account_of,
    acts,
    at_track,
    followed,
    page_of,
    signed_in,
)
from tests.unit.web.officer_pages import words_of


@pytest.fixture
def sam(app: Flask) -> FlaskClient:
    return signed_in(app)


def keep(feedback: Feedback, name: str, sender: Sender | None = None) -> str:
    """A file that came with the first words, or with a message of somebody; gives its public id."""
    with begin_work(PUBLIC) as work:
        file, here = checking.check(name, pdf()), work.session.get_one(Feedback, feedback.id)
        if sender is None:
            return storing.keep(work, file, feedback=here).public_id
        message = messages.add(work, here, sender, f"With {name}.")
        return storing.keep(work, file, message=message).public_id


def status(client: FlaskClient, file_id: str, kind: str = "files") -> int:
    return client.get(f"/advocates/{kind}/{file_id}").status_code


def test_what_the_young_person_and_their_helpers_sent_is_listed_and_saved(
    sam: FlaskClient,
) -> None:
    feedback = followed(Scope.SEE)
    files = {
        "first.pdf": keep(feedback, "first.pdf"),
        "later.pdf": keep(feedback, "later.pdf", Sender.PERSON),
        "mine.pdf": keep(feedback, "mine.pdf", Sender.ADVOCATE),
    }
    page = page_of(sam, feedback).text
    for name, file_id in files.items():
        assert name in page
        assert f'href="/advocates/files/{file_id}"' in page
        answer = sam.get(f"/advocates/files/{file_id}")
        assert answer.status_code == 200
        assert answer.data.startswith(b"%PDF")
        assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
        assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert "Not checked for viruses yet" in words_of(page)
    assert acts().count("file_viewed") == 3


def agreed_by_another(app: Flask, feedback: Feedback) -> str:
    """Alex follows it too, with a form that shows what was agreed; gives the form's public id."""
    signed_in(app, ALEX, "Alex Adams")
    with begin_work(Who("advocate", account_of(ALEX).id)) as work:
        here = work.session.get_one(Feedback, feedback.id)
        form = Agreed(frozenset({Scope.SEE}), HOW, upload=checking.check("alex.pdf", pdf()))
        advocacy.join(work, account_of(ALEX).id, here, form)
    return _file_named("alex.pdf")


def kept_by_an_officer(feedback: Feedback) -> str:
    """The proof of a consent, which officers keep; gives its public id."""
    with begin_work(WORKER) as work:
        officer_of(work)
        here = work.session.get_one(Feedback, feedback.id)
        given = consent.Given(
            Consent.GIVEN, clock.today(), "By telephone.", upload=checking.check("call.pdf", pdf())
        )
        consent.record(work, here, given)
    return _file_named("call.pdf")


def _file_named(name: str) -> str:
    found = [one for one in db.session.scalars(select(Attachment)) if one.filename == name]
    return found[0].public_id


def test_what_others_put_beside_the_matter_is_not_there(app: Flask, sam: FlaskClient) -> None:
    feedback = followed(Scope.SPEAK, Scope.LETTERS, Scope.DECIDE)
    closed = {
        "alex.pdf": agreed_by_another(app, feedback),
        "call.pdf": kept_by_an_officer(feedback),
        "council.pdf": keep(feedback, "council.pdf", Sender.COUNCIL),
    }
    page = page_of(sam, feedback).text
    for name, file_id in closed.items():
        assert file_id not in page, name
        assert status(sam, file_id) == 404, name
    assert "file_viewed" not in acts()
    alex = signed_in(app, ALEX)
    assert status(alex, closed["alex.pdf"]) == 200, "one's own proof is one's own"


def test_a_proof_of_ones_own_stays_ones_own_after_it_was_agreed_anew(sam: FlaskClient) -> None:
    feedback = followed(Scope.SEE)
    with begin_work(Who("advocate", account_of().id)) as work:
        here = work.session.get_one(Feedback, feedback.id)
        mine = advocacy.standing_of(work.session, account_of().id, here.id)
        assert mine is not None
        form = Agreed(frozenset({Scope.SEE}), HOW, upload=checking.check("note.pdf", pdf()))
        advocacy_consent.settle(work, here, mine, form, SaidBy.ADVOCATE)
    assert "note.pdf" in page_of(sam, feedback).text
    assert status(sam, _file_named("note.pdf")) == 200


def test_a_file_of_somebody_elses_matter_or_of_a_draft_is_not_there(sam: FlaskClient) -> None:
    followed(Scope.SEE)
    with begin_work(WORKER) as work:
        other = make_feedback(work, name="Jo Other")
    with begin_work(PUBLIC) as work:
        draft, _ = drafts.begin(work, Door.YOUNG_PEOPLE)
        drafted = storing.keep(work, checking.check("draft.pdf", pdf()), draft=draft).public_id
    assert status(sam, keep(other, "others.pdf")) == 404
    assert status(sam, drafted) == 404


def test_a_file_goes_with_a_message_and_is_no_draft_meanwhile(sam: FlaskClient) -> None:
    feedback = followed(Scope.SPEAK)
    where = f"/advocates/{feedback.public_id}"
    added = {"add": "1", "files": [(io.BytesIO(pdf()), "note.pdf")]}
    page = sam.post(where, data=added)
    assert page.status_code == 200
    assert "Remove note.pdf" in words_of(page.text)
    token = page.text.split('name="waiting" type="hidden" value="')[1].split('"')[0]
    assert "Your drafts" not in sam.get("/advocates/").text
    assert sam.post(where, data={"waiting": token}).status_code == 302
    message = db.session.scalars(select(Message)).one()
    assert (message.sender, message.body) == (Sender.ADVOCATE, "I have added something.")
    assert message.account_id == account_of().id
    assert f"/advocates/files/{_file_named('note.pdf')}" in page_of(sam, feedback).text
    nothing = sam.post(where, data={"waiting": token})
    assert nothing.status_code == 422


@pytest.mark.parametrize("state", [AttachmentState.INFECTED, AttachmentState.REFUSED])
def test_what_the_scanner_stopped_is_named_and_not_opened(
    sam: FlaskClient, state: AttachmentState
) -> None:
    feedback = followed(Scope.SEE)
    file_id = keep(feedback, "bad.pdf")
    with begin_work(WORKER) as work:
        file = work.session.scalars(select(Attachment)).one()
        file.state = state
    page = page_of(sam, feedback).text
    assert "bad.pdf" in page
    assert "It cannot be opened" in page
    assert file_id not in page
    answer = sam.get(f"/advocates/files/{file_id}")
    assert answer.status_code == 409
    assert "our virus scanner stopped it" in words_of(answer.text)


def test_files_close_with_the_matter(app: Flask, sam: FlaskClient) -> None:
    feedback = followed(Scope.LETTERS)
    file_id = keep(feedback, "first.pdf")
    with begin_work(WORKER) as work:
        letter_id = make_letter(work, work.session.get_one(Feedback, feedback.id)).public_id
    assert (status(sam, file_id), status(sam, letter_id, "letters")) == (200, 200)
    officer = signed_in(app, "olu@council.example", "Olu", Role.OFFICER)
    assert (status(officer, file_id), status(officer, letter_id, "letters")) == (404, 404)
    at_track(app, feedback).post(f"/track/matter/advocates/{account_of().public_id}/end")
    assert (status(sam, file_id), status(sam, letter_id, "letters")) == (404, 404)


def test_a_letter_is_saved_by_whoever_gets_the_letters(sam: FlaskClient) -> None:
    with_them, without = followed(Scope.LETTERS), followed(Scope.SPEAK, Scope.DECIDE)
    ids = []
    with begin_work(WORKER) as work:
        for feedback in (with_them, without):
            here = work.session.get_one(Feedback, feedback.id)
            letter = make_letter(work, here, to_address="1 Sample Street")
            ids.append(letter.public_id)
    page = page_of(sam, with_them).text
    assert f'href="/advocates/letters/{ids[0]}"' in page
    answer = sam.get(f"/advocates/letters/{ids[0]}")
    assert answer.status_code == 200
    assert with_them.reference in answer.headers.get("Content-Disposition", with_them.reference)
    assert b"1 Sample Street" not in answer.data
    assert acts().count("letter_saved") == 1
    assert "/advocates/letters/" not in page_of(sam, without).text
    assert status(sam, ids[1], "letters") == 404


@pytest.mark.parametrize("kind", [LetterKind.RECEIPT, LetterKind.TRACKING_LINK])
def test_a_letter_that_holds_a_key_is_not_saved(sam: FlaskClient, kind: LetterKind) -> None:
    feedback = followed(Scope.LETTERS)
    with begin_work(WORKER) as work:
        here = work.session.get_one(Feedback, feedback.id)
        letter_id = make_letter(work, here, kind).public_id
    assert letter_id not in page_of(sam, feedback).text
    assert status(sam, letter_id, "letters") == 404


def test_a_letter_to_the_office_is_not_theirs(sam: FlaskClient) -> None:
    feedback = followed(Scope.LETTERS)
    with begin_work(WORKER) as work:
        here = work.session.get_one(Feedback, feedback.id)
        letter = make_letter(work, here, LetterKind.REMINDER, shown_to_person=False)
        letter_id = letter.public_id
    assert status(sam, letter_id, "letters") == 404

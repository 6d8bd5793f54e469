"""A copy of what was sent and of a letter: of their own words, in their own browser, for a time."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal import clock
from portal.db import db
from portal.records.audit_event import AuditEvent
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.work import WORKER, begin_work
from tests.matters import enter, forget_between_requests, make_feedback, make_letter
from tests.unit.web.journey_steps import EVERYONE, STORY, YOUNG, told, walk, words_on
from tests.unit.web.test_young import OLDEST_GRADE, grade, words_of

DOORS = {"give-feedback": EVERYONE, "young-people": YOUNG}
SAVES = "Save a copy"
MATTER = "/track/matter"
TOKEN = "x" * 43


def sends(client: FlaskClient, folder: str) -> TestResponse:
    """Send everything; gives the page that says that we have got it."""
    walk(client, folder, DOORS[folder])
    if folder == "give-feedback":
        client.post("/give-feedback/points", data={"point_1": "It was late.", "point_2": "Nobody."})
    return client.post(f"/{folder}/check", follow_redirects=True)


def is_file(answer: TestResponse, name: str) -> bool:
    """Whether an answer is a text that is saved and never kept by a browser or shown as a page."""
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    return answer.content_type == "text/plain; charset=utf-8"


@pytest.mark.parametrize("folder", DOORS)
def test_the_copy_has_their_words_and_reference_and_no_secret(
    client: FlaskClient, folder: str
) -> None:
    page = sends(client, folder)
    assert SAVES in page.text
    assert f'href="/{folder}/sent/copy"' in page.text, "and nothing of theirs in the address"
    copy = client.get(f"/{folder}/sent/copy")
    assert is_file(copy, "copy.txt")
    (feedback,) = told()
    assert f"Reference: {feedback.reference}" in copy.text
    assert feedback.story in copy.text
    assert feedback.wanted
    assert feedback.wanted in copy.text
    words = words_on(page)
    assert len(words) == 5
    assert " ".join(words) not in copy.text
    assert "\n".join(words) not in copy.text
    assert db.session.scalars(select(AuditEvent.act)).all().count("copy_saved") == 1


def test_the_points_stand_in_it(client: FlaskClient) -> None:
    sends(client, "give-feedback")
    copy = client.get("/give-feedback/sent/copy").text
    assert STORY.splitlines()[0] in copy
    assert "It was late." in copy
    assert "A bus that comes." in copy
    assert "Petra" not in copy, "what identifies them is not needed in it"


def test_young_people_are_told_who_may_see_it(client: FlaskClient) -> None:
    page = words_of(sends(client, "young-people").text)
    assert "It stays on this phone. If someone else uses the phone, they may see it." in page
    assert grade(page) <= OLDEST_GRADE


@pytest.mark.parametrize("folder", DOORS)
def test_nobody_else_gets_it_and_nobody_after_half_an_hour(
    app: Flask, client: FlaskClient, folder: str
) -> None:
    address = f"/{folder}/sent/copy"
    assert client.get(address).status_code == 410, "nothing was sent"
    client.post(f"/{folder}/what-happened", data={"story": STORY})
    assert client.get(address).status_code == 410, "a draft is not sent yet"
    client.post(f"/{folder}/start-again")
    sends(client, folder)
    stranger = app.test_client()
    assert stranger.get(address).status_code == 410
    other = next(one for one in DOORS if one != folder)
    assert client.get(f"/{other}/sent/copy").status_code == 410
    sends(stranger, folder)
    first, second = told()
    assert first.reference in client.get(address).text
    assert second.reference not in client.get(address).text
    with time_machine.travel(clock.now() + timedelta(minutes=31), tick=False):
        late = client.get(address)
        assert late.status_code == 410
        assert STORY.splitlines()[0] not in late.text
        assert SAVES not in client.get(f"/{folder}/sent").text
    client.post(f"/{folder}/start-again")
    assert client.get(address).status_code == 410, "hidden on this device"


@pytest.fixture
def two_matters(app: Flask) -> tuple[Feedback, Feedback]:
    """Two matters with a letter each."""
    forget_between_requests(app)
    with begin_work(WORKER) as work:
        made = [make_feedback(work), make_feedback(work)]
        for number, feedback in enumerate(made, 1):
            body = f"Hello.\n\nThis is letter {number}. https://portal.example/track/link/{TOKEN}"
            make_letter(work, feedback, body=body)
        ids = [feedback.id for feedback in made]
    first, second = (db.session.get_one(Feedback, one) for one in ids)
    return first, second


def letter_of(feedback: Feedback) -> str:
    """The address of a matter's latest letter."""
    wanted = select(OutboxLetter.public_id).where(OutboxLetter.feedback_id == feedback.id)
    return f"{MATTER}/letters/{db.session.scalars(wanted.order_by(OutboxLetter.id.desc())).first()}"


def test_a_letter_at_track_can_be_saved(
    client: FlaskClient, two_matters: tuple[Feedback, Feedback]
) -> None:
    own, other = two_matters
    own_letter, others_letter, reference = letter_of(own), letter_of(other), own.reference
    assert client.get(own_letter).location == "/track"
    enter(client, reference)
    page = client.get(MATTER).text
    assert f'href="{own_letter}"' in page
    assert "If someone else uses it, they may see it." in page
    saved = client.get(own_letter)
    assert is_file(saved, f"letter-{clock.today().isoformat()}.txt")
    assert f"Reference: {reference}" in saved.text
    assert "This is letter 1." in saved.text
    assert TOKEN not in saved.text, "a link that works once is not saved"
    assert client.get(others_letter).status_code == 404
    acts = db.session.scalars(select(AuditEvent.act)).all()
    assert acts.count("letter_saved_by_person") == 1
    with time_machine.travel(clock.now() + timedelta(minutes=31), tick=False):
        assert client.get(own_letter).location == "/track"


@pytest.mark.parametrize(
    ("kind", "shown"),
    [(LetterKind.TRACKING_LINK, True), (LetterKind.RECEIPT, True), (LetterKind.ANSWER, False)],
)
def test_a_letter_with_a_key_or_not_for_them_cannot_be_saved(
    client: FlaskClient, two_matters: tuple[Feedback, Feedback], kind: LetterKind, shown: bool
) -> None:
    own, reference = two_matters[0], two_matters[0].reference
    with begin_work(WORKER) as work:
        make_letter(work, work.session.get_one(Feedback, own.id), kind, shown_to_person=shown)
    address = letter_of(own)
    enter(client, reference)
    assert address not in client.get(MATTER).text
    assert client.get(address).status_code == 404

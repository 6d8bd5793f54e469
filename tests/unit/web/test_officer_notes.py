"""Officers' notes, the timeline with its parts, and files looked at without being run."""

from collections.abc import Callable
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from portal.attachments import checking, shown, storing
from portal.attachments.shown import ShownAs
from portal.db import db
from portal.records.account import Role
from portal.records.attachment import Attachment, AttachmentState
from portal.records.audit_event import AuditEvent
from portal.records.danger_alert import DangerAlert
from portal.records.feedback import Door, Feedback
from portal.work import WORKER, begin_work
from tests.matters import STORY, enter, make_case, make_feedback
from tests.unit.web.officer_pages import as_another, made, signed_in, words_of

NOTE = "Rang twice on Monday; the line was cut."


@pytest.fixture
def officer(client: FlaskClient) -> FlaskClient:
    return signed_in(client)


def acts() -> list[str]:
    return [row.act for row in db.session.scalars(select(AuditEvent)).all()]


def test_a_note_is_kept_for_colleagues_and_stands_in_the_timeline(officer: FlaskClient) -> None:
    feedback = made()
    url = f"/officers/feedback/{feedback.public_id}"
    assert officer.post(f"{url}/notes", data={"text": NOTE}).status_code == 303
    assert NOTE in words_of(officer.get(f"{url}/notes").text)
    assert NOTE in words_of(as_another(officer).get(f"{url}/notes").text)
    assert NOTE in words_of(officer.get(f"{url}/timeline").text)
    assert NOTE in words_of(officer.get(f"{url}/timeline?show=notes").text)
    assert NOTE not in words_of(officer.get(f"{url}/timeline?show=letters").text)
    assert {"note_added", "notes_viewed", "timeline_viewed"} <= set(acts())
    rows = db.session.scalars(select(AuditEvent)).all()
    assert not any(NOTE in str(row.fields) for row in rows)


ALARMING = "She rang: he is going to kill her tonight."


def test_a_note_with_alarming_words_asks_the_officer_and_raises_nothing(
    officer: FlaskClient,
) -> None:
    feedback = made()
    url = f"/officers/feedback/{feedback.public_id}"
    kept = officer.post(f"{url}/notes", data={"text": ALARMING})
    assert kept.location.endswith(f"{url}/danger/now")
    assert "Nobody has been told: if it is so, say it here." in words_of(
        officer.get(kept.location).text
    )
    assert ALARMING in words_of(officer.get(f"{url}/notes").text)
    assert db.session.scalars(select(DangerAlert)).all() == []
    officer.post(f"{url}/danger/now", data={"why": ALARMING})
    again = officer.post(f"{url}/notes", data={"text": ALARMING})
    assert again.location.endswith(f"{url}/notes"), "Everybody is told already."


def test_an_empty_note_is_refused_with_a_sentence(officer: FlaskClient) -> None:
    url = f"/officers/feedback/{made().public_id}/notes"
    answer = officer.post(url, data={"text": " "})
    assert answer.status_code == 422
    assert "Write the note" in words_of(answer.text)


def test_nobody_else_reads_a_note(officer: FlaskClient) -> None:
    with begin_work(WORKER) as work:
        feedback = make_feedback(work)
        make_case(work, feedback)
        public_id, reference = feedback.public_id, feedback.reference
    url = f"/officers/feedback/{public_id}"
    officer.post(f"{url}/notes", data={"text": NOTE})
    manager = as_another(officer, Role.HEAD_OF_SERVICE)
    assert manager.get(f"{url}/notes").status_code == 404
    person = officer.application.test_client()
    page = enter(person, reference).text
    assert NOTE not in page
    assert NOTE not in person.get("/track/matter").text


def test_each_part_of_the_timeline_shows_its_own(officer: FlaskClient) -> None:
    with begin_work(WORKER) as work:
        feedback = make_feedback(work)
        make_case(work, feedback)
        public_id = feedback.public_id
    url = f"/officers/feedback/{public_id}/timeline"
    pages = {part: words_of(officer.get(f"{url}?show={part}").text) for part in ("said", "looks")}
    assert STORY in pages["said"]
    assert "All that was said and done was looked at" in pages["looks"]
    assert "All that was said and done was looked at" not in pages["said"]
    assert STORY not in pages["looks"].partition("Parts of the timeline")[2]
    assert STORY in words_of(officer.get(f"{url}?show=nonsense").text)


def _kept(name: str, data: bytes) -> Attachment:
    with begin_work(WORKER) as work:
        feedback = make_feedback(work, door=Door.EVERYONE)
        kept = storing.keep(work, checking.check(name, data), feedback=feedback)
        key = kept.id
    return db.session.get_one(Attachment, key)


def _picture() -> bytes:
    data = BytesIO()
    Image.new("RGB", (4, 4), "navy").save(data, "PNG")
    return data.getvalue()


def test_a_picture_is_shown_on_a_page_that_runs_nothing(officer: FlaskClient) -> None:
    file = _kept("room.png", _picture())
    answer = officer.get(f"/officers/files/{file.public_id}/look")
    assert f'src="/officers/files/{file.public_id}"' in answer.text
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "media-src" not in policy
    assert "file_viewed" in acts()


@pytest.mark.parametrize(
    ("words", "seen"),
    [("Nobody came on Monday.", "Nobody came on Monday."), ("<script>x()</script>", "&lt;script")],
)
def test_a_text_is_shown_as_bare_words(officer: FlaskClient, words: str, seen: str) -> None:
    file = _kept("note.txt", words.encode())
    assert seen in officer.get(f"/officers/files/{file.public_id}/look").text


def test_a_file_that_may_not_be_opened_says_so(officer: FlaskClient) -> None:
    file = _kept("room.png", _picture())
    with begin_work(WORKER) as work:
        work.session.get_one(Attachment, file.id).state = AttachmentState.INFECTED
    page = officer.get(f"/officers/files/{file.public_id}/look").text
    assert "cannot be opened" in words_of(page)
    assert "<img" not in page


def test_a_page_with_a_recording_may_play_it_and_no_other_may(officer: FlaskClient) -> None:
    file = _kept("room.png", _picture())
    with begin_work(WORKER) as work:
        work.session.get_one(Attachment, file.id).content_type = "audio/mpeg"
    answer = officer.get(f"/officers/files/{file.public_id}/look")
    assert "<audio" in answer.text
    assert "media-src 'self'" in answer.headers["Content-Security-Policy"]
    feedback = db.session.get_one(Feedback, file.feedback_id)
    other = officer.get(f"/officers/feedback/{feedback.public_id}")
    assert "media-src" not in other.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "make", [lambda: b"%PDF-1.4 broken", lambda: b"x" * (shown.LARGEST_READ + 1)]
)
def test_a_document_without_readable_words_shows_nothing(make: Callable[[], bytes]) -> None:
    assert shown.text_of("application/pdf", make()).how is ShownAs.NOTHING


def test_what_a_browser_would_run_is_never_shown() -> None:
    kinds = ("text/html", "image/svg+xml", "application/zip", "message/rfc822", "video/mp4")
    assert {shown.as_what(kind) for kind in kinds} == {ShownAs.NOTHING}

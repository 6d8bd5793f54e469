"""Writing down what a file says, on its page: kept beside the file, and marked as whose words."""

from io import BytesIO

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from portal.db import db
from portal.procedures.vocabulary import Risk
from portal.records.attachment import Attachment
from portal.records.feedback import Feedback
from portal.records.suggestion import Suggestion
from portal.triage import suggesting
from portal.work import WORKER, begin_work
from tests.matters import decide
from tests.unit.triage.matters import a_result
from tests.unit.web.journey_steps import told
from tests.unit.web.officer_pages import signed_in, words_of

SAYS = "It shows a house. Over the door stands: I want to go home."


@pytest.fixture
def officer(client: FlaskClient) -> FlaskClient:
    made = BytesIO()
    Image.new("RGB", (40, 30), "green").save(made, "PNG")
    made.seek(0)
    client.post("/young-people/what-happened", data={"file": (made, "drawing.png")})
    client.post("/young-people/check")
    with begin_work(WORKER) as work:
        suggesting.store(work, work.session.merge(told()[0]), a_result())
    return signed_in(client)


def test_an_officer_writes_it_down_and_mends_it(officer: FlaskClient) -> None:
    (feedback,) = told()
    assert feedback.risk is Risk.CONCERN
    item = f"/officers/feedback/{feedback.public_id}"
    assert "Nobody has written down what it says" in words_of(officer.get(item).text)
    file = db.session.scalars(select(Attachment)).one()
    url = f"/officers/files/{file.public_id}/words"
    assert officer.get(url).status_code == 200
    assert officer.post(url, data={"heard": " "}).status_code == 422
    assert officer.post(url, data={"heard": SAYS}).location.endswith(item)
    page = words_of(officer.get(item).text)
    assert f"What it says, in the words of Rowan Ashby: {SAYS}" in page
    assert "Nobody has written down" not in page
    assert SAYS in officer.get(url).text
    (feedback,) = told()
    assert feedback.risk is Risk.NONE
    assert db.session.scalars(select(Suggestion)).all() == [], "a new one is made from the words"
    officer.post(url, data={"heard": "A house."})
    db.session.rollback()
    assert db.session.scalars(select(Attachment)).one().heard == "A house."


@pytest.mark.parametrize(
    ("says", "told", "page"),
    [
        (SAYS, "This is decided, so no new suggestion is made", ""),
        ("He is going to kill me tonight.", "the duty team is being told", "/danger"),
    ],
)
def test_on_a_decided_matter_the_page_says_what_happens_with_the_words(
    officer: FlaskClient, says: str, told: str, page: str
) -> None:
    with begin_work(WORKER) as work:
        feedback = work.session.scalars(select(Feedback)).one()
        decide(work, feedback)
        item = f"/officers/feedback/{feedback.public_id}"
    file = db.session.scalars(select(Attachment)).one()
    url = f"/officers/files/{file.public_id}/words"
    assert "a list of alarming words" in words_of(officer.get(url).text)
    kept = officer.post(url, data={"heard": says})
    assert kept.location.endswith(item + page)
    assert told in words_of(officer.get(kept.location).text)
    assert db.session.scalars(select(Suggestion)).one().body is not None


def test_a_file_that_is_not_there_has_no_page(officer: FlaskClient) -> None:
    assert officer.get("/officers/files/no-such-file/words").status_code == 404

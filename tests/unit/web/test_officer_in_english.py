"""Writing down on its page what a text says in English, marked as whose words."""

from flask.testing import FlaskClient
from sqlalchemy import select

from portal.cases import messages
from portal.db import db
from portal.procedures.vocabulary import Risk
from portal.records.feedback import Feedback
from portal.records.message import Message, Sender
from portal.records.rendering import Rendering
from portal.records.suggestion import Suggestion
from portal.triage import suggesting
from portal.work import WORKER, begin_work
from tests.unit.cases.texts_not_english import NOT_ENGLISH
from tests.unit.triage.matters import a_result
from tests.unit.web.journey_steps import told
from tests.unit.web.officer_pages import made, signed_in, words_of

SAYS = "My name is Hodan. My child was taken from home and nobody has called me."
WAITS = "Not in English: nobody has read it yet"


def told_in_somali(client: FlaskClient) -> Feedback:
    client.post("/young-people/what-happened", data={"story": NOT_ENGLISH["Somali"]})
    client.post("/young-people/check")
    with begin_work(WORKER) as work:
        suggesting.store(work, work.session.merge(told()[0]), a_result())
    return told()[0]


def test_an_officer_writes_it_down_and_mends_it(client: FlaskClient) -> None:
    feedback = told_in_somali(client)
    assert feedback.risk is Risk.CONCERN
    item = f"/officers/feedback/{feedback.public_id}"
    officer = signed_in(client)
    assert WAITS in words_of(officer.get(item).text)
    url = f"{item}/in-english"
    assert url in officer.get(item).text
    assert "Magacaygu waa Hodan" in words_of(officer.get(url).text)
    assert officer.post(url, data={"words": " "}).status_code == 422
    assert officer.post(url, data={"words": SAYS}).location.endswith(item)
    page = words_of(officer.get(item).text)
    assert f"What it says in English, in the words of Rowan Ashby: {SAYS}" in page
    assert WAITS not in page
    assert SAYS in officer.get(url).text
    assert told()[0].risk is Risk.NONE
    assert db.session.scalars(select(Suggestion)).all() == [], "a new one is made from the words"
    officer.post(url, data={"words": "Her child was taken."})
    db.session.rollback()
    assert db.session.scalars(select(Rendering)).one().words == "Her child was taken."
    shown = words_of(officer.get(f"{item}/looks").text)
    assert "what a text says in English" in shown


def test_a_later_message_has_its_own_words(client: FlaskClient) -> None:
    feedback = made()
    with begin_work(WORKER) as work:
        here = work.session.merge(feedback)
        messages.add(work, here, Sender.PERSON, NOT_ENGLISH["Ukrainian"])
    officer = signed_in(client)
    item = f"/officers/feedback/{feedback.public_id}"
    message = db.session.scalars(select(Message)).one()
    url = f"{item}/in-english?text={message.public_id}"
    page = officer.get(item).text
    assert url in page
    assert words_of(page).count(WAITS) == 1
    assert "Мій син боїться" in officer.get(url).text
    officer.post(url, data={"words": "My son is afraid to go home."})
    page = words_of(officer.get(item).text)
    assert "in the words of Rowan Ashby: My son is afraid to go home." in page
    assert WAITS not in page
    assert officer.get(f"{item}/in-english?text=not-there").status_code == 404

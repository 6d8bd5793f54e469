"""What is said while feedback still waits: officers see it, and can write back before deciding."""

from flask.testing import FlaskClient
from sqlalchemy import select

from portal.cases import messages
from portal.db import db
from portal.records.feedback import ContactWay, Feedback
from portal.records.message import Message, Sender
from portal.work import PUBLIC, begin_work
from tests.unit.web.officer_pages import made, signed_in

MORE = "He has not come home since, and I am frightened."


def waiting_with_more() -> Feedback:
    feedback = made(contact_way=ContactWay.PORTAL_ONLY)
    with begin_work(PUBLIC) as work:
        messages.add(work, work.session.get_one(Feedback, feedback.id), Sender.PERSON, MORE)
    return db.session.get_one(Feedback, feedback.id)


def test_a_later_message_stands_on_the_page_that_marks_it_read(client: FlaskClient) -> None:
    officer, address = signed_in(client), waiting_with_more().public_id
    page = officer.get(f"/officers/feedback/{address}").text
    assert MORE in page
    db.session.rollback()
    assert db.session.scalars(select(Message)).one().read_at is not None


def test_the_whole_of_an_email_is_folded_below_what_was_written_this_time(
    client: FlaskClient,
) -> None:
    officer, feedback = signed_in(client), made(contact_way=ContactWay.PORTAL_ONLY)
    whole = "Not today.\n\nOn Monday you wrote:\n> Has the taxi come?"
    with begin_work(PUBLIC) as work:
        about = work.session.get_one(Feedback, feedback.id)
        messages.add(work, about, Sender.PERSON, "Not today.", by_email=True, whole=whole)
    page = officer.get(f"/officers/feedback/{feedback.public_id}").text
    shown, _, folded = page.partition("<details")
    assert "Not today." in shown
    assert "Has the taxi come?" not in shown
    assert "Has the taxi come?" in folded


def test_an_officer_writes_back_before_deciding(client: FlaskClient) -> None:
    officer, address = signed_in(client), waiting_with_more().public_id
    answer = officer.post(
        f"/officers/cases/{address}/message", data={"body": "We are calling you."}
    )
    assert answer.status_code == 302
    assert "We are calling you." in officer.get(f"/officers/feedback/{address}").text


def test_a_message_that_is_not_taken_is_still_in_its_box(client: FlaskClient) -> None:
    officer, address = signed_in(client), waiting_with_more().public_id
    long = "word " * 20_000
    answer = officer.post(f"/officers/cases/{address}/message", data={"body": long})
    assert answer.status_code == 422
    assert long.strip()[:5000] in answer.text
    assert "There is a problem" in answer.text

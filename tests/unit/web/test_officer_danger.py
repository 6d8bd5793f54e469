"""The pages of alerts: who sees them, taking one, and what it says afterwards."""

import pytest
from flask.testing import FlaskClient

from portal.cases import danger, named_persons
from portal.commands import dangers
from portal.db import db
from portal.procedures.vocabulary import Risk
from portal.records.account import Role
from portal.records.audit_event import AuditEvent
from portal.records.case import Case
from portal.records.danger_alert import DangerAlert, RaisedBy
from portal.records.feedback import Feedback
from portal.work import COMMAND, Who, begin_work
from tests.matters import STORY, make_account, make_case, make_feedback
from tests.unit.web.officer_pages import as_another, made, signed_in, words_of

DONE = "Rang the police at 23:50; they are on their way to the flat."
KNOWN = "The mother rang: the father is at the door of the flat and has a knife."


def in_danger() -> Feedback:
    feedback = made()
    with begin_work(COMMAND) as work:
        work.session.get_one(Feedback, feedback.id).risk = Risk.NOW
    dangers.send_alerts()
    return db.session.get_one(Feedback, feedback.id)


@pytest.fixture
def duty(client: FlaskClient) -> FlaskClient:
    return signed_in(
        client, lambda work: make_account(work, Role.DUTY_TEAM, "duty@council.example", "Dev Day")
    )


def test_the_menu_counts_what_nobody_took_and_the_list_names_it(duty: FlaskClient) -> None:
    feedback = in_danger()
    page = duty.get("/officers/danger")
    assert "Danger now (1)" in page.text
    assert feedback.reference in page.text
    assert "sent 1 time" in words_of(page.text)


def test_whoever_is_on_duty_takes_it_and_everybody_reads_what_was_done(duty: FlaskClient) -> None:
    feedback = in_danger()
    where = f"/officers/feedback/{feedback.public_id}/danger"
    assert "nobody has taken it" in duty.get(f"/officers/feedback/{feedback.public_id}").text
    taken = duty.post(where, data={"done": DONE}, follow_redirects=True)
    assert taken.status_code == 200
    assert "You have taken this" in words_of(taken.text)
    assert "nobody has taken it" not in taken.text
    page = words_of(duty.get(where).text)
    assert "Taken by Dev Day" in page
    assert DONE in page
    assert "I take this" not in page


@pytest.mark.parametrize("words", ["", "ok"])
def test_it_is_not_taken_without_what_was_done(duty: FlaskClient, words: str) -> None:
    feedback = in_danger()
    page = duty.post(f"/officers/feedback/{feedback.public_id}/danger", data={"done": words})
    assert page.status_code == 422
    assert "Write what you did" in words_of(page.text)
    assert db.session.query(DangerAlert).one().ended_at is None


def test_the_second_of_two_is_told_kindly_and_keeps_the_words(duty: FlaskClient) -> None:
    feedback = in_danger()
    where = f"/officers/feedback/{feedback.public_id}/danger"
    duty.post(where, data={"done": DONE})
    second = duty.post(where, data={"done": "I went to the flat myself."})
    assert second.status_code == 409
    assert "Somebody has taken this already" in words_of(second.text)
    assert DONE in words_of(second.text)
    assert "I went to the flat myself." in words_of(second.text)


def test_another_team_sees_no_alert(client: FlaskClient) -> None:
    feedback = in_danger()
    other = signed_in(
        client, lambda work: make_account(work, Role.TEAM_MANAGER, "tm@council.example")
    )
    assert feedback.reference not in other.get("/officers/danger").text
    assert other.get(f"/officers/feedback/{feedback.public_id}/danger").status_code == 404


def walled(about_whom: str = "Jordan Vale", *, linked: Role | None = None) -> Feedback:
    """Danger in a matter that may be about a person, or is about somebody of a role."""
    with begin_work(COMMAND) as work:
        feedback = make_feedback(work, about_whom=about_whom, about_a_person=True)
        feedback.risk = Risk.NOW
        if linked is not None:
            named = make_account(work, linked, "named@council.example", "Jordan Vale")
            work.who = Who("staff", named.id)
            named_persons.link(work, feedback, named)
        key = feedback.id
    dangers.send_alerts()
    return db.session.get_one(Feedback, key)


@pytest.mark.parametrize("linked", [None, Role.OFFICER])
def test_a_wall_keeps_nobody_on_duty_from_acting(duty: FlaskClient, linked: Role | None) -> None:
    feedback = walled(linked=linked)
    matter = f"/officers/feedback/{feedback.public_id}"
    assert feedback.reference in duty.get("/officers/danger").text
    assert duty.get(matter).status_code == 404, "The wall stands before all the rest."
    page = words_of(duty.get(f"{matter}/danger").text)
    assert STORY in page
    assert "About whom Jordan Vale" in page
    assert "Do not contact this person" in page
    assert "everything but this page is closed to you" in page
    taken = duty.post(f"{matter}/danger", data={"done": DONE}, follow_redirects=True)
    assert "You have taken this" in words_of(taken.text)
    after = words_of(duty.get(f"{matter}/danger").text)
    assert DONE in after
    assert STORY not in after, "What was needed to act is closed again."
    acts = [row.act for row in db.session.query(AuditEvent).all()]
    assert acts.count("alert_words_viewed") == 1
    dangers.send_alerts()
    assert db.session.query(DangerAlert).one().ended_at is not None


def test_it_opens_to_nobody_whose_name_the_person_wrote(duty: FlaskClient) -> None:
    feedback = walled("a woman called Day, from the duty team")
    where = f"/officers/feedback/{feedback.public_id}/danger"
    assert feedback.reference not in duty.get("/officers/danger").text
    assert duty.get(where).status_code == 404
    assert duty.post(where, data={"done": DONE}).status_code == 404
    assert db.session.query(DangerAlert).one().ended_at is None


def test_what_only_the_alert_opened_closes_when_it_is_taken(duty: FlaskClient) -> None:
    feedback = in_danger()
    with begin_work(COMMAND) as work:
        make_case(work, work.session.get_one(Feedback, feedback.id))
        work.session.get_one(Feedback, feedback.id).risk = Risk.NONE
    where = f"/officers/feedback/{feedback.public_id}/danger"
    taken = duty.post(where, data={"done": DONE}, follow_redirects=True)
    assert taken.request.path == "/officers/danger"
    assert "You have taken this" in words_of(taken.text)
    assert duty.get(where).status_code == 404


@pytest.fixture
def officer(client: FlaskClient) -> FlaskClient:
    return signed_in(client)


def decided() -> Feedback:
    with begin_work(COMMAND) as work:
        feedback = make_feedback(work)
        make_case(work, feedback)
        key = feedback.id
    return db.session.get_one(Feedback, key)


def test_an_officer_says_danger_on_a_case_and_why(officer: FlaskClient) -> None:
    feedback = decided()
    where = f"/officers/feedback/{feedback.public_id}/danger/now"
    assert where in officer.get(f"/officers/cases/{feedback.public_id}").text
    page = words_of(officer.get(where).text)
    assert "again every 15 minutes" in page
    assert officer.post(where, data={"why": "knife"}).status_code == 422
    assert db.session.query(DangerAlert).count() == 0
    assert officer.post(where, data={"why": KNOWN}).status_code == 303
    db.session.expire_all()
    alert = db.session.query(DangerAlert).one()
    assert (alert.raised_by, alert.why) == (RaisedBy.OFFICER, KNOWN)
    assert db.session.query(Case).one().risk is Risk.NOW
    assert db.session.get_one(Feedback, feedback.id).risk is Risk.NOW
    assert dangers.send_alerts() == 1
    on_duty = as_another(officer, Role.DUTY_TEAM)
    assert KNOWN in words_of(on_duty.get(where.removesuffix("/now")).text)


def test_it_is_said_once_while_an_alert_is_out_and_again_after_it_was_taken(
    officer: FlaskClient,
) -> None:
    feedback = decided()
    alert = f"/officers/feedback/{feedback.public_id}/danger"
    officer.post(f"{alert}/now", data={"why": KNOWN})
    again = officer.post(f"{alert}/now", data={"why": "He is back at the flat again."})
    assert again.status_code == 409
    assert "An alert about this is out already" in words_of(again.text)
    assert "He is back at the flat again." in words_of(again.text)
    assert officer.get(f"{alert}/now").location.endswith(alert)
    officer.post(alert, data={"done": DONE})
    assert officer.get(f"{alert}/now").status_code == 200
    assert officer.post(f"{alert}/now", data={"why": KNOWN}).status_code == 303
    assert db.session.query(DangerAlert).count() == 2
    assert dangers.send_alerts() == 1
    assert danger.open_alert(db.session(), feedback.id) is not None


OVER = "The social worker saw the children at their aunt’s on Monday; the father has moved out."


def test_pages_say_that_a_danger_stands_until_an_officer_says_that_it_is_over(
    officer: FlaskClient,
) -> None:
    feedback = decided()
    matter, case = (f"/officers/{kind}/{feedback.public_id}" for kind in ("feedback", "cases"))
    assert "danger is over" not in words_of(officer.get(case).text)
    officer.post(f"{matter}/danger/now", data={"why": KNOWN})
    assert officer.get(f"{matter}/danger/over").location.endswith("/danger"), "To be taken first."
    officer.post(f"{matter}/danger", data={"done": DONE})
    stands = officer.get(case).text
    assert "Rowan Ashby took the alert of danger" in words_of(stands)
    assert "Nobody has said yet that the danger is over" in words_of(stands)
    assert f"{matter}/danger/over" in stands
    sent = officer.post(f"{matter}/danger/over", data={"why": OVER, "left": "none"})
    assert (sent.status_code, sent.location) == (303, matter)
    for page in (case, matter, f"{matter}/danger"):
        words = words_of(officer.get(page).text)
        assert "Rowan Ashby said that the danger is over" in words
        assert OVER in words
        assert "Nobody has said yet" not in words
    assert "An officer said that the danger is over" in words_of(officer.get(matter).text)
    trail = [row for row in db.session.query(AuditEvent).all() if row.act == "danger_over"]
    assert [(row.about_id, row.fields) for row in trail] == [(feedback.id, ["risk"])]
    officer.post(f"{matter}/danger/now", data={"why": KNOWN})
    assert "nobody has taken it" in officer.get(case).text
    assert "said that the danger is over" not in words_of(officer.get(case).text)


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"why": "Fine.", "left": "none"}, "Write how you know that the danger is over"),
        ({"why": OVER}, "Choose whether anybody is still at risk"),
        ({"why": OVER, "left": "now"}, "Choose whether anybody is still at risk"),
    ],
)
def test_it_is_not_over_without_a_reason_and_what_is_left(
    officer: FlaskClient, sent: dict[str, str], told: str
) -> None:
    feedback = in_danger()
    where = f"/officers/feedback/{feedback.public_id}/danger"
    officer.post(where, data={"done": DONE})
    page = officer.post(f"{where}/over", data=sent)
    assert page.status_code == 422
    assert told in words_of(page.text)
    assert db.session.get_one(Feedback, feedback.id).risk is Risk.NOW


def test_the_second_who_says_it_is_told_kindly_and_keeps_the_words(officer: FlaskClient) -> None:
    feedback = in_danger()
    where = f"/officers/feedback/{feedback.public_id}/danger"
    officer.post(where, data={"done": DONE})
    officer.post(f"{where}/over", data={"why": OVER, "left": "none"})
    again = officer.post(f"{where}/over", data={"why": "I saw them myself today.", "left": "none"})
    assert again.status_code == 409
    assert "A colleague has said already that this danger is over" in words_of(again.text)
    assert "I saw them myself today." in words_of(again.text)


def test_what_they_said_when_they_wrote_asks_for_no_call_once_it_is_over(
    officer: FlaskClient,
) -> None:
    feedback = made(danger_said=True)
    dangers.send_alerts()
    matter = f"/officers/feedback/{feedback.public_id}"
    assert "Call the duty team before anything else" in officer.get(matter).text
    officer.post(f"{matter}/danger", data={"done": DONE})
    officer.post(f"{matter}/danger/over", data={"why": OVER, "left": "concern"})
    page = words_of(officer.get(matter).text)
    assert "Call the duty team before anything else" not in page
    assert "When they wrote, they said that somebody may be in danger" in page

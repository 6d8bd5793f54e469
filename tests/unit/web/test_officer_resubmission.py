"""The pages of what waits for proceedings and comes back."""

from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from portal import clock
from portal.cases.progress import progress
from portal.cases.references import make_reference
from portal.db import db
from portal.records.account import Role
from portal.records.decision import Outcome
from portal.records.feedback import Feedback
from portal.records.resubmission import Resubmission
from portal.work import WORKER, begin_work
from tests.matters import decide, enter, make_account, make_feedback
from tests.unit.web.officer_pages import signed_in, words_of

LAST_DAY = date(2026, 1, 5)


@pytest.fixture
def officer(client: FlaskClient) -> FlaskClient:
    return signed_in(client)


def a_matter(until: date | None = LAST_DAY) -> tuple[str, str]:
    """Feedback that waits for a court; that waits for an officer with no day."""
    with begin_work(WORKER) as work:
        feedback = make_feedback(work, name=None)
        if until is not None:
            other = make_account(work, Role.OFFICER, f"{feedback.public_id}@heard.example".lower())
            decide(work, feedback, Outcome.DECLINED, officer=other).resubmit_by = until
        return feedback.public_id, feedback.reference


def asked(day: date, **more: str) -> dict[str, object]:
    parts = [str(day.day), str(day.month), str(day.year)]
    return {"asked_on": parts, "words": "The court has finished.", **more}


def test_it_is_listed_brought_again_and_both_pages_lead_to_each_other(
    officer: FlaskClient,
) -> None:
    matter, reference = a_matter()
    listed = words_of(officer.get("/officers/set-aside").text)
    assert reference in listed
    assert "5 January 2026" in listed
    assert "this day has passed" in listed
    where = f"/officers/feedback/{matter}/resubmission"
    before = words_of(officer.get(where).text)
    assert "That day has passed. It stops nothing" in before
    # One question at a time: what waits is not asked what it takes up.
    assert "It takes up an earlier matter" not in before
    form = asked(clock.today(), reference=make_reference())
    page = officer.post(where, data=form, follow_redirects=True)
    assert page.status_code == 200
    assert "The court has finished." in words_of(page.text)
    officer.post(where, data=form)
    row = db.session.scalars(select(Resubmission)).one()
    made = db.session.get_one(Feedback, row.feedback_id)
    assert made.reference in words_of(officer.get(where).text)
    assert made.reference in words_of(officer.get("/officers/set-aside").text)
    its_own = officer.get(f"/officers/feedback/{made.public_id}/resubmission")
    assert f"It takes up {reference}" in words_of(its_own.text)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"words": ""}, "Write what they said when they asked"),
        ({"asked_on": ["", "", ""]}, "Enter the day on which they asked"),
        ({"asked_on": ["1", "1", "2099"]}, "It cannot lie ahead"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    officer: FlaskClient, changed: dict[str, object], sentence: str
) -> None:
    matter, _ = a_matter()
    page = officer.post(
        f"/officers/feedback/{matter}/resubmission", data={**asked(clock.today()), **changed}
    )
    assert page.status_code == 422
    assert sentence in words_of(page.text)
    assert changed.get("words", "The court has finished.") in page.text
    assert db.session.scalar(select(func.count(Feedback.id))) == 1


def test_feedback_that_came_by_itself_is_tied_by_its_reference(officer: FlaskClient) -> None:
    (_, reference), (came, own) = a_matter(), a_matter(None)
    where = f"/officers/feedback/{came}/takes-up"
    for typed in ("", own, "not one"):
        page = officer.post(where, data={"earlier": typed})
        assert page.status_code == 422
        assert "There is a problem" in words_of(page.text)
    page = officer.post(where, data={"earlier": reference.lower()}, follow_redirects=True)
    assert page.status_code == 200
    assert f"It takes up {reference}" in words_of(page.text)


def test_a_team_manager_reads_the_list_of_their_own_and_brings_nothing(
    client: FlaskClient,
) -> None:
    matter, reference = a_matter(clock.today() + timedelta(days=30))
    manager = signed_in(
        client, lambda work: make_account(work, Role.TEAM_MANAGER, "tm@heard.example", "Ash Rowan")
    )
    listed = manager.get("/officers/set-aside")
    assert listed.status_code == 200
    assert reference not in listed.text
    assert manager.get(f"/officers/feedback/{matter}/resubmission").status_code in (403, 404)


def test_the_person_reads_the_new_reference_and_their_words_open_it(officer: FlaskClient) -> None:
    matter, reference = a_matter()
    stranger, _ = a_matter(None)
    officer.post(f"/officers/feedback/{matter}/resubmission", data=asked(clock.today()))
    row = db.session.scalars(select(Resubmission)).one()
    new = db.session.get_one(Feedback, row.feedback_id).reference
    with begin_work(WORKER) as work:
        # Somebody else's, tied by an officer: no more of it than that it is there.
        other = work.session.scalars(select(Feedback).where(Feedback.public_id == stranger)).one()
        other.words_hash = None
        theirs = other.reference
    officer.post(f"/officers/feedback/{stranger}/takes-up", data={"earlier": reference})
    browser = officer.application.test_client()
    enter(browser, reference)
    page = words_of(browser.get("/track/matter").text)
    assert f"We are looking at this again. It is now called {new}. Your secret" in page
    assert theirs not in page
    enter(browser, new)
    assert f"That was {reference}." in words_of(browser.get("/track/matter").text)


def where_it_stands(reference: str) -> str:
    """What is said of a matter to everybody who follows it."""
    with begin_work(WORKER) as work:
        found = work.session.scalars(select(Feedback).where(Feedback.reference == reference)).one()
        return progress(work.session, work.council, found, work.today).headline


def test_who_came_back_is_not_told_to_come_back(officer: FlaskClient) -> None:
    matter, reference = a_matter(clock.today() + timedelta(days=30))
    browser = officer.application.test_client()
    enter(browser, reference)
    waiting = words_of(browser.get("/track/matter").text)
    assert "You can send it to us again until" in waiting
    officer.post(f"/officers/feedback/{matter}/resubmission", data=asked(clock.today()))
    back = words_of(browser.get("/track/matter").text)
    assert "send it to us again" not in back
    assert "We are looking at this again." in back
    assert "What we do about it now has a number of its own." in back
    # Whoever they let in reads the same of it.
    assert where_it_stands(reference).startswith("We are looking at this again.")
    with begin_work(WORKER) as work:
        row = work.session.scalars(select(Resubmission)).one()
        other = make_account(work, Role.OFFICER, "second@heard.example")
        later = work.session.get_one(Feedback, row.feedback_id)
        decide(work, later, Outcome.DECLINED, officer=other)
    # What took it up has ended: nobody looks at it now.
    ended = words_of(browser.get("/track/matter").text)
    assert "We are looking at this again." not in ended
    assert "You told us about this again." in ended
    assert where_it_stands(reference) == "You told us about this again."


def test_a_day_that_has_passed_is_not_offered_as_one_to_come(officer: FlaskClient) -> None:
    _, reference = a_matter(clock.today() - timedelta(days=1))
    browser = officer.application.test_client()
    enter(browser, reference)
    page = words_of(browser.get("/track/matter").text)
    assert "You can send it to us again until" not in page
    assert "You can still send it, and tell us why it is later." in page

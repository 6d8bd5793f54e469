"""The pages of keeping and erasing: nothing goes that nobody confirmed, and a request needs two."""

from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock
from portal.cases.tokens import make_public_id
from portal.commands import forget
from portal.db import db
from portal.records.account import Role
from portal.records.audit_event import AuditEvent
from portal.records.erasure import Erasure, ErasureState
from portal.records.feedback import Feedback
from portal.records.retention_hold import RetentionHold
from portal.records.wall import NamedPerson
from portal.work import WORKER, begin_work
from tests.matters import enter
from tests.unit.cases.test_erasing import end, long_ended
from tests.unit.web.officer_pages import as_another, signed_in, words_of
from tests.unit.web.test_officer_queries import MOST, reads

PAGE = "/officers/retention"


@pytest.fixture
def officer(client: FlaskClient) -> FlaskClient:
    return signed_in(client)


@pytest.fixture
def matter(officer: FlaskClient) -> Feedback:
    """A matter that ended long ago, which the daily pass has listed."""
    with begin_work(WORKER) as work:
        key = long_ended(work).id
    with begin_work(WORKER) as work:
        end(work, work.session.get_one(Feedback, key))
    assert forget.forget()["listed"] == 1
    return db.session.get_one(Feedback, key)


def erasure_of(feedback: Feedback) -> Erasure:
    db.session.rollback()
    return db.session.scalars(
        select(Erasure).where(Erasure.feedback_id == feedback.id).order_by(Erasure.id.desc())
    ).first() or pytest.fail("Nothing is listed.")


def at(feedback: Feedback, what: str = "") -> str:
    return f"/officers/feedback/{feedback.public_id}/keeping{what}"


def on(day: date, reason: str = "An inquiry asks for it.") -> dict[str, object]:
    return {"reason": reason, "review_on": [str(day.day), str(day.month), str(day.year)]}


def test_what_is_due_goes_only_after_an_officer_confirmed_it(
    officer: FlaskClient, matter: Feedback
) -> None:
    assert forget.forget()["erased"] == 0
    page = words_of(officer.get(PAGE).text)
    assert f"{matter.reference}, received on" in page
    assert "Kept for 6 years: children’s social care complaint" in page
    chosen = erasure_of(matter).public_id
    assert officer.post(PAGE, data={"chosen": [chosen]}).status_code == 303
    assert matter.reference in words_of(officer.get(PAGE).text)
    assert forget.forget()["erased"] == 1
    db.session.expire_all()
    assert db.session.get_one(Feedback, matter.id).story == ""
    page = words_of(officer.get(PAGE).text)
    assert "Rowan Ashby" in page
    assert "Nothing may go today." in page


def test_nothing_chosen_and_something_else_are_refused(
    officer: FlaskClient, matter: Feedback
) -> None:
    empty = officer.post(PAGE, data={})
    assert empty.status_code == 422
    assert "Choose at least one matter to erase." in empty.text
    other = officer.post(PAGE, data={"chosen": [erasure_of(matter).public_id, "unknown"]})
    assert other.status_code == 409
    assert erasure_of(matter).state is ErasureState.LISTED


def test_an_erased_matter_opens_to_nobody(officer: FlaskClient, matter: Feedback) -> None:
    officer.post(PAGE, data={"chosen": [erasure_of(matter).public_id]})
    forget.forget()
    for path in (f"/officers/feedback/{matter.public_id}", at(matter)):
        assert officer.get(path).status_code == 404, path
    assert matter.reference not in words_of(officer.get("/officers/find?words=").text)
    person = officer.application.test_client()
    assert enter(person, matter.reference).status_code != 303


def test_a_hold_keeps_it_until_it_is_lifted(officer: FlaskClient, matter: Feedback) -> None:
    officer.post(PAGE, data={"chosen": [erasure_of(matter).public_id]})
    review = clock.today() + timedelta(days=60)
    assert officer.post(at(matter, "/hold"), data=on(review)).status_code == 303
    again = officer.post(at(matter, "/hold"), data=on(review, "Twice."))
    assert again.status_code == 409
    assert "A hold stands on it already" in again.text
    assert "Twice." in again.text
    assert forget.forget() == {"listed": 0, "taken_off": 1, "erased": 0, "files_left": 0}
    page = words_of(officer.get(PAGE).text)
    assert "Nothing may go today." in page
    assert matter.reference in page
    assert "An inquiry asks for it." in words_of(officer.get(at(matter)).text)
    assert officer.post(at(matter, "/lift")).status_code == 303
    assert officer.post(at(matter, "/lift")).status_code == 409
    assert forget.forget()["listed"] == 1


@pytest.mark.parametrize("days", [0, 800])
def test_a_hold_is_looked_at_again_in_time(
    officer: FlaskClient, matter: Feedback, days: int
) -> None:
    answer = officer.post(at(matter, "/hold"), data=on(clock.today() + timedelta(days=days)))
    assert answer.status_code == 422
    assert "Choose a day from tomorrow until" in answer.text
    assert db.session.scalar(select(RetentionHold)) is None


def test_a_person_may_ask_and_two_officers_agree(officer: FlaskClient, matter: Feedback) -> None:
    bare = officer.post(at(matter, "/erase"), data={})
    assert bare.status_code == 422
    asked = {"asked": "She rang and wants it gone."}
    assert officer.post(at(matter, "/erase"), data=asked).status_code == 303
    which = {"erasure": erasure_of(matter).public_id}
    own = officer.post(at(matter, "/agree"), data=which)
    assert own.status_code == 422
    assert "Another officer must answer this." in own.text
    assert forget.forget()["erased"] == 0
    second = as_another(officer)
    assert "She rang and wants it gone." in words_of(second.get(at(matter)).text)
    assert second.post(at(matter, "/agree"), data={"erasure": "other"}).status_code == 409
    assert second.post(at(matter, "/agree"), data=which).status_code == 303
    assert forget.forget()["erased"] == 1
    erasure = erasure_of(matter)
    assert (erasure.asked, erasure.reason, erasure.state) == (True, None, ErasureState.DONE)
    assert "The person asked" in words_of(officer.get(PAGE).text)


def test_a_request_is_declined_with_a_reason(officer: FlaskClient, matter: Feedback) -> None:
    officer.post(at(matter, "/erase"), data={"asked": "She rang."})
    which = {"erasure": erasure_of(matter).public_id}
    second = as_another(officer)
    assert second.post(at(matter, "/decline"), data=which).status_code == 422
    answer = second.post(at(matter, "/decline"), data={**which, "why": "The court needs it."})
    assert answer.status_code == 303
    assert erasure_of(matter).state is ErasureState.DECLINED
    assert forget.forget()["listed"] == 1, "Its time has come all the same."


def test_what_is_open_is_not_erased_on_request(officer: FlaskClient, matter: Feedback) -> None:
    with begin_work(WORKER) as work:
        work.session.get_one(Feedback, matter.id).unread = True
    answer = officer.post(at(matter, "/erase"), data={"asked": "Please."})
    assert answer.status_code == 409
    assert "Something in it waits for an officer." in answer.text
    assert "Please." in answer.text


def test_a_wall_keeps_it_out_of_the_list_and_the_batch(
    officer: FlaskClient, matter: Feedback
) -> None:
    with begin_work(WORKER) as work:
        by = erasure_of(matter)
        me = work.session.scalars(select(AuditEvent.actor_id).where(AuditEvent.act == "signed_in"))
        account = me.first()
        work.session.add(
            NamedPerson(
                public_id=make_public_id(),
                feedback_id=matter.id,
                account_id=account,
                for_designated=False,
                linked_at=work.now,
                linked_by_id=account,
            )
        )
    assert matter.reference not in words_of(officer.get(PAGE).text)
    assert officer.post(PAGE, data={"chosen": [by.public_id]}).status_code == 409


def test_others_do_not_see_it(officer: FlaskClient, matter: Feedback) -> None:
    manager = as_another(officer, Role.TEAM_MANAGER)
    assert manager.get(PAGE).status_code == 404
    assert manager.post(at(matter, "/hold"), data=on(clock.today())).status_code == 404


def test_every_look_and_act_is_in_the_trail(officer: FlaskClient, matter: Feedback) -> None:
    officer.get(PAGE)
    officer.get(at(matter))
    officer.post(PAGE, data={"chosen": [erasure_of(matter).public_id]})
    forget.forget()
    acts = list(db.session.scalars(select(AuditEvent.act)))
    assert {"retention_viewed", "keeping_viewed", "erasures_listed"} <= set(acts)
    assert {"erasure_confirmed", "erased"} <= set(acts)


def test_the_pages_ask_a_dozen_times_at_most(officer: FlaskClient, matter: Feedback) -> None:
    officer.post(at(matter, "/erase"), data={"asked": "She rang."})
    officer.post(at(matter, "/hold"), data=on(clock.today() + timedelta(days=60)))
    for path in (PAGE, at(matter)):
        with reads() as seen:
            assert officer.get(path).status_code == 200
        assert len(seen) <= MOST, "\n".join(seen)

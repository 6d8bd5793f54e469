"""Telling somebody near a young person on its page: prepared, agreed by another, recorded."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock
from portal.db import db
from portal.records.account import Role
from portal.records.feedback import Door
from portal.records.telling import Telling
from portal.work import WORKER, begin_work
from tests.matters import make_feedback
from tests.unit.web.officer_pages import as_another, made, signed_in, words_of

SCHOOL = {
    "whom": "school",
    "name": "Ms Tern",
    "words": "That she is met at the gate.",
    "reason": "Somebody waits for her there.",
    "unsafe": "She would run away.",
}


def days(day: date, name: str) -> dict[str, list[str]]:
    return {name: [str(day.day), str(day.month), str(day.year)]}


@pytest.fixture
def officer(client: FlaskClient) -> FlaskClient:
    return signed_in(client)


def young(may_tell: tuple[str, ...] = ()) -> str:
    with begin_work(WORKER) as work:
        return make_feedback(work, may_tell=may_tell).public_id


def the_one() -> Telling:
    db.session.rollback()
    return db.session.scalars(select(Telling)).one()


def test_a_school_is_told_after_a_reason_and_a_manager(officer: FlaskClient) -> None:
    url = f"/officers/feedback/{young()}/telling"
    assert "They said yes to nobody" in words_of(officer.get(url).text)
    for missing, sentence in (("reason", "Write why they have to know"), ("unsafe", "told first")):
        again = officer.post(url, data={**SCHOOL, missing: ""})
        assert again.status_code == 422
        assert "Ms Tern" in again.text
        assert sentence in words_of(again.text) or "Enter the day" in words_of(again.text)
    assert officer.post(url, data=SCHOOL).status_code == 303
    telling = the_one()
    assert "Waits for a manager" in words_of(officer.get(url).text)
    own = f"{telling.public_id}-"
    answer, told = f"{url}/{telling.public_id}/answer", f"{url}/{telling.public_id}/told"
    assert officer.post(answer, data={f"{own}answer": "agreed"}).status_code == 404
    assert officer.post(told, data=days(clock.today(), f"{own}on")).status_code == 409
    lead = as_another(officer, Role.COMPLAINTS_MANAGER)
    assert lead.post(answer, data={f"{own}answer": "refused"}).status_code == 422
    assert lead.post(answer, data={f"{own}answer": "agreed"}).status_code == 303
    assert lead.post(answer, data={f"{own}answer": "agreed"}).status_code == 409
    assert officer.post(told, data={}).status_code == 422
    assert officer.post(told, data=days(clock.today(), f"{own}on")).status_code == 303
    assert the_one().told_on == clock.today()
    assert "Told on" in words_of(officer.get(url).text)


def test_what_they_said_yes_to_waits_for_nobody(officer: FlaskClient) -> None:
    public_id = young(("carer",))
    url = f"/officers/feedback/{public_id}/telling"
    assert "They said yes to: A carer." in words_of(officer.get(url).text)
    item = words_of(officer.get(f"/officers/feedback/{public_id}").text)
    assert "May be told, near them A carer" in item
    asked = {"whom": "carer", "name": "Bo", "words": "When we come."}
    assert officer.post(url, data=asked).status_code == 303
    assert "May be told" in words_of(officer.get(url).text)
    own = f"{the_one().public_id}-"
    done = officer.post(f"{url}/{the_one().public_id}/told", data=days(clock.today(), f"{own}on"))
    assert done.status_code == 303


def test_what_an_adult_told_us_has_no_such_page(officer: FlaskClient) -> None:
    parents = made(door=Door.EVERYONE)
    page = officer.get(f"/officers/feedback/{parents.public_id}/telling")
    assert page.status_code == 409
    assert "did not come from a young person" in page.text
    item = officer.get(f"/officers/feedback/{parents.public_id}").text
    assert "Tell somebody near" not in item

"""The form of an appointment offers the register, and says of each whether they can be chosen."""

from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock
from portal.cases import named_persons, register, sign_ins
from portal.cases.register import Known
from portal.db import db
from portal.records.account import Account, Role
from portal.records.appointment import Appointment
from portal.records.audit_event import AuditEvent
from portal.records.feedback import Feedback
from portal.records.register_entry import RatePer
from portal.work import WORKER, Who, begin_work
from tests import matters
from tests.signing_in import let_in
from tests.unit.cases.investigated_case import Investigated, investigated
from tests.unit.web.officer_pages import words_of

CHAIR = "Kit Penrose"
SKILLS, CONFLICTS = "Signs in British Sign Language.", "A cousin works in fostering."


@pytest.fixture
def base(client: FlaskClient) -> str:
    """A case under investigation whose independent person is on the register, and an officer at
    its form for another one."""
    with begin_work(WORKER) as work:
        made = investigated(work)
        another = matters.make_account(work, Role.INDEPENDENT_PERSON, "kit@outside.example", CHAIR)
        keep(made, another)
        let_in(client, sign_ins.begin(work, made.officer, "a test"))
        return f"/officers/cases/{made.feedback.public_id}"


def keep(made: Investigated, account: Account) -> None:
    work = made.as_(made.officer)
    one = register.find(work.session, account.public_id, work.today)
    assert one is not None
    register.keep(work, one, Known(SKILLS, CONFLICTS, 25_000, RatePer.DAY, None), 0)


def test_the_register_stands_beside_the_form(client: FlaskClient, base: str) -> None:
    page = client.get(f"{base}/do/independent_person_appointed")
    assert page.status_code == 200
    words = words_of(page.text)
    for shown in (CHAIR, SKILLS, CONFLICTS, "Not seen", "Cases before 1", "they can be appointed"):
        assert shown in words
    noted = db.session.scalars(select(AuditEvent.act)).all()
    assert "register_listed" in noted


def test_whoever_appoints_shows_again_that_it_is_they(client: FlaskClient, base: str) -> None:
    url = f"{base}/do/independent_person_appointed"
    with time_machine.travel(clock.now() + timedelta(minutes=11), tick=False):
        asked = client.get(url)
        assert asked.headers["Location"] == f"/sign-in/again?next={url}"
        for late in (url, url.replace("/do/", "/did/")):
            assert client.post(late).status_code == 401
        # What appoints nobody is not asked for.
        assert client.get(f"{base}/do/extended").status_code != 302


def test_whom_it_is_about_is_said_and_not_offered(client: FlaskClient, base: str) -> None:
    with begin_work(WORKER) as work:
        kit = next(one for one in work.session.scalars(select(Account)) if one.name == CHAIR)
        case = work.session.scalars(select(Appointment)).first()
        assert case is not None
        work.who = Who("staff", case.appointed_by_id)
        feedback = work.session.scalars(select(Feedback)).one()
        named_persons.link(work, feedback, kit)
        public_id = kit.public_id
    url = f"{base}/do/independent_person_appointed"
    page = client.get(url).text
    assert "so they cannot be appointed" in words_of(page)
    assert f'value="{public_id}"' not in page
    refused = client.post(
        url, data={"appointee": public_id, "on-day": "1", "on-month": "1", "on-year": "2026"}
    )
    assert refused.status_code == 422

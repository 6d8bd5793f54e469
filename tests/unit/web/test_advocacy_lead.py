"""/advocates/organisation: a lead manages their own advocates and sees nothing of young people."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from portal import clock
from portal.cases import accounts, advocacy, organisations, roles, sign_ins
from portal.db import db
from portal.records.account import Role
from portal.records.advocacy import Advocacy
from portal.records.audit_event import AuditEvent
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind
from portal.work import WORKER, begin_work
from tests.matters import AGREED, STORY, make_feedback
from tests.unit.web.administrators import (
    a_person,
    checked,
    done,
    everything,
    letters,
    refusal,
    signed_in,
    step,
    the_account,
    words_of,
)

LEAD, SAM, ALEX, OTHER = (
    f"{name}@advocates.example" for name in ("lena", "sam", "alex", "elsewhere")
)
HOME = "/advocates/organisation"


@pytest.fixture
def lead(app: Flask) -> FlaskClient:
    """Lena leads Sam and Alex; somebody of another organisation is none of hers."""
    a_person(LEAD, "Lena Hollis", Role.ADVOCACY_LEAD)
    a_person(SAM, "Sam Sample", Role.ADVOCATE)
    a_person(ALEX, "Alex Sample", Role.ADVOCATE)
    with begin_work(WORKER) as work:
        place = organisations.create(work, "Harbour Voices")
        other = accounts.create(work, "Elsie Where", OTHER, organisation=place)
        roles.give_role(work, other, Role.ADVOCATE, work.today)
    return signed_in(app, LEAD)


@pytest.fixture
def matter(lead: FlaskClient) -> str:
    """The reference of Robin's matter, which Sam follows."""
    sam = the_account(SAM).id
    with begin_work(WORKER) as work:
        feedback = make_feedback(work)
        advocacy.join(work, sam, feedback, AGREED)
        return feedback.reference


def page_of(email: str, rest: str = "") -> str:
    return f"{HOME}/{the_account(email).public_id}{rest}"


def test_the_lead_sees_how_much_each_has_and_never_who_or_what(
    lead: FlaskClient, matter: str
) -> None:
    listed, one = lead.get(HOME).text, lead.get(page_of(SAM)).text
    assert "Sam Sample sam@advocates.example 1 " in words_of(listed)
    assert "Lena Hollis" in listed
    assert "Elsie Where" not in listed
    assert "Young people they follow: 1 " in words_of(one)
    for page in (listed, one):
        assert matter not in page
        assert STORY not in page
        assert "Robin" not in page
        assert db.session.scalars(select(Feedback.public_id)).one() not in page


def test_what_young_people_wrote_is_not_even_read(lead: FlaskClient, matter: str) -> None:
    asked: list[str] = []

    def listen(*given: object) -> None:
        asked.append(str(given[2]))

    event.listen(db.engine, "before_cursor_execute", listen)
    assert lead.get(page_of(SAM)).status_code == 200
    event.remove(db.engine, "before_cursor_execute", listen)
    of_matters = [statement for statement in asked if "FROM feedback" in statement]
    assert of_matters
    for column in ("feedback.story", "feedback.wanted", "feedback.subject", "party.name"):
        assert not [statement for statement in asked if column in statement], column


def test_an_advocate_is_invited_into_the_leads_own_organisation(lead: FlaskClient) -> None:
    given = {"name": "Noor Ellis", "email": "noor@advocates.example", "job_title": ""}
    before = everything()
    page = checked(lead, f"{HOME}/invite", **given)
    assert "They become an advocate of Brightside Advocacy." in page
    assert everything() == before
    page = done(lead, f"{HOME}/invite", **given)
    assert "Noor Ellis" in page
    noor = the_account("noor@advocates.example")
    assert noor.organisation_id == the_account(LEAD).organisation_id
    assert roles.roles_between(db.session(), noor.id, clock.today(), None) == {Role.ADVOCATE}
    (letter,) = letters(LetterKind.INVITATION)
    assert letter.to_email == "noor@advocates.example"
    wanted = select(AuditEvent.actor_kind, AuditEvent.actor_id).where(
        AuditEvent.act == "account_invited"
    )
    assert db.session.execute(wanted).all() == [("advocate", the_account(LEAD).id)]
    done(lead, page_of("noor@advocates.example", "/invite"))
    assert len(letters(LetterKind.INVITATION)) == 2


def test_a_taken_address_is_refused_with_what_was_typed(lead: FlaskClient) -> None:
    answer = step(lead, f"{HOME}/invite", "check", name="Noor Ellis", email=OTHER)
    assert answer.status_code == 409
    assert 'value="Noor Ellis"' in answer.text


@pytest.mark.parametrize("to_a_colleague", [True, False])
def test_an_advocate_leaves_and_their_young_people_are_looked_after(
    app: Flask, lead: FlaskClient, matter: str, to_a_colleague: bool
) -> None:
    sam = signed_in(app, SAM)
    chosen = the_account(ALEX).public_id if to_a_colleague else ""
    page = checked(lead, page_of(SAM, "/end"), successor=chosen)
    told = "Alex Sample follows 1 young person" if to_a_colleague else "Nobody of yours follows"
    assert told in page
    assert sam.get("/advocates/").status_code == 200
    path = page_of(SAM, "/end")
    assert "Sam Sample has left." in done(lead, path, successor=chosen)
    assert sam.get("/advocates/").status_code == 302
    following = db.session.scalars(select(Advocacy.account_id)).all()
    assert following == ([the_account(ALEX).id] if to_a_colleague else [])


@pytest.mark.parametrize("rest", ["", "/invite", "/end"])
def test_anybody_of_another_organisation_is_the_same_404_as_nobody(
    lead: FlaskClient, rest: str
) -> None:
    nobody = lead.get(f"{HOME}/no-such-person{rest}")
    theirs = lead.get(page_of(OTHER, rest))
    posted = step(lead, page_of(OTHER, rest or "/end"), "do", successor="")
    assert nobody.status_code == theirs.status_code == posted.status_code == 404
    assert words_of(nobody.text) == words_of(theirs.text)
    assert the_account(OTHER).active


def test_a_colleague_of_another_organisation_takes_nobody_over(
    lead: FlaskClient, matter: str
) -> None:
    status, page = refusal(lead, page_of(SAM, "/end"), successor=the_account(OTHER).public_id)
    assert (status, "Not a valid choice" in page) == (422, True)


def test_a_lead_ends_neither_themself_nor_another_lead(app: Flask, lead: FlaskClient) -> None:
    a_person("lars@advocates.example", "Lars Lead", Role.ADVOCACY_LEAD)
    for email, told in ((LEAD, "You cannot end your own account"), ("lars@advocates.example", "")):
        status, page = refusal(lead, page_of(email, "/end"), successor="")
        assert status in (403, 409)
        assert (told or "They lead advocates as you do") in page
        assert the_account(email).active


def test_it_is_the_leads_alone(app: Flask, lead: FlaskClient) -> None:
    sam = signed_in(app, SAM)
    for path in (HOME, f"{HOME}/invite", page_of(ALEX), page_of(ALEX, "/end")):
        assert sam.get(path).status_code == 404
        assert app.test_client().get(path).status_code == 302
    assert HOME not in sam.get("/advocates/").text
    assert f'href="{HOME}"' in lead.get("/advocates/").text


def test_inviting_and_ending_ask_again_who_it_is(lead: FlaskClient) -> None:
    path = page_of(SAM, "/end")
    with time_machine.travel(clock.now() + sign_ins.FRESH_FOR + timedelta(seconds=1), tick=False):
        assert "/sign-in/again" in lead.get(f"{HOME}/invite").headers["Location"]
        assert step(lead, path, "do", successor="").status_code == 401
    assert the_account(SAM).active

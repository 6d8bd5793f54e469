"""/administration: each change is shown before it takes effect, refused kindly, and noted."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock
from portal.cases import roles, sign_ins
from portal.db import db
from portal.procedures.vocabulary import Team
from portal.records.account import Role
from portal.records.audit_event import AuditEvent
from portal.records.outbox_letter import LetterKind
from portal.records.team_membership import TeamMembership
from tests.unit.web.administrators import (
    ADMIN,
    BRYONY,
    MANAGER,
    a_team_manager,
    acts,
    address,
    an_office,
    checked,
    day,
    done,
    everything,
    letters,
    refusal,
    signed_in,
    step,
    the_account,
    words_of,
)

ONE_DAY = timedelta(days=1)
NEW = {
    "name": "Bryony Tarrant",
    "email": BRYONY,
    "job_title": "Team manager, Fostering",
    "manager_email": MANAGER,
    "signs_in": "yes",
    "roles": ["team_manager"],
    "teams": ["fostering", "adoption"],
}


@pytest.fixture
def admin(app: Flask) -> FlaskClient:
    an_office()
    return signed_in(app)


@pytest.fixture
def bryony(admin: FlaskClient) -> None:
    a_team_manager()


def add(**differs: object) -> dict[str, object]:
    return {**NEW, "first_day": day(clock.today()), "last_day": ["", "", ""], **differs}


def test_somebody_new_is_shown_in_words_before_anything_is_there(admin: FlaskClient) -> None:
    before = everything()
    page = checked(admin, "/administration/people/new", **add())
    assert everything() == before, "The page that shows a change left something behind."
    for told in (
        "Add Bryony Tarrant",
        "Team manager, Fostering, bryony@council.example",
        "Reports to Cass Mallory.",
        "Role: team manager, from",
        "Teams: Adoption and Fostering" if "Teams: Adoption" in page else "Teams: Fostering",
        "An invitation goes to bryony@council.example today",
        "for the cases of",
        "Add and invite",
    ):
        assert told in page, (told, page)


def test_somebody_new_is_invited_with_roles_and_teams(admin: FlaskClient) -> None:
    page = done(admin, "/administration/people/new", **add())
    assert "Bryony Tarrant" in page
    assert "Invited" in page
    account = the_account(BRYONY)
    assert roles.roles_between(db.session(), account.id, clock.today(), None) == {Role.TEAM_MANAGER}
    teams = db.session.scalars(select(TeamMembership.team)).all()
    assert set(teams) == {Team.FOSTERING, Team.ADOPTION}
    assert account.reports_to_id == the_account(MANAGER).id
    (letter,) = letters(LetterKind.INVITATION)
    assert letter.to_email == BRYONY
    assert "/invitation/" in letter.body
    assert {act for act, _ in acts(BRYONY)} == {
        # The last is the look at the new entry, to which one is led.
        "account_created", "account_invited", "role_given", "team_joined", "account_viewed",
    }  # fmt: skip
    by = db.session.scalars(select(AuditEvent.actor_id).where(AuditEvent.act == "role_given"))
    assert the_account(ADMIN).id in by.all()


def test_somebody_who_only_stands_on_the_list_gets_no_letter(admin: FlaskClient) -> None:
    page = done(
        admin, "/administration/people/new", **add(signs_in="no", roles=[], teams=["fostering"])
    )
    assert "Does not sign in" in page
    assert letters(LetterKind.INVITATION) == []


@pytest.mark.parametrize(
    ("differs", "told"),
    [
        ({"name": " "}, "Enter the name"),
        ({"email": "no address"}, "name@example.org"),
        ({"email": MANAGER}, "There is an account with this e-mail address already"),
        ({"manager_email": "no@council.example"}, "Nobody on the staff list has this e-mail"),
        ({"signs_in": ""}, "Choose whether they will sign in"),
        ({"signs_in": "no"}, "Choose no role for somebody who does not sign in"),
        ({"roles": ["advocate"]}, "An advocate belongs to an organisation"),
        ({"roles": ["officer", "auditor"]}, "no other role"),
        ({"first_day": ["", "", ""]}, "Enter the first day"),
        ({"first_day": ["1", "1", "2020"]}, "must be today or later"),
        ({"last_day": ["31", "2", "2030"]}, "must be a real date"),
        ({"roles": ["king"]}, "not"),
    ],
)
def test_each_refusal_is_a_sentence_and_keeps_what_was_typed(
    admin: FlaskClient, differs: dict[str, object], told: str
) -> None:
    before = everything()
    answer = step(admin, "/administration/people/new", "check", **add(**differs))
    assert answer.status_code in (409, 422)
    assert "There is a problem" in answer.text
    assert told in words_of(answer.text)
    assert 'value="Team manager, Fostering"' in answer.text
    assert everything() == before


def test_change_something_gives_the_form_back_filled(admin: FlaskClient) -> None:
    answer = step(admin, "/administration/people/new", "change", **add())
    assert answer.status_code == 200
    assert 'value="Bryony Tarrant"' in answer.text
    assert re.search(r'value="team_manager"[^>]*checked', answer.text)
    assert "There is a problem" not in answer.text


def test_details_are_shown_old_beside_new(admin: FlaskClient, bryony: None) -> None:
    given = {
        "name": "Bryony Rudd", "email": "rudd@council.example", "job_title": "",
        "manager_email": MANAGER,
    }  # fmt: skip
    page = checked(admin, address(BRYONY, "/details"), **given)
    assert "Bryony Tarrant Bryony Rudd" in page
    assert f"{BRYONY} rudd@council.example" in page
    assert "Cases about Cass Mallory, or about anybody above them, are closed to" in page
    done(admin, address(BRYONY, "/details"), **given)
    changed = [fields for act, fields in acts("rudd@council.example") if act == "account_changed"]
    assert changed == [["email", "name", "reports_to"]]
    page = words_of(admin.get(address("rudd@council.example")).text)
    assert "Name: from Bryony Tarrant to Bryony Rudd" in page
    assert f"E-mail address: from {BRYONY} to rudd@council.example" in page
    assert {letter.to_email for letter in letters(LetterKind.SIGN_IN_CHANGED)} == {
        BRYONY, "rudd@council.example",
    }  # fmt: skip


def test_a_circle_of_managers_is_refused(admin: FlaskClient, bryony: None) -> None:
    done(
        admin, address(BRYONY, "/details"),
        name="Bryony Tarrant", email=BRYONY, manager_email=MANAGER,
    )  # fmt: skip
    status, page = refusal(
        admin, address(MANAGER, "/details"),
        name="Cass Mallory", email=MANAGER, manager_email=BRYONY,
    )  # fmt: skip
    assert status == 422
    assert "it would be a circle" in page


def test_invite_again_ends_the_first_link(admin: FlaskClient) -> None:
    done(admin, "/administration/people/new", **add())
    first = the_account(BRYONY).invitation_key
    page = words_of(admin.get(address(BRYONY, "/invite")).text)
    assert "Invite Bryony Tarrant again" in page
    assert the_account(BRYONY).invitation_key == first, "Looking changes nothing."
    done(admin, address(BRYONY, "/invite"))
    assert the_account(BRYONY).invitation_key != first
    assert len(letters(LetterKind.INVITATION)) == 2


def test_a_lost_phone_is_taken_away_and_told(admin: FlaskClient, bryony: None) -> None:
    assert "call them on a number you know" in words_of(
        admin.get(address(BRYONY, "/second-factor")).text
    )
    assert the_account(BRYONY).totp_secret is not None
    done(admin, address(BRYONY, "/second-factor"))
    assert the_account(BRYONY).totp_secret is None
    (letter,) = letters(LetterKind.SIGN_IN_CHANGED)
    assert letter.to_email == BRYONY


def test_sign_ins_are_ended(app: Flask, admin: FlaskClient, bryony: None) -> None:
    theirs = signed_in(app, BRYONY)
    assert theirs.get("/officers/").status_code == 200
    assert "signed in with 1 browser" in words_of(admin.get(address(BRYONY, "/sign-ins")).text)
    done(admin, address(BRYONY, "/sign-ins"))
    assert theirs.get("/officers/").status_code == 302
    assert sign_ins.open_ones(db.session(), the_account(BRYONY).id, clock.now()) == []

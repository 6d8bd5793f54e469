"""/administration: roles and teams given and ended, with what that gives and takes in words."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock
from portal.access.acts import Act
from portal.access.table import TABLE
from portal.cases import roles
from portal.db import db
from portal.procedures.vocabulary import Team
from portal.records.account import Role
from portal.records.team_membership import TeamMembership
from portal.web.role_words import ACTS, ROLES
from tests.unit.web.administrators import (
    ADMIN,
    BRYONY,
    MANAGER,
    a_person,
    a_team_manager,
    address,
    an_office,
    checked,
    day,
    done,
    everything,
    grant,
    refusal,
    signed_in,
    step,
    the_account,
    words_of,
)

ONE_DAY = timedelta(days=1)


@pytest.fixture
def admin(app: Flask) -> FlaskClient:
    an_office()
    return signed_in(app)


@pytest.fixture
def bryony(admin: FlaskClient) -> None:
    a_team_manager()


def test_the_check_page_says_what_a_role_gives_and_from_when(
    admin: FlaskClient, bryony: None
) -> None:
    first = clock.today() + 8 * ONE_DAY
    page = checked(admin, address(BRYONY, "/roles/new"), role="duty_team", first_day=day(first))
    assert f"Bryony Tarrant will be in the duty team from {first.day} {first:%B %Y}" in page
    assert "where somebody may be in danger now: read feedback and cases" in page
    assert "for the cases of" not in page, "That she may already."
    done(admin, address(BRYONY, "/roles/new"), role="duty_team", first_day=day(first))
    held = roles.roles_between(db.session(), the_account(BRYONY).id, first, first)
    assert held == {Role.TEAM_MANAGER, Role.DUTY_TEAM}


def test_a_role_without_a_team_is_warned_about(admin: FlaskClient) -> None:
    a_person("gil@council.example", "Gil Sandys", Role.INVESTIGATOR)
    page = checked(
        admin,
        address("gil@council.example", "/roles/new"),
        role="head_of_service",
        first_day=day(clock.today()),
    )
    assert "They are in no team on that day" in page


def test_ending_a_role_says_what_is_lost_and_takes_it(admin: FlaskClient, bryony: None) -> None:
    path = address(BRYONY, f"/roles/{grant(BRYONY).public_id}/end")
    page = checked(admin, path, when="now")
    assert "Bryony Tarrant will no longer be a team manager, at once" in page
    assert "for the cases of" in page[page.index("They will no longer be able to") :]
    assert grant(BRYONY).last_day is None
    done(admin, path, when="now")
    assert grant(BRYONY).last_day == clock.today() - ONE_DAY
    page = words_of(admin.get(address(BRYONY)).text)
    assert "What they can do today Nothing." in page


def test_a_role_ends_after_a_day(admin: FlaskClient, bryony: None) -> None:
    path = address(BRYONY, f"/roles/{grant(BRYONY).public_id}/end")
    assert refusal(admin, path, when="day")[0] == 422
    assert "today or later" in refusal(admin, path, when="day", last_day=["1", "1", "2020"])[1]
    last = clock.today() + 40 * ONE_DAY
    done(admin, path, when="day", last_day=day(last))
    assert grant(BRYONY).last_day == last


@pytest.mark.parametrize("when", ["now", "day"])
def test_the_last_complaints_manager_stays(admin: FlaskClient, when: str) -> None:
    path = address(MANAGER, f"/roles/{grant(MANAGER).public_id}/end")
    later = day(clock.today() + 400 * ONE_DAY)
    status, page = refusal(admin, path, when=when, last_day=later)
    assert status == 409
    assert "This is the only complaints manager." in page
    status, page = refusal(admin, address(MANAGER, "/leaver"), successor="")
    assert status == 409
    assert "This is the only complaints manager." in page
    answer = step(admin, path, "do", when=when, last_day=later)
    assert answer.status_code == 409
    assert grant(MANAGER).last_day is None
    assert the_account(MANAGER).active


def test_an_administrator_does_nothing_to_themself(admin: FlaskClient) -> None:
    a_person("second@council.example", "Sid Marsh", Role.ADMINISTRATOR)
    own = {
        address(ADMIN, f"/roles/{grant(ADMIN).public_id}/end"): {"when": "now"},
        address(ADMIN, "/roles/new"): {"role": "auditor", "first_day": day(clock.today())},
        address(ADMIN, "/teams/new"): {"team": "fostering", "first_day": day(clock.today())},
        address(ADMIN, "/leaver"): {"successor": ""},
        address(ADMIN, "/second-factor"): {},
        address(ADMIN, "/sign-ins"): {},
    }
    before = everything()
    for path, given in own.items():
        for button in ("check", "do"):
            answer = step(admin, path, button, **given)
            assert answer.status_code in (403, 409, 422), path
            assert "There is a problem" in answer.text, path
    assert everything() == before
    page = admin.get(address(ADMIN)).text
    assert "This is you." in page
    assert "/end" not in page
    assert "/roles/new" not in page


def test_teams_are_joined_and_left_from_both_sides(admin: FlaskClient, bryony: None) -> None:
    page = done(
        admin,
        "/administration/teams/adoption/new",
        email=BRYONY,
        first_day=day(clock.today()),
    )
    assert "Bryony Tarrant , since" in page
    membership = db.session.scalars(
        select(TeamMembership).where(TeamMembership.team == Team.ADOPTION)
    ).one()
    path = address(BRYONY, f"/teams/{membership.public_id}/end")
    assert "They will no longer be able to" in checked(admin, path, when="now")
    done(admin, path, when="now")
    assert "Nobody is in this team." in words_of(admin.get("/administration/teams/adoption").text)
    status, page = refusal(
        admin, "/administration/teams/send/new", email="x@y.example", first_day=day(clock.today())
    )
    assert (status, "Nobody on the staff list has this e-mail" in page) == (422, True)


def sections(page: str) -> dict[str, str]:
    """The words of the roles page, by the name of each role."""
    found = re.findall(r"(?s)<section.*?<h2[^>]*>(.*?)</h2>(.*?)</section>", page)
    return {name.casefold(): words_of(rest) for name, rest in found}


def test_the_roles_page_says_what_the_table_says(admin: FlaskClient) -> None:
    said = sections(admin.get("/administration/roles").text)
    assert set(said) == set(ROLES.values())
    for role in Role:
        for act in Act:
            told = ACTS[act] in said[ROLES[role]]
            assert told is (act in TABLE[role]), (role, act)
    assert said["administrator"].endswith("Today: Ada Minton")
    assert said["auditor"].endswith("Today: nobody")


def test_a_role_taken_out_of_the_table_is_taken_off_the_page(
    admin: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from portal.web.administration import rights_words

    less = {act: far for act, far in TABLE[Role.OFFICER].items() if act is not Act.EXPORT}
    monkeypatch.setattr(rights_words, "TABLE", {**TABLE, Role.OFFICER: less})
    said = sections(admin.get("/administration/roles").text)
    assert ACTS[Act.EXPORT] not in said["complaints officer"]
    assert ACTS[Act.EXPORT] in said["complaints manager"]

"""/administration: the list, a staff list added at once, leavers and organisations; who may."""

import io
import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock
from portal.access.acts import Act
from portal.access.table import TABLE
from portal.cases import advocacy, sign_ins
from portal.db import db
from portal.records.account import Role
from portal.records.advocacy import Advocacy
from portal.records.case import Case
from portal.records.organisation import Organisation
from portal.web.access import rule_of
from portal.work import WORKER, begin_work
from tests.matters import AGREED, PASSWORD, make_case, make_feedback
from tests.unit.web.administrators import (
    BRYONY,
    MANAGER,
    a_person,
    a_team_manager,
    acts,
    address,
    an_office,
    checked,
    done,
    everything,
    refusal,
    signed_in,
    step,
    the_account,
    words_of,
)

MANY = "/administration/people/many"
LIST = """Name;E-mail;Job title;Manager
Asha Brook;asha@council.example;Head;
Ben Carr;ben@council.example;Social worker;asha@council.example
"""
OLIVE, PERRY = "olive@council.example", "perry@council.example"
SAM, ALEX = "sam@advocates.example", "alex@advocates.example"


@pytest.fixture
def admin(app: Flask) -> FlaskClient:
    an_office()
    return signed_in(app)


def found(client: FlaskClient, **given: str) -> list[str]:
    """The names that the list shows."""
    page = client.post("/administration/", data=given).text
    return re.findall(
        r'govuk-!-font-weight-bold" href="/administration/people/[^>]*>([^<]*)<', page
    )


def test_the_list_is_searched_by_any_part_and_filtered(admin: FlaskClient) -> None:
    a_team_manager()
    a_person(SAM, "Sam Sample", Role.ADVOCATE)
    assert found(admin) == ["Ada Minton", "Bryony Tarrant", "Cass Mallory", "Sam Sample"]
    assert found(admin, text="tarr") == ["Bryony Tarrant"]
    assert found(admin, text="@advocates") == ["Sam Sample"]
    assert found(admin, role="team_manager") == ["Bryony Tarrant"]
    assert found(admin, team="fostering") == ["Bryony Tarrant"]
    assert found(admin, organisation="council", text="sam") == []
    assert found(admin, left="y") == []


def test_what_is_looked_for_by_name_never_stands_in_an_address(admin: FlaskClient) -> None:
    a_team_manager()
    page = admin.get("/administration/?text=tarrant")
    assert "3 people" in words_of(page.text)
    assert 'method="get"' not in page.text
    assert "tarrant" not in "".join(re.findall(r'href="([^"]*)"', page.text)).casefold()


def test_filters_without_names_may_be_linked_to(admin: FlaskClient) -> None:
    a_team_manager()
    page = words_of(admin.get("/administration/?role=team_manager").text)
    assert "1 person" in page
    assert "Bryony Tarrant" in page


@pytest.mark.parametrize("page", ["2", "0", "-1", "x", "99999999999"])
def test_any_page_is_answered(admin: FlaskClient, page: str) -> None:
    answer = admin.post("/administration/", data={"page": page, "role": "king", "team": "?"})
    assert answer.status_code == 200
    assert "Ada Minton" in answer.text


def test_a_pasted_list_is_shown_and_then_added(admin: FlaskClient) -> None:
    before = everything()
    page = checked(admin, MANY, text=LIST)
    assert "2 people are added to the staff list" in page
    assert "Ben Carr ben@council.example Social worker asha@council.example" in page
    assert everything() == before
    assert "2 people are added." in done(admin, MANY, text=LIST)
    assert (
        the_account("ben@council.example").reports_to_id == the_account("asha@council.example").id
    )
    assert ("account_created", []) in acts("ben@council.example")


def test_an_uploaded_list_is_carried_through_the_check_page(admin: FlaskClient) -> None:
    def upload() -> tuple[io.BytesIO, str]:
        return io.BytesIO(LIST.encode("utf-16")), "staff.csv"

    page = admin.post(MANY, data={"step": "check", "file": upload()})
    assert "2 people are added" in words_of(page.text)
    assert "asha@council.example" in page.text
    kept = re.search(r'name="text" value="([^"]*)"', page.text)
    assert kept is not None
    answer = admin.post(MANY, data={"step": "do", "text": kept[1].replace("&#10;", "\n")})
    assert answer.status_code == 303
    assert the_account("asha@council.example").name == "Asha Brook"


def test_faults_are_shown_line_by_line_and_nobody_is_added(admin: FlaskClient) -> None:
    wrong = LIST + "No Address;;;\nAda Again;ada@council.example;;nobody@council.example\n"
    before = everything()
    for button in ("check", "do"):
        answer = step(admin, MANY, button, text=wrong)
        page = words_of(answer.text)
        assert answer.status_code == 422
        assert "Put right the 2 lines below. Nobody was added." in page
        assert "Line 4: The e-mail address is missing." in page
        assert "Line 5: The manager is neither in this list nor there yet." in page
        assert "Ben Carr;ben@council.example" in answer.text, "What was typed is kept."
    assert everything() == before


def test_an_empty_list_is_refused(admin: FlaskClient) -> None:
    status, page = refusal(admin, MANY, text="  ")
    assert (status, "Nobody is in this list" in page) == (422, True)


def office_with_a_case() -> int:
    """Olive is the named officer of a case, Perry her colleague; gives the case's key."""
    for email, name in ((OLIVE, "Olive Dray"), (PERRY, "Perry Holt")):
        a_person(email, name, Role.OFFICER)
    olive = the_account(OLIVE).id
    with begin_work(WORKER) as work:
        case = make_case(work, make_feedback(work))
        case.officer_id = olive
        work.session.flush()
        return case.id


def test_a_leaver_hands_over_and_is_out_at_once(app: Flask, admin: FlaskClient) -> None:
    case_id = office_with_a_case()
    olive = signed_in(app, OLIVE)
    assert olive.get("/officers/").status_code == 200
    path = address(OLIVE, "/leaver")
    page = words_of(admin.get(path).text)
    assert "1 open case with them as the named officer" in page
    status, page = refusal(admin, path, successor="")
    assert (status, "Choose somebody of the complaints team" in page) == (409, True)
    page = checked(admin, path, successor=the_account(PERRY).public_id)
    assert "Perry Holt takes over 1 open case." in page
    assert olive.get("/officers/").status_code == 200, "Nothing has happened yet."
    page = done(admin, path, successor=the_account(PERRY).public_id)
    assert "Olive Dray has left." in page
    assert olive.get("/officers/").status_code == 302
    assert (
        app.test_client().post("/sign-in", data={"email": OLIVE, "password": PASSWORD}).status_code
        == 422
    )
    assert db.session.get_one(Case, case_id).officer_id == the_account(PERRY).id
    assert found(admin, left="y") == ["Olive Dray"]
    assert "Olive Dray" not in found(admin)


def test_somebody_who_is_not_on_the_list_of_successors_takes_nothing_over(
    admin: FlaskClient,
) -> None:
    office_with_a_case()
    a_team_manager()
    status, page = refusal(
        admin, address(OLIVE, "/leaver"), successor=the_account(BRYONY).public_id
    )
    assert (status, "Not a valid choice" in page) == (422, True)


def test_somebody_comes_back_without_a_way_in(app: Flask, admin: FlaskClient) -> None:
    a_team_manager()
    done(admin, address(BRYONY, "/leaver"), successor="")
    assert "They cannot sign in until you invite them" in words_of(
        admin.get(address(BRYONY, "/return")).text
    )
    page = done(admin, address(BRYONY, "/return"))
    assert "Does not sign in" in page
    assert the_account(BRYONY).password_hash is None


def organisation() -> str:
    return db.session.scalars(select(Organisation.public_id)).one()


def test_an_organisation_ends_and_its_advocates_are_out_until_it_opens_again(
    app: Flask, admin: FlaskClient
) -> None:
    a_person(SAM, "Sam Sample", Role.ADVOCATE)
    sam = signed_in(app, SAM)
    assert sam.get("/advocates/").status_code == 200
    path = f"/administration/organisations/{organisation()}"
    assert "Sam Sample can see nothing any more." in words_of(admin.get(f"{path}/end").text)
    assert sam.get("/advocates/").status_code == 200
    assert "Ended" in done(admin, f"{path}/end")
    assert sam.get("/advocates/").status_code == 302
    done(admin, f"{path}/open")
    assert signed_in(app, SAM).get("/advocates/").status_code == 200


def test_organisations_are_added_and_renamed_once_each(admin: FlaskClient) -> None:
    done(admin, "/administration/organisations/new", name="Harbour Voices")
    path = f"/administration/organisations/{organisation()}/name"
    done(admin, path, name="Lantern Advocacy")
    status, page = refusal(admin, "/administration/organisations/new", name=" lantern  advocacy")
    assert (status, "There is an organisation with this name already." in page) == (409, True)
    assert "Lantern Advocacy" in words_of(admin.get("/administration/organisations").text)


def test_changes_of_rights_ask_who_it_is_again_after_ten_minutes(
    app: Flask, admin: FlaskClient
) -> None:
    a_team_manager()
    later = clock.now() + sign_ins.FRESH_FOR + timedelta(seconds=1)
    paths = [
        address(BRYONY, rest)
        for rest in ("/roles/new", "/teams/new", "/second-factor", "/leaver", "/details")
    ]
    with time_machine.travel(later, tick=False):
        for path in paths:
            assert "/sign-in/again" in admin.get(path).headers.get("Location", ""), path
            assert step(admin, path, "do").status_code == 401, path
        assert admin.get(address(BRYONY)).status_code == 200


def test_every_page_and_post_is_for_administrators_and_a_404_for_the_rest(app: Flask) -> None:
    an_office()
    rules = [
        rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("administration.")
    ]
    assert len(rules) > 20
    who_may = {role for role in Role if Act.ADMINISTER in TABLE[role]}
    assert who_may == {Role.ADMINISTRATOR}
    manager = signed_in(app, MANAGER)
    for rule in rules:
        declared = rule_of(app, rule.endpoint)
        assert declared is not None
        assert declared.needs is Act.ADMINISTER, rule.endpoint
        with app.test_request_context():
            path = app.url_map.bind("localhost").build(
                rule.endpoint, dict.fromkeys(rule.arguments, "x")
            )
        for method in (rule.methods or set()) & {"GET", "POST"}:
            assert manager.open(path, method=method).status_code == 404, path
            assert app.test_client().open(path, method=method).status_code == 302, path


def test_without_a_token_nothing_is_done(app: Flask, admin: FlaskClient) -> None:
    a_team_manager()
    path = address(BRYONY, "/second-factor")
    app.config["WTF_CSRF_ENABLED"] = True
    before = everything()
    answers = {
        step(admin, path, "do").status_code,
        step(admin, address(BRYONY, "/leaver"), "do", successor="").status_code,
        step(admin, address(BRYONY, "/details"), "do", name="X", email=BRYONY).status_code,
    }
    assert answers == {400, 422}
    assert everything() == before
    assert the_account(BRYONY).totp_secret is not None


def test_an_advocates_young_people_go_to_a_colleague(admin: FlaskClient) -> None:
    a_person(SAM, "Sam Sample", Role.ADVOCATE)
    a_person(ALEX, "Alex Sample", Role.ADVOCATE)
    sam = the_account(SAM).id
    with begin_work(WORKER) as work:
        advocacy.join(work, sam, make_feedback(work), AGREED)
    page = checked(admin, address(SAM, "/leaver"), successor=the_account(ALEX).public_id)
    assert "Alex Sample follows 1 young person in their place." in page
    done(admin, address(SAM, "/leaver"), successor=the_account(ALEX).public_id)
    rows = db.session.execute(select(Advocacy.account_id, Advocacy.ended_at)).all()
    assert rows == [(the_account(ALEX).id, None)]

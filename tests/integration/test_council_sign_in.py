"""The council’s own sign-in, against a provider on loopback: who gets in, as what, who does not."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.cases import accounts, council_identities, group_roles, roles
from portal.council_sign_in import LinkBy
from portal.records.account import Role
from portal.records.council_identity import CouncilIdentity
from portal.work import WORKER, begin_work
from tests.integration.council_people import (
    ADA,
    ADVOCATE,
    ENTRY,
    OLA,
    acts,
    come_in,
    connect,
    found,
    is_in,
    link,
    roles_today,
)
from tests.matters import PASSWORD, make_account
from tests.services.openid_server import OpenIdServer
from tests.signing_in import code_for, sign_in


@pytest.fixture(autouse=True)
def people(app: Flask, provider: OpenIdServer) -> None:
    connect(app, provider, ENTRY)
    with begin_work(WORKER) as work:
        account = make_account(work, Role.TEAM_MANAGER, OLA, "Ola Officer")
        account.totp_secret = account.totp_confirmed_at = None
        make_account(work, Role.ADMINISTRATOR, ADA, "Ada Sample")
        make_account(work, email=ADVOCATE)


def test_a_verified_address_is_found_once_and_then_the_subject(
    app: Flask, client: FlaskClient, provider: OpenIdServer
) -> None:
    assert "Sign in with your Sample account" in client.get("/sign-in").text
    assert come_in(client, provider, "?next=/account/").location == "/account/"
    assert is_in(client)
    provider.email = "married@council.example"
    assert come_in(app.test_client(), provider).status_code == 302
    provider.subject, provider.email = "another", OLA
    other = app.test_client()
    refused = come_in(other, provider)
    assert refused.status_code == 403
    assert "another" in refused.text
    assert not is_in(other)
    assert acts()[-1] == "council_sign_in_failed"


UNPROVEN: list[dict[str, Any]] = [
    {"email_verified": False},
    {"email_verified": None},
    {"email": "nobody@council.example"},
    {"email": ADVOCATE},
]


@pytest.mark.parametrize("says", UNPROVEN)
def test_an_address_that_is_not_verified_or_not_ours_lets_nobody_in(
    client: FlaskClient, provider: OpenIdServer, says: dict[str, Any]
) -> None:
    provider.says = says
    assert come_in(client, provider).status_code == 403
    assert not is_in(client)
    with begin_work(WORKER) as work:
        assert work.session.scalar(select(CouncilIdentity.id)) is None


def test_where_the_council_wants_it_an_administrator_links(
    app: Flask, client: FlaskClient, provider: OpenIdServer
) -> None:
    connect(app, provider, ENTRY.model_copy(update={"link_by": LinkBy.ADMINISTRATOR}))
    assert come_in(client, provider).status_code == 403
    link()
    assert come_in(client, provider).location == "/officers/"


def test_who_has_left_does_not_come_in(client: FlaskClient, provider: OpenIdServer) -> None:
    link()
    with begin_work(WORKER) as work:
        found(work).active = False
    assert come_in(client, provider).status_code == 403
    assert not is_in(client)


def test_a_role_comes_and_goes_with_its_group(
    app: Flask, client: FlaskClient, provider: OpenIdServer
) -> None:
    provider.groups = ["desk", "choir"]
    come_in(client, provider)
    assert roles_today() == {Role.TEAM_MANAGER, Role.OFFICER}
    provider.groups = ["heads"]
    come_in(app.test_client(), provider)
    assert roles_today() == {Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE}
    provider.groups = []
    come_in(app.test_client(), provider)
    # What an administrator gave is an administrator's to end.
    assert roles_today() == {Role.TEAM_MANAGER}
    assert acts().count("role_ended") == 2


def test_a_group_gives_no_role_that_does_not_go_with_another(
    client: FlaskClient, provider: OpenIdServer
) -> None:
    provider.groups = ["keys"]
    assert come_in(client, provider).status_code == 302
    assert roles_today() == {Role.TEAM_MANAGER}
    assert "group_role_refused" in acts()


def test_the_last_administrators_role_goes_with_its_group_too(
    app: Flask, client: FlaskClient, provider: OpenIdServer
) -> None:
    provider.email, provider.groups = ADA, ["keys"]
    with begin_work(WORKER) as work:
        (grant,) = work.session.scalars(
            select(roles.RoleGrant).where(roles.RoleGrant.account_id == found(work, ADA).id)
        )
        grant.last_day = work.today - timedelta(days=1)
    come_in(client, provider)
    assert roles_today(ADA) == {Role.ADMINISTRATOR}
    provider.groups = []
    come_in(app.test_client(), provider)
    assert roles_today(ADA) == set()


@pytest.mark.parametrize("says", [{"acr": "two-factors", "amr": None}, {"amr": ["pwd", "mfa"]}])
def test_two_factors_there_are_enough(
    client: FlaskClient, provider: OpenIdServer, says: dict[str, Any]
) -> None:
    provider.says = says
    assert come_in(client, provider).location == "/officers/"


@pytest.mark.parametrize("says", [{"acr": "one", "amr": None}, {"amr": ["pwd"]}, {"amr": None}])
def test_one_factor_there_is_asked_for_a_second_here(
    app: Flask, client: FlaskClient, provider: OpenIdServer, says: dict[str, Any]
) -> None:
    provider.says = says
    assert come_in(client, provider).location == "/sign-in/set-up"
    assert not is_in(client)
    with begin_work(WORKER) as work:
        account = found(work)
        account.totp_secret, account.totp_confirmed_at = "T" * 32, work.now
    assert come_in(client, provider).location == "/sign-in/code"
    answer = client.post("/sign-in/code", data={"code": code_for(OLA, "T" * 32)})
    assert answer.location == "/officers/"


def test_whoever_is_linked_does_not_come_in_by_password(
    app: Flask, client: FlaskClient, provider: OpenIdServer
) -> None:
    assert client.post("/sign-in", data={"email": OLA, "password": PASSWORD}).status_code == 302
    link()
    refused = client.post("/sign-in", data={"email": OLA, "password": PASSWORD})
    assert refused.status_code == 422
    assert "council’s account" in refused.text
    wrong = client.post("/sign-in", data={"email": OLA, "password": "not this one at all"})
    assert "council’s account" not in wrong.text
    # Where the provider is gone for good, its setting goes, and passwords work again.
    heard = app.extensions["heard"]
    app.extensions["heard"] = replace(heard, settings=replace(heard.settings, openid=None))
    assert client.post("/sign-in", data={"email": OLA, "password": PASSWORD}).status_code == 302


def test_no_link_for_a_password_goes_round_it(
    app: Flask, client: FlaskClient, provider: OpenIdServer
) -> None:
    with begin_work(WORKER) as work:
        token = accounts.invite(work, found(work))
    link()
    refused = client.post(f"/invitation/{token}", data={"password": "velvet Thimble 4 harbour"})
    assert refused.status_code == 422
    assert "council’s account" in refused.text
    assert not is_in(client)


def test_an_administrator_links_and_ends_it(app: Flask, provider: OpenIdServer) -> None:
    admin = app.test_client()
    sign_in(admin, ADA)
    with begin_work(WORKER) as work:
        path = f"/administration/people/{found(work).public_id}"
    assert "Link to their Sample account" in admin.get(path).text
    empty = admin.post(f"{path}/council-account", data={"subject": " "})
    assert empty.status_code == 422
    check = admin.post(f"{path}/council-account", data={"subject": "0f3c-22", "step": "check"})
    assert "Make sure that this number is really theirs" in check.text
    done = admin.post(f"{path}/council-account", data={"subject": "0f3c-22", "step": "do"})
    assert done.status_code == 303
    assert "End the link" in admin.get(path).text
    provider.groups = ["desk"]
    client = app.test_client()
    come_in(client, provider)
    assert roles_today() == {Role.TEAM_MANAGER, Role.OFFICER}
    assert admin.post(f"{path}/council-account/end", data={"step": "do"}).status_code == 303
    assert roles_today() == {Role.TEAM_MANAGER}
    again = admin.post(f"{path}/council-account/end", data={"step": "do"})
    assert again.status_code == 409
    taken = admin.post(f"{path}/council-account", data={"subject": "x", "step": "do"})
    assert taken.status_code == 303


def test_a_number_belongs_to_one_person(provider: OpenIdServer) -> None:
    link()
    with pytest.raises(council_identities.LinkRefused, match="somebody else"):
        link(email=ADA)
    with pytest.raises(council_identities.LinkRefused, match="council’s own people"):
        link("other", ADVOCATE)


def test_without_a_provider_the_pages_say_so(app: Flask, client: FlaskClient) -> None:
    heard = app.extensions["heard"]
    app.extensions["heard"] = replace(heard, settings=replace(heard.settings, openid=None))
    for path in ("/sign-in/council", "/sign-in/council/back"):
        assert client.get(path).status_code == 410
    assert "Sample account" not in client.get("/sign-in").text


def test_the_start_is_stopped_by_what_cannot_work(app: Flask, provider: OpenIdServer) -> None:
    heard = app.extensions["heard"]
    without = replace(heard.council, council_sign_in=None)
    (missing,) = group_roles.faults_in(without, heard.settings)
    assert "[council_sign_in]" in missing
    wrong = ENTRY.model_copy(update={"roles": {"a": "advocate", "b": "king", "c": "officer"}})
    told = group_roles.faults_in(replace(heard.council, council_sign_in=wrong), heard.settings)
    assert [sentence.split('"')[1] for sentence in told] == ["advocate", "king"]
    assert group_roles.faults_in(heard.council, heard.settings) == []

"""One's own page: who one is here, where one is signed in, and what one can change."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pyotp
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.cases import roles, second_factor
from portal.cases.addresses import email_key
from portal.procedures.vocabulary import Team
from portal.records.account import Account, Role
from portal.records.audit_event import AuditEvent
from portal.records.outbox_letter import OutboxLetter
from portal.web.account.devices import in_words
from portal.work import WORKER, begin_work
from tests import signing_in
from tests.matters import PASSWORD, make_account
from tests.signing_in import sign_in

EMAIL, OTHER = "bryony@council.example", "ola@council.example"
ANOTHER = "velvet Thimble 4 harbour"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
CODE = r"<li>((?:[2-9a-z]{4}-){2}[2-9a-z]{4})</li>"
END = r'action="(/account/sign-ins/[^"/]+/end)"'
MORNING = datetime(2026, 12, 7, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def people(app: Flask) -> Iterator[None]:
    # Codes of another test were used up in another database, perhaps at another time. The clock
    # starts where a half-minute does, so that no code runs out between page and answer.
    signing_in._used.clear()
    with time_machine.travel(MORNING):
        with begin_work(WORKER) as work:
            manager = make_account(work, Role.TEAM_MANAGER, EMAIL, "Bryony Tarrant")
            roles.give_role(work, manager, Role.PANEL_CLERK, work.today, date(2099, 5, 3))
            roles.give_role(work, manager, Role.DUTY_TEAM, date(2019, 1, 1), date(2019, 12, 31))
            roles.join_team(work, manager, Team.FOSTERING, work.today - timedelta(days=9))
            roles.join_team(work, manager, Team.ADOPTION, date(2019, 1, 1), date(2019, 12, 31))
            make_account(work, Role.OFFICER, OTHER, "Ola Officer")
        yield
    signing_in._used.clear()


@pytest.fixture
def me(client: FlaskClient) -> FlaskClient:
    client.environ_base["HTTP_USER_AGENT"] = FIREFOX
    sign_in(client, EMAIL)
    return client


@pytest.fixture
def elsewhere(app: Flask) -> FlaskClient:
    client = app.test_client()
    client.environ_base["HTTP_USER_AGENT"] = "Safari, iPhone"
    sign_in(client, EMAIL)
    return client


def is_in(client: FlaskClient) -> bool:
    return client.get("/account/").status_code == 200


def letters() -> list[str]:
    with begin_work(WORKER) as work:
        return list(work.session.scalars(select(OutboxLetter.body).order_by(OutboxLetter.id)))


def acts() -> list[str]:
    with begin_work(WORKER) as work:
        return list(work.session.scalars(select(AuditEvent.act)))


def test_it_says_who_one_is_today_in_words(me: FlaskClient) -> None:
    page = " ".join(me.get("/account/").text.split())
    for shown in ("Bryony Tarrant", EMAIL, "Team manager", "Panel clerk, until 3 May 2099"):
        assert shown in page
    for hidden in ("Duty team", "team_manager", "fostering<"):
        assert hidden not in page
    with me.application.app_context():
        council = me.application.extensions["heard"].council
    assert council.label(Team.FOSTERING) in page
    assert council.label(Team.ADOPTION) not in page


def test_it_is_everybodys_who_signs_in_and_nobody_elses(app: Flask, client: FlaskClient) -> None:
    assert client.get("/account/").location == "/sign-in?next=/account/"
    with begin_work(WORKER) as work:
        for at, role in enumerate(Role):
            if role not in (Role.TEAM_MANAGER, Role.OFFICER):
                make_account(work, role, f"{at}@council.example")
    for at, role in enumerate(Role):
        if role not in (Role.TEAM_MANAGER, Role.OFFICER):
            browser = app.test_client()
            sign_in(browser, f"{at}@council.example")
            assert is_in(browser), role


def test_sign_ins_are_listed_with_this_one_marked(me: FlaskClient, elsewhere: FlaskClient) -> None:
    page = me.get("/account/").text
    assert page.index("Firefox on Windows") < page.index("Safari on an iPhone")
    assert page.count("This browser") == 1
    marked = page.index("This browser")
    assert page.index("Firefox on Windows") < marked < page.index("Safari on an iPhone")


def test_another_one_can_be_ended(me: FlaskClient, elsewhere: FlaskClient) -> None:
    here, there = re.findall(END, me.get("/account/").text)
    assert me.post(there).location == "/account/"
    assert is_in(me)
    assert not is_in(elsewhere)
    assert "One of your sign-ins was ended" in letters()[-1]
    assert me.post(there).location == "/account/"
    assert len(letters()) == 1
    assert me.post(here).location == "/sign-in"
    assert not is_in(me)


def test_all_others_can_be_ended(me: FlaskClient, elsewhere: FlaskClient) -> None:
    me.post("/account/sign-ins/end-others")
    assert is_in(me)
    assert not is_in(elsewhere)
    assert "All your sign-ins but one were ended" in letters()[-1]
    assert "sign_ins_ended" in acts()


def test_nobody_ends_anothers(app: Flask, me: FlaskClient) -> None:
    (mine,) = re.findall(END, me.get("/account/").text)
    other = app.test_client()
    sign_in(other, OTHER)
    other.post(mine)
    assert is_in(me)
    assert letters() == []


def test_a_password_is_changed_with_the_present_one(
    app: Flask, me: FlaskClient, elsewhere: FlaskClient
) -> None:
    wrong = me.post(
        "/account/password", data={"current_password": "not it at all", "password": ANOTHER}
    )
    assert wrong.status_code == 422
    assert "not your present password" in wrong.text
    weak = me.post(
        "/account/password", data={"current_password": PASSWORD, "password": "BryonyTarrant1"}
    )
    assert weak.status_code == 422
    assert "who knows you" in weak.text
    assert PASSWORD not in weak.text
    done = me.post("/account/password", data={"current_password": PASSWORD, "password": ANOTHER})
    assert done.location == "/account/"
    assert is_in(me)
    assert not is_in(elsewhere)
    assert "Your password was changed." in letters()[-1]
    again = app.test_client().post("/sign-in", data={"email": EMAIL, "password": ANOTHER})
    assert again.location == "/sign-in/code"


def test_passwords_sent_after_signing_out_are_not_given_back(me: FlaskClient) -> None:
    me.post("/sign-out")
    late = me.post("/account/password", data={"current_password": PASSWORD, "password": ANOTHER})
    assert late.status_code == 401
    assert PASSWORD not in late.text
    assert ANOTHER not in late.text


def test_new_recovery_codes_are_asked_for_with_a_button(me: FlaskClient) -> None:
    assert "You have none left" in me.get("/account/recovery-codes").text
    codes = re.findall(CODE, me.post("/account/recovery-codes").text)
    assert len(codes) == second_factor.RECOVERY_CODES
    assert "You have 10 left" in me.get("/account/recovery-codes").text
    assert "New recovery codes were made" in letters()[-1]
    assert "recovery_codes_made" in acts()


def test_another_app_takes_over(me: FlaskClient) -> None:
    page = me.get("/account/second-factor").text
    found = re.search(r'<p class="heard-reference">([A-Z2-7 ]+)</p>', page)
    assert found is not None
    secret = found[1].replace(" ", "")
    assert secret in me.get("/account/second-factor").text.replace(" ", "")
    wrong = me.post("/account/second-factor", data={"code": "000000"})
    assert wrong.status_code == 422
    done = me.post("/account/second-factor", data={"code": pyotp.TOTP(secret).now()})
    assert len(re.findall(CODE, done.text)) == second_factor.RECOVERY_CODES
    assert "replaced by another one" in letters()[-1]
    with begin_work(WORKER) as work:
        kept = select(Account.totp_secret).where(Account.email_key == email_key(EMAIL))
        assert work.session.scalars(kept).one() == secret
    # The next one is another secret again.
    assert secret not in me.get("/account/second-factor").text.replace(" ", "")


@pytest.mark.parametrize(
    "address", ["/account/sign-ins/end-others", "/account/recovery-codes", "/account/password"]
)
def test_nothing_is_changed_from_another_site(app: Flask, me: FlaskClient, address: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    data = {"current_password": PASSWORD, "password": ANOTHER}
    assert me.post(address, data=data).status_code in (400, 422)
    assert letters() == []


@pytest.mark.parametrize(
    ("device", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
            "Safari on an iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/140.0.0.0 Mobile Safari/537.36",
            "Chrome on an Android device",
        ),
        ("<script>", "A browser on a device we do not know"),
        ("", "A browser on a device we do not know"),
    ],
)
def test_a_device_is_said_in_words(device: str, words: str) -> None:
    assert in_words(device) == words

"""Accounts: invitations for one use, passwords nobody guesses, one answer for every wrong try."""

from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from portal.cases import accounts, passwords
from portal.cases.accounts import (
    EmailTaken,
    InvitationEnded,
    NotAnAddress,
    WrongSignIn,
)
from portal.cases.passwords import WeakPassword, check_strength
from portal.cases.throttling import FREE_FAILURES, TooManyTries
from portal.records.account import Account, Role
from portal.records.audit_event import AuditEvent
from portal.work import WORKER, Work, begin_work
from tests.matters import LOW_COSTS, PASSWORD, make_account

EMAIL = "sam@advocates.example"
ADDRESS = "192.0.2.1"


@pytest.fixture(autouse=True)
def _quick(app: Flask) -> None:
    app.config[passwords.COSTS] = LOW_COSTS


@pytest.fixture
def account(app: Flask) -> None:
    with begin_work(WORKER) as work:
        make_account(work, email=EMAIL)


def refused(email: str, password: str) -> tuple[int, str]:
    with pytest.raises(WrongSignIn) as refusal:
        accounts.sign_in(email, password, ADDRESS)
    return refusal.value.status, refusal.value.message


def changed(act: str) -> None:
    with begin_work(WORKER) as work:
        found = work.session.scalars(select(Account)).one()
        if act == "ended":
            accounts.deactivate(work, found)
        else:
            found.password_hash = None


def test_address_and_password_open_the_account(account: None) -> None:
    found = accounts.sign_in(" SAM@Advocates.example", PASSWORD, ADDRESS)
    assert found.email == EMAIL
    assert found.last_signed_in_at is not None


def test_every_wrong_try_gets_the_same_answer(account: None) -> None:
    answers = {refused(EMAIL, "wrong"), refused("nobody@advocates.example", PASSWORD)}
    changed("without password")
    answers.add(refused(EMAIL, PASSWORD))
    changed("ended")
    answers.add(refused(EMAIL, PASSWORD))
    assert len(answers) == 1
    assert answers.pop()[0] == 422


def test_an_unknown_account_costs_a_hash_too(
    account: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str | None] = []
    monkeypatch.setattr(
        accounts, "password_matches", lambda kept, _: bool(asked.append(kept)) and False
    )
    refused("nobody@advocates.example", PASSWORD)
    assert asked == [None]


def test_guessing_closes_the_account_even_to_the_right_password(account: None) -> None:
    for number in range(FREE_FAILURES):
        with pytest.raises(WrongSignIn):
            accounts.sign_in(EMAIL, "wrong", f"192.0.2.{number}")
    with pytest.raises(TooManyTries):
        accounts.sign_in(EMAIL, PASSWORD, "198.51.100.7")


def test_guessing_at_many_accounts_closes_the_address(account: None) -> None:
    for number in range(FREE_FAILURES):
        refused(f"nobody{number}@advocates.example", "wrong")
    with pytest.raises(TooManyTries):
        accounts.sign_in(EMAIL, PASSWORD, ADDRESS)


def test_signing_in_and_failing_leave_a_trace_without_words(account: None) -> None:
    refused(EMAIL, "wrong")
    accounts.sign_in(EMAIL, PASSWORD, ADDRESS)
    with begin_work(WORKER) as work:
        rows = work.session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    assert [row.act for row in rows[-2:]] == ["sign_in_failed", "signed_in"]
    assert {row.about_id for row in rows[-2:]} == {rows[0].about_id}


def test_a_hash_of_other_costs_is_made_anew(account: None, app: Flask) -> None:
    app.config[passwords.COSTS] = {**LOW_COSTS, "time_cost": 2}
    accounts.sign_in(EMAIL, PASSWORD, ADDRESS)
    with begin_work(WORKER) as work:
        kept = work.session.scalars(select(Account.password_hash)).one()
    assert kept is not None
    assert "t=2" in kept
    accounts.sign_in(EMAIL, PASSWORD, ADDRESS)


def test_the_defaults_are_argon2s_own(app: Flask) -> None:
    app.config.pop(passwords.COSTS)
    assert passwords.hash_password("any").startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_one_address_one_account(work: Work) -> None:
    accounts.create(work, Role.OFFICER, "Sam", EMAIL)
    with pytest.raises(EmailTaken):
        accounts.create(work, Role.ADVOCATE, "Sam", EMAIL.upper())


@pytest.mark.parametrize("email", ["", "sam", "@example.org", "sam@"])
def test_an_account_needs_an_address(work: Work, email: str) -> None:
    with pytest.raises(NotAnAddress):
        accounts.create(work, Role.OFFICER, "Sam", email)


def test_an_invitation_is_used_once(work: Work) -> None:
    account = accounts.create(work, Role.OFFICER, "Sam", EMAIL)
    token = accounts.invite(work, account)
    assert accounts.invited(work, token) is account
    before = account.session_number
    assert accounts.accept_invitation(work, token, PASSWORD) is account
    # Sessions carry the number: those from before end.
    assert account.session_number == before + 1
    with pytest.raises(InvitationEnded) as ended:
        accounts.accept_invitation(work, token, PASSWORD)
    assert ended.value.status == 410


def test_a_weak_password_leaves_the_invitation_good(work: Work) -> None:
    token = accounts.invite(work, accounts.create(work, Role.OFFICER, "Sam", EMAIL))
    with pytest.raises(WeakPassword):
        accounts.accept_invitation(work, token, "short")
    accounts.accept_invitation(work, token, PASSWORD)


def test_invitations_end_after_a_week_and_with_the_next_one(work: Work) -> None:
    account = accounts.create(work, Role.OFFICER, "Sam", EMAIL)
    first = accounts.invite(work, account)
    second = accounts.invite(work, account)
    work.session.flush()
    with pytest.raises(InvitationEnded):
        accounts.invited(work, first)
    work.now += timedelta(days=7)
    with pytest.raises(InvitationEnded):
        accounts.invited(work, second)


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "elevenchars",
        "a" * 257,
        EMAIL,
        EMAIL.upper() + "1",
        "Password1234!",
        "passwordpassword",
        "123456789012",
        "qwertyuiop12",
        "aaaaaaaaaaaaaa",
        "abababababab",
        "abcdefghijklm",
        "987654321098",
        "Safeguarding2026",
        "staffordshire1",
        "letmein-letmein",
    ],
)
def test_what_is_easy_to_guess_is_refused(password: str) -> None:
    with pytest.raises(WeakPassword):
        check_strength(password, EMAIL)


@pytest.mark.parametrize(
    "password", [PASSWORD, "correct lamp battery moss", "zünd-holz 7 teller", "x9#kQ!v2Lw8p"]
)
def test_a_good_password_is_taken(password: str) -> None:
    check_strength(password, EMAIL)


@given(st.text(max_size=300))
def test_whatever_is_typed_is_taken_or_refused_in_a_sentence(password: str) -> None:
    sentence = ""
    try:
        check_strength(password, EMAIL)
    except WeakPassword as weak:
        sentence = weak.message
    assert sentence.endswith(".") if sentence else 12 <= len(password) <= 256


def test_the_same_letters_typed_on_two_keyboards_match(app: Flask) -> None:
    composed, combining = "caf\u00e9 lamp teapot", "cafe\u0301 lamp teapot"
    assert passwords.password_matches(passwords.hash_password(composed), combining)

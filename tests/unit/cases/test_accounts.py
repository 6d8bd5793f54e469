"""Accounts: invitations for one use, one answer for every wrong try, and a door that guessing
closes to strangers only."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal.cases import accounts, passwords, sign_ins
from portal.cases.accounts import (
    EmailTaken,
    InvitationEnded,
    NotAnAddress,
    WrongPassword,
    WrongSignIn,
)
from portal.cases.passwords import WeakPassword
from portal.cases.throttling import FREE_FAILURES, TooManyTries
from portal.records.account import Account
from portal.records.audit_event import AuditEvent
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.records.sign_in import SignIn
from portal.work import WORKER, Work, begin_work
from tests.matters import LOW_COSTS, PASSWORD, make_account

EMAIL, NOBODY = "sam@advocates.example", "nobody@advocates.example"
ADDRESS, ELSEWHERE = "192.0.2.1", "198.51.100.7"
KNOWN = "a browser that was here before"
ANOTHER = "velvet Thimble 4 harbour"


@pytest.fixture
def account(app: Flask) -> int:
    with begin_work(WORKER) as work:
        return make_account(work, email=EMAIL).id


def refused(email: str, password: str, address: str = ADDRESS) -> tuple[int, str]:
    with pytest.raises(WrongSignIn) as refusal:
        accounts.check_password(email, password, address)
    return refusal.value.status, refusal.value.message


def changed(act: str) -> None:
    with begin_work(WORKER) as work:
        found = work.session.scalars(select(Account)).one()
        if act == "ended":
            accounts.deactivate(work, found)
        else:
            found.password_hash = None


def test_address_and_password_open_the_account(account: int) -> None:
    found = accounts.check_password(" SAM@Advocates.example", PASSWORD, ADDRESS)
    assert found.email == EMAIL


def test_every_wrong_try_gets_the_same_answer(account: int) -> None:
    answers = {refused(EMAIL, "wrong"), refused(NOBODY, PASSWORD)}
    changed("without password")
    answers.add(refused(EMAIL, PASSWORD))
    changed("ended")
    answers.add(refused(EMAIL, PASSWORD))
    assert len(answers) == 1
    assert answers.pop()[0] == 422


def test_an_unknown_account_costs_a_hash_too(account: int, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str | None] = []
    monkeypatch.setattr(
        accounts, "password_matches", lambda kept, _: bool(asked.append(kept)) and False
    )
    refused(NOBODY, PASSWORD)
    assert asked == [None]


@pytest.mark.parametrize("email", [EMAIL, NOBODY])
def test_a_closed_door_looks_the_same_whether_anybody_lives_behind_it(
    account: int, email: str
) -> None:
    for number in range(FREE_FAILURES):
        refused(email, "wrong", f"192.0.2.{number}")
    with pytest.raises(TooManyTries) as closed:
        accounts.check_password(email, "wrong", ELSEWHERE)
    assert "Wait 1 minute" in closed.value.message
    assert "choose a new password" in closed.value.message


def test_guessing_closes_the_account_to_strangers_even_with_the_right_password(
    account: int,
) -> None:
    for number in range(FREE_FAILURES):
        refused(EMAIL, "wrong", f"192.0.2.{number}")
    with pytest.raises(TooManyTries):
        accounts.check_password(EMAIL, PASSWORD, ELSEWHERE)


def test_but_never_to_a_browser_that_was_here_before(account: int) -> None:
    for number in range(40):
        try:
            accounts.check_password(EMAIL, "wrong", ADDRESS)
        except (WrongSignIn, TooManyTries):
            continue
        raise AssertionError(number)
    assert accounts.check_password(EMAIL, PASSWORD, ADDRESS, KNOWN).id == account


def test_a_stolen_browser_has_a_count_of_its_own_and_closes_nothing_else(account: int) -> None:
    for _ in range(FREE_FAILURES):
        with pytest.raises(WrongSignIn):
            accounts.check_password(EMAIL, "wrong", ADDRESS, KNOWN)
    with pytest.raises(TooManyTries):
        accounts.check_password(EMAIL, PASSWORD, ADDRESS, KNOWN)
    assert accounts.check_password(EMAIL, PASSWORD, ADDRESS).id == account


def test_an_office_shares_its_address(account: int) -> None:
    for number in range(accounts.OFFICE_FREE - 1):
        refused(f"colleague{number}@council.example", "slip")
    assert accounts.check_password(EMAIL, PASSWORD, ADDRESS).id == account


def test_guessing_at_many_accounts_closes_the_address_and_no_other(account: int) -> None:
    for number in range(accounts.OFFICE_FREE):
        refused(f"nobody{number}@advocates.example", "wrong")
    with pytest.raises(TooManyTries):
        accounts.check_password(EMAIL, PASSWORD, ADDRESS)
    assert accounts.check_password(EMAIL, PASSWORD, ELSEWHERE).id == account


def test_knowing_one_password_does_not_wipe_out_guesses_at_others(account: int) -> None:
    for number in range(accounts.OFFICE_FREE):
        if number % 4 == 0:
            accounts.check_password(EMAIL, PASSWORD, ADDRESS)
        refused(f"nobody{number}@advocates.example", "wrong")
    with pytest.raises(TooManyTries):
        accounts.check_password(EMAIL, PASSWORD, ADDRESS)


def test_a_failed_try_leaves_a_trace_without_words(account: int) -> None:
    refused(EMAIL, "wrong")
    refused(NOBODY, "wrong")
    with begin_work(WORKER) as work:
        wanted = select(AuditEvent).where(AuditEvent.act == "sign_in_failed")
        rows = work.session.scalars(wanted.order_by(AuditEvent.id)).all()
        assert [row.about_id for row in rows] == [account, None]
        assert [list(row.fields) for row in rows] == [[], []]


def test_a_hash_of_other_costs_is_made_anew(account: int, app: Flask) -> None:
    app.config[passwords.COSTS] = {**LOW_COSTS, "time_cost": 2}
    accounts.check_password(EMAIL, PASSWORD, ADDRESS)
    with begin_work(WORKER) as work:
        kept = work.session.scalars(select(Account.password_hash)).one()
    assert kept is not None
    assert "t=2" in kept
    accounts.check_password(EMAIL, PASSWORD, ADDRESS)


def test_one_address_one_account(work: Work) -> None:
    accounts.create(work, "Sam", EMAIL)
    with pytest.raises(EmailTaken):
        accounts.create(work, "Sam", EMAIL.upper())


@pytest.mark.parametrize("email", ["", "sam", "@example.org", "sam@"])
def test_an_account_needs_an_address(work: Work, email: str) -> None:
    with pytest.raises(NotAnAddress):
        accounts.create(work, "Sam", email)


def test_an_invitation_is_used_once(work: Work) -> None:
    account = accounts.create(work, "Sam", EMAIL)
    token = accounts.invite(work, account)
    assert accounts.invited(work, token) is account
    assert accounts.accept_invitation(work, token, PASSWORD) is account
    with pytest.raises(InvitationEnded) as ended:
        accounts.accept_invitation(work, token, PASSWORD)
    assert ended.value.status == 410


def test_a_weak_password_leaves_the_invitation_good(work: Work) -> None:
    token = accounts.invite(work, accounts.create(work, "Sam", EMAIL))
    with pytest.raises(WeakPassword):
        accounts.accept_invitation(work, token, "short")
    accounts.accept_invitation(work, token, PASSWORD)


def test_a_password_of_the_persons_own_name_or_job_is_refused(work: Work) -> None:
    account = accounts.create(work, "Perpetua Quillfeather", EMAIL, job_title="Harbourmaster")
    work.session.flush()
    for own in ("PerpetuaQuillfeather", "harbourmaster-12", f"{work.council.name} 1"):
        with pytest.raises(WeakPassword):
            accounts.set_password(work, account, own)


def test_invitations_end_after_a_week_and_with_the_next_one(work: Work) -> None:
    account = accounts.create(work, "Sam", EMAIL)
    first = accounts.invite(work, account)
    second = accounts.invite(work, account)
    work.session.flush()
    with pytest.raises(InvitationEnded):
        accounts.invited(work, first)
    work.now += timedelta(days=7)
    with pytest.raises(InvitationEnded):
        accounts.invited(work, second)


def signed_in_twice(account: int) -> tuple[int, int]:
    with begin_work(WORKER) as work:
        for device in ("here", "there"):
            sign_ins.begin(work, work.session.get_one(Account, account), device)
        work.session.flush()
        here, there = work.session.scalars(select(SignIn.id).order_by(SignIn.id))
    return here, there


def test_a_changed_password_ends_all_sign_ins_but_this_and_writes_a_letter(account: int) -> None:
    here, there = signed_in_twice(account)
    accounts.change_password(account, PASSWORD, ANOTHER, here)
    with begin_work(WORKER) as work:
        assert work.session.get_one(SignIn, here).ended_at is None
        assert work.session.get_one(SignIn, there).ended_at is not None
        letter = work.session.scalars(select(OutboxLetter)).one()
        assert (letter.kind, letter.to_email) == (LetterKind.SIGN_IN_CHANGED, EMAIL)
        assert "Your password was changed." in letter.body
        assert "password_set" in work.session.scalars(select(AuditEvent.act)).all()
    refused(EMAIL, PASSWORD)
    assert accounts.check_password(EMAIL, ANOTHER, ADDRESS).id == account


def test_changing_a_password_asks_for_the_present_one_and_counts(account: int) -> None:
    here, _ = signed_in_twice(account)
    for _ in range(FREE_FAILURES):
        with pytest.raises(WrongPassword):
            accounts.change_password(account, "wrong", ANOTHER, here)
    with pytest.raises(TooManyTries):
        accounts.change_password(account, PASSWORD, ANOTHER, here)
    assert accounts.check_password(EMAIL, PASSWORD, ADDRESS).id == account


def test_a_weak_new_password_changes_nothing(account: int) -> None:
    here, there = signed_in_twice(account)
    with pytest.raises(WeakPassword):
        accounts.change_password(account, PASSWORD, "password1234", here)
    with begin_work(WORKER) as work:
        assert work.session.get_one(SignIn, there).ended_at is None
        assert work.session.scalars(select(OutboxLetter)).all() == []

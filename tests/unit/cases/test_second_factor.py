"""The second factor: codes good once, recovery codes good once, and nothing kept that opens."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
import time_machine
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from portal.cases import second_factor, sign_ins
from portal.cases.second_factor import WrongCode
from portal.cases.throttling import FREE_FAILURES, TooManyTries
from portal.db import db
from portal.records.account import Account
from portal.records.audit_event import AuditEvent
from portal.records.outbox_letter import OutboxLetter
from portal.records.sign_in import RecoveryCode, SignIn
from portal.work import WORKER, begin_work
from tests.matters import AUTHENTICATOR, make_account

NOON = datetime(2026, 12, 7, 12, 0, 10, tzinfo=UTC)
HALF_A_MINUTE = timedelta(seconds=30)
KNOWN = "a browser that was here before"


@pytest.fixture
def account(app: Flask) -> int:
    with begin_work(WORKER) as work:
        return make_account(work).id


def code_at(moment: datetime, secret: str = AUTHENTICATOR) -> str:
    return pyotp.TOTP(secret).at(moment)


def new_codes(account: int) -> list[str]:
    with begin_work(WORKER) as work:
        return second_factor.new_recovery_codes(work, work.session.get_one(Account, account))


def letters() -> list[str]:
    with begin_work(WORKER) as work:
        return list(work.session.scalars(select(OutboxLetter.body).order_by(OutboxLetter.id)))


def acts() -> list[str]:
    with begin_work(WORKER) as work:
        return list(work.session.scalars(select(AuditEvent.act).order_by(AuditEvent.id)))


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_phone_may_be_half_a_minute_off(account: int, steps: int) -> None:
    with time_machine.travel(NOON, tick=False):
        assert second_factor.show(account, code_at(NOON + steps * HALF_A_MINUTE)) is None


@pytest.mark.parametrize("steps", [-2, 2])
def test_and_no_more(account: int, steps: int) -> None:
    with time_machine.travel(NOON, tick=False), pytest.raises(WrongCode):
        second_factor.show(account, code_at(NOON + steps * HALF_A_MINUTE))


def test_a_code_works_once_and_none_before_it_afterwards(account: int) -> None:
    with time_machine.travel(NOON, tick=False):
        second_factor.show(account, code_at(NOON))
        for moment in (NOON, NOON - HALF_A_MINUTE):
            with pytest.raises(WrongCode):
                second_factor.show(account, code_at(moment))
        second_factor.show(account, code_at(NOON + HALF_A_MINUTE))


@pytest.mark.parametrize("typed", ["{} {}", " {}-{} ", "{}\t{}"])
def test_spaces_do_no_harm(account: int, typed: str) -> None:
    with time_machine.travel(NOON, tick=False):
        code = code_at(NOON)
        second_factor.show(account, typed.format(code[:3], code[3:]))


@given(st.text(max_size=40))
def test_anything_may_be_typed(typed: str) -> None:
    second_factor._step_of(AUTHENTICATOR, typed, NOON)


def test_a_recovery_code_works_once_and_is_told(account: int) -> None:
    codes = new_codes(account)
    assert len(set(codes)) == second_factor.RECOVERY_CODES
    assert second_factor.show(account, f" {codes[0].upper()} ") == 9
    with pytest.raises(WrongCode):
        second_factor.show(account, codes[0])
    assert second_factor.show(account, codes[1].replace("-", "")) == 8
    assert acts().count("recovery_code_used") == 2
    assert "One of your recovery codes was used" in letters()[0]


def test_another_persons_recovery_code_opens_nothing(account: int) -> None:
    codes = new_codes(account)
    with begin_work(WORKER) as work:
        other = make_account(work, email="other@advocates.example").id
    with pytest.raises(WrongCode):
        second_factor.show(other, codes[0])


def test_new_codes_end_the_old_ones_and_only_hashes_are_kept(account: int) -> None:
    old = new_codes(account)
    new = second_factor.renew_recovery_codes(account)
    with pytest.raises(WrongCode):
        second_factor.show(account, old[0])
    assert second_factor.show(account, new[0]) == 9
    with begin_work(WORKER) as work:
        kept = work.session.scalars(select(RecoveryCode.code_key)).all()
    assert len(kept) == second_factor.RECOVERY_CODES
    assert not any(code in key or code.replace("-", "") in key for key in kept for code in new)
    assert "New recovery codes were made" in letters()[0]


def test_guessing_codes_closes_for_strangers_but_not_for_a_known_browser(account: int) -> None:
    for _ in range(FREE_FAILURES):
        with pytest.raises(WrongCode):
            second_factor.show(account, "000000")
    with time_machine.travel(datetime.now(UTC), tick=False):
        code = code_at(datetime.now(UTC))
        with pytest.raises(TooManyTries):
            second_factor.show(account, code)
        second_factor.show(account, code, KNOWN)
    assert acts().count("second_factor_failed") == FREE_FAILURES


def test_a_proposed_secret_is_the_sessions_and_the_accounts_own(account: int) -> None:
    with begin_work(WORKER) as work:
        mine = work.session.get_one(Account, account)
        other = make_account(work, email="other@advocates.example")
        secret = second_factor.propose(mine, "nonce")
        assert secret == second_factor.propose(mine, "nonce")
        assert (
            len({secret, second_factor.propose(mine, "x"), second_factor.propose(other, "nonce")})
            == 3
        )
        assert len(secret) == 32
        address = second_factor.address(mine, secret, "Heard")
    assert secret in address
    assert address.startswith("otpauth://totp/Heard:")


def test_a_new_app_takes_over_with_its_first_code_and_not_before(account: int) -> None:
    with begin_work(WORKER) as work:
        secret = second_factor.propose(work.session.get_one(Account, account), "nonce")
    with time_machine.travel(NOON, tick=False) as clock:
        with pytest.raises(WrongCode) as wrong:
            second_factor.confirm(account, secret, code_at(NOON))
        assert "your app shows now" in wrong.value.message
        second_factor.show(account, code_at(NOON))
        codes = second_factor.confirm(account, secret, code_at(NOON, secret))
        assert len(codes) == second_factor.RECOVERY_CODES
        clock.shift(HALF_A_MINUTE)
        with pytest.raises(WrongCode):
            second_factor.show(account, code_at(NOON + HALF_A_MINUTE))
        second_factor.show(account, code_at(NOON + HALF_A_MINUTE, secret))
        # The code that confirmed is used up like any other.
        with pytest.raises(WrongCode):
            second_factor.show(account, code_at(NOON, secret))
    assert "replaced by another one" in letters()[0]
    assert "second_factor_confirmed" in acts()


def test_guessing_the_first_code_is_slowed_down_too(account: int) -> None:
    for _ in range(FREE_FAILURES):
        with pytest.raises(WrongCode):
            second_factor.confirm(account, AUTHENTICATOR, "000000")
    with pytest.raises(TooManyTries):
        second_factor.confirm(account, AUTHENTICATOR, "000000")


def test_taking_it_away_signs_out_and_leaves_no_code(account: int) -> None:
    codes = new_codes(account)
    with begin_work(WORKER) as work:
        mine = work.session.get_one(Account, account)
        sign_ins.begin(work, mine, "a browser")
        second_factor.reset(work, mine)
        assert not second_factor.is_set_up(mine)
    with pytest.raises(WrongCode):
        second_factor.show(account, codes[0])
    with pytest.raises(WrongCode):
        second_factor.show(account, code_at(datetime.now(UTC)))
    assert db.session.scalars(select(SignIn.ended_at)).one() is not None

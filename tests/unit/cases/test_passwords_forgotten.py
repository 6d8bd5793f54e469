"""A forgotten password: every address gets the same work, and only a mailbox learns more."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from portal.cases import accounts, password_resets, sign_ins
from portal.cases.password_resets import LINK_LIVES, ONE_LETTER_IN, ResetEnded
from portal.cases.passwords import WeakPassword
from portal.cases.throttling import TooManyTries
from portal.commands.background import run_round
from portal.records.account import Account
from portal.records.audit_event import AuditEvent
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.records.sign_in import PasswordResetRequest, SignIn
from portal.work import WORKER, Work, begin_work
from tests.matters import PASSWORD, make_account

EMAIL, NOBODY = "sam@advocates.example", "nobody@advocates.example"
ADDRESS = "192.0.2.1"
ANOTHER = "velvet Thimble 4 harbour"
MORNING = datetime(2026, 12, 7, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def account(app: Flask) -> int:
    with begin_work(WORKER) as work:
        return make_account(work, email=EMAIL).id


def answer() -> int:
    with begin_work(WORKER) as work:
        return password_resets.answer_waiting(work)


def letters() -> list[OutboxLetter]:
    with begin_work(WORKER) as work:
        found = work.session.scalars(select(OutboxLetter).order_by(OutboxLetter.id)).all()
        work.session.expunge_all()
        return list(found)


def token() -> str:
    link = re.search(r"/sign-in/new-password/(\S+)", letters()[-1].body)
    assert link is not None
    return link[1]


def rows() -> list[PasswordResetRequest]:
    with begin_work(WORKER) as work:
        found = list(work.session.scalars(select(PasswordResetRequest)))
        work.session.expunge_all()
        return found


def use(text: str, password: str = ANOTHER) -> None:
    with begin_work(WORKER) as work:
        password_resets.use(work, text, password)


def test_asking_does_the_same_for_every_address() -> None:
    for email in (EMAIL, NOBODY):
        password_resets.ask(email, ADDRESS)
    found = rows()
    assert [row.handled_at for row in found] == [None, None]
    assert {row.email for row in found} == {EMAIL, NOBODY}
    assert letters() == []
    with begin_work(WORKER) as work:
        wanted = select(AuditEvent.about_id).where(AuditEvent.act == "password_reset_asked")
        assert work.session.scalars(wanted).all() == [None, None]


def test_the_work_process_writes_to_whoever_has_an_account_and_to_nobody_else() -> None:
    for email in (EMAIL.upper(), NOBODY):
        password_resets.ask(email, ADDRESS)
    assert run_round(None, sweep=False).done["resets_answered"] == 1
    (letter,) = letters()
    assert (letter.kind, letter.to_email) == (LetterKind.PASSWORD_RESET, EMAIL)
    assert answer() == 0
    assert all(row.handled_at is not None and row.email == "" for row in rows())


@pytest.mark.parametrize("state", ["ended", "invited"])
def test_an_account_that_nobody_can_use_gets_no_letter(account: int, state: str) -> None:
    with begin_work(WORKER) as work:
        found = work.session.get_one(Account, account)
        if state == "ended":
            accounts.deactivate(work, found)
        else:
            found.password_hash = None
    password_resets.ask(EMAIL, ADDRESS)
    assert answer() == 0
    assert letters() == []


def test_the_link_sets_a_password_once_ends_sign_ins_and_is_told(account: int) -> None:
    with begin_work(WORKER) as work:
        sign_ins.begin(work, work.session.get_one(Account, account), "a browser")
    password_resets.ask(EMAIL, ADDRESS)
    answer()
    link = token()
    with begin_work(WORKER) as work:
        for _ in range(2):
            assert password_resets.asked_for(work, link).id == account
        assert work.session.scalars(select(Account.reset_key)).one() != link
    with pytest.raises(WeakPassword):
        use(link, "password1234")
    use(link)
    with pytest.raises(ResetEnded):
        use(link)
    assert accounts.check_password(EMAIL, ANOTHER, ADDRESS).id == account
    with begin_work(WORKER) as work:
        assert work.session.scalars(select(SignIn.ended_at)).one() is not None
    assert "with a link that we had sent" in letters()[-1].body


def test_the_link_ends_after_an_hour() -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        password_resets.ask(EMAIL, ADDRESS)
        answer()
        link = token()
        clock.shift(LINK_LIVES - timedelta(seconds=1))
        with begin_work(WORKER) as work:
            password_resets.asked_for(work, link)
        clock.shift(timedelta(seconds=1))
        with pytest.raises(ResetEnded):
            use(link)


@pytest.mark.parametrize("wrong", ["", "x" * 43, "None"])
def test_what_is_no_link_opens_nothing(work: Work, wrong: str) -> None:
    with pytest.raises(ResetEnded) as ended:
        password_resets.asked_for(work, wrong)
    assert ended.value.status == 410


def test_changing_the_password_ends_the_link(account: int) -> None:
    password_resets.ask(EMAIL, ADDRESS)
    answer()
    with begin_work(WORKER) as work:
        accounts.set_password(work, work.session.get_one(Account, account), ANOTHER)
    with pytest.raises(ResetEnded):
        use(token())


def test_one_letter_in_a_quarter_of_an_hour_and_a_newer_link_in_the_next() -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        for _ in range(10):
            password_resets.ask(EMAIL, ADDRESS)
            answer()
        assert len(letters()) == 1
        first = token()
        clock.shift(ONE_LETTER_IN)
        password_resets.ask(EMAIL, ADDRESS)
        answer()
        assert len(letters()) == 2
        with pytest.raises(ResetEnded):
            use(first)
        use(token())


def test_asking_in_anothers_name_from_one_address_is_slowed_down_in_silence() -> None:
    for number in range(password_resets.OFFICE_FREE * 2):
        password_resets.ask(f"colleague{number}@council.example", ADDRESS)
    assert len(rows()) == password_resets.OFFICE_FREE
    password_resets.ask(EMAIL, "198.51.100.7")
    assert answer() == 1


def test_a_link_lets_its_owner_in_while_strangers_guess(account: int) -> None:
    for number in range(8):
        try:
            accounts.check_password(EMAIL, "wrong", f"192.0.2.{number}")
        except (accounts.WrongSignIn, TooManyTries):
            continue
    password_resets.ask(EMAIL, ADDRESS)
    answer()
    with begin_work(WORKER) as work:
        assert password_resets.use(work, token(), ANOTHER).id == account
    with pytest.raises(TooManyTries):
        accounts.check_password(EMAIL, PASSWORD, "198.51.100.7")


def test_what_was_asked_is_gone_after_a_day() -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        password_resets.ask(EMAIL, ADDRESS)
        clock.shift(timedelta(hours=12))
        password_resets.ask(NOBODY, ADDRESS)
        answer()
        clock.shift(timedelta(hours=12, minutes=1))
        answer()
        with begin_work(WORKER) as work:
            assert work.session.scalar(select(func.count()).select_from(PasswordResetRequest)) == 1
        clock.shift(timedelta(hours=12))
        answer()
        assert rows() == []

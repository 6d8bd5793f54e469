"""Sign-ins that last: found by their token alone, over when idle or when they lasted too long."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.cases import sign_ins
from portal.records.account import Account
from portal.records.audit_event import AuditEvent
from portal.records.outbox_letter import OutboxLetter
from portal.records.sign_in import SignIn
from portal.work import Work
from tests.matters import make_account

MINUTE = timedelta(minutes=1)


@pytest.fixture
def account(work: Work) -> Account:
    return make_account(work)


def is_open(work: Work, token: str) -> bool:
    return sign_ins.find(work.session, token, work.now) is not None


def row_of(work: Work, token: str) -> SignIn:
    found = sign_ins.find(work.session, token, work.now)
    assert found is not None
    return work.session.get_one(SignIn, found.id)


def test_a_token_finds_its_sign_in_and_is_not_kept(work: Work, account: Account) -> None:
    token = sign_ins.begin(work, account, "Firefox")
    assert sign_ins.begin(work, account, "Firefox") != token
    row = row_of(work, token)
    assert row.account_id == account.id
    assert token not in (row.token_key, row.public_id)
    assert not is_open(work, row.public_id)
    assert not is_open(work, row.token_key)


def test_it_ends_when_it_lies_idle(work: Work, account: Account) -> None:
    token = sign_ins.begin(work, account, "")
    work.now += sign_ins.IDLE - MINUTE
    sign_ins.note_seen(work, row_of(work, token).id)
    work.now += sign_ins.IDLE - MINUTE
    assert is_open(work, token)
    work.now += MINUTE
    assert not is_open(work, token)


def test_it_ends_after_its_longest_whatever_is_done(work: Work, account: Account) -> None:
    token = sign_ins.begin(work, account, "")
    began, row = work.now, row_of(work, token)
    while work.now - began < sign_ins.LONGEST - sign_ins.IDLE / 2:
        work.now += sign_ins.IDLE / 2
        sign_ins.note_seen(work, row.id)
        work.session.expire(row)
    work.now = began + sign_ins.LONGEST - MINUTE
    assert is_open(work, token)
    work.now = began + sign_ins.LONGEST
    assert not is_open(work, token)


def test_an_ended_account_has_no_sign_in(work: Work, account: Account) -> None:
    token = sign_ins.begin(work, account, "")
    account.active = False
    assert not is_open(work, token)


def test_ending_one_leaves_the_others(work: Work, account: Account) -> None:
    first, second = (sign_ins.begin(work, account, name) for name in ("a", "b"))
    ended = sign_ins.end_own(work, account.id, row_of(work, first).public_id)
    assert ended is not None
    assert not is_open(work, first)
    assert is_open(work, second)
    assert "One of your sign-ins was ended" in work.session.scalars(select(OutboxLetter.body)).one()
    assert "signed_out" in work.session.scalars(select(AuditEvent.act)).all()


def test_nobody_ends_anothers(work: Work, account: Account) -> None:
    token = sign_ins.begin(work, account, "")
    other = make_account(work, email="other@advocates.example")
    assert sign_ins.end_own(work, other.id, row_of(work, token).public_id) is None
    assert is_open(work, token)


def test_ending_the_others_leaves_this_one_and_other_people(work: Work, account: Account) -> None:
    other = make_account(work, email="other@advocates.example")
    here, there, theirs = (
        sign_ins.begin(work, whose, name)
        for whose, name in ((account, "a"), (account, "b"), (other, "c"))
    )
    this = row_of(work, here)
    assert sign_ins.end_others(work, account.id, this.id) == 1
    assert [is_open(work, token) for token in (here, there, theirs)] == [True, False, True]
    assert [one.id for one in sign_ins.open_ones(work.session, account.id, work.now)] == [this.id]
    assert sign_ins.end_others(work, account.id, this.id) == 0
    # Nothing was ended the second time, so nothing was written either.
    assert len(work.session.scalars(select(OutboxLetter)).all()) == 1


def test_confirming_again_moves_only_that_moment(work: Work, account: Account) -> None:
    row = row_of(work, sign_ins.begin(work, account, ""))
    work.now += 5 * MINUTE
    sign_ins.confirm(work, row.id)
    work.session.refresh(row)
    assert row.confirmed_at - row.began_at == 5 * MINUTE
    assert row.seen_at == row.began_at


def test_a_browsers_name_is_cut(work: Work, account: Account) -> None:
    row = row_of(work, sign_ins.begin(work, account, "x" * 5000))
    assert len(row.device) == sign_ins.LONGEST_DEVICE

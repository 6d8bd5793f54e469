"""What stands on the list about somebody: changed, told to them, and noted by field names."""

import pytest
from flask import Flask
from sqlalchemy import select

from portal.cases import (
    accounts,
    changing_people,
    field_changes,
    inviting,
    leaving,
    passwords,
    sign_ins,
)
from portal.cases.accounts import EmailTaken, NotAnAddress
from portal.cases.changing_people import DesignatedAddress, Details, NobodyThere, NotOwn
from portal.cases.inviting import CannotInvite
from portal.cases.reporting_lines import ManagerRefused
from portal.records.account import Account, Role
from portal.records.audit_event import AuditEvent
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.work import Who, Work
from tests.matters import LOW_COSTS, make_account

OLD, NEW = "bryony@council.example", "b.tarrant@council.example"


@pytest.fixture(autouse=True)
def _quick(app: Flask) -> None:
    app.config[passwords.COSTS] = LOW_COSTS


@pytest.fixture
def bryony(work: Work) -> Account:
    return make_account(work, Role.TEAM_MANAGER, OLD, "Bryony Tarrant")


def letters(work: Work, kind: LetterKind) -> list[tuple[str | None, str]]:
    work.session.flush()
    wanted = select(OutboxLetter).where(OutboxLetter.kind == kind).order_by(OutboxLetter.id)
    return [(letter.to_email, letter.body) for letter in work.session.scalars(wanted)]


def noted(work: Work, act: str) -> list[list[str]]:
    work.session.flush()
    return [
        list(fields)
        for fields in work.session.scalars(select(AuditEvent.fields).where(AuditEvent.act == act))
    ]


def test_what_is_the_same_is_no_change(work: Work, bryony: Account) -> None:
    assert changing_people.change(work, bryony, Details(" Bryony Tarrant ", OLD.upper())) == ()
    assert noted(work, "account_changed") == []
    assert letters(work, LetterKind.SIGN_IN_CHANGED) == []


def test_the_trail_has_the_names_of_the_fields_and_never_what_stands_in_them(
    work: Work, bryony: Account
) -> None:
    manager = accounts.create(work, "Tamsin Rudd", "tamsin@council.example")
    new = Details("Bryony Rudd", OLD, "Team manager", "tamsin@council.example")
    assert set(changing_people.change(work, bryony, new)) == {"name", "job_title", "reports_to"}
    assert bryony.reports_to_id == manager.id
    assert noted(work, "account_changed") == [["job_title", "name", "reports_to"]]
    kept = field_changes.of_account(work.session, bryony)
    assert {(one.field, one.before, one.after) for one, _ in kept} == {
        ("name", "Bryony Tarrant", "Bryony Rudd"),
        ("job_title", None, "Team manager"),
        ("reports_to", None, "Tamsin Rudd"),
    }
    assert {one.feedback_id for one, _ in kept} == {None}


def test_a_new_address_is_told_to_the_old_and_to_the_new_one(work: Work, bryony: Account) -> None:
    bryony.reset_key = "lies in the old mailbox"
    assert changing_people.change(work, bryony, Details(bryony.name, NEW)) == ("email",)
    told = letters(work, LetterKind.SIGN_IN_CHANGED)
    assert [to for to, _ in told] == [OLD, NEW]
    assert bryony.reset_key is None
    assert changing_people.by_email(work.session, NEW) is bryony
    assert changing_people.by_email(work.session, OLD) is None


def test_an_invitation_moves_to_the_new_address(work: Work) -> None:
    account = accounts.create(work, "Wilf Hadley", "wilf@council.example")
    inviting.send(work, account)
    first = account.invitation_key
    changing_people.change(work, account, Details(account.name, "w.hadley@council.example"))
    assert account.invitation_key not in (None, first)
    sent = [to for to, _ in letters(work, LetterKind.INVITATION)]
    assert sent == ["wilf@council.example", "w.hadley@council.example"]
    assert letters(work, LetterKind.SIGN_IN_CHANGED) == []


def test_addresses_are_checked(work: Work, bryony: Account) -> None:
    accounts.create(work, "Wilf Hadley", NEW)
    for email, refusal in ((NEW, EmailTaken), ("no address", NotAnAddress), ("@x", NotAnAddress)):
        with pytest.raises(refusal):
            changing_people.change(work, bryony, Details(bryony.name, email))
    assert bryony.email == OLD


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_an_administrator_cannot_become_the_officer_who_opens_cases(work: Work, role: Role) -> None:
    account = make_account(work, role, "ada@council.example")
    with pytest.raises(DesignatedAddress):
        changing_people.change(
            work, account, Details(account.name, work.council.designated_officer)
        )


def test_managers_are_found_by_their_address(work: Work, bryony: Account) -> None:
    with pytest.raises(NobodyThere):
        changing_people.change(work, bryony, Details(bryony.name, OLD, "", "no@council.example"))
    with pytest.raises(ManagerRefused):
        changing_people.change(work, bryony, Details(bryony.name, OLD, "", OLD))


def test_a_reset_takes_the_factor_and_the_sign_ins_and_writes(work: Work, bryony: Account) -> None:
    token = sign_ins.begin(work, bryony, "a browser")
    changing_people.reset_second_factor(work, bryony)
    assert bryony.totp_secret is None
    assert sign_ins.find(work.session, token, work.now) is None
    ((to, body),) = letters(work, LetterKind.SIGN_IN_CHANGED)
    assert to == OLD
    assert "second factor" in body
    assert noted(work, "second_factor_reset") == [[]]


def test_nobody_resets_or_signs_out_themself_here(work: Work, bryony: Account) -> None:
    work.who = Who("staff", bryony.id)
    with pytest.raises(NotOwn):
        changing_people.reset_second_factor(work, bryony)
    with pytest.raises(NotOwn):
        changing_people.end_sign_ins(work, bryony)


def test_whoever_has_a_password_or_has_left_is_not_invited(work: Work, bryony: Account) -> None:
    with pytest.raises(CannotInvite, match="password already"):
        inviting.send(work, bryony)
    leaving.leave(work, bryony)
    with pytest.raises(CannotInvite, match="left"):
        inviting.send(work, bryony)
    assert letters(work, LetterKind.INVITATION) == []

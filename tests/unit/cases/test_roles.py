"""Roles and teams: given between days, ended and never removed, and never the last one."""

from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from portal.cases import accounts, leaving, organisations, passwords, roles
from portal.cases.roles import ALONE, LastOne, RoleRefused
from portal.procedures.vocabulary import Team
from portal.records.account import Account, Role
from portal.records.audit_event import AuditEvent
from portal.records.role_grant import RoleGrant
from portal.work import WORKER, Who, Work, begin_work
from tests.matters import LOW_COSTS, SINCE, make_account

ONE_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _quick(app: Flask) -> None:
    app.config[passwords.COSTS] = LOW_COSTS


def somebody(work: Work, name: str = "Bryony Tarrant") -> Account:
    email = f"{name.split()[0].lower()}@council.example"
    return accounts.create(work, name, email)


def grant_of(work: Work, account: Account) -> RoleGrant:
    return work.session.scalars(select(RoleGrant).where(RoleGrant.account_id == account.id)).one()


def test_a_role_holds_on_its_days_and_on_no_other(work: Work) -> None:
    account = somebody(work)
    first, last = work.today, work.today + 9 * ONE_DAY
    roles.give_role(work, account, Role.TEAM_MANAGER, first, last)
    held = {
        day: roles.roles_between(work.session, account.id, day, day)
        for day in (first - ONE_DAY, first, last, last + ONE_DAY)
    }
    assert held[first] == held[last] == {Role.TEAM_MANAGER}
    assert held[first - ONE_DAY] == held[last + ONE_DAY] == frozenset()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 40), st.one_of(st.none(), st.integers(0, 10))),
        min_size=1,
        max_size=6,
    )
)
def test_no_day_ever_has_a_role_twice(app: Flask, wanted: list[tuple[int, int | None]]) -> None:
    with begin_work(WORKER) as work:
        account = somebody(work)
        for start, length in wanted:
            first = work.today + start * ONE_DAY
            last = None if length is None else first + length * ONE_DAY
            try:
                roles.give_role(work, account, Role.OFFICER, first, last)
            except RoleRefused:
                continue
        rows = work.session.scalars(select(RoleGrant)).all()
        assert rows
        for days in range(60):
            day = work.today + days * ONE_DAY
            holding = [
                row for row in rows if row.first_day <= day and (row.last_day or date.max) >= day
            ]
            assert len(holding) <= 1
        work.session.rollback()


def test_the_last_day_is_not_before_the_first(work: Work) -> None:
    with pytest.raises(RoleRefused, match="before the first"):
        roles.give_role(work, somebody(work), Role.OFFICER, work.today, work.today - ONE_DAY)


@pytest.mark.parametrize("alone", sorted(ALONE))
def test_administrators_and_auditors_have_no_other_role_in_either_order(
    work: Work, alone: Role
) -> None:
    first, second = somebody(work), somebody(work, "Wilf Hadley")
    roles.give_role(work, first, alone, work.today)
    roles.give_role(work, second, Role.OFFICER, work.today)
    for account, role in ((first, Role.OFFICER), (second, alone)):
        with pytest.raises(RoleRefused, match="no other role"):
            roles.give_role(work, account, role, work.today)


def test_one_after_the_other_is_no_other_role(work: Work) -> None:
    account = somebody(work)
    roles.give_role(work, account, Role.OFFICER, work.today, work.today + ONE_DAY)
    roles.give_role(work, account, Role.AUDITOR, work.today + 2 * ONE_DAY)


def test_outside_roles_need_an_organisation_and_the_others_none(work: Work) -> None:
    inside = somebody(work)
    place = organisations.create(work, "Brightside Advocacy")
    outside = accounts.create(work, "Sam Sample", "sam@advocates.example", organisation=place)
    with pytest.raises(RoleRefused, match="organisation"):
        roles.give_role(work, inside, Role.ADVOCATE, work.today)
    with pytest.raises(RoleRefused, match="outside the council"):
        roles.give_role(work, outside, Role.OFFICER, work.today)
    with pytest.raises(RoleRefused, match="own people"):
        roles.join_team(work, outside, Team.FOSTERING, work.today)
    roles.give_role(work, outside, Role.ADVOCATE, work.today)


def test_nobody_changes_their_own_roles_or_teams(work: Work) -> None:
    mine = make_account(work, Role.ADMINISTRATOR, "ada@council.example")
    make_account(work, Role.ADMINISTRATOR, "second@council.example")
    grant = grant_of(work, mine)
    membership = roles.join_team(work, mine, Team.FOSTERING, work.today)
    work.who = Who("staff", mine.id)
    for deed in (
        lambda: roles.give_role(work, mine, Role.AUDITOR, work.today),
        lambda: roles.end_role(work, grant, work.today),
        lambda: roles.join_team(work, mine, Team.SEND, work.today),
        lambda: roles.leave_team(work, membership, work.today),
    ):
        with pytest.raises(RoleRefused, match="your own"):
            deed()


def test_whoever_has_left_is_given_nothing(work: Work) -> None:
    account = somebody(work)
    leaving.leave(work, account)
    with pytest.raises(RoleRefused, match="left"):
        roles.give_role(work, account, Role.OFFICER, work.today)
    with pytest.raises(RoleRefused, match="left"):
        roles.join_team(work, account, Team.SEND, work.today)


@pytest.mark.parametrize("alone", sorted(ALONE))
def test_the_officer_of_the_councils_file_opens_cases_and_so_is_no_administrator(
    work: Work, alone: Role
) -> None:
    account = accounts.create(work, "Mo Latham", work.council.designated_officer)
    with pytest.raises(RoleRefused, match="council’s file"):
        roles.give_role(work, account, alone, work.today)


@pytest.mark.parametrize("role", [Role.COMPLAINTS_MANAGER, Role.ADMINISTRATOR])
def test_the_last_of_a_needed_role_cannot_be_ended_today_or_later(work: Work, role: Role) -> None:
    only = make_account(work, role, "only@council.example")
    for last_day in (work.today - ONE_DAY, work.today, work.today + 300 * ONE_DAY):
        with pytest.raises(LastOne, match="only"):
            roles.end_role(work, grant_of(work, only), last_day)
    assert grant_of(work, only).last_day is None


@pytest.mark.parametrize(
    ("first", "last", "suffices"),
    [(0, None, True), (1, None, True), (2, None, False), (0, 90, False)],
)
def test_a_second_one_suffices_only_if_they_follow_without_a_gap_and_without_an_end(
    work: Work, first: int, last: int | None, suffices: bool
) -> None:
    one = make_account(work, Role.COMPLAINTS_MANAGER, "one@council.example")
    other = somebody(work)
    end = None if last is None else work.today + last * ONE_DAY
    roles.give_role(work, other, Role.COMPLAINTS_MANAGER, work.today + first * ONE_DAY, end)
    grant = grant_of(work, one)
    if suffices:
        roles.end_role(work, grant, work.today)
        assert grant.last_day == work.today
    else:
        with pytest.raises(LastOne):
            roles.end_role(work, grant, work.today)


@pytest.mark.parametrize("ended", ["deactivated", "left"])
def test_somebody_who_is_not_there_any_more_does_not_count(work: Work, ended: str) -> None:
    one = make_account(work, Role.COMPLAINTS_MANAGER, "one@council.example")
    other = make_account(work, Role.COMPLAINTS_MANAGER, "other@council.example")
    if ended == "left":
        leaving.leave(work, other)
    else:
        accounts.deactivate(work, other)
    with pytest.raises(LastOne):
        roles.end_role(work, grant_of(work, one), work.today)


def test_a_role_ends_earlier_and_never_later(work: Work) -> None:
    account = somebody(work)
    grant = roles.give_role(work, account, Role.OFFICER, work.today, work.today + 10 * ONE_DAY)
    with pytest.raises(RoleRefused, match="already"):
        roles.end_role(work, grant, work.today + 20 * ONE_DAY)
    roles.end_role(work, grant, work.today + 5 * ONE_DAY)
    assert grant.last_day == work.today + 5 * ONE_DAY


def test_a_team_is_joined_once_and_left_and_joined_again(work: Work) -> None:
    account = somebody(work)
    first = roles.join_team(work, account, Team.FOSTERING, work.today)
    with pytest.raises(RoleRefused, match="already"):
        roles.join_team(work, account, Team.FOSTERING, work.today + 50 * ONE_DAY)
    roles.leave_team(work, first, work.today)
    roles.join_team(work, account, Team.FOSTERING, work.today + ONE_DAY)


def test_holders_are_those_of_the_day_who_are_here(work: Work) -> None:
    here = make_account(work, Role.OFFICER, "here@council.example")
    gone = make_account(work, Role.OFFICER, "gone@council.example")
    later = somebody(work)
    roles.give_role(work, later, Role.OFFICER, work.today + ONE_DAY)
    accounts.deactivate(work, gone)
    assert roles.holders(work.session, {Role.OFFICER}, work.today) == [here]
    assert roles.holders(work.session, {Role.OFFICER}, SINCE - ONE_DAY) == []


def test_the_trail_names_the_role_and_nothing_else(work: Work) -> None:
    account = somebody(work)
    grant = roles.give_role(work, account, Role.INVESTIGATOR, work.today)
    roles.end_role(work, grant, work.today)
    membership = roles.join_team(work, account, Team.SEND, work.today)
    roles.leave_team(work, membership, work.today)
    work.session.flush()
    wanted = select(AuditEvent.act, AuditEvent.fields).where(
        AuditEvent.act.like("role%") | AuditEvent.act.like("team%")
    )
    assert [tuple(row) for row in work.session.execute(wanted.order_by(AuditEvent.id))] == [
        ("role_given", ["investigator"]),
        ("role_ended", ["investigator"]),
        ("team_joined", ["send"]),
        ("team_left", ["send"]),
    ]

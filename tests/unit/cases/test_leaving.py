"""A leaver: nothing of theirs stays without somebody, and no wall falls by it."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal.cases import (
    accounts,
    advocacy,
    field_changes,
    grants,
    leaving,
    named_persons,
    passwords,
    roles,
    sign_ins,
)
from portal.cases.leaving import CannotLeave, HasNotLeft
from portal.cases.roles import LastOne
from portal.procedures.vocabulary import Team
from portal.records.account import Account, Role
from portal.records.advocacy import Advocacy
from portal.records.audit_event import AuditEvent
from portal.records.case import Case, CaseState
from portal.records.feedback import Feedback
from portal.records.field_change import FieldChange
from portal.records.wall import MatterGrant
from portal.work import Who, Work
from tests.matters import AGREED, LOW_COSTS, make_account, make_case, make_feedback


@pytest.fixture(autouse=True)
def _quick(app: Flask) -> None:
    app.config[passwords.COSTS] = LOW_COSTS


@pytest.fixture
def officer(work: Work) -> Account:
    return make_account(work, Role.OFFICER, "olive@council.example", "Olive Dray")


@pytest.fixture
def colleague(work: Work) -> Account:
    return make_account(work, Role.OFFICER, "perry@council.example", "Perry Holt")


def a_case_of(work: Work, officer: Account) -> Case:
    case = make_case(work, make_feedback(work))
    case.officer_id = officer.id
    work.session.flush()
    return case


def about(work: Work, case: Case, account: Account) -> None:
    """Link a case to somebody; somebody signed in says so."""
    linker = make_account(work, Role.OFFICER, f"linker{case.id}@council.example")
    before, work.who = work.who, Who("staff", linker.id)
    feedback = work.session.get_one(Feedback, case.feedback_id)
    named_persons.link(work, feedback, account)
    named_persons.settle(work, feedback)
    work.who = before
    work.session.flush()


def test_sign_ins_invitations_roles_and_teams_end_at_once(work: Work, officer: Account) -> None:
    token = sign_ins.begin(work, officer, "a browser")
    accounts.invite(work, officer)
    roles.join_team(work, officer, Team.FOSTERING, work.today - timedelta(days=9))
    roles.give_role(work, officer, Role.INVESTIGATOR, work.today + timedelta(days=9))
    leaving.leave(work, officer)
    assert sign_ins.find(work.session, token, work.now) is None
    assert (officer.active, officer.left_on) == (False, work.today)
    assert officer.invitation_key is None
    assert roles.roles_between(work.session, officer.id, work.today, None) == frozenset()
    assert officer.name == "Olive Dray"


def test_open_cases_need_somebody_of_the_complaints_team(
    work: Work, officer: Account, colleague: Account
) -> None:
    case, closed = a_case_of(work, officer), a_case_of(work, officer)
    closed.state = CaseState.CLOSED
    manager = make_account(work, Role.TEAM_MANAGER, "team@council.example")
    for wrong in (None, manager, officer):
        with pytest.raises(CannotLeave, match="complaints team"):
            leaving.leave(work, officer, wrong)
    assert officer.active
    handed = leaving.leave(work, officer, colleague)
    assert (handed.to_successor, handed.to_designated) == (1, 0)
    assert case.officer_id == colleague.id
    kept = work.session.scalars(select(FieldChange)).one()
    assert (kept.feedback_id, kept.field) == (case.feedback_id, "officer")
    assert (kept.before, kept.after) == ("Olive Dray", colleague.name)
    assert closed.officer_id == officer.id, "A closed case keeps the name that is on it."


def test_a_case_about_the_successor_is_never_handed_to_them(
    work: Work, officer: Account, colleague: Account
) -> None:
    case = a_case_of(work, officer)
    about(work, case, colleague)
    with pytest.raises(CannotLeave, match="closed to this person"):
        leaving.leave(work, officer, colleague)


def test_it_goes_to_the_officer_of_the_councils_file_where_there_is_one(
    work: Work, officer: Account, colleague: Account
) -> None:
    designated = accounts.create(work, "Mo Latham", work.council.designated_officer)
    walled, free = a_case_of(work, officer), a_case_of(work, officer)
    about(work, walled, colleague)
    handed = leaving.leave(work, officer, colleague)
    assert (handed.to_successor, handed.to_designated) == (1, 1)
    assert walled.officer_id == designated.id
    assert free.officer_id == colleague.id


def test_who_reported_to_them_reports_to_their_manager(work: Work, officer: Account) -> None:
    top = accounts.create(work, "Tamsin Rudd", "tamsin@council.example")
    below = accounts.create(work, "Lou Farr", "lou@council.example", reports_to=officer)
    officer.reports_to_id = top.id
    leaving.leave(work, officer)
    assert below.reports_to_id == top.id
    changed = select(AuditEvent.fields).where(
        AuditEvent.act == "account_changed", AuditEvent.about_id == below.id
    )
    assert work.session.scalars(changed).one() == ["reports_to"]
    ((kept, _),) = field_changes.of_account(work.session, below)
    assert (kept.before, kept.after) == ("Olive Dray", "Tamsin Rudd")


def test_what_was_opened_to_them_is_closed(work: Work, officer: Account) -> None:
    investigator = make_account(work, Role.INVESTIGATOR, "ivor@council.example")
    work.who = Who("staff", officer.id)
    feedback = make_feedback(work)
    grants.give(work, feedback, investigator, work.today + timedelta(days=30))
    leaving.leave(work, investigator)
    assert work.session.scalars(select(MatterGrant)).one().ended_at == work.now
    assert grants.given(work.session, feedback.id, work.today) == []


@pytest.mark.parametrize("role", [Role.COMPLAINTS_MANAGER, Role.ADMINISTRATOR])
def test_the_last_of_a_needed_role_cannot_leave(work: Work, role: Role) -> None:
    only = make_account(work, role, "only@council.example")
    with pytest.raises(LastOne):
        leaving.leave(work, only)


def test_nobody_ends_themself_and_nobody_leaves_twice(work: Work, officer: Account) -> None:
    before, work.who = work.who, Who("staff", officer.id)
    with pytest.raises(CannotLeave, match="your own"):
        leaving.leave(work, officer)
    work.who = before
    leaving.leave(work, officer)
    with pytest.raises(CannotLeave, match="already"):
        leaving.leave(work, officer)


def followers_of(work: Work, feedback: Feedback) -> set[int]:
    wanted = select(Advocacy.account_id).where(
        Advocacy.feedback_id == feedback.id, Advocacy.ended_at.is_(None)
    )
    return set(work.session.scalars(wanted))


def test_young_people_go_to_a_colleague_of_the_same_organisation_or_to_nobody(
    work: Work, officer: Account
) -> None:
    sam = make_account(work)
    alex = make_account(work, email="alex@advocates.example", name="Alex Sample")
    first, second = make_feedback(work), make_feedback(work)
    for feedback in (first, second):
        advocacy.join(work, sam.id, feedback, AGREED)
    work.session.flush()
    with pytest.raises(CannotLeave, match="colleague"):
        leaving.leave(work, sam, officer)
    handed = leaving.leave(work, sam, alex)
    assert len(handed.found.followed) == 2
    assert followers_of(work, first) == followers_of(work, second) == {alex.id}
    leaving.leave(work, alex)
    assert followers_of(work, first) == set()


def test_whom_the_young_person_switched_off_is_not_let_in_by_a_leaver(work: Work) -> None:
    sam = make_account(work)
    alex = make_account(work, email="alex@advocates.example")
    feedback = make_feedback(work)
    for one in (sam, alex):
        advocacy.join(work, one.id, feedback, AGREED)
    work.session.flush()
    advocacy.switch_off(work, feedback, alex.public_id)
    leaving.leave(work, sam, alex)
    assert followers_of(work, feedback) == set()


def test_somebody_comes_back_with_nothing_that_they_had(work: Work, officer: Account) -> None:
    with pytest.raises(HasNotLeft):
        leaving.come_back(work, officer)
    leaving.leave(work, officer)
    leaving.come_back(work, officer)
    assert (officer.active, officer.left_on) == (True, None)
    assert officer.password_hash is None
    assert officer.totp_secret is None
    assert roles.roles_between(work.session, officer.id, work.today, None) == frozenset()


def test_successors_are_those_who_are_there(
    work: Work, officer: Account, colleague: Account
) -> None:
    sam = make_account(work)
    alex = make_account(work, email="alex@advocates.example", name="Alex Sample")
    assert leaving.successors(work.session, officer, work.today) == [colleague]
    assert leaving.successors(work.session, sam, work.today) == [alex]
    leaving.leave(work, alex)
    assert leaving.successors(work.session, sam, work.today) == []

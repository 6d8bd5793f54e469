"""Walls, grants and broken glass: what they close and open, whom they tell, what they leave."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from portal.access.acts import Act
from portal.access.permission import may
from portal.access.person import Person, person_of
from portal.cases import accounts, appointing, grants, looks, my_work, named_persons, roles
from portal.cases.acting import visible_to_actor
from portal.cases.addresses import email_key
from portal.cases.grants import GrantRefused
from portal.cases.my_work import Waits
from portal.cases.named_persons import LinkRefused
from portal.procedures.state import AppointedAs
from portal.procedures.vocabulary import Team
from portal.records.account import Account, Role
from portal.records.feedback import Feedback
from portal.records.outbox_letter import OutboxLetter
from portal.records.wall import NamedPerson
from portal.work import COMMAND, Who, Work
from tests.matters import make_account, make_case, make_feedback

REASON = "A carer rang: the child may be hurt tonight."


def as_person(work: Work, account: Account) -> Person:
    designated = email_key(work.council.designated_officer)
    return person_of(work.session, account, work.today, designated)


def reads(work: Work, account: Account, feedback: Feedback) -> bool:
    person = as_person(work, account)
    found = may(work.session, person, Act.READ, feedback.id, work.today, work.now)
    return found.allowed


@pytest.fixture
def officer(work: Work) -> Account:
    account = make_account(work, Role.OFFICER, "officer@council.example", "Olive Officer")
    work.who = Who("staff", account.id)
    return account


@pytest.fixture
def manager(work: Work) -> Account:
    account = make_account(work, Role.TEAM_MANAGER, "manager@council.example", "Mark Manager")
    roles.join_team(work, account, Team.CARE_PLANNING_COURT, work.today)
    return account


@pytest.fixture
def head(work: Work, manager: Account) -> Account:
    account = make_account(work, Role.HEAD_OF_SERVICE, "head@council.example", "Hana Head")
    roles.join_team(work, account, Team.CARE_PLANNING_COURT, work.today)
    work.session.flush()
    manager.reports_to_id = account.id
    return account


@pytest.fixture
def matter(work: Work, officer: Account) -> Feedback:
    feedback = make_feedback(work)
    make_case(work, feedback)
    return feedback


def test_a_complaint_about_a_manager_is_for_the_one_above(
    work: Work, matter: Feedback, manager: Account, head: Account
) -> None:
    assert reads(work, manager, matter)
    named_persons.link(work, matter, manager)
    work.session.flush()
    assert not reads(work, manager, matter)
    assert reads(work, head, matter)


def test_it_is_closed_to_everybody_below_at_any_depth(
    work: Work, matter: Feedback, manager: Account, head: Account
) -> None:
    deputy = make_account(work, Role.TEAM_MANAGER, "deputy@council.example")
    roles.join_team(work, deputy, Team.CARE_PLANNING_COURT, work.today)
    deputy.reports_to_id = manager.id
    work.session.flush()
    assert reads(work, deputy, matter)
    director = accounts.create(work, "Dora Director", "director@council.example")
    work.session.flush()
    head.reports_to_id = director.id
    named_persons.link(work, matter, director)
    work.session.flush()
    assert [reads(work, one, matter) for one in (deputy, manager, head)] == [False] * 3


def test_a_circle_of_managers_ends(work: Work, manager: Account, head: Account) -> None:
    head.reports_to_id = manager.id
    work.session.flush()
    assert as_person(work, manager).superiors == {head.id}


@pytest.mark.parametrize("role", [Role.OFFICER, Role.COMPLAINTS_MANAGER, Role.HEAD_OF_SERVICE])
def test_about_the_complaints_team_or_a_head_it_goes_to_the_designated_officer(
    work: Work, matter: Feedback, officer: Account, role: Role
) -> None:
    designated = accounts.create(work, "Mona Monitor", work.council.designated_officer)
    named = make_account(work, role, "named@council.example")
    work.session.flush()
    assert not reads(work, designated, matter)
    named_persons.link(work, matter, named)
    work.session.flush()
    assert not reads(work, officer, matter)
    assert reads(work, designated, matter)
    found = may(
        work.session, as_person(work, designated), Act.DECIDE, matter.id, work.today, work.now
    )
    assert found.allowed


def test_the_designated_officer_is_told_once_and_without_content(
    work: Work, matter: Feedback, officer: Account
) -> None:
    designated = accounts.create(work, "Mona Monitor", work.council.designated_officer)
    for email in ("named@council.example", "other@council.example"):
        named_persons.link(work, matter, make_account(work, Role.OFFICER, email, "Nora Named"))
    (letter,) = work.session.scalars(select(OutboxLetter)).all()
    assert (letter.to_email, letter.shown_to_person) == (designated.email, False)
    assert f"/officers/cases/{matter.public_id}" in letter.body
    for closed in (matter.story, matter.reference, "Nora"):
        assert closed not in letter.subject + letter.body
    work.who = Who("staff", designated.id)
    (waits,) = my_work.waiting(work, partial(visible_to_actor, work))
    assert (waits.waits, waits.reference) == (Waits.GIVE, matter.reference)
    work.who = Who("staff", officer.id)
    assert my_work.waiting(work, partial(visible_to_actor, work)) == []


def test_a_role_that_ends_later_opens_nothing(
    work: Work, matter: Feedback, officer: Account
) -> None:
    named = make_account(work, Role.OFFICER, "named@council.example")
    named_persons.link(work, matter, named)
    work.today += timedelta(days=400)
    assert not reads(work, officer, matter)


def test_about_the_designated_officer_it_stays_with_the_complaints_team(
    work: Work, matter: Feedback, officer: Account
) -> None:
    designated = make_account(work, Role.HEAD_OF_SERVICE, work.council.designated_officer)
    named_persons.link(work, matter, designated)
    work.session.flush()
    assert reads(work, officer, matter)
    assert not reads(work, designated, matter)


def test_until_it_is_settled_only_complaints_officers_see_it(
    work: Work, matter: Feedback, officer: Account, manager: Account
) -> None:
    named_persons.unsettle(work, matter)
    work.session.flush()
    assert (reads(work, officer, matter), reads(work, manager, matter)) == (True, False)
    named_persons.settle(work, matter)
    work.session.flush()
    assert reads(work, manager, matter)


def test_a_link_is_made_once_and_taken_back_with_its_trace(
    work: Work, matter: Feedback, manager: Account
) -> None:
    named = named_persons.link(work, matter, manager)
    work.session.flush()
    with pytest.raises(LinkRefused):
        named_persons.link(work, matter, manager)
    named_persons.unlink(work, matter, named)
    work.session.flush()
    assert reads(work, manager, matter)
    assert work.session.scalars(select(NamedPerson)).one().unlinked_by_id == work.who.account_id


def test_somebody_outside_is_never_linked(work: Work, matter: Feedback) -> None:
    with pytest.raises(LinkRefused):
        named_persons.link(work, matter, make_account(work))


def test_a_grant_opens_one_matter_until_its_day(
    work: Work, matter: Feedback, officer: Account
) -> None:
    investigator = make_account(work, Role.PANEL_CLERK, "io@people.example")
    other = make_feedback(work)
    make_case(work, other, officer=officer)
    grant = grants.give(work, matter, investigator, work.today + timedelta(days=10))
    work.session.flush()
    assert reads(work, investigator, matter)
    assert not reads(work, investigator, other)
    work.today += timedelta(days=11)
    assert not reads(work, investigator, matter)
    work.today -= timedelta(days=11)
    grants.end(work, matter, grant)
    work.session.flush()
    assert not reads(work, investigator, matter)


def test_nobody_is_given_what_is_about_them_or_theirs(work: Work, matter: Feedback) -> None:
    boss = make_account(work, Role.INVESTIGATOR, "boss@people.example")
    worker = make_account(work, Role.INVESTIGATOR, "worker@people.example")
    worker.reports_to_id = boss.id
    named_persons.link(work, matter, boss)
    work.session.flush()
    for account in (boss, worker):
        with pytest.raises(GrantRefused, match="about this person"):
            grants.give(work, matter, account, work.today)


def test_nobody_is_given_or_appointed_before_it_is_said_whom_it_is_about(
    work: Work, matter: Feedback
) -> None:
    investigator = make_account(work, Role.INVESTIGATOR, "io@people.example")
    named_persons.unsettle(work, matter)
    with pytest.raises(GrantRefused, match="whom it is about"):
        grants.give(work, matter, investigator, work.today)
    with pytest.raises(appointing.NotSettled):
        appointing.open_to(work, matter, AppointedAs.INVESTIGATOR, investigator, work.today)
    named_persons.settle(work, matter)
    assert grants.give(work, matter, investigator, work.today).account_id == investigator.id


def test_whom_a_young_person_named_never_opens_it_and_is_never_given_it(
    work: Work, officer: Account, manager: Account
) -> None:
    said = make_feedback(work, about_whom="Mark Manager", about_a_person=True)
    make_case(work, said, officer=officer)
    work.session.flush()
    assert (reads(work, officer, said), reads(work, manager, said)) == (True, False)
    named_persons.link(work, said, manager)
    named_persons.settle(work, said)
    roles.give_role(work, manager, Role.INVESTIGATOR, work.today)
    work.session.flush()
    assert not reads(work, manager, said)
    with pytest.raises(GrantRefused, match="about this person"):
        grants.give(work, said, manager, work.today)
    with pytest.raises(appointing.AboutThem):
        appointing.open_to(work, said, AppointedAs.REVIEWER, manager, None)


def test_a_grant_wants_a_role_for_it_and_a_day_to_come(
    work: Work, matter: Feedback, manager: Account
) -> None:
    with pytest.raises(GrantRefused, match="no role"):
        grants.give(work, matter, manager, work.today)
    investigator = make_account(work, Role.INVESTIGATOR, "io@people.example")
    with pytest.raises(GrantRefused, match="has passed"):
        grants.give(work, matter, investigator, work.today - timedelta(days=1))


def test_who_looked_is_read_off_the_trail(work: Work, matter: Feedback, officer: Account) -> None:
    from portal import audit

    audit.note(work, "feedback_viewed", matter)
    audit.note(work, "decided_thanked", matter)
    work.session.flush()
    (look,) = looks.looks(work.session, matter)
    assert (look.name, look.what) == ("Olive Officer", "the feedback")


def test_an_act_reaches_other_matters_only_where_its_actor_may_see_them(
    work: Work, matter: Feedback, officer: Account
) -> None:
    seen = select(Feedback.id).where(visible_to_actor(work))
    assert work.session.scalars(seen).all() == [matter.id]
    work.who = COMMAND
    assert work.session.scalars(select(Feedback.id).where(visible_to_actor(work))).all() == []

"""The staff list: found by any part of a name, filtered, paged; and what is wrong with it."""

from datetime import timedelta

import pytest
from flask import Flask

from portal.cases import accounts, leaving, organisations, passwords, roles, staff_list
from portal.cases.staff_list import COUNCIL, PAGE, State, Wanted
from portal.procedures.vocabulary import Team
from portal.records.account import Account, Role
from portal.work import Work
from tests.matters import LOW_COSTS, make_account


@pytest.fixture(autouse=True)
def _quick(app: Flask) -> None:
    app.config[passwords.COSTS] = LOW_COSTS


def names(work: Work, **wanted: object) -> list[str]:
    found = staff_list.listing(work.session, Wanted(**wanted), work.today, work.now)  # type: ignore[arg-type]
    return [entry.account.name for entry in found.entries]


@pytest.fixture
def people(work: Work) -> dict[str, Account]:
    """Bryony manages Fostering; Wilf is a name on the list; Sam is an advocate; Gwen has left."""
    bryony = make_account(work, Role.TEAM_MANAGER, "b.tarrant@council.example", "Bryony Tarrant")
    wilf = accounts.create(work, "Wilf Hadley", "wilf@council.example", reports_to=bryony)
    sam = make_account(work, Role.ADVOCATE, "sam@advocates.example", "Sam Sample")
    gwen = accounts.create(work, "Gwen Odd", "gwen@council.example")
    roles.join_team(work, bryony, Team.FOSTERING, work.today)
    leaving.leave(work, gwen)
    work.session.flush()
    return {"bryony": bryony, "wilf": wilf, "sam": sam, "gwen": gwen}


@pytest.mark.parametrize("typed", ["tarr", "BRYONY  tarrant", "b.tarrant@", "yony Ta"])
def test_any_part_of_a_name_or_address_finds(
    work: Work, people: dict[str, Account], typed: str
) -> None:
    assert names(work, text=typed) == ["Bryony Tarrant"]


def test_it_is_by_name_and_without_who_has_left(work: Work, people: dict[str, Account]) -> None:
    assert names(work) == ["Bryony Tarrant", "Sam Sample", "Wilf Hadley"]
    assert names(work, left=True) == ["Gwen Odd"]


def test_it_is_filtered_by_what_holds_today(work: Work, people: dict[str, Account]) -> None:
    roles.join_team(work, people["wilf"], Team.FOSTERING, work.today + timedelta(days=1))
    assert names(work, role=Role.TEAM_MANAGER) == ["Bryony Tarrant"]
    assert names(work, role=Role.OFFICER) == []
    assert names(work, team=Team.FOSTERING) == ["Bryony Tarrant"]
    assert names(work, team=Team.FOSTERING, text="wilf") == []


def test_it_is_filtered_by_whom_they_work_for(work: Work, people: dict[str, Account]) -> None:
    (outside,) = organisations.all_of_them(work.session)
    assert names(work, organisation=COUNCIL) == ["Bryony Tarrant", "Wilf Hadley"]
    assert names(work, organisation=outside.public_id) == ["Sam Sample"]
    assert names(work, organisation="no such id") == []


def test_an_entry_says_roles_teams_manager_and_organisation(
    work: Work, people: dict[str, Account]
) -> None:
    found = staff_list.entries(
        work.session, [people["bryony"], people["wilf"], people["sam"]], work.today, work.now
    )
    assert (found[0].roles, found[0].teams) == ((Role.TEAM_MANAGER,), (Team.FOSTERING,))
    assert found[1].manager == "Bryony Tarrant"
    assert found[2].organisation == "Brightside Advocacy"


def test_states_follow_somebody_from_the_list_to_the_end(work: Work) -> None:
    account = accounts.create(work, "Wilf Hadley", "wilf@council.example")
    later = work.now + accounts.INVITATION_LIVES
    assert staff_list.state_of(account, work.now) is State.LISTED
    accounts.invite(work, account)
    assert staff_list.state_of(account, work.now) is State.INVITED
    assert staff_list.state_of(account, later) is State.INVITATION_ENDED
    account.password_hash = "set"
    assert staff_list.state_of(account, later) is State.ACTIVE
    leaving.leave(work, account)
    assert staff_list.state_of(account, later) is State.LEFT


def test_pages_hold_everybody_once(work: Work) -> None:
    for at in range(PAGE * 2 + 3):
        accounts.create(work, f"Person {at:03}", f"p{at}@council.example")
    work.session.flush()
    pages = [names(work, page=page) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [PAGE, PAGE, 3]
    assert [name for page in pages for name in page] == [
        f"Person {at:03}" for at in range(PAGE * 2 + 3)
    ]
    assert names(work, page=99) == pages[2]
    assert names(work, page=-4) == pages[0]


def sound(work: Work) -> tuple[Account, Account]:
    """A staff list with nothing wrong: a complaints manager and the officer of the file."""
    manager = make_account(work, Role.COMPLAINTS_MANAGER, "cass@council.example")
    return manager, accounts.create(work, "Mo Latham", work.council.designated_officer)


def faults(work: Work) -> list[str]:
    work.session.flush()
    return staff_list.faults(work.session, work.council, work.today)


def test_nothing_is_wrong_with_a_sound_list(work: Work) -> None:
    sound(work)
    assert faults(work) == []


def test_each_fault_is_told(work: Work) -> None:
    nobody, nowhere = faults(work)
    assert "Nobody is complaints manager today" in nobody
    assert "designated_officer" in nowhere


def test_a_designated_officer_of_the_complaints_team_or_outside_is_a_fault(work: Work) -> None:
    _, designated = sound(work)
    grant = roles.give_role(work, designated, Role.OFFICER, work.today)
    (told,) = faults(work)
    assert "complaints team" in told
    grant.last_day = work.today - timedelta(days=1)
    designated.organisation_id = organisations.create(work, "Harbour Voices").id
    (told,) = faults(work)
    assert "Nobody of the council has an account" in told


def test_circles_of_managers_are_counted(work: Work) -> None:
    manager, designated = sound(work)
    below = accounts.create(work, "Lou Farr", "lou@council.example", reports_to=manager)
    manager.reports_to_id, designated.reports_to_id = designated.id, manager.id
    (told,) = faults(work)
    assert told.startswith("2 people report to themselves")
    assert below.reports_to_id == manager.id

"""Organisations outside the council: one of each name; ending one ends what its people may do."""

import pytest
from flask import Flask

from portal.access.acts import Act
from portal.access.permission import answer
from portal.access.person import person_of
from portal.cases import organisations, passwords, sign_ins
from portal.cases.addresses import email_key
from portal.cases.organisations import NameTaken
from portal.records.account import Account, Role
from portal.work import Work
from tests.matters import LOW_COSTS, make_account


@pytest.fixture(autouse=True)
def _quick(app: Flask) -> None:
    app.config[passwords.COSTS] = LOW_COSTS


def may_follow(work: Work, account: Account) -> bool:
    key = email_key(work.council.designated_officer)
    person = person_of(work.session, account, work.today, key)
    return answer(person, Act.FOLLOW_LIST).allowed


def test_a_name_is_taken_however_it_is_spaced_and_capitalised(work: Work) -> None:
    made = organisations.create(work, "Brightside Advocacy")
    with pytest.raises(NameTaken):
        organisations.create(work, "  BRIGHTSIDE   advocacy ")
    assert organisations.find_or_create(work, "brightside advocacy") is made


def test_renaming_frees_the_old_name_and_keeps_to_one_of_each(work: Work) -> None:
    first = organisations.create(work, "Brightside Advocacy")
    other = organisations.create(work, "Harbour Voices")
    with pytest.raises(NameTaken):
        organisations.rename(work, other, "brightside advocacy")
    organisations.rename(work, first, "BRIGHTSIDE Advocacy")
    organisations.rename(work, first, "Lantern Advocacy")
    assert organisations.find(work.session, "lantern advocacy") is first
    assert organisations.find(work.session, "Brightside Advocacy") is None


def test_ending_one_closes_it_to_its_people_at_once_and_opening_gives_it_back(work: Work) -> None:
    account = make_account(work, Role.ADVOCATE)
    other = make_account(work, Role.OFFICER, "officer@council.example")
    token, others = (sign_ins.begin(work, one, "a browser") for one in (account, other))
    assert may_follow(work, account)
    (organisation,) = organisations.all_of_them(work.session)
    organisations.end(work, organisation)
    assert not may_follow(work, account)
    assert sign_ins.find(work.session, token, work.now) is None
    assert sign_ins.find(work.session, others, work.now) is not None
    organisations.open_again(work, organisation)
    assert may_follow(work, account)


def test_people_and_sizes_leave_out_who_has_gone(work: Work) -> None:
    here = make_account(work, Role.ADVOCATE)
    gone = make_account(work, Role.ADVOCATE, "gone@advocates.example")
    gone.active = False
    (organisation,) = organisations.all_of_them(work.session)
    assert organisations.people(work.session, organisation) == [here]
    assert organisations.sizes(work.session) == {organisation.id: 1}


def test_the_list_has_those_that_stand_first(work: Work) -> None:
    for name in ("Alder Voices", "Birch Advocacy", "cedar advocates"):
        organisations.create(work, name)
    ended = organisations.find(work.session, "Alder Voices")
    assert ended is not None
    organisations.end(work, ended)
    names = [one.name for one in organisations.all_of_them(work.session)]
    assert names == ["Birch Advocacy", "cedar advocates", "Alder Voices"]

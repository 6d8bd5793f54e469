"""Telling somebody near a young person: by their yes at once, else by a manager, no sooner."""

from dataclasses import replace
from datetime import timedelta

import pytest

from portal.cases import telling
from portal.cases.receiving import AboutThem
from portal.cases.telling import (
    AnsweredAlready,
    DayOfNobody,
    New,
    NotAgreed,
    NotAYoungPerson,
    NotReady,
    OwnProposal,
)
from portal.procedures.telling import NearPerson
from portal.records.account import Role
from portal.records.feedback import Door, Feedback
from portal.work import Who, Work
from tests.matters import make_account, make_feedback

SCHOOL = New(NearPerson.SCHOOL, "Ms Tern", "That she is met at the gate.", "She may be hurt there.")


@pytest.fixture
def feedback(work: Work) -> Feedback:
    made = make_feedback(work, may_tell=("carer",))
    acts_as(work, Role.OFFICER, "officer@council.example")
    return made


def acts_as(work: Work, role: Role, email: str) -> None:
    work.who = Who("staff", make_account(work, role, email).id)


def test_what_they_said_yes_to_is_done_and_recorded(work: Work, feedback: Feedback) -> None:
    made = telling.propose(work, feedback, New(NearPerson.CARER, "Bo", "When we come."))
    assert made.by_their_yes
    with pytest.raises(AnsweredAlready):
        telling.answer(work, feedback, made, agreed=True, why="")
    telling.record_told(work, feedback, made, work.today)
    assert made.told_on == work.today


def test_the_adult_whom_they_named_may_be_talked_to(work: Work) -> None:
    made = make_feedback(work, may_tell=(), about_them=AboutThem("adult", "Miss Hall"))
    acts_as(work, Role.OFFICER, "officer@council.example")
    hall = New(NearPerson.TRUSTED, "Miss Hall", "What they told us.")
    assert telling.propose(work, made, hall).by_their_yes
    with pytest.raises(NotReady):
        telling.propose(work, made, New(NearPerson.OTHER, "Miss Hall", "What they told us."))


def test_who_named_no_adult_said_yes_to_none(work: Work, feedback: Feedback) -> None:
    with pytest.raises(NotReady):
        telling.propose(work, feedback, New(NearPerson.TRUSTED, "Miss Hall", "What they said."))


@pytest.mark.parametrize(
    "new",
    [
        replace(SCHOOL, reason=" ", told_first_on=None, unsafe="They would run."),
        replace(SCHOOL, told_first_on=None, unsafe=""),
    ],
)
def test_anything_more_needs_a_reason_and_that_they_hear_it_first(
    work: Work, feedback: Feedback, new: New
) -> None:
    with pytest.raises(NotReady):
        telling.propose(work, feedback, new)
    assert telling.of(work.session, feedback.id) == []


def test_a_manager_agrees_before_anybody_is_told(work: Work, feedback: Feedback) -> None:
    made = telling.propose(work, feedback, replace(SCHOOL, told_first_on=work.today))
    with pytest.raises(NotAgreed):
        telling.record_told(work, feedback, made, work.today)
    with pytest.raises(OwnProposal):
        telling.answer(work, feedback, made, agreed=True, why="")
    acts_as(work, Role.COMPLAINTS_MANAGER, "lead@council.example")
    telling.answer(work, feedback, made, agreed=True, why="")
    with pytest.raises(AnsweredAlready):
        telling.answer(work, feedback, made, agreed=False, why="No.")
    for day in (work.today - timedelta(1), work.today + timedelta(1)):
        with pytest.raises(DayOfNobody):
            telling.record_told(work, feedback, made, day)
    telling.record_told(work, feedback, made, work.today)
    assert made.told_on == work.today


def test_after_a_no_nobody_is_told(work: Work, feedback: Feedback) -> None:
    made = telling.propose(work, feedback, replace(SCHOOL, unsafe="They would run away."))
    acts_as(work, Role.COMPLAINTS_MANAGER, "lead@council.example")
    telling.answer(work, feedback, made, agreed=False, why="The school need not know.")
    with pytest.raises(NotAgreed):
        telling.record_told(work, feedback, made, work.today)
    assert made.told_on is None


def test_they_are_not_told_first_on_a_day_to_come(work: Work, feedback: Feedback) -> None:
    ahead = replace(SCHOOL, told_first_on=work.today + timedelta(1))
    with pytest.raises(DayOfNobody):
        telling.propose(work, feedback, ahead)
    assert telling.of(work.session, feedback.id) == []


def test_it_is_for_young_people_alone(work: Work, feedback: Feedback) -> None:
    parents = make_feedback(work, door=Door.EVERYONE)
    with pytest.raises(NotAYoungPerson):
        telling.propose(work, parents, New(NearPerson.CARER, "Bo", "When we come."))
    assert telling.find(work.session, feedback, "no-such-one") is None

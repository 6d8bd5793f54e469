"""Requests to see what is held: passed on with their month, longer once, answered on a day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.cases import access_requests
from portal.cases.access_requests import (
    AnsweredAlready,
    Asked,
    DayImpossible,
    NobodyThere,
    NoReason,
    NothingAsked,
    PassedAlready,
    TooLateToExtend,
)
from portal.errors import Refused
from portal.records.account import Account, Role
from portal.records.feedback import Feedback, FeedbackState
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.work import Work
from tests.matters import make_account
from tests.unit.triage.matters import a_feedback, acting, an_officer

MONDAY = date(2026, 6, 8)
ASKED = Asked("Dana Whitlock", "By e-mail only", "All that you wrote about Sky.", MONDAY)


@pytest.fixture
def governance(work: Work) -> Account:
    return make_account(work, Role.INFORMATION_GOVERNANCE, "ig@heard.example", "Ira Grant")


@pytest.fixture
def feedback(work: Work) -> Feedback:
    acting(work, an_officer(work), MONDAY + timedelta(2))
    return a_feedback(work, received=MONDAY)


def letters(work: Work, kind: LetterKind) -> list[OutboxLetter]:
    wanted = select(OutboxLetter).where(OutboxLetter.kind == kind)
    return list(work.session.scalars(wanted))


def test_it_goes_to_each_officer_without_its_words_and_to_the_person_with_its_date(
    work: Work, feedback: Feedback, governance: Account
) -> None:
    make_account(work, Role.INFORMATION_GOVERNANCE, "second@heard.example", "Uma Grant")
    found = access_requests.pass_to_governance(work, feedback, ASKED)
    assert found.due_on == date(2026, 7, 8), "a month from the day it reached the council"
    notices = letters(work, LetterKind.ACCESS_REQUEST_PASSED)
    assert {one.to_email for one in notices} == {"ig@heard.example", "second@heard.example"}
    for one in notices:
        assert one.feedback_id is None
        for private in ("Dana", "Sky", feedback.reference, feedback.story):
            assert private not in one.subject + one.body
        assert "/officers/access-requests" in one.body
    (told,) = letters(work, LetterKind.ACCESS_REQUEST)
    assert "8 July 2026" in told.body
    assert "Information Commissioner" in told.body
    assert feedback.state is FeedbackState.WAITING, "the rest goes its own way"


def test_it_is_taken_longer_once_and_answered(
    work: Work, feedback: Feedback, governance: Account
) -> None:
    found = access_requests.pass_to_governance(work, feedback, ASKED)
    assert len(access_requests.faults(work.session, work.today)) == 1
    acting(work, governance, date(2026, 7, 8))
    access_requests.take(work, feedback, found)
    assert found.taken_by_id == governance.id
    assert access_requests.faults(work.session, work.today) == []
    with pytest.raises(NoReason):
        access_requests.extend(work, feedback, found, " ")
    access_requests.extend(work, feedback, found, "There are nine files.")
    assert (found.due_on, found.first_due_on) == (date(2026, 9, 8), date(2026, 7, 8))
    (told,) = letters(work, LetterKind.ACCESS_REQUEST_EXTENDED)
    for said in ("There are nine files.", "8 July 2026", "8 September 2026"):
        assert said in told.body
    with pytest.raises(TooLateToExtend):
        access_requests.extend(work, feedback, found, "Still more.")
    acting(work, governance, date(2026, 9, 9))
    assert "past their date: 1" in access_requests.faults(work.session, work.today)[0]
    for impossible in (MONDAY - timedelta(1), work.today + timedelta(1)):
        with pytest.raises(DayImpossible):
            access_requests.answer(work, feedback, found, impossible)
    access_requests.answer(work, feedback, found, work.today)
    assert found.answered_on == work.today
    assert access_requests.faults(work.session, work.today) == []
    for again in (
        lambda: access_requests.answer(work, feedback, found, work.today),
        lambda: access_requests.extend(work, feedback, found, "More."),
        lambda: access_requests.take(work, feedback, found),
    ):
        with pytest.raises(AnsweredAlready):
            again()


def test_after_the_first_month_no_time_is_left_to_take(
    work: Work, feedback: Feedback, governance: Account
) -> None:
    found = access_requests.pass_to_governance(work, feedback, ASKED)
    acting(work, governance, date(2026, 7, 9))
    with pytest.raises(TooLateToExtend):
        access_requests.extend(work, feedback, found, "There are nine files.")
    assert found.due_on == date(2026, 7, 8)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"asked_for": " "}, NothingAsked),
        ({"from_whom": ""}, NothingAsked),
        ({"reach_by": ""}, NothingAsked),
        ({"received_on": MONDAY - timedelta(1)}, DayImpossible),
        ({"received_on": MONDAY + timedelta(3)}, DayImpossible),
    ],
)
def test_what_is_missing_is_said(
    work: Work,
    feedback: Feedback,
    governance: Account,
    wrong: dict[str, object],
    refusal: type[Refused],
) -> None:
    with pytest.raises(refusal):
        access_requests.pass_to_governance(work, feedback, replace(ASKED, **wrong))  # type: ignore[arg-type]
    assert access_requests.of(work.session, feedback) is None


def test_it_is_passed_on_once_and_to_somebody(work: Work, feedback: Feedback) -> None:
    with pytest.raises(NobodyThere):
        access_requests.pass_to_governance(work, feedback, ASKED)
    work.session.rollback()


def test_it_is_passed_on_once(work: Work, feedback: Feedback, governance: Account) -> None:
    access_requests.pass_to_governance(work, feedback, ASKED)
    with pytest.raises(PassedAlready):
        access_requests.pass_to_governance(work, feedback, ASKED)
    assert len(letters(work, LetterKind.ACCESS_REQUEST)) == 1

"""Compliments reach the team, the worker and their manager, and close nothing to them."""

import pytest
from sqlalchemy import select

from portal.access import permission
from portal.access.acts import Act
from portal.access.person import Person
from portal.cases import named_persons, praising
from portal.cases.praising import NoCompliment, NotToThem
from portal.procedures.vocabulary import Category, ProcedureCode, Team
from portal.records.account import Account, Role
from portal.records.decision import Outcome
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.triage import deciding
from portal.work import Work
from tests.matters import make_account
from tests.unit.triage.matters import DAY, a_choice, a_feedback, acting, an_officer

STORY = "Kim made my son laugh and rang when she said she would."


@pytest.fixture
def feedback(work: Work) -> Feedback:
    acting(work, an_officer(work), DAY)
    return a_feedback(work, received=DAY, story=STORY)


@pytest.fixture
def worker(work: Work) -> Account:
    manager = make_account(work, Role.TEAM_MANAGER, "lee@heard.example", "Lee Marsh")
    worker = make_account(work, Role.AUDITOR, "kim@heard.example", "Kim Shaw")
    worker.reports_to_id = manager.id
    work.session.flush()
    return worker


def thanked(work: Work, feedback: Feedback) -> None:
    choice = a_choice(
        category=Category.COMPLIMENT,
        procedure=ProcedureCode.NONE,
        nature=None,
        outcome=Outcome.THANKED,
        team=Team.FIRST_RESPONSE,
    )
    deciding.confirm(work, feedback, choice)


def sent(work: Work, kind: LetterKind) -> dict[str | None, OutboxLetter]:
    wanted = select(OutboxLetter).where(OutboxLetter.kind == kind)
    return {letter.to_email: letter for letter in work.session.scalars(wanted)}


def test_it_reaches_the_team_the_worker_and_their_manager(
    work: Work, feedback: Feedback, worker: Account
) -> None:
    thanked(work, feedback)
    (team,) = sent(work, LetterKind.COMPLIMENT_FOR_TEAM)
    assert team == "first-response@staffordshire.example"
    row = praising.tell(work, feedback, worker)
    assert row.manager_told
    found = sent(work, LetterKind.COMPLIMENT_FOR_WORKER)
    assert set(found) == {"kim@heard.example", "lee@heard.example"}
    for letter in found.values():
        assert STORY in letter.body
        assert not letter.shown_to_person
    reader = Person(worker.id, frozenset({Role.OFFICER}))
    answer = permission.may(work.session, reader, Act.READ, feedback.id, work.today, work.now)
    assert answer.allowed, "praise closes nothing"


def test_nobody_is_told_twice_or_who_left_or_from_whom_it_is_closed(
    work: Work, feedback: Feedback, worker: Account
) -> None:
    with pytest.raises(NoCompliment):
        praising.tell(work, feedback, worker)
    thanked(work, feedback)
    praising.tell(work, feedback, worker)
    left = make_account(work, Role.AUDITOR, "gone@heard.example", "Gone Away")
    left.left_on = work.today
    outside = make_account(work, Role.ADVOCATE, "adv@advocates.example", "Ad Vocate")
    about = make_account(work, Role.AUDITOR, "about@heard.example", "A Bout")
    named_persons.link(work, feedback, about)
    work.session.flush()
    for one in (worker, left, outside, about):
        with pytest.raises(NotToThem):
            praising.tell(work, feedback, one)
    assert len(sent(work, LetterKind.COMPLIMENT_FOR_WORKER)) == 2


def test_a_manager_who_left_is_not_written_to(
    work: Work, feedback: Feedback, worker: Account
) -> None:
    thanked(work, feedback)
    assert worker.reports_to_id is not None
    work.session.get_one(Account, worker.reports_to_id).left_on = work.today
    assert not praising.tell(work, feedback, worker).manager_told
    assert set(sent(work, LetterKind.COMPLIMENT_FOR_WORKER)) == {"kim@heard.example"}

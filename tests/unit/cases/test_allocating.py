"""A case is given to a manager whom it is not about, who takes it or hands it back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.access import permission
from portal.access.acts import Act
from portal.access.person import person_of
from portal.cases import allocating, answerers, named_persons, work_chasing
from portal.cases.addresses import email_key
from portal.records.account import Account, Role
from portal.records.allocation import Allocation, AllocationState
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.work import Work
from tests import matters
from tests.unit.cases.managed_case import Managed, managed
from tests.unit.cases.procedure_world import WORDS
from tests.unit.triage.matters import acting


@pytest.fixture
def made(work: Work) -> Managed:
    return managed(work)


def may_answer(made: Managed, account: Account) -> bool:
    work = made.work
    work.session.flush()
    key = email_key(work.council.designated_officer)
    person = person_of(work.session, account, work.today, key)
    found = permission.may(work.session, person, Act.ANSWER, made.feedback.id, work.today, work.now)
    listed = permission.visible(person, Act.ANSWER, work.today, work.now)
    from portal.records.feedback import Feedback

    there = work.session.scalar(select(Feedback.id).where(Feedback.id == made.feedback.id, listed))
    assert (there is not None) == found.allowed
    return found.allowed


def notices(work: Work) -> list[OutboxLetter]:
    work.session.flush()
    kind = OutboxLetter.kind == LetterKind.WORK_WAITS
    return list(work.session.scalars(select(OutboxLetter).where(kind).order_by(OutboxLetter.id)))


def test_the_teams_manager_is_offered_told_without_content_and_takes_it(made: Managed) -> None:
    offer = answerers.offer(made.work, made.case)
    assert offer.offered == made.manager
    assert offer.barred == ()
    row = allocating.allocate(made.as_(made.officer), made.case, made.manager)
    (letter,) = notices(made.work)
    assert letter.to_email == made.manager.email
    assert not any(words in letter.subject + letter.body for words in (*WORDS, matters.STORY))
    assert "Robin" not in letter.subject + letter.body
    assert f"/officers/cases/{made.feedback.public_id}/answering" in letter.body
    assert row.accept_by > made.work.today
    allocating.accept(made.as_(made.manager), made.case)
    assert row.state is AllocationState.ACCEPTED


def test_path_g_the_default_manager_is_complained_about(made: Managed) -> None:
    made.name(made.manager)
    offer = answerers.offer(made.work, made.case)
    assert offer.barred == ("The matter is about Bryony T, so they cannot answer it.",)
    assert offer.offered == made.above
    with pytest.raises(allocating.CannotHaveIt, match="about Bryony T"):
        allocating.allocate(made.as_(made.officer), made.case, made.manager)
    assert not may_answer(made, made.above)
    allocating.allocate(made.as_(made.officer), made.case, made.above)
    assert may_answer(made, made.above)
    assert not may_answer(made, made.manager)


def test_who_reports_to_the_named_person_cannot_have_it(made: Managed) -> None:
    made.name(made.above)
    offer = answerers.offer(made.work, made.case)
    assert offer.offered is None
    assert offer.barred == (
        "Bryony T reports to somebody whom the matter is about, so they cannot answer it.",
    )
    with pytest.raises(allocating.CannotHaveIt, match="reports to"):
        allocating.allocate(made.as_(made.officer), made.case, made.manager)


def test_a_head_of_service_named_brings_it_to_the_designated_officer(made: Managed) -> None:
    work = made.work
    head = matters.make_account(work, Role.HEAD_OF_SERVICE, "head@council.example", "Head Hale")
    monitor = matters.make_account(
        work, Role.ADJUDICATING_OFFICER, work.council.designated_officer, "Moira Vane"
    )
    made.name(head)
    offer = answerers.offer(work, made.case)
    assert offer.offered == monitor
    with pytest.raises(allocating.CannotHaveIt, match="officer whom the council has named"):
        allocating.allocate(made.as_(monitor), made.case, made.manager)
    allocating.allocate(made.as_(monitor), made.case, monitor)
    assert may_answer(made, monitor)


def test_nobody_has_it_while_nobody_has_said_who_is_meant(made: Managed) -> None:
    made.feedback.persons_unsettled = True
    assert answerers.offer(made.work, made.case).offered is None
    with pytest.raises(allocating.CannotHaveIt, match="Say first whom it is about"):
        allocating.allocate(made.as_(made.officer), made.case, made.manager)


def test_handed_back_with_a_reason_it_is_the_officers_again(made: Managed) -> None:
    allocating.allocate(made.as_(made.officer), made.case, made.above)
    with pytest.raises(allocating.SayWhy):
        allocating.hand_back(made.as_(made.above), made.case, "  ")
    with pytest.raises(allocating.NotYours):
        allocating.hand_back(made.as_(made.manager), made.case, "Mine?")
    allocating.hand_back(made.as_(made.above), made.case, "I am away until May.")
    assert allocating.current(made.work.session, made.case) is None
    assert not may_answer(made, made.above)
    assert notices(made.work)[-1].to_email == made.officer.email
    allocating.allocate(made.as_(made.officer), made.case, made.manager)
    states = [one.allocation.state for one in allocating.history(made.work.session, made.case)]
    assert states == [AllocationState.ASKED, AllocationState.HANDED_BACK]


def test_giving_it_to_another_ends_what_the_first_had(made: Managed) -> None:
    made.accepted()
    allocating.allocate(made.as_(made.officer), made.case, made.above)
    with pytest.raises(allocating.NotYours):
        allocating.accept(made.as_(made.manager), made.case)
    found = allocating.current(made.work.session, made.case)
    assert found is not None
    assert found.account == made.above


def test_naming_whoever_has_it_takes_it_from_them(made: Managed) -> None:
    made.accepted()
    made.name(made.above)
    assert allocating.current(made.work.session, made.case) is None
    assert not may_answer(made, made.manager)
    row = made.work.session.scalars(select(Allocation)).one()
    assert row.state is AllocationState.ENDED


def test_a_link_taken_back_lets_them_have_it_again(made: Managed) -> None:
    made.name(made.manager)
    (one,) = named_persons.linked(made.work.session, made.feedback.id)
    named_persons.unlink(made.work, made.feedback, one.named)
    assert answerers.offer(made.work, made.case).offered == made.manager


def test_a_manager_who_says_nothing_is_reminded_then_the_officer_too(made: Managed) -> None:
    row = allocating.allocate(made.as_(made.officer), made.case, made.manager)
    made.work.session.flush()
    council, session = made.work.council, made.work.session
    due = row.accept_by
    assert work_chasing.allocations(session, council, due) == [row.id]
    acting(made.work, made.officer, due)
    assert work_chasing.remind_of_case(made.work, row.id)
    assert not work_chasing.remind_of_case(made.work, row.id)
    made.work.session.flush()
    assert work_chasing.allocations(session, council, due) == []
    late = due + timedelta(days=5)
    acting(made.work, made.officer, late)
    assert work_chasing.remind_of_case(made.work, row.id)
    told = [letter.to_email for letter in notices(made.work)]
    assert told == [
        made.manager.email, made.manager.email, *sorted([made.manager.email, made.officer.email]),
    ] or sorted(told[-2:]) == sorted([made.manager.email, made.officer.email])  # fmt: skip
    allocating.accept(made.as_(made.manager), made.case)
    made.work.session.flush()
    assert work_chasing.allocations(session, council, late + timedelta(days=9)) == []

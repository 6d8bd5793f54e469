"""A no is proposed, and agreed to by somebody else or sent back: what happens, and what never."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, true

from portal.cases import childs_view, interest, late_test, named_persons
from portal.cases.agreed import SecondOfficerFirst
from portal.cases.childs_view import View
from portal.cases.interest import NothingToTell, TooEarlyToTell, Weighed
from portal.cases.late_test import Halves
from portal.procedures.facts import Given
from portal.procedures.matter import ChildsView, Interest
from portal.procedures.person import PersonCode
from portal.procedures.refusal import Disposition, RefusalReason
from portal.procedures.screening import Screening
from portal.procedures.state import Doer, Event
from portal.procedures.vocabulary import ProcedureCode, Relationship
from portal.records.account import Account, Role
from portal.records.audit_event import AuditEvent
from portal.records.decision import Decision, Outcome
from portal.records.feedback import Feedback, FeedbackState
from portal.records.interest_decision import ChildTold, InterestDecision
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.records.refusal_proposal import ProposalState, RefusalProposal
from portal.triage import choice as choices
from portal.triage import deciding, planned_event, proposals, queue, refusing, second_officer
from portal.triage.deciding import ChoiceRefused
from portal.triage.proposals import ProposalWaits
from portal.triage.queue import View as Listed
from portal.triage.second_officer import (
    AnsweredAlready,
    NoReasonToSendBack,
    NotOwnProposal,
    NotTheirs,
    OwnProposal,
)
from portal.work import Work
from tests.matters import make_account
from tests.unit.triage.matters import ASKED, DAY, a_choice, a_feedback, acting, an_officer

DECLINED: dict[str, Any] = {
    "outcome": Outcome.DECLINED,
    "procedure": ProcedureCode.DUTY,
    "reason": RefusalReason.COURT_DECISION,
    "explanation": "Only the court can change its order.",
    "screening": ASKED,
}
NOT_ENOUGH = Weighed(
    PersonCode.SUFFICIENT_INTEREST_CHILD,
    Interest.NOT_ENOUGH,
    "She has not seen Sam for nine years.",
    ChildTold.WILL_BE_TOLD,
)


@pytest.fixture
def first(work: Work) -> Account:
    account = an_officer(work)
    acting(work, account, DAY)
    return account


@pytest.fixture
def second(work: Work) -> Account:
    return make_account(work, Role.OFFICER, "second@heard.example", "Wren Oakley")


@pytest.fixture
def manager(work: Work) -> Account:
    return make_account(work, Role.COMPLAINTS_MANAGER, "boss@heard.example", "Asha Pemberton")


def count(work: Work, record: type[Any]) -> int:
    return work.session.scalar(select(func.count()).select_from(record)) or 0


def proposed(work: Work, **more: Any) -> tuple[Feedback, RefusalProposal]:
    feedback = a_feedback(work, **more)
    return feedback, refusing.propose_decision(work, feedback, a_choice(**DECLINED))


def test_a_proposal_tells_nobody_and_the_agreement_does_everything(
    work: Work, first: Account, second: Account
) -> None:
    feedback, proposal = proposed(work)
    assert (count(work, Decision), count(work, OutboxLetter)) == (0, 0)
    assert feedback.state is FeedbackState.WAITING
    assert proposal.disposition is Disposition.REFUSED
    acting(work, second)
    second_officer.agree(work, feedback, proposal.public_id)
    decision = work.session.scalars(select(Decision)).one()
    assert (decision.decided_by_id, decision.agreed_by_id) == (first.id, second.id)
    assert (decision.screened_by_id, decision.screened_on) == (first.id, DAY)
    assert (decision.consulted, decision.consulted_on) == (ASKED.consulted, DAY)
    letter = work.session.scalars(select(OutboxLetter)).one()
    assert letter.body.strip() == (proposal.letter or "").strip()
    assert proposal.state is ProposalState.AGREED
    acts = set(work.session.scalars(select(AuditEvent.act)))
    assert {"refusal_proposed", "refusal_agreed", "decided_declined"} <= acts


def test_a_no_is_never_decided_without_it(work: Work, first: Account) -> None:
    feedback = a_feedback(work)
    with pytest.raises(SecondOfficerFirst):
        deciding.confirm(work, feedback, a_choice(**DECLINED))
    redirected = {**DECLINED, "outcome": Outcome.PASSED_ON, "reason": RefusalReason.SCHOOL}
    with pytest.raises(SecondOfficerFirst):
        deciding.confirm(work, feedback, a_choice(**redirected))
    assert count(work, Decision) == 0
    request = {**redirected, "reason": RefusalReason.SERVICE_REQUEST, "screening": Screening()}
    deciding.confirm(work, feedback, a_choice(**request))
    assert count(work, Decision) == 1


def test_whoever_proposed_it_never_answers_it(work: Work, first: Account, second: Account) -> None:
    feedback, proposal = proposed(work)
    with pytest.raises(OwnProposal):
        second_officer.agree(work, feedback, proposal.public_id)
    acting(work, second)
    with pytest.raises(NotOwnProposal):
        second_officer.take_back(work, feedback, proposal.public_id)
    assert proposals.waiting(work.session, feedback) is proposal
    acting(work, first)
    second_officer.take_back(work, feedback, proposal.public_id)
    assert proposals.waiting(work.session, feedback) is None
    assert count(work, OutboxLetter) == 0


def test_a_young_persons_no_is_a_managers(
    work: Work, first: Account, second: Account, manager: Account
) -> None:
    feedback, proposal = proposed(work, relationship_said=Relationship.YOUNG_PERSON)
    assert proposal.needs_manager
    acting(work, second)
    for answer in (
        lambda: second_officer.agree(work, feedback, proposal.public_id),
        lambda: second_officer.send_back(work, feedback, proposal.public_id, "No."),
    ):
        with pytest.raises(NotTheirs):
            answer()
    acting(work, manager)
    second_officer.agree(work, feedback, proposal.public_id)
    assert feedback.state is FeedbackState.DECIDED


def test_a_wall_shuts_the_second_officer_out(work: Work, first: Account, second: Account) -> None:
    feedback, proposal = proposed(work)
    named_persons.link(work, feedback, second)
    acting(work, second)
    with pytest.raises(NotTheirs):
        second_officer.agree(work, feedback, proposal.public_id)
    assert count(work, Decision) == 0


def test_what_is_sent_back_is_open_again_and_its_officer_is_told(
    work: Work, first: Account, second: Account
) -> None:
    feedback, proposal = proposed(work)
    with pytest.raises(ProposalWaits):
        deciding.confirm(work, feedback, a_choice())
    with pytest.raises(ProposalWaits):
        refusing.propose_decision(work, feedback, a_choice(**DECLINED))
    acting(work, second)
    with pytest.raises(NoReasonToSendBack):
        second_officer.send_back(work, feedback, proposal.public_id, " ")
    second_officer.send_back(work, feedback, proposal.public_id, "The order is another child’s.")
    assert (proposal.answer, proposal.answered_by_id) == (
        "The order is another child’s.",
        second.id,
    )
    notice = work.session.scalars(select(OutboxLetter)).one()
    assert (notice.kind, notice.to_email) == (LetterKind.REFUSAL_SENT_BACK, first.email)
    assert feedback.reference not in notice.body + notice.subject
    assert "order" not in notice.body
    deciding.confirm(acting(work, first), feedback, a_choice())
    assert work.session.scalars(select(Decision.outcome)).one() is Outcome.CASE_OPENED


def test_the_first_to_look_at_it_stays_with_the_decision(
    work: Work, first: Account, second: Account, manager: Account
) -> None:
    feedback, proposal = proposed(work)
    acting(work, manager)
    second_officer.send_back(work, feedback, proposal.public_id, "Ask the service first.")
    acting(work, second, date(2026, 6, 15))
    again = refusing.propose_decision(work, feedback, a_choice(**DECLINED))
    second_officer.agree(acting(work, manager), feedback, again.public_id)
    decision = work.session.scalars(select(Decision)).one()
    assert (decision.screened_by_id, decision.screened_on) == (first.id, DAY)
    assert decision.decided_by_id == second.id


def test_a_proposal_that_was_changed_is_not_agreed_to(
    work: Work, first: Account, second: Account
) -> None:
    feedback, proposal = proposed(work)
    seen = proposal.public_id
    second_officer.take_back(work, feedback, seen)
    refusing.propose_decision(work, feedback, a_choice(**DECLINED, letter=None))
    acting(work, second)
    with pytest.raises(AnsweredAlready) as told:
        second_officer.agree(work, feedback, seen)
    assert told.value.status == 409
    assert count(work, Decision) == 0


def test_a_late_complaint_is_proposed_only_with_both_halves(work: Work, first: Account) -> None:
    feedback = a_feedback(work, received=DAY)
    late = a_choice(**{**DECLINED, "reason": RefusalReason.OUT_OF_TIME_STATUTORY})
    with pytest.raises(ChoiceRefused, match="Record both halves of the test first"):
        refusing.propose_decision(work, feedback, late)
    halves = Halves(
        ProcedureCode.STATUTORY, date(2025, 5, 8), None, False, "She wrote in May 2025 already.",
        True, "Everybody is still here.",
    )  # fmt: skip
    late_test.record(work, feedback, halves)
    work.session.flush()
    assert refusing.propose_decision(work, feedback, late).reason is late.reason


def test_not_enough_interest_is_agreed_too_and_the_child_is_told_after_it(
    work: Work, first: Account, second: Account
) -> None:
    feedback = a_feedback(work, relationship_said=Relationship.RELATIVE)
    childs_view.record(work, feedback, View(ChildsView.ASKED, DAY, "Sam: I do not know her."))
    work.session.flush()
    with pytest.raises(SecondOfficerFirst):
        interest.decide(work, feedback, NOT_ENOUGH)
    with pytest.raises(TooEarlyToTell):
        refusing.propose_interest(work, feedback, replace(NOT_ENOUGH, child_told=ChildTold.TOLD))
    proposal = refusing.propose_interest(work, feedback, NOT_ENOUGH)
    assert (count(work, OutboxLetter), count(work, InterestDecision)) == (0, 0)
    with pytest.raises(NothingToTell):
        interest.child_was_told(work, feedback, DAY, "Her worker told her.")
    acting(work, second)
    second_officer.agree(work, feedback, proposal.public_id)
    found = work.session.scalars(select(InterestDecision)).one()
    assert (found.decided_by_id, found.agreed_by_id) == (first.id, second.id)
    letter = work.session.scalars(select(OutboxLetter)).one()
    assert work.council.ombudsman.phone in letter.body
    interest.child_was_told(work, feedback, DAY, "His worker told him at home.")
    assert (found.child_told, found.child_told_on) == (ChildTold.TOLD, DAY)
    assert not interest.to_be_told(work.session, feedback)


def test_it_stands_in_the_queue_and_is_nobodys_next(
    work: Work, first: Account, second: Account
) -> None:
    feedback, proposal = proposed(work)
    session = work.session
    assert queue.counts(session, true())[Listed.SECOND_OFFICER] == 1
    listing = queue.rows(session, work.council, DAY, Listed.SECOND_OFFICER, visible=true())
    assert [(row.reference, row.proposal) for row in listing.rows] == [
        (feedback.reference, ProposalState.WAITING)
    ]
    assert queue.next_waiting(session, true()) is None
    second_officer.send_back(acting(work, second), feedback, proposal.public_id, "Ask again.")
    assert queue.counts(session, true())[Listed.SECOND_OFFICER] == 0
    (row,) = queue.rows(session, work.council, DAY, visible=true()).rows
    assert row.proposal is ProposalState.SENT_BACK
    following = queue.next_waiting(session, true())
    assert following is not None
    assert following.public_id == feedback.public_id


@given(
    outcome=st.sampled_from([Outcome.DECLINED, Outcome.PASSED_ON]),
    reason=st.sampled_from([None, *RefusalReason]),
    words=st.text(),
    day=st.none() | st.dates(),
    ticked=st.booleans(),
)
def test_a_choice_is_kept_whole(
    outcome: Outcome, reason: RefusalReason | None, words: str, day: date | None, ticked: bool
) -> None:
    screening = Screening(words, day, words, words, day, ticked)
    chosen = a_choice(
        outcome=outcome, reason=reason, explanation=words, letter=words, screening=screening
    )
    assert choices.from_plain(choices.as_plain(chosen)) == chosen


@given(words=st.text(), day=st.dates(), points=st.frozensets(st.integers(1, 30)))
def test_an_event_is_kept_whole(words: str, day: date, points: frozenset[int]) -> None:
    filled = Given(
        on=day, by=Doer.OFFICER, account_id=7, reason="concurrent_court", words=words,
        new_date=day, proceedings=words, prejudice=words, points=points,
    )  # fmt: skip
    kept = planned_event.as_plain(Event.PART_NOT_CONSIDERED, filled)
    assert planned_event.from_plain(kept) == (Event.PART_NOT_CONSIDERED, filled)

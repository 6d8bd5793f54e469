"""Passing on with proof: in sight and chased until somebody took it, and the rest stays open."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, true

from portal import health
from portal.cases import handing_over
from portal.cases.handing_over import (
    DayOfNobody,
    NobodyNamed,
    NothingSaid,
    Taken,
    TakenAlready,
)
from portal.procedures.handing_over import HandedOver
from portal.procedures.refusal import RefusalReason
from portal.procedures.vocabulary import Category, ProcedureCode, Team
from portal.records.decision import Outcome
from portal.records.feedback import Feedback, FeedbackState
from portal.records.handover import Handover, TakenBy
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.triage import deciding, queue
from portal.triage.queue import View
from portal.work import Work
from tests.unit.triage.matters import a_choice, a_feedback, acting, an_officer

FRIDAY = date(2026, 6, 12)
PROOF = Taken("Kim Shaw", "Duty social worker", TakenBy.PHONE, FRIDAY, "FR-1", "A visit tonight.")
WORRY = HandedOver.SAFEGUARDING


@pytest.fixture
def feedback(work: Work) -> Feedback:
    acting(work, an_officer(work), FRIDAY)
    return a_feedback(work, received=FRIDAY)


def listed(work: Work, view: View) -> list[queue.Row]:
    rows = queue.rows(work.session, work.council, work.today, view, visible=true())
    return list(rows.rows)


def sentences(work: Work) -> list[str]:
    return handing_over.faults(work.session, work.council.calendar, work.today)


def test_a_worry_is_in_sight_and_chased_the_same_day_until_somebody_took_it(
    work: Work, feedback: Feedback
) -> None:
    handover, letter = handing_over.pass_on(
        work, feedback, WORRY, Team.FIRST_RESPONSE, "A child may be hit.", "They ring you today."
    )
    assert feedback.state is FeedbackState.WAITING, "passing on decides nothing"
    assert letter.kind is LetterKind.HANDED_ON
    for said in ("Today we passed it on", "First contact team", "They ring you", "still open"):
        assert said in letter.body
    assert "A child may be hit." not in letter.body
    (row,) = listed(work, View.PASSED_ON)
    assert row.not_taken
    assert [one.not_taken for one in listed(work, View.WAITING)] == [True]
    assert "not yet taken: 1" in sentences(work)[0]
    handing_over.take(work, feedback, handover, PROOF)
    assert listed(work, View.PASSED_ON) == []
    assert sentences(work) == []
    assert (handover.taken_by, handover.way) == ("Kim Shaw", TakenBy.PHONE)
    assert [one.not_taken for one in listed(work, View.WAITING)] == [False]


def test_a_request_is_chased_from_the_next_working_day(work: Work, feedback: Feedback) -> None:
    handing_over.pass_on(work, feedback, HandedOver.SERVICE_REQUEST, Team.SEND, "A bus pass.")
    assert sentences(work) == []
    acting(work, an_officer(work, "later@heard.example"), FRIDAY + timedelta(2))
    assert sentences(work) == [], "a Sunday"
    work.today = FRIDAY + timedelta(3)
    assert "Requests for a service" in sentences(work)[0]


def test_worries_stand_before_requests(work: Work, feedback: Feedback) -> None:
    handing_over.pass_on(work, feedback, HandedOver.SERVICE_REQUEST, Team.SEND, "A bus pass.")
    later = a_feedback(work, received=FRIDAY)
    handing_over.pass_on(work, later, WORRY, Team.LADO, "About a teacher.")
    assert [row.reference for row in listed(work, View.PASSED_ON)] == [
        later.reference,
        feedback.reference,
    ]


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"name": " "}, NobodyNamed),
        ({"role": ""}, NobodyNamed),
        ({"on": FRIDAY - timedelta(1)}, DayOfNobody),
        ({"on": FRIDAY + timedelta(1)}, DayOfNobody),
    ],
)
def test_the_proof_has_a_name_a_role_and_a_possible_day(
    work: Work, feedback: Feedback, wrong: dict[str, object], refusal: type[Exception]
) -> None:
    handover, _ = handing_over.pass_on(work, feedback, WORRY, Team.FIRST_RESPONSE, "A child.")
    with pytest.raises(refusal):
        handing_over.take(work, feedback, handover, Taken(**{**vars(PROOF), **wrong}))
    assert handover.taken_on is None


def test_a_second_name_hides_no_first_and_nothing_has_no_words(
    work: Work, feedback: Feedback
) -> None:
    with pytest.raises(NothingSaid):
        handing_over.pass_on(work, feedback, WORRY, Team.FIRST_RESPONSE, "  ")
    handover, _ = handing_over.pass_on(work, feedback, WORRY, Team.FIRST_RESPONSE, "A child.")
    handing_over.take(work, feedback, handover, PROOF)
    with pytest.raises(TakenAlready):
        handing_over.take(work, feedback, handover, PROOF)
    assert handover.taken_by == "Kim Shaw"


@pytest.mark.parametrize(
    ("reason", "what", "says"),
    [
        (RefusalReason.SAFEGUARDING, WORRY, "a worry for somebody’s safety"),
        (RefusalReason.SERVICE_REQUEST, HandedOver.SERVICE_REQUEST, "You can complain about that"),
    ],
)
def test_a_decision_to_pass_on_leaves_a_handover_and_its_letter(
    work: Work, feedback: Feedback, reason: RefusalReason, what: HandedOver, says: str
) -> None:
    choice = a_choice(
        category=Category.COMMENT,
        procedure=ProcedureCode.DUTY,
        nature=None,
        outcome=Outcome.PASSED_ON,
        reason=reason,
        explanation="They have it now.",
    )
    deciding.confirm(work, feedback, choice)
    handover = work.session.scalars(select(Handover)).one()
    assert (handover.what, handover.team, handover.taken_on) == (what, choice.team, None)
    letter = work.session.scalars(select(OutboxLetter)).one()
    assert says in letter.body
    assert "Today we passed it on" in letter.body
    assert "Ombudsman" in letter.body


def test_flask_check_names_what_nobody_took(work: Work, feedback: Feedback) -> None:
    handing_over.pass_on(work, feedback, WORRY, Team.FIRST_RESPONSE, "A child.")
    said = [one for one in health.faults(work.session) if "Worries about safety" in one]
    assert len(said) == 1
    assert "Ring today" in said[0]

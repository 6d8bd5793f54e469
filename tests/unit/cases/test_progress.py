"""Where a matter stands, for every outcome, with true dates."""

from datetime import UTC, date, datetime, timedelta

import pytest

from portal.cases.acknowledging import first_stage
from portal.cases.progress import ENDED, LATE, Progress, progress
from portal.cases.promises import first_promises
from portal.procedures.vocabulary import Category, ProcedureCode
from portal.records.case import CaseState
from portal.records.decision import Outcome
from portal.records.feedback import Feedback
from portal.work import Work
from tests.matters import decide, make_case, make_feedback

MONDAY = datetime(2026, 12, 7, 10, 0, tzinfo=UTC)


@pytest.fixture
def feedback(work: Work) -> Feedback:
    work.now, work.today = MONDAY, MONDAY.date()
    return make_feedback(work)


def told(work: Work, feedback: Feedback, after: int = 0) -> Progress:
    work.session.flush()
    return progress(work.session, work.council, feedback, work.today + timedelta(days=after))


def states(shown: Progress) -> str:
    return " ".join(step.state for step in shown.steps)


def test_new_feedback_waits_for_the_first_promise(work: Work, feedback: Feedback) -> None:
    shown = told(work, feedback)
    promise = first_promises(work.council, feedback.received_on, Category.COMPLAINT)[0]
    assert shown.next_on == promise.by == date(2026, 12, 14)
    assert promise.what[1:] in shown.next_what
    assert "Monday 7 December 2026" in shown.working
    assert states(shown) == "done now next"


def test_an_officer_who_has_opened_it_is_said_to_read_it(work: Work, feedback: Feedback) -> None:
    before = told(work, feedback).headline
    feedback.unread = False
    assert "reading" in told(work, feedback).headline != before


def test_a_promise_is_late_only_after_its_day(work: Work, feedback: Feedback) -> None:
    assert not told(work, feedback, after=7).late
    late = told(work, feedback, after=8)
    assert late.late
    assert late.next_what == LATE


def test_a_statutory_case_is_answered_ten_working_days_from_receipt(
    work: Work, feedback: Feedback
) -> None:
    make_case(work, feedback)
    shown = told(work, feedback)
    assert shown.next_on == date(2026, 12, 21)
    assert shown.headline.endswith("by Monday 21 December 2026.")
    assert "day 0" in shown.working
    assert "children's social care complaint" in shown.process
    assert states(shown) == "done done now next"


def test_a_corporate_case_promises_the_officers_letter_first(
    work: Work, feedback: Feedback
) -> None:
    case = make_case(work, feedback, procedure=ProcedureCode.CORPORATE)
    letter = told(work, feedback)
    assert letter.next_on == date(2026, 12, 14)
    assert "understood" in letter.next_what
    case.acknowledged_on = work.today
    answer = told(work, feedback)
    assert answer.next_on == first_stage(work.session, case).due_on > date(2026, 12, 14)
    assert "answer" in answer.next_what


def test_a_late_letter_does_not_hide_the_answers_date(work: Work, feedback: Feedback) -> None:
    case = make_case(work, feedback, procedure=ProcedureCode.CORPORATE)
    shown = told(work, feedback, after=10)
    assert shown.next_on == first_stage(work.session, case).due_on


def test_a_late_answer_is_said_to_be_late_and_promised_no_more(
    work: Work, feedback: Feedback
) -> None:
    make_case(work, feedback)
    shown = told(work, feedback, after=30)
    assert (shown.late, shown.next_on) == (True, date(2026, 12, 21))
    assert "December" not in shown.headline


def test_an_answered_stage_says_how_to_go_on(work: Work, feedback: Feedback) -> None:
    case = make_case(work, feedback)
    first_stage(work.session, case).answered_on = date(2026, 12, 18)
    shown = told(work, feedback, after=30)
    assert shown.headline == "We have sent you our answer."
    assert (shown.next_on, shown.late, shown.finished) == (None, False, False)
    assert "not happy" in shown.next_what
    case.state = CaseState.CLOSED
    assert told(work, feedback).finished


@pytest.mark.parametrize("category", [Category.MP_ENQUIRY, Category.OMBUDSMAN])
def test_enquiries_are_cases_of_their_kind_with_a_date(
    work: Work, feedback: Feedback, category: Category
) -> None:
    make_case(work, feedback, category=category, procedure=ProcedureCode.NONE)
    shown = told(work, feedback)
    assert shown.next_on is not None
    assert shown.process.startswith("enquiry from")


@pytest.mark.parametrize("outcome", list(ENDED))
def test_every_other_outcome_has_its_own_words(
    work: Work, feedback: Feedback, outcome: Outcome
) -> None:
    decide(work, feedback, outcome)
    shown = told(work, feedback)
    assert shown.headline == ENDED[outcome][0]
    assert (shown.next_on, shown.finished) == (None, True)
    assert states(shown) == "done done done"


def test_no_outcome_is_without_words() -> None:
    assert set(ENDED) == set(Outcome) - {Outcome.CASE_OPENED}


def test_what_waits_for_a_court_is_not_called_over(work: Work, feedback: Feedback) -> None:
    decide(work, feedback, Outcome.DECLINED).resubmit_by = date(2027, 6, 30)
    shown = told(work, feedback)
    assert shown.headline != ENDED[Outcome.DECLINED][0]
    assert "until Wednesday 30 June 2027" in shown.next_what

"""What is promised: dated by what it waits for, kept with proof, chased when late."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from portal.bank_holidays import with_extra
from portal.cases import remedies
from portal.cases.points import ChangedMeanwhile
from portal.cases.remedies import NewRemedy
from portal.cases.remedy_dates import Counting, SayWhen
from portal.procedures.finding import Giver
from portal.procedures.remedy import Base, Compliance, Offset, RemedyKind, RemedyState
from portal.procedures.state import Doer, Event
from portal.procedures.vocabulary import Team
from portal.procedures.working_days import Unit
from portal.records.case import Case
from portal.records.remedy import Remedy
from portal.work import Work
from tests.unit.cases.procedure_world import case_with_points, let


def promised(work: Work, case: Case, **other: Any) -> Remedy:
    given: dict[str, Any] = {
        "giver": Giver.SERVICE,
        "kind": RemedyKind.APOLOGY,
        "text": "Say sorry in writing.",
        "team": Team.CARE_PLANNING_COURT,
        "counting": Counting(Base.DAY, day=work.today + timedelta(days=10)),
    }
    made = remedies.add(work, case, NewRemedy(**{**given, **other}))
    work.session.flush()
    return made


def test_a_promise_counted_from_the_answer_is_dated_when_it_goes(work: Work) -> None:
    case, made = case_with_points(work, 1)
    from portal.cases import findings, gathering
    from portal.procedures.finding import Finding

    stage = gathering.current_stage(work.session, case)
    promise = promised(work, case, counting=Counting(Base.ANSWER, offset=Offset(1, Unit.MONTHS)))
    assert promise.due_on is None
    findings.record_finding(work, made[0], stage, Giver.SERVICE, Finding.UPHELD, "Yes.")
    let(work, case, Event.ANSWERED, Doer.MANAGER)
    assert promise.due_on is not None
    assert (promise.due_on - work.today).days in range(28, 32)


def test_one_promise_waits_for_another(work: Work) -> None:
    case, _ = case_with_points(work)
    first = promised(work, case, kind=RemedyKind.REASSESSMENT, text="Assess again.")
    second = promised(
        work, case, counting=Counting(Base.REMEDY, offset=Offset(14, Unit.DAYS), after=first)
    )
    assert second.due_on is None
    remedies.done(work, case, first, first.version, work.today, "Assessment of today.")
    assert second.due_on == work.today + timedelta(days=14)


def test_a_day_off_that_staff_added_is_not_counted(work: Work) -> None:
    case, _ = case_with_points(work)
    first = promised(work, case, kind=RemedyKind.MEETING, text="Meet you.")
    week = Counting(Base.REMEDY, offset=Offset(5, Unit.WORKING_DAYS), after=first)
    without = promised(work, case, counting=week)
    remedies.done(work, case, first, first.version, work.today, "Met today.")
    assert without.due_on is not None
    day_off = {without.due_on: "A day of mourning"}
    work.council = replace(work.council, calendar=with_extra(work.council.calendar, day_off))
    later = promised(work, case, counting=week)
    assert later.due_on is not None
    assert later.due_on > without.due_on


def test_what_repeats_is_promised_again_until_its_end(work: Work) -> None:
    case, _ = case_with_points(work)
    first_due = work.today + timedelta(days=5)
    last = work.today + timedelta(days=100)
    present = promised(
        work, case, counting=Counting(Base.DAY, day=first_due), every_months=1, until=last
    )
    dues = [present.due_on]
    for _ in range(5):
        following = remedies.done(work, case, present, present.version, work.today, "Seen.")
        if following is None:
            break
        work.session.flush()
        present = following
        dues.append(present.due_on)
    assert len(dues) == 4
    assert all(due is not None and due <= last for due in dues)
    assert {due.day for due in dues if due} <= {first_due.day, 28, 29, 30}


def test_a_promise_is_kept_with_proof_once(work: Work) -> None:
    case, _ = case_with_points(work)
    promise = promised(work, case)
    with pytest.raises(remedies.SayHow):
        remedies.done(work, case, promise, promise.version, work.today, " ")
    with pytest.raises(remedies.DayNotPossible):
        remedies.done(
            work, case, promise, promise.version, work.today + timedelta(days=1), "Letter."
        )
    seen = promise.version
    remedies.done(work, case, promise, seen, work.today, "Letter of today.")
    work.session.flush()
    assert (promise.state, promise.done_on) == (RemedyState.DONE, work.today)
    with pytest.raises(ChangedMeanwhile):
        remedies.give_up(work, case, promise, seen, "No.")
    with pytest.raises(remedies.NotOpenToThis):
        remedies.give_up(work, case, promise, promise.version, "No.")


def test_a_recommendation_is_answered_and_a_no_has_its_reason(work: Work) -> None:
    case, _ = case_with_points(work)
    yes = promised(work, case, giver=Giver.INVESTIGATOR)
    no = promised(work, case, giver=Giver.PANEL)
    assert yes.state is no.state is RemedyState.PROPOSED
    with pytest.raises(remedies.NotOpenToThis):
        remedies.done(work, case, yes, yes.version, work.today, "Done.")
    remedies.accept(work, case, yes, yes.version)
    with pytest.raises(remedies.SayWhy):
        remedies.not_accept(work, case, no, no.version, "")
    remedies.not_accept(work, case, no, no.version, "It was put right in May.")
    assert (yes.state, no.state) == (RemedyState.PROMISED, RemedyState.NOT_ACCEPTED)


def test_a_payment_needs_payee_and_amount_and_nothing_else_has_them(work: Work) -> None:
    case, _ = case_with_points(work)
    with pytest.raises(remedies.PaymentIncomplete):
        promised(work, case, kind=RemedyKind.SYMBOLIC_PAYMENT, payee="Kit")
    paid = promised(
        work, case, kind=RemedyKind.SYMBOLIC_PAYMENT, payee=" Kit ", amount_pence=25_000
    )
    assert (paid.payee, paid.amount_pence) == ("Kit", 25_000)
    said = promised(work, case, payee="Kit", amount_pence=1)
    assert (said.payee, said.amount_pence) == (None, None)


def test_what_cannot_be_dated_is_refused(work: Work) -> None:
    case, _ = case_with_points(work)
    for counting in (
        Counting(Base.DAY),
        Counting(Base.DAY, day=work.today - timedelta(days=1)),
        Counting(Base.ANSWER),
        Counting(Base.REMEDY, offset=Offset(1, Unit.DAYS)),
    ):
        with pytest.raises(SayWhen):
            promised(work, case, counting=counting)


def test_the_ombudsman_is_told_of_their_own_remedies_only(work: Work) -> None:
    case, _ = case_with_points(work)
    theirs, ours = promised(work, case, giver=Giver.OMBUDSMAN), promised(work, case)
    on: date = work.today
    with pytest.raises(remedies.NotOpenToThis):
        remedies.tell_ombudsman(work, case, ours, ours.version, on, Compliance.ON_TIME)
    remedies.tell_ombudsman(work, case, theirs, theirs.version, on, Compliance.LATE)
    assert (theirs.told_ombudsman_on, theirs.compliance) == (on, Compliance.LATE)


def test_a_change_of_service_is_learning_until_somebody_says_otherwise(work: Work) -> None:
    case, _ = case_with_points(work)
    assert not promised(work, case).for_report
    change = promised(work, case, kind=RemedyKind.PROCEDURE_CHANGE, text="A rota for reviews.")
    assert change.for_report
    remedies.mark_learning(work, case, change, change.version, True, "Team meeting in June")
    assert change.made_known == "Team meeting in June"


def test_nothing_is_promised_in_a_closed_case(work: Work) -> None:
    case, _ = case_with_points(work)
    let(work, case, Event.WITHDRAWAL_ASKED, Doer.PERSON)
    let(work, case, Event.WITHDRAWN, talked_with="Kit and their advocate, today")
    with pytest.raises(remedies.CaseOver):
        promised(work, case)

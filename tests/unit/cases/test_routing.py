"""Which procedure a matter follows, with what is recorded of it; a choice otherwise says why."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from portal.cases import childs_view, consent, interest, late_test, routing
from portal.cases.consent import Given
from portal.cases.routing import RouteFacts, WhyOtherwise
from portal.procedures.conclusion import FirstDecision, Route
from portal.procedures.function import Function
from portal.procedures.matter import Acting, Appeal, Consent, Known
from portal.procedures.person import PersonCode
from portal.procedures.proceedings import Proceeding, ProceedingKind, ProceedingState
from portal.procedures.vocabulary import ProcedureCode
from portal.records.feedback import Feedback
from portal.work import WORKER, Work, begin_work
from tests.unit.cases.test_who_may_complain import DAY, ENOUGH, GIVEN, HALVES, SAID
from tests.unit.triage.matters import a_feedback, acting, an_officer

NAN = RouteFacts((Function.LOOKED_AFTER,), PersonCode.SUFFICIENT_INTEREST_CHILD, arose=DAY)
PARENT = RouteFacts((Function.CHILD_IN_NEED,), PersonCode.PARENT, arose=DAY, proceedings=())


@pytest.fixture
def work(app: Flask) -> Iterator[Work]:
    with begin_work(WORKER) as found:
        yield acting(found, an_officer(found), DAY + timedelta(days=5))


@pytest.fixture
def feedback(work: Work) -> Feedback:
    return a_feedback(work, received=DAY)


def decisions(work: Work, feedback: Feedback, facts: RouteFacts) -> tuple[FirstDecision, ...]:
    matter = routing.matter_of(work.session, feedback, facts, named=True)
    (conclusion,) = routing.concluded(matter, work.council.local_rules)
    return conclusion.outcome.decisions


def test_a_recorded_decision_on_interest_settles_it(work: Work, feedback: Feedback) -> None:
    assert decisions(work, feedback, NAN) == (FirstDecision.INTEREST,)
    childs_view.record(work, feedback, SAID)
    interest.decide(work, feedback, ENOUGH)
    assert decisions(work, feedback, NAN) == ()


def test_recorded_consent_settles_it_and_taking_it_back_unsettles_it(
    work: Work, feedback: Feedback
) -> None:
    friend = RouteFacts((Function.LEAVING_CARE,), PersonCode.REPRESENTATIVE, arose=DAY)
    assert decisions(work, feedback, friend) == (FirstDecision.CONSENT,)
    consent.record(work, feedback, GIVEN)
    assert decisions(work, feedback, friend) == ()
    consent.record(work, feedback, Given(Consent.REFUSED, DAY, "Sam rang: stop this."))
    matter = routing.matter_of(work.session, feedback, friend, named=True)
    assert routing.concluded(matter, work.council.local_rules)[0].route is Route.REDIRECTED


def test_a_recorded_late_test_settles_it(work: Work, feedback: Feedback) -> None:
    old = RouteFacts((Function.CHILD_IN_NEED,), PersonCode.PARENT, arose=date(2024, 1, 8))
    assert decisions(work, feedback, old) == (FirstDecision.LATENESS,)
    late_test.record(work, feedback, HALVES)
    assert decisions(work, feedback, old) == ()


def test_what_the_rules_say_needs_no_reason_and_keeps_none(work: Work, feedback: Feedback) -> None:
    found = routing.record(work, feedback, PARENT, True, ProcedureCode.STATUTORY, "whatever")
    assert (found.overridden, found.reason) == (False, None)
    assert found.concluded == ["child_in_need:statutory:-"]
    latest = routing.latest(work.session, feedback)
    assert latest is not None
    assert routing.from_plain(latest.facts) == PARENT


def test_choosing_otherwise_says_why(work: Work, feedback: Feedback) -> None:
    with pytest.raises(WhyOtherwise):
        routing.record(work, feedback, PARENT, True, ProcedureCode.CORPORATE, " ")
    assert routing.latest(work.session, feedback) is None
    why = "The Ombudsman asked us to."
    found = routing.record(work, feedback, PARENT, True, ProcedureCode.CORPORATE, why)
    assert (found.overridden, found.reason) == (True, why)


def test_any_part_may_give_the_procedure(work: Work, feedback: Feedback) -> None:
    split = RouteFacts((Function.SEND_DELAY, Function.SHORT_BREAKS), PersonCode.PARENT, arose=DAY)
    for procedure in (ProcedureCode.STATUTORY, ProcedureCode.CORPORATE):
        assert not routing.record(work, feedback, split, True, procedure, "").overridden


def test_ticks_are_kept_once_and_choose_nothing(work: Work, feedback: Feedback) -> None:
    chosen = routing.record(work, feedback, PARENT, True, ProcedureCode.STATUTORY, "")
    routing.keep_facts(work, feedback, PARENT, True)
    assert routing.latest(work.session, feedback) is chosen
    routing.keep_facts(work, feedback, NAN, True)
    kept = routing.latest(work.session, feedback)
    assert kept is not None
    assert (routing.from_plain(kept.facts), kept.procedure) == (NAN, None)
    assert routing.latest_choice(work.session, feedback) is chosen


days = st.none() | st.dates(date(1990, 1, 1), date(2030, 1, 1))


@given(
    st.builds(
        RouteFacts,
        functions=st.lists(st.sampled_from(Function), min_size=1, max_size=3).map(tuple),
        person=st.sampled_from(PersonCode),
        acting=st.sampled_from(Acting),
        parental_responsibility=st.sampled_from(Known),
        over_18=st.sampled_from(Known),
        arose=days,
        knew=days,
        appeal=st.sampled_from(Appeal),
        proceedings=st.none()
        | st.lists(
            st.builds(
                Proceeding, st.sampled_from(ProceedingKind), st.sampled_from(ProceedingState)
            ),
            max_size=2,
        ).map(tuple),
        prejudice=st.sampled_from(Known),
    )
)
def test_facts_come_back_from_the_record_as_they_went_in(facts: RouteFacts) -> None:
    assert routing.from_plain(routing.as_plain(facts)) == facts

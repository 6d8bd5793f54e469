"""Which parts may be answered together, which case may lead another, how decisions are counted."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.procedures.facts import LeadFacts
from portal.procedures.joining import LEADS_IN, can_lead
from portal.procedures.joint_answer import ANSWERED_IN, SENTENCES, Apart, PartFacts, apart
from portal.procedures.ombudsman_decision import (
    COUNTED,
    CountedAs,
    OmbudsmanDecision,
    counted,
)
from portal.procedures.procedure import STAGES, StageKey, Track
from portal.procedures.refusal import Disposition, RefusalReason
from portal.procedures.refusal_rules import OF_A_PART, rule_for
from portal.procedures.state import State
from tests.unit.procedures.changes import case

TODAY = date(2026, 6, 10)
PARTS = st.lists(
    st.builds(
        PartFacts,
        state=st.sampled_from(State),
        due_on=st.dates(TODAY - timedelta(days=5), TODAY + timedelta(days=30)),
        ready=st.booleans(),
    ),
    max_size=4,
)


@given(PARTS)
def test_one_letter_goes_only_while_the_shorter_time_runs_and_all_is_ready(
    parts: list[PartFacts],
) -> None:
    reasons = apart(parts, TODAY)
    waiting = [part for part in parts if part.state in ANSWERED_IN]
    if not reasons:
        assert len(waiting) >= 2
        assert all(part.ready and part.due_on >= TODAY for part in waiting)
    assert (Apart.PAST_SHORTER in reasons) is any(part.due_on < TODAY for part in waiting)
    assert (Apart.NOT_READY in reasons) is any(not part.ready for part in waiting)
    assert (Apart.ONE_PART in reasons) is (len(waiting) < 2)
    assert all(SENTENCES[reason] for reason in reasons)


@given(PARTS)
def test_waiting_a_day_never_makes_one_letter_possible(parts: list[PartFacts]) -> None:
    if apart(parts, TODAY):
        assert apart(parts, TODAY + timedelta(days=1))


def places() -> st.SearchStrategy[tuple[Track, StageKey]]:
    return st.sampled_from([(track, key) for track, keys in STAGES.items() for key in keys])


@given(places(), places(), st.sampled_from(State), st.booleans(), st.booleans(), st.booleans())
def test_nobody_is_joined_to_a_case_that_answers_less(
    own: tuple[Track, StageKey],
    other: tuple[Track, StageKey],
    state: State,
    same_matter: bool,
    joined: bool,
    leads: bool,
) -> None:
    facts = replace(case(own[0], State.ANSWERING, own[1]), leads=leads)
    lead = LeadFacts(*other, state, same_matter=same_matter, joined=joined)
    if not can_lead(facts, lead):
        return
    assert not any((same_matter, joined, leads))
    assert state in LEADS_IN
    # The same rules at the same step; an MP's enquiry may be under any complaint.
    complaint = other[0] in (Track.STATUTORY, Track.CORPORATE)
    assert own == other or (own[0] is Track.MP_ENQUIRY and complaint)


def test_a_parents_complaint_leads_anothers_and_an_mps() -> None:
    lead = LeadFacts(Track.CORPORATE, StageKey.STAGE_1, State.ANSWERING)
    assert can_lead(case(Track.CORPORATE, State.ANSWERING, StageKey.STAGE_1), lead)
    assert can_lead(case(Track.MP_ENQUIRY, State.ANSWERING, StageKey.ANSWER), lead)
    assert not can_lead(case(Track.STATUTORY, State.ANSWERING, StageKey.STAGE_1), lead)
    assert not can_lead(case(Track.CORPORATE, State.REVIEWING, StageKey.STAGE_2), lead)
    enquiry = LeadFacts(Track.MP_ENQUIRY, StageKey.ANSWER, State.ANSWERING)
    assert not can_lead(case(Track.CORPORATE, State.ANSWERING, StageKey.STAGE_1), enquiry)


@given(st.lists(st.sampled_from(OmbudsmanDecision)))
def test_each_decision_counts_once_and_what_is_upheld_was_investigated(
    decisions: list[OmbudsmanDecision],
) -> None:
    found = counted(decisions)
    assert found[CountedAs.UPHELD] <= found[CountedAs.INVESTIGATED]
    closed = found[CountedAs.NOT_FOR_US] + found[CountedAs.ASSESSED_AND_CLOSED]
    assert closed + found[CountedAs.INVESTIGATED] == len(decisions)


def test_each_decision_is_counted_as_something() -> None:
    assert set(COUNTED) == set(OmbudsmanDecision)


@pytest.mark.parametrize("reason", RefusalReason)
def test_a_part_is_passed_on_or_refused_and_never_paused(reason: RefusalReason) -> None:
    of_a_part = {Disposition.REFUSED, Disposition.REDIRECTED} & set(rule_for(reason).dispositions)
    if reason is RefusalReason.S2_NOT_ACCEPTED:
        assert reason not in OF_A_PART
    else:
        assert (reason in OF_A_PART) is bool(of_a_part)

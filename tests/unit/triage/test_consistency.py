"""What does not go together, each with its sentence; and what does."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.procedures.lateness import Weighed
from portal.procedures.procedure import CHOSEN, Track
from portal.procedures.refusal import Disposition, RefusalReason
from portal.procedures.refusal_rules import disposition_of
from portal.procedures.screening import Screening
from portal.procedures.second_officer import AgreedBy
from portal.procedures.vocabulary import Category, Nature, ProcedureCode, Relationship, Risk
from portal.records.decision import Outcome
from portal.triage.choice import Choice
from portal.triage.consistency import (
    Writer,
    faults_in,
    must_name_ombudsman,
    needed_for,
    reasons_for,
)
from tests.unit.triage.matters import a_choice

DAY = date(2026, 6, 10)
SOMEBODY = Writer(young=False, named=True, received=DAY, today=DAY)
ASKED = Screening(
    consulted="The court team",
    consulted_on=DAY,
    evidence="The order of May.",
    redirected_to="The school’s office.",
    resubmit_by=DAY + timedelta(days=365),
)
DECLINED: dict[str, Any] = {
    "outcome": Outcome.DECLINED,
    "procedure": ProcedureCode.DUTY,
    "reason": RefusalReason.COURT_DECISION,
    "explanation": "Only the court can change its order.",
    "screening": ASKED,
}


def _fields(choice: Choice, writer: Writer = SOMEBODY) -> set[str]:
    return {fault.field for fault in faults_in(choice, writer)}


@pytest.mark.parametrize(
    "fine",
    [
        {},
        {"procedure": ProcedureCode.CORPORATE},
        {
            "category": Category.MP_ENQUIRY,
            "procedure": ProcedureCode.DUTY,
            "nature": None,
            "chosen_track": Track.MP_ENQUIRY,
        },
        {"procedure": ProcedureCode.DUTY, "chosen_track": Track.DATA_PROTECTION},
        {"category": Category.OMBUDSMAN, "procedure": ProcedureCode.STATUTORY, "nature": None},
        {
            "category": Category.COMPLIMENT,
            "procedure": ProcedureCode.NONE,
            "nature": None,
            "outcome": Outcome.THANKED,
        },
        {
            "category": Category.COMMENT,
            "procedure": ProcedureCode.DUTY,
            "nature": None,
            "outcome": Outcome.PASSED_ON,
            "reason": RefusalReason.SERVICE_REQUEST,
            "explanation": "The transport team has it.",
        },
        DECLINED,
        {"outcome": Outcome.LINKED, "linked_reference": "7KQM-2XVD"},
    ],
)
def test_what_goes_together(fine: dict[str, Any]) -> None:
    assert faults_in(a_choice(**fine), SOMEBODY) == ()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"outcome": Outcome.THANKED}, "outcome"),
        (
            {"category": Category.COMPLIMENT, "outcome": Outcome.THANKED, "nature": None},
            "procedure",
        ),
        ({"procedure": ProcedureCode.NONE}, "procedure"),
        ({"procedure": ProcedureCode.DUTY}, "procedure"),
        ({"nature": None}, "nature"),
        ({"category": Category.COMMENT, "nature": None}, "category"),
        ({"category": Category.COMMENT, "procedure": ProcedureCode.DUTY}, "outcome"),
        ({**DECLINED, "procedure": ProcedureCode.STATUTORY}, "procedure"),
        ({**DECLINED, "reason": None}, "declined_reason"),
        ({**DECLINED, "reason": RefusalReason.SCHOOL}, "declined_reason"),
        ({**DECLINED, "explanation": "  "}, "declined_explanation"),
        ({**DECLINED, "outcome": Outcome.PASSED_ON}, "passed_on_reason"),
        ({**DECLINED, "category": Category.OMBUDSMAN}, "outcome"),
        ({"outcome": Outcome.LINKED}, "linked_reference"),
        ({"category": Category.MP_ENQUIRY, "nature": None}, "enquirer"),
        (
            {"category": Category.COMMENT, "nature": None, "chosen_track": Track.DATA_PROTECTION},
            "category",
        ),
        ({**DECLINED, "chosen_track": Track.DATA_PROTECTION}, "outcome"),
        (
            {**DECLINED, "outcome": Outcome.PASSED_ON, "reason": RefusalReason.SAFEGUARDING},
            "outcome",
        ),
    ],
)
def test_what_does_not_go_together(wrong: dict[str, Any], field: str) -> None:
    faults = faults_in(a_choice(**wrong), SOMEBODY)
    assert field in {fault.field for fault in faults}
    assert all(fault.sentence.endswith(".") for fault in faults)


@pytest.mark.parametrize("missing", ["consulted", "evidence"])
def test_a_no_rests_on_what_was_asked_and_looked_at(missing: str) -> None:
    without = replace(ASKED, **{missing: " "})
    assert _fields(a_choice(**{**DECLINED, "screening": without})) == {missing}


def test_a_no_is_agreed_by_somebody_else_and_to_a_child_by_a_manager() -> None:
    choice = a_choice(**DECLINED)
    assert needed_for(choice, SOMEBODY).by is AgreedBy.ANOTHER_OFFICER
    assert needed_for(choice, replace(SOMEBODY, young=True)).by is AgreedBy.MANAGER
    found = replace(choice, relationship=Relationship.YOUNG_PERSON)
    assert needed_for(found, SOMEBODY).by is AgreedBy.MANAGER, "an officer found a young person"
    assert not needed_for(a_choice(), replace(SOMEBODY, young=True)).needed
    quiet = replace(choice, reason=RefusalReason.INFORMAL)
    assert not needed_for(quiet, SOMEBODY).needed
    assert needed_for(quiet, replace(SOMEBODY, named=False)).needed


@pytest.mark.parametrize(
    ("named", "said", "wrong"), [(True, True, True), (False, False, True), (False, True, False)]
)
def test_having_no_name_is_never_by_itself_a_reason(named: bool, said: bool, wrong: bool) -> None:
    screening = replace(ASKED, nothing_to_act_on=said)
    choice = a_choice(**{**DECLINED, "reason": RefusalReason.ANONYMOUS, "screening": screening})
    fields = _fields(choice, replace(SOMEBODY, named=named))
    assert fields == ({"declined_reason"} if wrong else set())


def test_a_late_complaint_is_weighed_before_it_is_refused() -> None:
    late = a_choice(**{**DECLINED, "reason": RefusalReason.OUT_OF_TIME_STATUTORY})
    assert _fields(late) == {"declined_reason"}
    weighed = Weighed(ProcedureCode.STATUTORY, date(2025, 5, 10), None, False, True)
    assert _fields(late, replace(SOMEBODY, weighed=weighed)) == set()
    other = replace(weighed, procedure=ProcedureCode.CORPORATE)
    assert _fields(late, replace(SOMEBODY, weighed=other)) == {"declined_reason"}


def test_each_reason_fits_an_outcome_and_a_no_always_names_the_ombudsman() -> None:
    fitting = set(reasons_for(Outcome.PASSED_ON)) | set(reasons_for(Outcome.DECLINED))
    assert fitting == set(RefusalReason)
    assert reasons_for(Outcome.THANKED) == ()
    for reason in RefusalReason:
        assert must_name_ombudsman(a_choice(**{**DECLINED, "reason": reason}))
        passed_on = a_choice(**{**DECLINED, "outcome": Outcome.PASSED_ON, "reason": reason})
        redirected = disposition_of(reason, passed_on=True) is Disposition.REDIRECTED
        assert must_name_ombudsman(passed_on) is redirected


@given(
    category=st.sampled_from(Category),
    procedure=st.sampled_from(ProcedureCode),
    outcome=st.sampled_from(Outcome),
    risk=st.sampled_from(Risk),
    nature=st.sampled_from([None, *Nature]),
    reason=st.sampled_from([None, *RefusalReason]),
    chosen_track=st.sampled_from([None, *sorted(CHOSEN)]),
)
def test_no_sound_choice_closes_a_complaint_quietly(**chosen: Any) -> None:
    choice = a_choice(**chosen, explanation="Because.", linked_reference="7KQM-2XVD")
    if faults_in(choice, SOMEBODY) or choice.category is not Category.COMPLAINT:
        return
    assert choice.outcome is not Outcome.THANKED
    if choice.outcome in (Outcome.DECLINED, Outcome.PASSED_ON):
        assert choice.reason is not None
        assert choice.procedure is ProcedureCode.DUTY
    if choice.outcome is Outcome.CASE_OPENED:
        about_data = choice.chosen_track is Track.DATA_PROTECTION
        assert about_data or choice.procedure in (ProcedureCode.STATUTORY, ProcedureCode.CORPORATE)
    assert choice.reason is not RefusalReason.SAFEGUARDING or (
        choice.outcome is not Outcome.PASSED_ON
    ), "a worry that is passed on leaves the complaint open"

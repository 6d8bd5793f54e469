"""What does not go together, each with its sentence; and what does."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.procedures.procedure import CHOSEN, Track
from portal.procedures.refusal import RefusalReason
from portal.procedures.refusal_rules import rule_for
from portal.procedures.vocabulary import Category, Nature, ProcedureCode, Risk
from portal.records.decision import Outcome
from portal.triage.choice import Choice
from portal.triage.consistency import Writer, faults_in, must_name_ombudsman, reasons_for
from tests.unit.triage.matters import a_choice

SOMEBODY = Writer(young=False, named=True)
DECLINED: dict[str, Any] = {
    "outcome": Outcome.DECLINED,
    "procedure": ProcedureCode.DUTY,
    "reason": RefusalReason.COURT_DECISION,
    "explanation": "Only the court can change its order.",
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


@pytest.mark.parametrize("writer", [Writer(True, True), Writer(False, False)])
def test_a_no_to_a_child_or_to_nobody_is_looked_at_twice(writer: Writer) -> None:
    assert _fields(a_choice(**DECLINED), writer) == {"second_look"}
    assert _fields(a_choice(**DECLINED, second_look=True), writer) == set()
    assert _fields(a_choice(), writer) == set(), "opening a case needs no second look"


def test_each_reason_fits_an_outcome_and_a_no_always_names_the_ombudsman() -> None:
    fitting = set(reasons_for(Outcome.PASSED_ON)) | set(reasons_for(Outcome.DECLINED))
    assert fitting == set(RefusalReason)
    assert reasons_for(Outcome.THANKED) == ()
    for reason in RefusalReason:
        assert must_name_ombudsman(a_choice(**{**DECLINED, "reason": reason}))
        passed_on = a_choice(**{**DECLINED, "outcome": Outcome.PASSED_ON, "reason": reason})
        assert must_name_ombudsman(passed_on) is rule_for(reason).needs_ombudsman


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

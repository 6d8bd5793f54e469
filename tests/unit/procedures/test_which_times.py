"""Which procedure: late complaints are weighed, and proceedings leave a decision."""

from dataclasses import replace
from datetime import date

import pytest

from portal.procedures.conclusion import FirstDecision, QuestionCode, Route
from portal.procedures.function import Function
from portal.procedures.matter import (
    Known,
    Length,
    LocalRules,
)
from portal.procedures.person import PersonCode
from portal.procedures.proceedings import Proceeding, ProceedingKind, ProceedingState
from portal.procedures.vocabulary import ProcedureCode
from portal.procedures.working_days import Unit
from tests.unit.procedures.situations import COURT, LAST_MONTH, asked, concluded

STATUTORY, CORPORATE = Route.STATUTORY, Route.CORPORATE
F, P = Function, PersonCode


@pytest.mark.parametrize(
    ("arose", "late"),
    [(date(2025, 11, 2), False), (date(2025, 11, 1), True), (date(2020, 2, 29), True)],
)
def test_a_year_ends_on_the_same_date_and_is_weighed_after(arose: date, late: bool) -> None:
    found = concluded(F.CHILD_IN_NEED, part={"arose": arose})
    assert (FirstDecision.LATENESS in found.outcome.decisions) is late
    assert found.route is not Route.REDIRECTED


def test_a_late_complaint_gets_both_halves_of_the_test() -> None:
    late = concluded(F.CHILD_IN_NEED, part={"arose": date(2024, 1, 8)})
    text = late.reasons[-1].text
    assert "refuses nobody" in text
    assert "unreasonable to expect it sooner" in text
    assert "effectively and fairly" in text
    assert late.reasons[-1].source == "SI 2006/1738 reg 9"
    assert QuestionCode.LATENESS in asked(late)
    failed = concluded(
        F.CHILD_IN_NEED,
        part={"arose": date(2024, 1, 8), "no_sooner": Known.NO, "still_fair": Known.NO},
    )
    assert failed.outcome.decisions == (FirstDecision.LATENESS,)
    met = concluded(
        F.CHILD_IN_NEED,
        part={"arose": date(2024, 1, 8), "no_sooner": Known.YES, "still_fair": Known.YES},
    )
    assert met.route is STATUTORY


@pytest.mark.parametrize("half", ["no_sooner", "still_fair"])
def test_one_half_of_the_test_is_not_enough(half: str) -> None:
    found = concluded(F.CHILD_IN_NEED, part={"arose": date(2024, 1, 8), half: Known.YES})
    assert found.outcome.decisions == (FirstDecision.LATENESS,)


def test_the_code_counts_from_knowing_and_regulation_9_does_not() -> None:
    dates = {"arose": date(2024, 1, 8), "knew": LAST_MONTH}
    assert concluded(F.EARLY_HELP, part=dates).route is CORPORATE
    assert concluded(F.CHILD_IN_NEED, part=dates).outcome.decisions == (FirstDecision.LATENESS,)
    old = concluded(F.EARLY_HELP, part={"arose": date(2024, 1, 8)})
    assert old.reasons[-1].source == "Complaint Handling Code 2.2"


def test_a_council_may_give_people_longer() -> None:
    local = LocalRules(statutory_time=Length(2, Unit.YEARS))
    found = concluded(F.CHILD_IN_NEED, part={"arose": date(2025, 2, 3)}, local=local)
    assert found.route is STATUTORY
    assert "within 2 years" in found.reasons[-1].text


def test_an_unknown_day_is_asked_for() -> None:
    assert QuestionCode.WHEN in asked(concluded(F.CHILD_IN_NEED, part={"arose": None}))


def test_29_february_is_marked_as_unverified() -> None:
    found = concluded(F.CHILD_IN_NEED, part={"arose": date(2024, 2, 29)})
    assert any("29 February" in doubt for doubt in found.doubts)


# Proceedings: Staffordshire 24 014 003 and 25 007 167.


@pytest.mark.parametrize("prejudice", [Known.UNKNOWN, Known.YES])
def test_proceedings_leave_a_decision_and_refuse_nothing(prejudice: Known) -> None:
    found = concluded(F.LOOKED_AFTER, proceedings=(COURT,), part={"prejudice": prejudice})
    assert found.outcome.decisions == (FirstDecision.PROCEEDINGS,)
    assert found.outcome.procedure is ProcedureCode.STATUTORY
    steps = " ".join(step.text for step in found.steps)
    assert "second officer" in steps
    assert "when they end" in steps


def test_proceedings_that_are_not_harmed_or_have_ended_stand_in_no_way() -> None:
    unharmed = concluded(F.LOOKED_AFTER, proceedings=(COURT,), part={"prejudice": Known.NO})
    ended = concluded(F.LOOKED_AFTER, proceedings=(replace(COURT, state=ProceedingState.ENDED),))
    assert unharmed.route is ended.route is STATUTORY


def test_the_time_to_come_back_is_named_only_where_the_council_sets_it() -> None:
    local = LocalRules(come_back_within=Length(1, Unit.YEARS))
    found = concluded(F.LOOKED_AFTER, proceedings=(COURT,), local=local)
    assert any("within one year of their end" in step.text for step in found.steps)
    unset = concluded(F.LOOKED_AFTER, proceedings=(COURT,))
    assert not any("year" in step.text for step in unset.steps)


def test_kinds_of_proceedings_that_were_not_read_are_marked() -> None:
    police = Proceeding(ProceedingKind.CRIMINAL, ProceedingState.UNDER_WAY)
    assert concluded(F.LOOKED_AFTER, proceedings=(police,)).doubts
    assert not concluded(F.LOOKED_AFTER, proceedings=(COURT,)).doubts

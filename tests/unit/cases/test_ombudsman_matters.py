"""The Ombudsman's decision: recorded once, shown on each case that it covers, counted once."""

import pytest

from portal.cases import ombudsman_matters
from portal.cases.ombudsman_covers import CASES, CannotBeCovered
from portal.cases.ombudsman_matters import Said
from portal.cases.points import ChangedMeanwhile
from portal.procedures.ombudsman_decision import CountedAs, Declined, OmbudsmanDecision
from portal.procedures.vocabulary import Category
from portal.records.case import Case
from portal.work import Work
from tests.unit.cases.parted_world import a_case

UPHELD = Said("25 001 573", OmbudsmanDecision.UPHELD)


def the_ombudsmans(work: Work) -> Case:
    return a_case(work, category=Category.OMBUDSMAN, story="We are looking at school transport.")


def test_one_decision_covers_many_cases_and_counts_once(work: Work) -> None:
    matter = the_ombudsmans(work)
    complaints = [a_case(work, story=f"The taxi, letter {number}.") for number in range(3)]
    for case in complaints:
        CASES.add(work, matter, case)
    ombudsman_matters.record(work, matter, UPHELD, 1)
    work.session.flush()
    for case in complaints:
        ((row, worked_in),) = CASES.over(work.session, case)
        assert (row.reference, row.decision, worked_in) == ("25 001 573", UPHELD.decision, matter)
    assert [case for _, case in CASES.of(work.session, matter)] == complaints
    figures = ombudsman_matters.figures(work.session)
    assert (figures[CountedAs.UPHELD], figures[CountedAs.INVESTIGATED]) == (1, 1)


def test_a_case_is_covered_once_and_can_be_taken_out_again(work: Work) -> None:
    matter, case = the_ombudsmans(work), a_case(work)
    made = CASES.add(work, matter, case)
    for wrong in (case, matter, None):
        with pytest.raises(CannotBeCovered):
            CASES.add(work, matter, wrong)
    assert CASES.take_out(work, matter, made.public_id)
    assert not CASES.take_out(work, matter, made.public_id)
    assert CASES.over(work.session, case) == []


def test_only_the_ombudsmans_own_case_holds_a_decision(work: Work) -> None:
    with pytest.raises(ombudsman_matters.NotTheOmbudsmans):
        ombudsman_matters.record(work, a_case(work), UPHELD, 0)


def test_no_investigation_needs_their_reason_and_an_investigation_has_none(work: Work) -> None:
    matter = the_ombudsmans(work)
    closed = OmbudsmanDecision.CLOSED_AFTER_ENQUIRIES
    with pytest.raises(ombudsman_matters.SayWhyDeclined):
        ombudsman_matters.record(work, matter, Said("", closed), 0)
    with pytest.raises(ombudsman_matters.NotDeclined):
        ombudsman_matters.record(work, matter, Said("", OmbudsmanDecision.UPHELD, Declined.LATE), 1)
    row = ombudsman_matters.record(work, matter, Said(" ", closed, Declined.LATE), 1)
    assert (row.reference, row.declined) == (None, Declined.LATE)


def test_of_two_officers_the_second_is_told(work: Work) -> None:
    matter = the_ombudsmans(work)
    row = ombudsman_matters.record(work, matter, UPHELD, 0)
    work.session.flush()
    with pytest.raises(ChangedMeanwhile):
        ombudsman_matters.record(work, matter, Said("25 001 574"), 0)
    ombudsman_matters.record(work, matter, Said("25 001 574"), row.version)
    assert row.reference == "25 001 574"

"""Opening a case: the profile in force on the day, and a date that holds, whatever the day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import bank_holidays
from portal.cases import acknowledging, opening
from portal.cases.opening import NoClock, NoTimescales
from portal.council import Council, load_council
from portal.procedures.vocabulary import Category, ProcedureCode
from portal.records.case import Case, CaseStage
from portal.triage import deciding
from portal.work import Work
from tests.unit.triage.matters import a_choice, a_feedback, acting, an_officer

STATUTORY, CORPORATE = ProcedureCode.STATUTORY, ProcedureCode.CORPORATE
COUNCIL: Council = load_council("staffordshire")


@pytest.mark.parametrize(
    ("procedure", "received", "opened", "due", "profile"),
    [
        # Received on a Saturday: day 1 is the Monday after it.
        (STATUTORY, date(2026, 4, 18), date(2026, 4, 20), date(2026, 5, 1), "statutory-law"),
        # The Code: day 5 is Friday 10 April over Easter, and ten working days from there.
        (CORPORATE, date(2026, 4, 1), date(2026, 4, 2), date(2026, 4, 24), "corporate-code"),
        (CORPORATE, date(2026, 12, 22), date(2026, 12, 23), date(2027, 1, 15), "corporate-code"),
        # Past practice: twenty working days from acceptance, or from receipt.
        (
            STATUTORY,
            date(2020, 3, 20),
            date(2020, 3, 27),
            date(2020, 4, 28),
            "statutory-practice-to-2026-03",
        ),
        (CORPORATE, date(2020, 4, 9), date(2020, 4, 14), date(2020, 5, 12), "corporate-to-2026-03"),
        # What came in before the change and becomes a case after it runs by the new promise.
        (STATUTORY, date(2026, 3, 31), date(2026, 4, 1), date(2026, 4, 16), "statutory-law"),
    ],
)
def test_the_first_date(
    procedure: ProcedureCode, received: date, opened: date, due: date, profile: str
) -> None:
    plan = opening.planned(COUNCIL, Category.COMPLAINT, procedure, received, opened)
    assert (plan.deadline.due, plan.profile) == (due, profile)
    assert str(due.year) in plan.in_words()


def test_the_codes_letter_has_its_own_date_and_the_statutory_one_has_none() -> None:
    code = opening.planned(
        COUNCIL, Category.COMPLAINT, CORPORATE, date(2026, 12, 22), date(2026, 12, 23)
    )
    assert code.acknowledge is not None
    assert code.acknowledge.due == date(2026, 12, 31)
    assert code.from_day_limit
    law = opening.planned(
        COUNCIL, Category.COMPLAINT, STATUTORY, date(2026, 6, 1), date(2026, 6, 1)
    )
    assert law.acknowledge is None


@pytest.mark.parametrize("category", [Category.MP_ENQUIRY, Category.OMBUDSMAN])
def test_members_and_the_ombudsman_have_cases_of_their_kind(category: Category) -> None:
    plan = opening.planned(COUNCIL, category, STATUTORY, date(2026, 6, 1), date(2026, 6, 2))
    assert plan.track.value == category.value
    assert plan.deadline.due > date(2026, 6, 2)


def test_what_runs_on_nothing_is_no_case() -> None:
    with pytest.raises(NoClock):
        opening.planned(
            COUNCIL, Category.COMPLAINT, ProcedureCode.DUTY, date(2026, 6, 1), date(2026, 6, 1)
        )
    with pytest.raises(NoTimescales):
        opening.planned(COUNCIL, Category.COMPLAINT, STATUTORY, date(2011, 6, 1), date(2011, 6, 1))


@given(
    received=st.dates(date(2026, 4, 1), date(2027, 10, 31)),
    waited=st.integers(0, 60),
    procedure=st.sampled_from([STATUTORY, CORPORATE]),
)
def test_a_date_is_a_working_day_and_waiting_earns_no_time(
    received: date, waited: int, procedure: ProcedureCode
) -> None:
    at_once = opening.planned(COUNCIL, Category.COMPLAINT, procedure, received, received)
    later = opening.planned(
        COUNCIL, Category.COMPLAINT, procedure, received, received + timedelta(days=waited)
    )
    assert bank_holidays.bundled().why_not_working(at_once.deadline.due) is None
    assert later.deadline.due == at_once.deadline.due


def test_the_stage_keeps_its_first_date_and_its_working(work: Work) -> None:
    acting(work, an_officer(work), date(2026, 4, 20))
    feedback = a_feedback(work, received=date(2026, 4, 18))
    deciding.confirm(work, feedback, a_choice())
    stage = work.session.query(CaseStage).one()
    assert (stage.opened_on, stage.start_on) == (date(2026, 4, 20), date(2026, 4, 18))
    assert (stage.due_on, stage.first_due_on) == (date(2026, 5, 1), date(2026, 5, 1))
    assert stage.working["deadline"]["due"] == "2026-05-01"
    assert {"date": "2026-04-19", "why": "Sunday"} in stage.working["deadline"]["skipped"]
    assert "Saturday 18 April 2026 is day 0" in stage.working["words"]
    assert acknowledging.first_stage(work.session, work.session.query(Case).one()) is stage

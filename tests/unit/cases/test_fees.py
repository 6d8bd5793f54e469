"""The register, and what was paid, case by case."""

from datetime import date, timedelta

import pytest

from portal.cases import fees, register
from portal.cases.points import ChangedMeanwhile
from portal.cases.register import Known
from portal.procedures.state import AppointedAs
from portal.records.account import Role
from portal.records.register_entry import RatePer
from portal.work import Work
from tests.unit.cases.investigated_case import Investigated, investigated


@pytest.fixture
def made(work: Work) -> Investigated:
    made = investigated(work)
    made.as_(made.officer)
    return made


def appointment(made: Investigated, role: AppointedAs) -> str:
    found = fees.appointed(made.work.session, made.case)
    return next(one.appointment.public_id for one in found if one.appointment.role is role)


def pay(made: Investigated, role: AppointedAs, pence: int, on: date) -> str:
    row = fees.record(made.work, made.case, appointment(made, role), pence, "Ten hours of work", on)
    made.work.session.flush()
    return row.public_id


def test_what_was_paid_is_listed_without_what_was_taken_back(made: Investigated) -> None:
    today = made.work.today
    pay(made, AppointedAs.INVESTIGATOR, 120_000, today)
    pay(made, AppointedAs.INVESTIGATOR, 5_050, today - timedelta(days=1))
    wrong = pay(made, AppointedAs.INDEPENDENT_PERSON, 99_999, today)
    pay(made, AppointedAs.INDEPENDENT_PERSON, 40_000, today - timedelta(days=400))
    assert fees.take_back(made.work, made.case, wrong)
    assert not fees.take_back(made.work, made.case, "nothing")
    listed = fees.of_case(made.work.session, made.case)
    assert [one.fee.amount_pence for one in listed] == [120_000, 5_050, 40_000]
    assert listed[0].name == made.investigator.name


def test_what_cannot_be_a_payment_is_refused(made: Investigated) -> None:
    work, today = made.work, made.work.today
    one = appointment(made, AppointedAs.INVESTIGATOR)
    with pytest.raises(fees.NotAppointed):
        fees.record(work, made.case, "nobody", 100, "Work", today)
    for amount in (None, 0, fees.MOST_PENCE + 1):
        with pytest.raises(fees.AmountNotPossible):
            fees.record(work, made.case, one, amount, "Work", today)
    with pytest.raises(fees.SayWhatFor):
        fees.record(work, made.case, one, 100, " ", today)
    with pytest.raises(fees.DayNotPossible):
        fees.record(work, made.case, one, 100, "Work", today + timedelta(days=1))


def test_the_register_holds_what_is_known_and_counts_cases(made: Investigated) -> None:
    work = made.work
    found = register.find(work.session, made.investigator.public_id, work.today)
    assert found is not None
    assert (found.roles, found.cases, found.entry) == ((Role.INVESTIGATOR,), 1, None)
    assert register.find(work.session, made.officer.public_id, work.today) is None
    known = Known("Disability", "None", 45_000, RatePer.DAY, date(2025, 3, 1))
    register.keep(work, found, known, 0)
    work.session.flush()
    again = register.find(work.session, made.investigator.public_id, work.today)
    assert again is not None
    assert again.entry is not None
    assert (again.entry.skills, again.entry.dbs_on) == ("Disability", date(2025, 3, 1))
    with pytest.raises(ChangedMeanwhile):
        register.keep(work, found, known, 0)

"""Why a date is red, how an answer stood, whose voice it is: the rules of the Monday view alone."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from portal.procedures.vocabulary import Relationship
from portal.records.feedback import Door
from portal.reports.monday import people
from portal.reports.monday.week import Week
from portal.reports.monday.why_late import IN_TIME, Answered, Why, how_answered, why

DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(today=DAYS, agreed=st.none() | DAYS, told=st.none() | DAYS, extended=st.booleans())
def test_why_is_the_first_that_holds(
    today: date, agreed: date | None, told: date | None, extended: bool
) -> None:
    found = why(today, agreed, told, extended=extended)
    assert (found is Why.AGREED_LATER) == (agreed is not None and agreed >= today)
    if found is Why.UNTOLD:
        assert told is None
        assert not extended
    if found is Why.TOLD:
        assert told is not None
        assert told >= today
    if found is Why.TOLD_AND_MISSED:
        assert told is not None
        assert told < today


@given(answered=DAYS, first=DAYS, more=st.integers(0, 60), told=st.booleans())
def test_an_answer_is_in_time_on_its_last_day(
    answered: date, first: date, more: int, told: bool
) -> None:
    due = first + timedelta(days=more)
    found = how_answered(answered, first, due, told=told)
    assert (found in IN_TIME) == (answered <= due)
    assert (found is Answered.IN_TIME_EXTENDED) == (first < answered <= due)
    assert (found is Answered.LATE_TOLD) == (answered > due and told)


def test_the_months_are_six_and_end_with_this_one() -> None:
    for today in (date(2026, 12, 7), date(2027, 1, 31), date(2027, 6, 30)):
        one = Week(None, None, today, None, None)  # type: ignore[arg-type]
        assert len(one.months) == 6
        assert one.months[0] == one.first_day
        assert one.months[-1] == today.replace(day=1)


@given(
    door=st.sampled_from([*Door, None]),
    said=st.sampled_from([*Relationship, None]),
    decided=st.sampled_from([*Relationship, None]),
)
def test_each_voice_is_one_of_three(
    door: Door | None, said: Relationship | None, decided: Relationship | None
) -> None:
    class Row:
        pass

    row = Row()
    row.door, row.relationship_said, row.relationship = door, said, decided  # type: ignore[attr-defined]
    found = people.voice_of(row)
    if door is Door.YOUNG_PEOPLE:
        assert found == people.YOUNG
    elif decided is Relationship.PARENT and door is not Door.ADVOCATES:
        assert found == people.OTHERS
    else:
        assert found in (people.YOUNG, people.ADVOCATE, people.OTHERS)

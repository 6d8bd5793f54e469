"""When a matter may go: never while something is open or held, never before its longest time."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.procedures.retention import (
    IN_WORDS,
    KeptAs,
    MatterFacts,
    Periods,
    latest_review,
    term,
    why_not_erased,
)

YEARS = dict.fromkeys(KeptAs, 6) | {KeptAs.COMMENT: 2, KeptAs.OMBUDSMAN: 10}
PERIODS = Periods(YEARS, 12)
ENDED = date(2020, 2, 29)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
FACTS = st.builds(
    MatterFacts,
    kinds=st.frozensets(st.sampled_from(KeptAs), min_size=1),
    ended_on=DAYS,
    still_open=st.sampled_from([(), ("A case of it is still open.",)]),
    held=st.booleans(),
)
EACH = st.fixed_dictionaries({kind: st.integers(1, 100) for kind in KeptAs})


def of(*kinds: KeptAs, **more: object) -> MatterFacts:
    """A matter that ended on the day."""
    return MatterFacts(frozenset(kinds), ENDED, **more)  # type: ignore[arg-type]


def test_whole_years_pass_first() -> None:
    last_kept = date(2022, 2, 28)
    assert not term(of(KeptAs.COMMENT), PERIODS, last_kept).may_go
    found = term(of(KeptAs.COMMENT), PERIODS, last_kept + timedelta(days=1))
    assert found.may_go
    assert found.due_on == date(2022, 3, 1)
    assert found.reasons == ("Kept for 2 years after it ended: comment.",)


def test_the_longest_time_of_several_holds() -> None:
    found = term(of(KeptAs.STATUTORY, KeptAs.OMBUDSMAN), PERIODS, date(2029, 1, 1))
    assert (found.kept_as, found.years, found.may_go) == (KeptAs.OMBUDSMAN, 10, False)


@pytest.mark.parametrize(
    "kept", [of(KeptAs.COMMENT, held=True), of(KeptAs.COMMENT, still_open=("Open.",))]
)
def test_what_is_held_or_open_stays_however_old(kept: MatterFacts) -> None:
    found = term(kept, PERIODS, date(2099, 1, 1))
    assert not found.may_go
    assert len(found.reasons) == 2
    assert why_not_erased(kept)


def test_what_has_ended_may_be_erased_on_request_before_its_time() -> None:
    assert why_not_erased(of(KeptAs.OMBUDSMAN)) == ()


def test_a_matter_without_a_kind_has_no_time() -> None:
    with pytest.raises(ValueError, match="decided"):
        term(of(), PERIODS, ENDED)
    assert set(IN_WORDS) == set(KeptAs)


def test_a_hold_is_looked_at_again_within_the_councils_months() -> None:
    assert latest_review(PERIODS, date(2024, 2, 29)) == date(2025, 2, 28)


@given(FACTS, EACH, DAYS)
def test_nothing_goes_before_every_one_of_its_times(
    facts: MatterFacts, years: dict[KeptAs, int], on: date
) -> None:
    found = term(facts, Periods(years, 12), on)
    if found.may_go:
        assert not facts.held
        assert not facts.still_open
        assert on.year - facts.ended_on.year >= max(years[kind] for kind in facts.kinds)
    assert found.years == max(years[kind] for kind in facts.kinds)


@given(FACTS, EACH, DAYS, st.integers(0, 4000))
def test_what_may_go_once_may_go_later(
    facts: MatterFacts, years: dict[KeptAs, int], on: date, days: int
) -> None:
    periods = Periods(years, 12)
    if term(facts, periods, on).may_go:
        assert term(facts, periods, on + timedelta(days=days)).may_go

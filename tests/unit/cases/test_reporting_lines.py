"""Who reports to whom never becomes a circle, whatever is asked for in whatever order."""

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.access.person import superiors_of, superiors_of_each
from portal.cases import accounts, leaving, organisations, reporting_lines
from portal.cases.reporting_lines import ManagerRefused, in_circles, set_manager
from portal.records.account import Account
from portal.work import WORKER, Work, begin_work

SOME = 6
ARROWS = st.dictionaries(st.integers(0, 9), st.integers(0, 9), max_size=10)


def people(work: Work, count: int = SOME) -> list[Account]:
    return [accounts.create(work, f"Person {at}", f"p{at}@council.example") for at in range(count)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.integers(0, SOME - 1), st.integers(0, SOME - 1)), max_size=20))
def test_no_order_of_changes_makes_a_circle(app: Flask, wanted: list[tuple[int, int]]) -> None:
    with begin_work(WORKER) as work:
        them = people(work)
        for below, above in wanted:
            before = them[below].reports_to_id
            try:
                set_manager(work, them[below], them[above])
            except ManagerRefused:
                assert them[below].reports_to_id == before
            work.session.flush()
        assert reporting_lines.everybody_in_a_circle(work.session) == frozenset()
        for one in them:
            assert one.id not in superiors_of(work.session, one)
        # Asked for all at once, the answer is that of each.
        assert superiors_of_each(work.session, them) == {
            one.id: superiors_of(work.session, one) for one in them
        }
        work.session.rollback()


@given(ARROWS)
def test_a_circle_is_whoever_comes_back_to_themself(above: dict[int, int]) -> None:
    def comes_back(start: int) -> bool:
        at: int | None = start
        for _ in range(len(above) + 1):
            at = above.get(at) if at is not None else None
            if at == start:
                return True
        return False

    assert in_circles(above) == {start for start in above if comes_back(start)}


def test_nobody_is_managed_by_themself_or_by_somebody_below(work: Work) -> None:
    top, middle, bottom = people(work, 3)
    set_manager(work, middle, top)
    set_manager(work, bottom, middle)
    work.session.flush()
    with pytest.raises(ManagerRefused, match="own manager"):
        set_manager(work, top, top)
    with pytest.raises(ManagerRefused, match="circle"):
        set_manager(work, top, bottom)
    set_manager(work, bottom, None)
    work.session.flush()
    set_manager(work, top, bottom)


def test_managers_are_of_the_council_and_here(work: Work) -> None:
    one, gone = people(work, 2)
    place = organisations.create(work, "Harbour Voices")
    outside = accounts.create(work, "Sam Sample", "sam@advocates.example", organisation=place)
    leaving.leave(work, gone)
    for below, above, told in ((one, gone, "left"), (one, outside, "own"), (outside, one, "own")):
        with pytest.raises(ManagerRefused, match=told):
            set_manager(work, below, above)


def test_reports_are_listed_without_who_has_left(work: Work) -> None:
    top, gone, here = people(work, 3)
    for one in (gone, here):
        set_manager(work, one, top)
    work.session.flush()
    leaving.leave(work, gone)
    assert reporting_lines.reports_of(work.session, top) == [here]

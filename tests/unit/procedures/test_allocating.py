"""Who may answer a case: never whom it is about, never somebody below them, whatever the line."""

from hypothesis import given
from hypothesis import strategies as st

from portal.procedures.allocating import About, Bar, Candidate, bar, climb

KEYS = st.integers(1, 12)
PEOPLE = st.builds(
    Candidate,
    key=KEYS,
    above=st.lists(KEYS, max_size=4).map(tuple),
    manages=st.booleans(),
    here=st.booleans(),
    designated=st.booleans(),
    answered_before=st.booleans(),
)
ABOUT = st.builds(
    About,
    named=st.frozensets(KEYS, max_size=4),
    unsettled=st.booleans(),
    for_designated=st.booleans(),
)


@given(PEOPLE, ABOUT)
def test_nobody_named_and_nobody_below_them_is_ever_let_through(
    one: Candidate, about: About
) -> None:
    if bar(one, about) is None:
        assert one.key not in about.named
        assert one.designated or not about.named & set(one.above)
        assert not about.unsettled
        assert one.here
        assert one.designated or not about.for_designated
        assert not one.answered_before


@given(st.lists(st.lists(PEOPLE, max_size=5), max_size=4), ABOUT)
def test_the_nearest_who_can_have_it_is_offered(lines: list[list[Candidate]], about: About) -> None:
    found = climb(lines, about)
    free = [one for line in lines for one in line if bar(one, about) is None]
    assert (found is None) == (not free)
    if found is not None:
        height = min(line.index(found) for line in lines if found in line)
        assert all(bar(one, about) is not None for line in lines for one in line[:height])


def test_a_default_manager_comes_before_anybody_above() -> None:
    lines = [[Candidate(1), Candidate(9)], [Candidate(2), Candidate(9)]]
    assert climb(lines, About()) == Candidate(1)
    assert climb(lines, About(frozenset({1}))) == Candidate(2)
    assert climb(lines, About(frozenset({1, 2}))) == Candidate(9)
    assert climb(lines, About(frozenset({1, 2, 9}))) is None


def test_each_reason_is_said() -> None:
    named = frozenset({7})
    assert bar(Candidate(7), About(named)) is Bar.NAMED
    assert bar(Candidate(1, above=(5, 7)), About(named)) is Bar.REPORTS_TO_NAMED
    assert bar(Candidate(1), About(unsettled=True)) is Bar.UNSETTLED
    assert bar(Candidate(1), About(for_designated=True)) is Bar.FOR_DESIGNATED
    assert bar(Candidate(1, here=False), About()) is Bar.LEFT
    assert bar(Candidate(1, manages=False), About()) is Bar.NO_MANAGER
    assert bar(Candidate(1, answered_before=True), About()) is Bar.ANSWERED_BEFORE


def test_the_designated_officer_answers_what_is_theirs_and_nothing_about_themself() -> None:
    theirs = About(frozenset({7}), for_designated=True)
    officer = Candidate(1, above=(7,), manages=False, designated=True)
    assert bar(officer, theirs) is None
    assert bar(officer, About(frozenset({1}), for_designated=True)) is Bar.NAMED
    assert bar(officer, About()) is Bar.NO_MANAGER

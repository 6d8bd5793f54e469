"""What a draft answer still needs: what is there is not asked for, what is missing is."""

from hypothesis import given
from hypothesis import strategies as st

from portal.procedures.answer_check import Action, Gap, Letter, Need, gaps
from portal.procedures.facts import FindingFacts, PointFacts
from portal.procedures.finding import Finding, Giver, PointState
from portal.procedures.procedure import StageKey

STAGE, SERVICE = StageKey.STAGE_1, Giver.SERVICE
WHOLE = Letter(next_step=True, ask_by=True, ombudsman=True)


def point(number: int, found: FindingFacts | None, state: PointState = PointState.AGREED):  # type: ignore[no-untyped-def]
    return PointFacts(number, state, {(STAGE, SERVICE): found} if found is not None else {})


FOUND = st.one_of(
    st.none(),
    st.builds(FindingFacts, st.sampled_from([None, *Finding]), st.booleans(), st.just(False)),
    st.just(FindingFacts(None, True, True)),
)


@given(
    st.lists(st.tuples(FOUND, st.sampled_from(PointState)), max_size=5),
    st.booleans(),
    st.lists(st.tuples(st.booleans(), st.booleans()), max_size=3),
    st.one_of(st.none(), st.builds(Letter, st.booleans(), st.booleans(), st.booleans())),
)
def test_nothing_is_missing_exactly_where_everything_is_there(
    found: list[tuple[FindingFacts | None, PointState]],
    apology: bool,
    promised: list[tuple[bool, bool]],
    letter: Letter | None,
) -> None:
    points = [point(number, one, state) for number, (one, state) in enumerate(found, start=1)]
    actions = [Action(str(at), *one) for at, one in enumerate(promised)]
    live = [one for one in points if one.live]
    complete = (
        bool(live)
        and all(
            (f := one.findings.get((STAGE, SERVICE))) is not None and f.complete for one in live
        )
        and all(one.owned and one.dated for one in actions)
        and (letter is None or letter == WHOLE)
        and (apology or not any(in_favour(one) for one in live))
    )
    assert (gaps(points, STAGE, actions, apology, letter) == ()) == complete


def in_favour(one: PointFacts) -> bool:
    found = one.findings.get((STAGE, SERVICE))
    return found is not None and found.finding in (Finding.UPHELD, Finding.PARTIALLY_UPHELD)


def test_each_gap_says_where_it_is() -> None:
    points = [
        point(1, FindingFacts(Finding.UPHELD, True, False)),
        point(2, FindingFacts(Finding.NOT_UPHELD, False, False)),
        point(3, None),
    ]
    actions = [Action("a", owned=False, dated=True), Action("b", owned=True, dated=False)]
    letter = Letter(next_step=True, ask_by=False, ombudsman=False)
    assert gaps(points, STAGE, actions, False, letter) == (
        Gap(Need.REASONS, number=2),
        Gap(Need.FINDING, number=3),
        Gap(Need.APOLOGY),
        Gap(Need.OWNER, key="a"),
        Gap(Need.DATE, key="b"),
        Gap(Need.ASK_BY),
        Gap(Need.OMBUDSMAN),
    )


def test_a_case_without_points_needs_some() -> None:
    assert gaps([], STAGE, [], False, None) == (Gap(Need.POINTS),)

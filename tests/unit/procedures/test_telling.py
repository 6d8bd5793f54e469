"""Who near a young person may be told: by their yes, or for a reason that a manager shares."""

from hypothesis import given
from hypothesis import strategies as st

from portal.procedures.telling import Lacking, NearPerson, Planned, lacking, said_yes

WORDS = st.sampled_from(["", "  ", "She must know tonight."])
PLANNED = st.builds(
    Planned, st.sampled_from(NearPerson), WORDS, st.booleans(), WORDS, st.booleans()
)
TICKED = st.none() | st.sets(st.sampled_from([one.value for one in NearPerson]))


@given(PLANNED, TICKED)
def test_without_their_yes_nobody_is_told_before_a_manager_agrees(
    planned: Planned, ticked: set[str] | None
) -> None:
    missing = lacking(planned, ticked)
    if said_yes(planned.whom, ticked):
        assert missing == ()
    else:
        assert (Lacking.MANAGER in missing) is not planned.agreed
        assert (Lacking.REASON in missing) is not bool(planned.reason.strip())
        told_or_unsafe = planned.told_first or bool(planned.unsafe.strip())
        assert (Lacking.TOLD_FIRST in missing) is not told_or_unsafe


@given(st.sampled_from(NearPerson), TICKED)
def test_a_yes_holds_for_whom_it_was_given_and_for_nobody_else(
    whom: NearPerson, ticked: set[str] | None
) -> None:
    yes = said_yes(whom, ticked)
    assert not (yes and whom is NearPerson.OTHER)
    assert not (yes and whom.value not in (ticked or set()))
    assert not said_yes(whom, None), "who was not asked said no yes"

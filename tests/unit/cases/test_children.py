"""Children of a matter: named once, found again by name, and brothers and sisters through them."""

import pytest
from sqlalchemy import true

from portal.cases import children, linking
from portal.cases.children import NamedAlready, NoName
from portal.records.feedback import Feedback
from portal.work import Work
from tests.matters import make_feedback


def about(work: Work, *names: str) -> Feedback:
    feedback = make_feedback(work, name=None)
    for name in names:
        children.add(work, feedback, name)
    work.session.flush()
    return feedback


def near(work: Work, feedback: Feedback) -> dict[str, str]:
    found = linking.near_matches(work.session, feedback, true())
    return {match.reference: match.why for match in found}


def test_a_child_of_the_same_name_is_near_and_so_is_one_named_with_them(work: Work) -> None:
    both = about(work, "Ivy Larkspur", "Ned Larkspur")
    same = about(work, " ivy  LARKSPUR ")
    sibling = about(work, "Ned Larkspur")
    stranger = about(work, "Otto Fenwick")
    assert near(work, same) == {
        both.reference: f"{linking.SAME_CHILD} and {linking.SIBLING}",
        sibling.reference: linking.SIBLING,
    }
    assert near(work, stranger) == {}
    assert near(work, both).keys() == {same.reference, sibling.reference}


def test_a_name_is_needed_and_stands_once(work: Work) -> None:
    feedback = about(work, "Ivy Larkspur")
    with pytest.raises(NoName):
        children.add(work, feedback, "   ")
    with pytest.raises(NamedAlready):
        children.add(work, feedback, "IVY larkspur")
    assert [one.name for one in children.of(work.session, feedback)] == ["Ivy Larkspur"]


def test_one_named_by_mistake_goes_and_leads_nowhere(work: Work) -> None:
    first, second = about(work, "Ivy Larkspur", "Ned Larkspur"), about(work, "Ned Larkspur")
    assert children.remove(work, first, 2)
    assert not children.remove(work, first, 2)
    work.session.flush()
    assert near(work, second) == {}

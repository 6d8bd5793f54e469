"""Somebody guesses words: they are slowed down, and the person gets in from another browser."""

import pytest

from tests import matters
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.service
WRONG = "apple apple apple apple apple"


def guess(visitor: Visitor, reference: str, *, status: int = 422, look: bool = False) -> None:
    """Try words that are not the right ones."""
    visitor.page.goto("/track")
    visitor.fill("Your reference", reference)
    visitor.fill("Your secret words", WRONG)
    visitor.press("Continue", status=status, look=look)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_guesser_waits_and_the_person_does_not(
    web_portal: Portal, visitor: NewVisitor, scripts: bool
) -> None:
    reference = web_portal.act(lambda work: matters.make_feedback(work).reference)
    guesser = visitor(web_portal, scripts=scripts)
    for turn in range(5):
        guess(guesser, reference, look=turn == 0)
        guesser.sees("do not go together")
    guess(guesser, reference, status=429, look=True)
    guesser.sees("There were too many wrong tries. Wait 1 minute")
    # Not even with the right words now: the wait is a wait.
    guesser.fill("Your secret words", matters.words_of())
    guesser.press("Continue", status=429, look=False)
    guesser.sees_not(matters.STORY)

    person = visitor(web_portal, scripts=scripts)
    person.track(reference, matters.words_of(), look=False)
    person.sees(reference)
    assert "/track/matter" in person.page.url
    # Nothing secret is in an address, and nothing is left for whoever sits there next.
    assert reference not in person.page.url
    person.press("Close this")
    person.page.goto("/track/matter")
    assert person.page.url.endswith("/track")


def test_an_unknown_reference_is_slowed_down_alike(web_portal: Portal, visitor: NewVisitor) -> None:
    guesser = visitor(web_portal)
    for _ in range(5):
        guess(guesser, "7KQM-2XVD")
        guesser.sees("do not go together")
    guess(guesser, "7KQM-2XVD", status=429)
    assert "Wait 1 minute" in guesser.page.content()

"""A young person tells by phone, leaves fast, and lets an advocate follow, and no longer."""

import pytest

from portal.records.account import Role
from portal.records.feedback import ContactWay, Door
from portal.web.public.pages import AWAY
from tests import matters
from tests.journeys import telling
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal
from tests.journeys.visitor import DESK, Visitor

pytestmark = pytest.mark.service
WORDS = "my contact with my brother got cancelled again and no one told me why"


def tell(young: Visitor, *, look: bool = True) -> tuple[str, str]:
    """Say what happened and nothing else; returns reference and secret words."""
    young.go("/young-people/") if look else young.page.goto("/young-people/")
    young.press("Start", look=look)
    young.fill("What happened?", WORDS)
    young.press("Next", look=look)
    for _ in ("help", "next", "contact"):
        young.press("Skip this", look=look)
    young.sees(WORDS)
    young.press("Send it", look=look)
    return young.kept()


def leave(young: Visitor) -> str:
    """Press "Leave this page"; returns where the browser was sent, and comes back."""
    with young.page.expect_request(lambda request: request.url.startswith(AWAY)) as asked:
        young.button("Leave this page").first.click(no_wait_after=True)
    young.come_back()
    return asked.value.url


def test_a_young_person_skips_everything_but_the_words(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    young = visitor(web_portal)
    reference, words = tell(young)
    (feedback,) = web_portal.ask(telling.every_feedback)
    assert (feedback.reference, feedback.story) == (reference, WORDS)
    assert (feedback.door, feedback.contact_way) == (Door.YOUNG_PEOPLE, ContactWay.PORTAL_ONLY)
    young.track(reference, words)
    young.sees(reference)
    assert web_portal.work_once().done["letters"] == 0


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_leaving_closes_what_was_open(
    web_portal: Portal, visitor: NewVisitor, scripts: bool
) -> None:
    reference = web_portal.act(lambda work: matters.make_feedback(work).reference)
    young = visitor(web_portal, scripts=scripts)
    young.page.goto("/young-people/what-happened")
    young.page.get_by_role("textbox").first.fill("half a sent")
    assert leave(young) == AWAY
    young.track(reference, matters.words_of(), look=False)
    young.sees(reference)
    assert leave(young) == AWAY
    young.page.goto("/track/matter")
    assert young.page.url.endswith("/track")


def test_shift_three_times_leaves(web_portal: Portal, visitor: NewVisitor) -> None:
    young = visitor(web_portal)
    young.page.goto("/young-people/what-happened")
    with young.page.expect_request(lambda request: request.url.startswith(AWAY)):
        for _ in range(3):
            young.page.keyboard.press("Shift")


def test_an_advocate_follows_this_one_until_the_young_person_ends_it(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    young = visitor(web_portal)
    reference, words = tell(young, look=False)
    other = web_portal.act(lambda work: matters.make_feedback(work, "Kim Sample").reference)
    web_portal.account(Role.ADVOCATE, "mina@advocates.example", "Mina Fairfax")
    web_portal.account(Role.ADVOCATE, "joe@advocates.example", "Joe Harker")

    advocate = visitor(web_portal, width=DESK)
    matter = follow(advocate, reference, words)
    advocate.sees_not(other)
    nobody = visitor(web_portal)
    nobody.go("/advocates/")
    nobody.sign_in("joe@advocates.example", matters.PASSWORD)
    nobody.sees_not(reference, other)
    nobody.go(matter, status=404)

    young.track(reference, words)
    young.sees("Mina Fairfax", "They can see this and write to us for you.")
    young.press("Stop them seeing this : Mina Fairfax")
    young.sees("They cannot see this any more.")
    advocate.go(matter, status=404)
    advocate.go("/advocates/")
    advocate.sees(f"{reference}: the young person stopped this")


def follow(advocate: Visitor, reference: str, words: str) -> str:
    """Sign in, join by reference and words, and write; returns the matter's address."""
    advocate.go("/advocates/")
    advocate.sign_in("mina@advocates.example", matters.PASSWORD)
    advocate.follow("Follow someone new")
    advocate.page.locator("input[name=reference]").fill(reference)
    advocate.page.locator("input[name=words]").fill("these are not the words")
    advocate.press("Continue", status=422)
    advocate.page.locator("input[name=words]").fill(words)
    advocate.press("Continue")
    advocate.press("The young person wants this: follow it", status=422)
    advocate.choose("Write to us for them")
    advocate.fill("How did they tell you", "Face to face, in his room.")
    advocate.press("The young person wants this: follow it")
    advocate.page.get_by_text("What they told us").first.click()
    advocate.sees(WORDS)
    matter = advocate.page.url.removeprefix(advocate.home)
    advocate.fill("Write to us", "He asks when he can see his brother.")
    advocate.press("Send message")
    advocate.sees("We have got your message.")
    advocate.go("/advocates/")
    advocate.sees(reference)
    assert advocate.page.locator("tbody tr").count() == 1
    return matter

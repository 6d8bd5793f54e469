"""A visit at /track and an advocate's sign-in warn before they end; one press keeps them, and what
stands in the boxes stays."""

import pytest
from playwright.sync_api import Locator, Page
from sqlalchemy import select

from portal.cases import safe_contact_rules
from portal.records.account import Role
from portal.records.advocate_request import AdvocateRequest
from portal.records.feedback import Feedback
from portal.records.message import Message
from portal.work import Work
from tests import matters
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.service
MINA = "mina@advocates.example"
TYPED = "My uncle who lives with us."
MINUTE = 60_000


def waited(page: Page, minutes: int) -> None:
    """The browser's clock goes on."""
    page.clock.fast_forward(minutes * MINUTE)


def warned(visitor: Visitor, sentence: str) -> Locator:
    """The dialog, four minutes before the end, with the focus in it."""
    waited(visitor.page, 26)
    dialog = visitor.page.get_by_role("dialog", name="Do you want more time?")
    dialog.wait_for()
    assert sentence in dialog.inner_text()
    assert visitor.page.evaluate("document.activeElement.closest('dialog') !== null")
    return dialog


def is_kept(page: Page, dialog: Locator, box: Locator) -> None:
    """There is more time, the focus is where it was, and so are the words."""
    dialog.wait_for(state="hidden")
    page.get_by_text("You have more time now.").wait_for()
    assert box.input_value() == TYPED
    assert box.evaluate("box => box === document.activeElement")


def type_and_wait(visitor: Visitor, label: str, sentence: str, ended: str) -> None:
    """Stay by a key, stay by Escape, and let the time run out: the words stand there after all."""
    page = visitor.page
    box = page.get_by_label(label)
    box.focus()
    page.keyboard.type(TYPED)
    dialog = warned(visitor, sentence)
    # Down the page the way out lies over what has scrolled past it.
    page.evaluate("window.scrollTo(0, 0)")
    visitor.look()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    is_kept(page, dialog, box)
    dialog = warned(visitor, sentence)
    page.keyboard.press("Escape")
    is_kept(page, dialog, box)
    waited(page, 31)
    page.get_by_text(ended).wait_for()
    assert not dialog.is_visible()
    assert box.input_value() == TYPED


def what_was_kept(work: Work) -> tuple[str | None, list[Message]]:
    """Who must not see, and every message: nothing of what was only typed."""
    feedback = work.session.scalars(select(Feedback)).one()
    rule = safe_contact_rules.in_force(work.session, feedback)
    return rule.not_to_see, list(work.session.scalars(select(Message)))


def test_a_visit_warns_and_goes_on_by_a_key(web_portal: Portal, visitor: NewVisitor) -> None:
    reference = web_portal.act(lambda work: matters.make_feedback(work).reference)
    young = visitor(web_portal)
    young.page.clock.install()
    young.track(reference, matters.words_of(), look=False)
    young.page.goto("/track/matter/reach")
    type_and_wait(
        young,
        "Who must not see",
        "We close this page in 4 minutes",
        "We have closed this. What you wrote is still on this page.",
    )
    # The server closed nothing: each press renewed the visit, and nothing was saved by it.
    young.page.goto("/track/matter")
    young.sees(reference)
    young.sees_not(TYPED)
    assert young.page.url == f"{web_portal.url}/track/matter"
    assert web_portal.act(what_was_kept) == (None, [])


def test_an_advocates_sign_in_warns_and_goes_on_by_a_key(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    web_portal.account(Role.ADVOCATE, MINA, "Mina Fairfax")
    mina = visitor(web_portal)
    mina.page.goto("/advocates/")
    mina.sign_in(MINA, look=False)
    mina.page.clock.install()
    mina.page.goto("/advocates/ask")
    type_and_wait(
        mina,
        "How did they tell you",
        "We sign you out in 4 minutes",
        "You are signed out. What you wrote is still on this page.",
    )
    # Nobody was signed out, and nothing was asked by what was only typed.
    mina.go("/advocates/")
    assert mina.page.url == f"{web_portal.url}/advocates/"
    assert web_portal.act(lambda work: work.session.scalars(select(AdvocateRequest)).all()) == []

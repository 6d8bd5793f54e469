"""The young people's door and coming back, by keyboard alone and without scripts."""

import pytest
from playwright.sync_api import Page

from portal.cases import messages
from portal.db import db
from tests import matters
from tests.journeys import telling
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal
from tests.journeys.test_keyboard import tab_to, write
from tests.journeys.visitor import DESK, PHONE, Visitor

pytestmark = pytest.mark.service
WORDS = "they moved my room when i was at school"
QUESTION = "When will somebody tell me why?"
# More than a journey has.
MOST_SCREENS = 15


def go_on(page: Page, name: str) -> None:
    """Come to a button or a link by Tab, and press Enter."""
    tab_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def told() -> list[tuple[str, str]]:
    """What has been told, and its reference; asked inside the application."""
    return [(one.story, one.reference) for one in telling.every_feedback()]


def said(reference: str) -> list[str]:
    """What the person wrote in a matter; asked inside the application."""
    (feedback,) = [one for one in telling.every_feedback() if one.reference == reference]
    return [entry.body for entry in messages.thread(db.session(), feedback)]


def test_a_young_person_tells_by_keyboard_alone(web_portal: Portal, visitor: NewVisitor) -> None:
    page = visitor(web_portal, width=DESK).page
    page.goto("/")
    go_on(page, "I am a child or young person")
    go_on(page, "Start")
    for _ in range(MOST_SCREENS):
        if page.url.endswith("/check"):
            break
        if page.locator("textarea[name=story]").count():
            write(page, "What happened?", WORDS)
            go_on(page, "Next")
        else:
            go_on(page, "Skip this")
    go_on(page, "Send it")
    assert web_portal.ask(told) == [(WORDS, page.locator(".heard-reference").inner_text())]


def test_a_page_is_left_by_keyboard_from_the_first_two_tabs(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    page = visitor(web_portal, width=DESK).page
    page.goto("/young-people/what-happened")
    for _ in range(2):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText.trim()") == "Leave this page"
    assert page.evaluate("document.activeElement.getBoundingClientRect().height") >= 24


def test_coming_back_by_keyboard_alone(web_portal: Portal, visitor: NewVisitor) -> None:
    reference = web_portal.act(lambda work: matters.make_feedback(work).reference)
    page = visitor(web_portal, width=DESK).page
    page.goto("/")
    go_on(page, "See what is happening")
    go_on(page, "Continue")
    page.locator(".govuk-error-summary:focus").wait_for()
    write(page, "Your reference", reference)
    write(page, "Your secret words", matters.words_of())
    go_on(page, "Continue")
    write(page, "Write to us", QUESTION)
    go_on(page, "Send message")
    assert QUESTION in web_portal.ask(lambda: said(reference))
    go_on(page, "Close this")
    page.goto("/track/matter")
    assert page.url.endswith("/track")


def tell(young: Visitor) -> str:
    """Tell without touching a key; returns the reference."""
    young.page.goto("/young-people/")
    young.press("Start", look=False)
    for _ in range(MOST_SCREENS):
        if young.page.url.endswith("/check"):
            break
        if young.page.locator("textarea[name=story]").count():
            young.page.locator("textarea[name=story]").fill(WORDS)
            young.press("Next", look=False)
        else:
            young.press("Skip this", look=False)
    young.press("Send it", look=False)
    return young.kept()[0]


def test_a_young_person_tells_and_comes_back_without_scripts(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    young = visitor(web_portal, width=PHONE, scripts=False)
    reference = tell(young)
    words = young.kept()[1]
    assert web_portal.ask(told) == [(WORDS, reference)]
    young.track(reference, words, look=False)
    young.press("Send message", look=False, status=422)
    young.sees("There is a problem")
    young.fill("Write to us", QUESTION)
    young.press("Send message", look=False)
    assert QUESTION in web_portal.ask(lambda: said(reference))
    young.page.get_by_text("What you told us").first.click()
    young.sees(WORDS)

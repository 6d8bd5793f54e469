"""The whole journey by keyboard: everything in reach, and always seen where one is."""

import re

import pytest
from playwright.sync_api import Page

from tests.journeys import telling
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal
from tests.journeys.visitor import DESK, Visitor

pytestmark = pytest.mark.service
MOST_TABS = 60
# What the focused thing is called, and whether it is drawn otherwise than without focus.
FOCUSED = """() => {
    const element = document.activeElement;
    const round = element.matches('input[type=radio], input[type=checkbox]');
    const style = () => {
        // A radio is drawn by its label.
        const drawn = round ? getComputedStyle(element.labels[0], '::before')
            : getComputedStyle(element);
        return [drawn.outline, drawn.boxShadow, drawn.backgroundColor, drawn.border].join('|');
    };
    const label = element.labels && element.labels.length ? element.labels[0].innerText : '';
    const name = (label || element.innerText || element.value || '').trim().split('\\n')[0];
    const box = element.getBoundingClientRect();
    const focused = style();
    element.blur();
    const plain = style();
    element.focus({preventScroll: true, focusVisible: true});
    return {name, seen: focused !== plain, inside: box.bottom > 0 && box.top < innerHeight};
}"""


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the thing of that name has the focus; on the way, each must be seen."""
    passed: list[str] = []
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUSED)
        passed.append(focus["name"])
        assert focus["seen"], f"{page.url}: nothing shows the focus on {focus['name']!r}"
        assert focus["inside"], f"{page.url}: {focus['name']!r} has the focus out of sight"
        if re.match(rf"{re.escape(name)}(\W|$)", focus["name"]):
            return
    raise AssertionError(f"{page.url}: Tab never came to {name!r}, but to {passed}")


def enter(page: Page, name: str, heading: str) -> None:
    """Press Enter on something that leads on, and wait for the page with that heading."""
    tab_to(page, name)
    page.keyboard.press("Enter")
    page.locator("h1", has_text=heading).wait_for()


def choose(page: Page, first: str, down: int = 0) -> None:
    """Choose one of several: Tab to the group, Space, arrows."""
    tab_to(page, first)
    page.keyboard.press("Space")
    for _ in range(down):
        page.keyboard.press("ArrowDown")


def write(page: Page, name: str, text: str) -> None:
    """Tab to a box and type."""
    tab_to(page, name)
    page.keyboard.type(text)


def test_feedback_is_given_by_keyboard_alone(web_portal: Portal, visitor: NewVisitor) -> None:
    parent = visitor(web_portal, width=DESK)
    page = parent.page
    page.goto("/")
    enter(page, "I am a parent, carer or someone else", "Give feedback about")
    enter(page, "Start now", "What would you like to tell us?")
    choose(page, "Something is wrong", down=2)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    enter(page, "Continue", "Is it about any of these?")
    enter(page, "Continue", "What happened?")
    write(page, "What happened?", telling.STORY)
    enter(page, "Continue", "List what went wrong")
    enter(page, "Continue", "What would put it right?")
    enter(page, "Continue", "Who is it about?")
    enter(page, "Continue", "About you")
    write(page, "Your name", telling.PARENT)
    enter(page, "Continue", "What is the name of the child")
    enter(page, "Continue", "How is it safe to contact you?")
    choose(page, "Email")
    write(page, "Email address", telling.EMAIL)
    enter(page, "Continue", "Before we contact you")
    enter(page, "Continue", "How can we make it easier for you?")
    enter(page, "Continue", "Is anyone in danger now?")
    enter(page, "Continue", "Check your answers")
    enter(page, "Send", "We have got it")
    (feedback,) = web_portal.ask(telling.every_feedback)
    assert (feedback.story, feedback.reference) == (telling.STORY, parent.kept()[0])
    assert feedback.category_said == "complaint"


@pytest.mark.parametrize("path", ["/", "/give-feedback/what-happened", "/track"])
def test_the_first_tab_skips_to_the_content(
    web_portal: Portal, visitor: NewVisitor, path: str
) -> None:
    page = visitor(web_portal, width=DESK).page
    page.goto(path)
    page.keyboard.press("Tab")
    focus = page.evaluate(FOCUSED)
    assert focus["name"] == "Skip to main content"
    assert focus["inside"]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_an_error_takes_the_focus_to_its_summary(web_portal: Portal, visitor: NewVisitor) -> None:
    parent: Visitor = visitor(web_portal, width=DESK)
    parent.page.goto("/give-feedback/contact")
    tab_to(parent.page, "Continue")
    parent.page.keyboard.press("Enter")
    parent.page.locator(".govuk-error-summary:focus").wait_for()
    tab_to(parent.page, "Choose how we can contact you")
    parent.page.keyboard.press("Enter")
    assert parent.page.evaluate("document.activeElement.name") == "way"

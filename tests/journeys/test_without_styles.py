"""Without its stylesheet a page says the same in the same order: on an old phone, in a reader, or
where the stylesheet did not arrive."""

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from portal.db import db
from portal.records.message import Message
from portal.work import Work
from tests import matters
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal
from tests.journeys.visitor import PHONE

pytestmark = pytest.mark.service
# Longer than what stands unfolded between other letters.
LONG_LETTER = "We have looked into this and tell you what we found. " * 8
PATHS = (
    "/", "/young-people/", "/young-people/what-happened", "/young-people/contact", "/give-feedback",
    "/give-feedback/contact", "/track", "/how-complaints-work", "/young-people/privacy", "/sign-in",
)  # fmt: skip


def words(page: Page) -> list[str]:
    """What stands in the main part, word by word."""
    text: str = page.locator("main").inner_text()
    return text.lower().split()


def in_order(few: list[str], many: list[str]) -> bool:
    """Whether the few words stand among the many, in their order."""
    left = iter(many)
    return all(word in left for word in few)


def test_nothing_is_lost_without_styles(web_portal: Portal, visitor: NewVisitor) -> None:
    plain, styled = visitor(web_portal, width=PHONE), visitor(web_portal, width=PHONE)
    plain.page.route("**/*.css*", lambda route: route.abort())
    for path in PATHS:
        styled.page.goto(path)
        plain.page.goto(path)
        body = plain.page.evaluate("getComputedStyle(document.body).display")
        assert body == "block", "it has no stylesheet of ours"
        assert in_order(words(styled.page), words(plain.page)), path
        for button in plain.page.locator("main button, main input:not([type=hidden])").all():
            assert button.is_visible(), (path, button.get_attribute("name"))


def test_a_matter_is_read_and_answered_without_styles(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    reference = web_portal.act(lambda work: matters.make_feedback(work).reference)
    young = visitor(web_portal, width=PHONE)
    young.page.route("**/*.css*", lambda route: route.abort())
    young.track(reference, matters.words_of(), look=False)
    young.sees(reference, "Who can see this")
    young.fill("Write to us", "I am still here.")
    young.press("Send message", look=False)
    young.sees("I am still here.")
    said = web_portal.ask(lambda: db.session.scalars(select(Message.body)).all())
    assert said == ["I am still here."]


def test_a_page_on_paper_has_its_words_and_not_its_buttons(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    page = visitor(web_portal).page
    for path in ("/how-complaints-work", "/young-people/how-complaints-work", "/privacy"):
        page.goto(path)
        page.emulate_media(media="print")
        assert page.locator("h1").is_visible()
        assert page.locator("main li").first.is_visible()
        for hidden in (".heard-footer", ".govuk-exit-this-page", ".heard-top"):
            for one in page.locator(hidden).all():
                assert not one.is_visible(), (path, hidden)
        page.emulate_media(media="null")


def test_a_matter_on_paper_has_its_letters_whole_and_no_boxes(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    def told(work: Work) -> str:
        feedback = matters.make_feedback(work)
        for _ in range(2):
            matters.make_letter(work, feedback, body=LONG_LETTER)
        return feedback.reference

    reader = visitor(web_portal)
    reader.track(web_portal.act(told), matters.words_of(), look=False)
    page = reader.page
    letters = page.locator(".heard-letter")
    assert letters.count() == 2
    assert not letters.first.is_visible(), "on a screen an older letter is folded"
    page.emulate_media(media="print")
    assert all(letter.is_visible() for letter in letters.all())
    assert letters.first.bounding_box() is not None
    assert page.get_by_text(matters.STORY).is_visible()
    for pressed in ("main form", "main button", ".heard-footer"):
        assert not any(one.is_visible() for one in page.locator(pressed).all()), pressed

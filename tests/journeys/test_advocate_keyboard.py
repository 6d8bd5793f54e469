"""An advocate tells for a young person by keyboard alone, and on a phone without scripts."""

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from portal.db import db
from portal.records.account import Role
from portal.records.feedback import Door
from portal.records.message import Message
from tests import matters
from tests.journeys import telling
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal
from tests.journeys.test_advocate_consent import HOW, MINA, THEIRS, tell
from tests.journeys.test_keyboard import tab_to, write
from tests.journeys.test_keyboard_doors import go_on
from tests.journeys.visitor import DESK, PHONE
from tests.signing_in import code_for

pytestmark = pytest.mark.service
QUESTION = "Kim asks when the drawings come."


def tick(page: Page, name: str) -> None:
    """Tab to a box and tick it."""
    tab_to(page, name)
    page.keyboard.press("Space")


def test_an_advocate_tells_by_keyboard_alone(web_portal: Portal, visitor: NewVisitor) -> None:
    web_portal.account(Role.ADVOCATE, MINA, "Mina Fairfax")
    page = visitor(web_portal, width=DESK).page
    page.goto("/advocates/")
    write(page, "Email address", MINA)
    write(page, "Password", matters.PASSWORD)
    go_on(page, "Sign in")
    write(page, "Code", code_for(MINA, matters.AUTHENTICATOR))
    go_on(page, "Continue")
    go_on(page, "Tell us for someone")
    go_on(page, "Check it")
    page.locator(".govuk-error-summary:focus").wait_for()
    write(page, "What is the young person called?", "Kim")
    write(page, "What happened, in the young person’s words", THEIRS)
    tick(page, "Write to us for them")
    write(page, "How did they tell you", HOW)
    tick(page, "The young person has read this, or I have read it to them")
    go_on(page, "Check it")
    go_on(page, "Send it")
    (feedback,) = web_portal.ask(telling.every_feedback)
    # After their words it says that they have read them.
    assert (feedback.story.partition("\n\n")[0], feedback.door) == (THEIRS, Door.ADVOCATES)
    assert feedback.reference in page.locator("main").inner_text()


def test_an_advocate_tells_and_writes_without_scripts(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    web_portal.account(Role.ADVOCATE, MINA, "Mina Fairfax")
    mina = visitor(web_portal, width=PHONE, scripts=False)
    mina.page.goto("/advocates/")
    mina.sign_in(MINA, look=False)
    reference, _words = tell(mina)
    mina.follow(f"Go to {reference}", look=False)
    mina.press("Send message", look=False, status=422)
    mina.sees("There is a problem")
    mina.fill("Write to us", QUESTION)
    mina.press("Send message", look=False)
    mina.sees(QUESTION)
    assert web_portal.ask(lambda: list(db.session.scalars(select(Message.body)))) == [QUESTION]

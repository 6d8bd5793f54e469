"""Files with a message at /track: chosen or dropped, seen on their way, sent with the words; and
the advocate whom the young person let in saves one."""

import pytest
from sqlalchemy import select

from portal.cases import advocacy
from portal.db import db
from portal.records.account import Account, Role
from portal.records.attachment import Attachment
from portal.records.feedback import Feedback
from portal.work import Work
from tests import matters
from tests.journeys import telling
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal
from tests.journeys.test_door import DROP, PROGRAM
from tests.journeys.visitor import DESK, PHONE

pytestmark = pytest.mark.service
WORDS = "This is the letter that they gave me."
SAM = "sam@advocates.example"


def told(portal: Portal) -> str:
    """A young person's reference."""
    return portal.act(lambda work: matters.make_feedback(work).reference)


def sent() -> list[tuple[str, bool]]:
    """The names of all files, and whether each went with a message; inside the application."""
    rows = db.session.scalars(select(Attachment).order_by(Attachment.id))
    return [(one.filename, one.message_id is not None) for one in rows]


def test_files_go_as_they_are_chosen_or_dropped_and_wait_for_the_words(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    young = visitor(web_portal, width=PHONE)
    young.track(told(web_portal), matters.words_of(), look=False)
    page = young.page
    young.fill("Write to us", WORDS)
    page.locator("input[type=file]").set_input_files([telling.photo("one.jpg"), PROGRAM])
    page.get_by_text("one.jpg is added.").wait_for()
    page.get_by_text("setup.exe: We cannot take this kind of file").wait_for()
    page.locator(".govuk-form-group", has=page.locator("input[type=file]")).evaluate(DROP)
    page.get_by_text("dropped.txt is added.").wait_for()
    young.look()
    assert page.get_by_label("Write to us").input_value() == WORDS
    assert web_portal.ask(sent) == [("one.jpg", False), ("dropped.txt", False)]
    young.press("Remove dropped.txt", look=False)
    assert page.get_by_label("Write to us").input_value() == WORDS
    young.press("Send message")
    young.sees(WORDS, "one.jpg")
    assert web_portal.ask(sent) == [("one.jpg", True)]


def test_without_scripts_the_same_box_and_button_do(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    young = visitor(web_portal, width=PHONE, scripts=False)
    young.track(told(web_portal), matters.words_of(), look=False)
    young.page.locator("input[type=file]").set_input_files(telling.photo("one.jpg"))
    young.press("Add this file", look=False)
    young.sees("Remove one.jpg")
    young.page.locator("input[type=file]").set_input_files(telling.photo("two.jpg"))
    young.fill("Write to us", WORDS)
    young.press("Send message")
    young.sees(WORDS, "one.jpg")
    assert web_portal.ask(sent) == [("one.jpg", True), ("two.jpg", True)]


def test_the_advocate_saves_what_the_young_person_sent(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    young = visitor(web_portal, width=PHONE)
    reference = told(web_portal)
    young.track(reference, matters.words_of(), look=False)
    young.page.locator("input[type=file]").set_input_files(telling.photo("one.jpg"))
    young.page.get_by_text("one.jpg is added.").wait_for()
    young.press("Send message", look=False)

    def follow(work: Work) -> None:
        sam = work.session.scalars(select(Account)).one()
        feedback = work.session.scalars(select(Feedback)).one()
        advocacy.join(work, sam.id, feedback, matters.AGREED)

    web_portal.account(Role.ADVOCATE, SAM, "Sam Sample")
    web_portal.act(follow)
    sam = visitor(web_portal, width=DESK)
    sam.page.goto("/advocates/")
    sam.sign_in(SAM, look=False)
    sam.follow("Robin")
    with sam.page.expect_download() as saved:
        sam.page.get_by_role("link", name="one.jpg").click()
    assert saved.value.suggested_filename == "one.jpg"
    assert saved.value.path().read_bytes().startswith(b"\xff\xd8")

"""The door for everyone with scripts and without: files as they are chosen, time, saved forms."""

from datetime import timedelta

import pytest
from playwright.sync_api import FilePayload
from sqlalchemy import select

from portal.db import db
from portal.records.attachment import Attachment
from portal.records.draft import Draft
from portal.work import Work
from tests.journeys import telling
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.service
STORY_PAGE = "/give-feedback/what-happened"
PROGRAM: FilePayload = {
    "name": "setup.exe",
    "mimeType": "application/octet-stream",
    "buffer": b"MZ" + b"\0" * 99,
}
LONG: FilePayload = {
    "name": "diary.txt",
    "mimeType": "text/plain",
    "buffer": b"We rang on Monday. Nobody came.\n" * 4_000,
}
SLOW = 40_000
DROP = """async (group) => {
    const carried = new DataTransfer();
    carried.items.add(new File(['We rang on Monday. Nobody came.'], 'dropped.txt'));
    group.dispatchEvent(new DragEvent('drop', {dataTransfer: carried, bubbles: true}));
}"""


def names() -> list[str]:
    """The names of all files; asked inside the application."""
    return list(db.session.scalars(select(Attachment.filename).order_by(Attachment.id)))


def test_files_go_as_they_are_chosen_or_dropped_and_no_word_is_lost(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    parent = visitor(web_portal)
    page = parent.page
    page.goto(STORY_PAGE)
    parent.fill("What happened?", telling.STORY)
    page.locator("input[type=file]").set_input_files(
        [telling.photo("one.jpg"), PROGRAM, telling.photo("two.jpg")]
    )
    page.get_by_text("two.jpg is added.").wait_for()
    parent.sees("setup.exe: We cannot take this kind of file", "Remove one.jpg")
    page.locator(".govuk-form-group", has=page.locator("input[type=file]")).evaluate(DROP)
    page.get_by_text("dropped.txt is added.").wait_for()
    parent.look()
    assert page.locator("textarea").input_value() == telling.STORY
    parent.press("Continue", look=False)
    assert web_portal.ask(names) == ["one.jpg", "two.jpg", "dropped.txt"]


def upload_at(parent: Visitor, bytes_a_second: int) -> None:
    """Send no faster than that; -1 for as fast as may be."""
    parent.context.new_cdp_session(parent.page).send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": 0,
            "downloadThroughput": -1,
            "uploadThroughput": bytes_a_second,
        },
    )


def test_a_file_is_seen_on_its_way(web_portal: Portal, visitor: NewVisitor) -> None:
    parent = visitor(web_portal)
    page = parent.page
    page.goto(STORY_PAGE)
    upload_at(parent, SLOW)
    page.locator("input[type=file]").set_input_files(LONG)
    bar = page.get_by_role("progressbar", name="Sending diary.txt")
    bar.wait_for()
    page.get_by_text("Sending diary.txt", exact=True).wait_for()
    # A function: a bare expression would be evaluated as text, which the page's policy forbids.
    page.wait_for_function(
        "() => [...document.querySelectorAll('progress')].some(one => 0 < one.position)"
    )
    page.get_by_text("diary.txt is added.").wait_for()
    assert bar.count() == 0


def test_a_warning_before_the_time_ends_keeps_what_is_typed(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    parent = visitor(web_portal)
    page = parent.page
    page.goto(STORY_PAGE)
    parent.fill("What happened?", telling.STORY)
    parent.press("Continue", look=False)

    def nearly_over(work: Work) -> None:
        draft = work.session.scalars(select(Draft).order_by(Draft.id.desc())).first()
        assert draft is not None
        draft.ends_at = work.now + timedelta(minutes=4)

    web_portal.act(nearly_over)
    page.goto("/give-feedback/put-right")
    dialog = page.get_by_role("dialog", name="Do you want more time?")
    dialog.wait_for()
    assert "in 4 minutes" in dialog.inner_text()
    # The focus is in the dialog, and the keyboard reaches its button.
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    parent.look()
    page.locator("textarea").evaluate("box => { box.value = 'An apolo' }")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    dialog.wait_for(state="hidden")
    assert page.locator("[data-heard-told]").inner_text() == "We have kept your answers."
    page.goto("/give-feedback/put-right")
    assert page.locator("textarea").input_value() == "An apolo"
    assert page.get_by_role("dialog").count() == 0


def test_a_saved_form_is_gone_on_with_elsewhere_without_scripts(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    first = visitor(web_portal, scripts=False)
    first.page.goto(STORY_PAGE)
    first.fill("What happened?", telling.STORY)
    first.press("Save and come back later")
    reference, words = first.kept()
    first.press("Take them off this device")
    second = visitor(web_portal, scripts=False)
    second.page.goto("/")
    second.follow("Go on with what you saved")
    second.fill("Your reference", reference)
    second.fill("Your secret words", words)
    second.press("Continue")
    second.sees("This is what you saved.", telling.STORY)
    first.page.goto("/give-feedback/check")
    first.sees_not(telling.STORY)


def test_thanks_are_told_in_two_screens(web_portal: Portal, visitor: NewVisitor) -> None:
    parent = visitor(web_portal, scripts=False)
    parent.page.goto("/give-feedback")
    parent.press("Start now", look=False)
    parent.choose("Something was good")
    parent.fill("What was good?", "Jo rang us every day.")
    parent.press("Continue")
    parent.sees("Jo rang us every day.", "Telling us will not change the help you get.")
    parent.press("Send")
    parent.follow("Answer five short questions")
    parent.press("Send these answers")
    assert parent.heading() == "We have got it"

"""Whatever goes wrong: a sentence, the right status, and what was typed is still there."""

import pytest

from portal.cases import references
from portal.cases.receiving import LONGEST_STORY
from tests import matters
from tests.journeys import telling
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal

pytestmark = pytest.mark.service
STORY_PAGE = "/give-feedback/what-happened"
KEPT = "What I wrote at midnight."


def test_an_empty_form_says_what_is_needed(web_portal: Portal, visitor: NewVisitor) -> None:
    parent = visitor(web_portal)
    parent.page.goto("/give-feedback/what-kind")
    parent.press("Continue", status=422)
    parent.sees("There is a problem", "Choose what you would like to tell us")
    parent.page.goto(STORY_PAGE)
    parent.press("Continue", status=422)
    parent.sees("Tell us what happened, or add a photo or document")
    assert parent.page.title().startswith("Error: ")
    young = visitor(web_portal)
    young.page.goto("/young-people/what-happened")
    young.press("Next", status=422)
    young.sees("Tell us what happened, or add a voice note or a photo")


def test_a_story_of_two_megabytes_stays_in_the_box(web_portal: Portal, visitor: NewVisitor) -> None:
    parent = visitor(web_portal)
    parent.page.goto(STORY_PAGE)
    story = "It went on and on. " * (2_000_000 // 19)
    assert len(story) > LONGEST_STORY
    parent.page.locator("textarea").evaluate("(box, text) => { box.value = text }", story)
    parent.press("Continue", status=422)
    parent.sees("This is longer than 200,000 characters. Your words are still in the box.")
    kept = parent.page.locator("textarea").evaluate("box => box.value.length")
    assert kept == len(story)


def test_a_refused_file_is_named_and_the_words_stay(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    parent = visitor(web_portal, scripts=False)
    parent.page.goto(STORY_PAGE)
    parent.fill("What happened?", KEPT)
    parent.page.locator("input[type=file]").set_input_files(
        {"name": "setup.exe", "mimeType": "application/octet-stream", "buffer": b"MZ" + b"\0" * 99}
    )
    parent.press("Continue", status=422)
    parent.sees("There is a problem")
    assert parent.page.locator(".govuk-error-message").count() == 1
    assert parent.page.locator("textarea").input_value() == KEPT
    parent.page.locator("input[type=file]").set_input_files(telling.photo("drawing.jpg"))
    parent.press("Continue")
    parent.page.goto(STORY_PAGE)
    parent.sees("drawing.jpg")
    assert parent.page.locator("textarea").input_value() == KEPT


def test_an_expired_token_shows_the_page_again_filled(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    parent = visitor(web_portal)
    parent.page.goto(STORY_PAGE)
    parent.fill("What happened?", KEPT)
    parent.context.clear_cookies()
    parent.press("Continue", status=400)
    assert parent.page.locator("textarea").input_value() == KEPT
    parent.press("Continue", look=False)
    parent.page.goto(STORY_PAGE)
    assert parent.page.locator("textarea").input_value() == KEPT


def test_wrong_words_and_an_unknown_reference_say_the_same(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    reference = web_portal.act(lambda work: matters.make_feedback(work).reference)
    unknown = references.make_reference()
    person = visitor(web_portal)
    person.go("/track")
    person.press("Continue", status=422)
    person.sees("Enter the reference that we gave you", "Enter your secret words")
    said = []
    for typed, words in ((reference, "none of these are right"), (unknown, matters.words_of())):
        person.fill("Your reference", typed)
        person.fill("Your secret words", words)
        person.press("Continue", status=422)
        said.append(person.page.locator(".govuk-error-summary").inner_text())
        assert person.page.get_by_label("Your secret words").input_value() == ""
        assert person.page.get_by_label("Your reference").input_value() == typed
    assert said[0] == said[1]


def test_a_wrong_password_is_refused_with_a_sentence(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    person = visitor(web_portal)
    person.go("/officers/")
    person.press("Sign in", status=422)
    person.fill("Email", "nobody@council.example")
    person.page.get_by_label("Password", exact=True).fill("wrong")
    person.press("Sign in", status=422)
    assert person.page.locator(".govuk-error-summary li").count() >= 1


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/no-such-page", 404),
        ("/give-feedback/no-such-question", 404),
        ("/give-feedback/sent", 410),
        ("/young-people/sent", 410),
        ("/track/link/no-such-link", 410),
        ("/track/end", 405),
    ],
)
def test_addresses_that_lead_nowhere(
    web_portal: Portal, visitor: NewVisitor, path: str, status: int
) -> None:
    person = visitor(web_portal)
    person.go(path, status=status)
    assert person.page.title().split(" - ")[0].strip(), "the title says what happened"
    assert len(person.page.locator("main").inner_text().split()) > len(person.heading().split())
    assert person.page.locator("main a[href], header a[href], nav a[href]").count() > 0, (
        "there is a way on"
    )

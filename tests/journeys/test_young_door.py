"""The young people's door on an old phone: eight screens, few bytes, a voice in place of words."""

import pytest
from playwright.sync_api import CDPSession
from sqlalchemy import select

from portal.db import db
from portal.procedures.vocabulary import Risk
from portal.records.attachment import Attachment
from portal.web.young.questions import MOST_SCREENS
from tests.journeys import telling
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.service
MOST_BYTES = 100 * 1024
# In milliseconds: what comes sooner is a double click, of which the button takes one.
TWO_PRESSES = 1100
WORDS = "they moved my room when i was at school and my drawings are gone"
# A tone in place of a microphone, which a test machine has not.
TONE = """
navigator.mediaDevices.getUserMedia = async () => {
  const sound = new AudioContext(), tone = sound.createOscillator();
  const end = sound.createMediaStreamDestination();
  tone.connect(end);
  tone.start();
  return end.stream;
};
"""
REFUSED = """
navigator.mediaDevices.getUserMedia =
  async () => { throw new DOMException("", "NotAllowedError"); };
"""


class Meter:
    """What a browser has fetched, as it came over the wire, headers and all."""

    def __init__(self, young: Visitor) -> None:
        """Begin to count."""
        self.bytes, self.screens = 0.0, 0
        session: CDPSession = young.context.new_cdp_session(young.page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._finished)
        session.on("Network.responseReceived", self._received)

    def _finished(self, event: dict[str, float]) -> None:
        self.bytes += event["encodedDataLength"]

    def _received(self, event: dict[str, object]) -> None:
        self.screens += event["type"] == "Document"


def begun(young: Visitor) -> Meter:
    """Start, and say what happened: what that fetches is counted."""
    meter = Meter(young)
    young.page.goto("/young-people/")
    young.press("Start", look=False)
    young.fill("What happened?", WORDS)
    young.press("Next", look=False)
    return meter


def test_the_whole_journey_is_eight_screens_and_a_hundred_kilobytes(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    young = visitor(web_portal)
    meter = begun(young)
    young.choose("Yes, I am safe")
    young.choose("Yes, please")
    young.press("Next", look=False)
    young.fill("What would you like to happen now?", "I want my drawings back.")
    young.choose("Something is wrong")
    young.press("Next", look=False)
    young.choose("Call me")
    young.fill("Your phone number", "01632 960 777")
    young.press("Next", look=False)
    young.choose("No, only me")
    young.press("Next", look=False)
    young.sees("the feedback team", "We will not tell your carer")
    young.press("Send it", look=False)
    young.sees("We have got it")
    assert meter.screens == MOST_SCREENS
    assert 0 < meter.bytes <= MOST_BYTES, meter.bytes


def test_whoever_answers_everything_fetches_no_more(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    """Each answer makes a later page longer: danger, an adult they trust, all who may be told."""
    young = visitor(web_portal)
    meter = begun(young)
    young.choose("No. I am not safe, or someone else is not")
    young.choose("Yes, please")
    young.press("Next", look=False)
    young.fill("What would you like to happen now?", "I want my drawings back.")
    young.fill("Is it about a person, a place or a rule?", "Mr Sampleton, my key worker")
    young.choose("Something is wrong")
    young.press("Next", look=False)
    young.choose("Call me")
    young.fill("Your phone number", "01632 960 777")
    young.choose("Another adult I trust")
    young.fill("Who is it?", "My aunt Petra, 01632 960 778")
    for near in ("My mum, my dad or my family", "My carer", "The people who work where I live"):
        young.page.get_by_label(near).check()
    young.page.get_by_label("My school").check()
    young.page.get_by_label("How old are you?").select_option(index=2)
    young.fill("What should we call you?", "Sky")
    young.press("Next", look=False)
    young.choose("Yes, and that is okay")
    young.choose("Do not say who you are, and leave no message")
    young.choose("On school days, 9am to 3pm")
    young.fill("Is there anyone who must not see or hear it?", "My uncle, when he is here.")
    young.press("Next", look=False)
    young.sees("the feedback team", "the people who must keep children safe")
    young.press("Send it", look=False)
    young.sees("We have got it")
    assert meter.screens == MOST_SCREENS
    assert 0 < meter.bytes <= MOST_BYTES, meter.bytes


@pytest.mark.parametrize("key", ["what-happened", "help", "next", "contact"])
def test_each_screen_is_whole_for_everybody(
    web_portal: Portal, visitor: NewVisitor, key: str
) -> None:
    young = visitor(web_portal)
    young.go(f"/young-people/{key}")
    young.press(
        "Next" if key != "what-happened" else "Add this file",
        status=(422 if key == "what-happened" else 200),
    )
    assert young.page.locator("h1").count() == 1


def test_a_voice_note_is_recorded_heard_deleted_and_sent(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    young = visitor(web_portal)
    young.page.add_init_script(TONE)
    young.page.goto("/young-people/what-happened")
    record(young)
    young.button("Delete it").click()
    assert young.page.locator("input[name=voice]").evaluate("box => box.files.length") == 0
    record(young)
    # Down the page the way out lies over what has scrolled past it.
    young.page.evaluate("window.scrollTo(0, 0)")
    young.look()
    young.press("Next", look=False)
    for _ in ("help", "next", "contact"):
        young.press("Skip this", look=False)
    young.sees("voice-note.")
    young.press("Send it", look=False)
    kept = web_portal.ask(the_file)
    assert kept is not None
    assert kept.content_type.startswith("audio/")
    assert kept.size > 100
    (feedback,) = web_portal.ask(telling.every_feedback)
    assert feedback.risk is Risk.CONCERN


def test_a_line_that_breaks_loses_no_voice_note(web_portal: Portal, visitor: NewVisitor) -> None:
    young = visitor(web_portal)
    young.page.add_init_script(TONE)
    young.page.goto("/young-people/what-happened")
    young.fill("What happened?", WORDS)
    record(young)
    young.context.set_offline(True)
    young.button("Next").click()
    young.page.get_by_text("We could not send it. It is still here.").wait_for()
    assert young.page.locator("input[name=voice]").evaluate("box => box.files.length") == 1
    young.context.set_offline(False)
    young.page.wait_for_timeout(TWO_PRESSES)
    young.press("Next", look=False)
    young.sees("Are you safe right now?")
    young.page.goto("/young-people/check")
    young.sees("voice-note.", WORDS)
    kept = young.page.get_by_text("voice-note.").inner_text()
    assert kept.count("voice-note.") == 1, "it is sent once"


def test_a_photo_is_added_beside_a_voice_note(web_portal: Portal, visitor: NewVisitor) -> None:
    young = visitor(web_portal)
    young.page.add_init_script(TONE)
    young.page.goto("/young-people/what-happened")
    record(young)
    young.page.locator("input[name=file]").set_input_files(
        {"name": "letter.txt", "mimeType": "text/plain", "buffer": b"My letter."}
    )
    young.button("Add this file").click()
    young.page.get_by_text("What you have added").wait_for()
    young.sees("voice-note.", "letter.txt")
    assert young.page.locator("input[name=voice]").evaluate("box => box.files.length") == 0


def test_who_goes_on_while_talking_loses_nothing(web_portal: Portal, visitor: NewVisitor) -> None:
    young = visitor(web_portal)
    young.page.add_init_script(TONE)
    young.page.goto("/young-people/what-happened")
    young.button("Start talking").click()
    young.page.get_by_text("We can hear you.").wait_for()
    young.page.wait_for_timeout(600)
    young.button("Next").click()
    young.page.get_by_text("Your voice note is ready.").wait_for()
    young.page.wait_for_timeout(TWO_PRESSES)
    young.press("Next", look=False)
    young.sees("Are you safe right now?")
    young.page.goto("/young-people/check")
    assert young.page.get_by_text("voice-note.").count() == 1


def test_a_recording_ends_by_itself(web_portal: Portal, visitor: NewVisitor) -> None:
    young = visitor(web_portal)
    young.page.add_init_script(TONE)
    young.page.goto("/young-people/what-happened")
    young.page.locator("[data-recorder]").evaluate("part => { part.dataset.seconds = '1' }")
    young.button("Start talking").click()
    young.page.get_by_text("Your voice note is ready.").wait_for()
    assert not young.button("Stop").is_visible()
    assert young.button("Delete it").evaluate("one => one === document.activeElement")
    assert young.page.locator("input[name=voice]").evaluate("box => box.files.length") == 1


def test_a_microphone_that_is_refused_is_said_and_blocks_nothing(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    young = visitor(web_portal)
    young.page.add_init_script(REFUSED)
    young.page.goto("/young-people/what-happened")
    young.button("Start talking").click()
    said = young.page.get_by_role("status").get_by_text("We cannot use the microphone.")
    said.wait_for()
    assert young.button("Start talking").is_enabled()
    assert not young.button("Stop").is_visible()
    young.page.evaluate("window.scrollTo(0, 0)")
    young.look()
    young.fill("What happened?", WORDS)
    young.press("Next", look=False)
    young.sees("Yes, I am safe")


def test_without_scripts_a_sound_file_does(web_portal: Portal, visitor: NewVisitor) -> None:
    young = visitor(web_portal, scripts=False)
    young.page.goto("/young-people/what-happened")
    assert not young.page.locator("[data-recorder]").is_visible()
    sound = b"RIFF\xa0\x0f\0\0WAVEfmt \x10\0\0\0\1\0\1\0" + bytes(4_000)
    young.page.locator("input[name=voice]").set_input_files(
        {"name": "me.wav", "mimeType": "audio/wav", "buffer": sound}
    )
    young.press("Next", look=False)
    young.page.goto("/young-people/check")
    young.press("Send it", look=False)
    kept = web_portal.ask(the_file)
    assert kept is not None
    assert (kept.filename, kept.unheard) == ("me.wav", True)


def record(young: Visitor) -> None:
    """Talk for a moment."""
    young.button("Start talking").click()
    young.page.get_by_text("We can hear you.").wait_for()
    young.page.wait_for_timeout(600)
    young.button("Stop").click()
    young.page.get_by_text("Your voice note is ready.").wait_for()


def the_file() -> Attachment | None:
    """The file that was kept."""
    return db.session.scalar(select(Attachment))

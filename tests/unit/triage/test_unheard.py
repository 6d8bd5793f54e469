"""What nobody has heard or looked at is a concern, until an officer has written down what it says;
then the words are read as any others, and are never taken for the person's."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfWriter
from sqlalchemy import select

from portal.attachments import storing
from portal.attachments.checking import check
from portal.cases import alarming_words, awaiting, danger, hearing, messages, queue_places
from portal.cases.awaiting import Awaited
from portal.cases.hearing import NothingHeard
from portal.cases.queue_places import rank
from portal.commands.background import _item
from portal.procedures.vocabulary import Risk
from portal.records.attachment import Attachment, AttachmentState
from portal.records.decision import Outcome
from portal.records.feedback import Feedback
from portal.records.message import Sender
from portal.triage import suggesting
from portal.work import INTAKE, Work
from tests.matters import decide, make_feedback
from tests.unit.triage.matters import a_result, acting, an_officer


def photo() -> bytes:
    made = BytesIO()
    Image.new("RGB", (40, 30), "green").save(made, "PNG")
    return made.getvalue()


def scan() -> bytes:
    made, writer = BytesIO(), PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(made)
    return made.getvalue()


def kept(work: Work, feedback: Feedback, name: str, data: bytes) -> Attachment:
    file = storing.keep(work, check(name, data), feedback=feedback)
    work.session.flush()
    hearing.note_arrival(work, feedback, [file])
    return file


@pytest.fixture
def feedback(work: Work) -> Feedback:
    work.who = INTAKE
    made = make_feedback(work)
    work.session.flush()
    return made


@pytest.mark.parametrize(
    ("name", "data", "risk"),
    [
        ("drawing.png", photo(), Risk.CONCERN),
        ("letter.pdf", scan(), Risk.CONCERN),
        ("letter.txt", b"My own letter.", Risk.NONE),
    ],
)
def test_what_has_no_text_is_a_concern(
    work: Work, feedback: Feedback, name: str, data: bytes, risk: Risk
) -> None:
    file = kept(work, feedback, name, data)
    assert (file.unheard, feedback.risk) == (risk is Risk.CONCERN, risk)


def test_a_pdf_with_a_font_has_text() -> None:
    made, writer = BytesIO(), PdfWriter()
    page = writer.add_blank_page(200, 200)
    from pypdf.generic import DictionaryObject, NameObject

    fonts = DictionaryObject({NameObject("/F1"): DictionaryObject()})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    writer.write(made)
    assert not check("letter.pdf", made.getvalue()).silent


def test_danger_is_not_lowered(work: Work, feedback: Feedback) -> None:
    feedback.risk = Risk.NOW
    work.session.flush()
    kept(work, feedback, "drawing.png", photo())
    assert feedback.risk is Risk.NOW


@pytest.mark.parametrize("decided", [Risk.NONE, Risk.CONCERN, Risk.NOW])
def test_after_the_decision_it_is_a_concern_too_until_it_is_heard(
    work: Work, feedback: Feedback, decided: Risk
) -> None:
    decide(work, feedback).risk = decided
    feedback.risk = decided
    work.session.flush()
    files = [kept(work, feedback, f"{n}.png", photo()) for n in range(2)]
    assert feedback.risk is (Risk.CONCERN if decided is Risk.NONE else decided)
    acting(work, an_officer(work))
    hearing.write_down(work, feedback, files[0], "A house with a red door.")
    assert feedback.risk is not Risk.NONE
    hearing.write_down(work, feedback, files[1], "A dog.")
    assert feedback.risk is decided, "What the officer decided."


def test_it_stays_on_the_desk_until_it_is_heard_though_the_message_was_read(
    work: Work, feedback: Feedback
) -> None:
    decide(work, feedback, Outcome.THANKED)
    message = messages.add(work, feedback, Sender.PERSON, "I have added something.")
    file = storing.keep(work, check("voice.png", photo()), message=message)
    hearing.note_arrival(work, feedback, [file])
    work.session.refresh(feedback)
    feedback.unread, message.read_at = False, work.now
    assert _desk(work, feedback) == ([Awaited.FILE_HEARD], rank(Risk.CONCERN, young=True))
    file.state = AttachmentState.INFECTED
    assert _desk(work, feedback) == ([], None), "Nobody is asked to open what was stopped."
    file.state = AttachmentState.CLEAN
    acting(work, an_officer(work))
    hearing.write_down(work, feedback, file, "Somebody plays the piano.")
    assert _desk(work, feedback) == ([], None)
    assert feedback.risk is Risk.NONE


def _desk(work: Work, feedback: Feedback) -> tuple[list[Awaited], int | None]:
    queue_places.settle(work.session)
    waits = awaiting.of(work.session, work.council, [feedback.id]).get(feedback.id, ())
    place = select(Feedback.queue_rank).where(Feedback.id == feedback.id)
    return [one.what for one in waits], work.session.scalar(place)


@pytest.mark.parametrize(
    ("says", "raised"), [("He is going to kill me tonight.", True), ("A dog.", False)]
)
def test_danger_that_is_heard_on_a_decided_matter_raises_the_alert(
    work: Work, feedback: Feedback, says: str, raised: bool
) -> None:
    assert not alarming_words.read_heard(work, feedback, says), "It is read with the rest of it."
    decide(work, feedback)
    file = kept(work, feedback, "voice.png", photo())
    acting(work, an_officer(work))
    hearing.write_down(work, feedback, file, says)
    assert alarming_words.read_heard(work, feedback, says) is raised
    assert (danger.open_alert(work.session, feedback.id) is not None) is raised


def test_what_an_officer_adds_somebody_has_looked_at(work: Work, feedback: Feedback) -> None:
    acting(work, an_officer(work))
    assert not kept(work, feedback, "scan.png", photo()).unheard
    assert feedback.risk is Risk.NONE


def test_the_concern_lasts_until_the_last_is_heard(work: Work, feedback: Feedback) -> None:
    files = [kept(work, feedback, f"{n}.png", photo()) for n in range(2)]
    acting(work, an_officer(work))
    hearing.write_down(work, feedback, files[0], "A house with a red door.")
    suggesting.ask_again(work, feedback)
    assert feedback.risk is Risk.CONCERN
    hearing.write_down(work, feedback, files[1], "A dog.")
    suggesting.ask_again(work, feedback)
    assert feedback.risk is Risk.NONE
    with pytest.raises(NothingHeard):
        hearing.write_down(work, feedback, files[1], "  ")
    assert files[1].heard == "A dog."


def test_a_new_suggestion_reads_the_officers_words_after_the_story(
    work: Work, feedback: Feedback
) -> None:
    suggesting.store(work, feedback, a_result())
    file = kept(work, feedback, "drawing.png", photo())
    acting(work, an_officer(work))
    hearing.write_down(work, feedback, file, "It shows a broken window.")
    suggesting.ask_again(work, feedback)
    work.session.flush()
    assert feedback.id in suggesting.waiting_ids(work.session)
    item: dict[str, Any] = _item(feedback)
    assert item["text"].startswith(feedback.story)
    assert "An officer wrote down" in item["text"]
    assert item["text"].endswith("It shows a broken window.")
    assert "broken window" not in feedback.story


def test_what_the_model_thought_of_the_words_stays(work: Work, feedback: Feedback) -> None:
    worried = a_result()
    worried["risk"] = {**worried["risk"], "label": "concern"}
    suggesting.store(work, feedback, worried)
    file = kept(work, feedback, "drawing.png", photo())
    acting(work, an_officer(work))
    hearing.write_down(work, feedback, file, "A dog.")
    suggesting.ask_again(work, feedback)
    assert feedback.risk is Risk.CONCERN


def test_alarming_words_that_were_spoken_are_read_too(work: Work, feedback: Feedback) -> None:
    file = kept(work, feedback, "drawing.png", photo())
    assert not alarming_words.read_text(work, feedback, lambda text: "hits me" in text)
    acting(work, an_officer(work))
    hearing.write_down(work, feedback, file, "He hits me now.")
    suggesting.ask_again(work, feedback)
    work.session.flush()
    assert feedback.id in alarming_words.unread_texts(work.session, model_reads=False)
    assert alarming_words.read_text(work, feedback, lambda text: "hits me" in text)
    work.session.refresh(feedback)
    assert feedback.risk is Risk.NOW

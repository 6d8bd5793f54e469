"""The pages for young people: a way out on each, plain enough to read, told before asked."""

import html
import io
import re

import pytest
import textstat
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.attachments import refusals
from portal.db import db
from portal.procedures.vocabulary import Risk
from portal.records.attachment import Attachment
from portal.records.feedback import ContactWay
from portal.web import journey_answering, journey_files, journey_pages
from portal.web.govform import EXPIRED
from portal.web.young import forms
from portal.web.young.questions import QUESTIONS
from tests.matters import enter
from tests.unit.web.journey_steps import YOUNG, told, walk, words_on

PAGES = ["", *(key for key, _ in YOUNG), "check", "sent"]
OLDEST_GRADE = 5.0
SOUND = b"RIFF" + (4_000).to_bytes(4, "little") + b"WAVEfmt \x10\0\0\0\1\0\1\0" + bytes(4_000)


def words_of(page: str) -> str:
    """What a page says in its main part: a sentence for each block, as a reader takes it."""
    main = page.split("<main", 1)[1].split("</main>", 1)[0].split(">", 1)[1]
    blocks = re.sub(r"</(p|li|h1|h2|legend|label|div|dt|dd|button|template)>", ". ", main)
    plain = html.unescape(re.sub(r"<[^>]+>", " ", blocks))
    return re.sub(r"([.?!:])(\s*\.)+", r"\1", re.sub(r"\s+", " ", plain))


def grade(text: str) -> float:
    """How many years of school a text takes."""
    return float(textstat.flesch_kincaid_grade(text))


@pytest.mark.parametrize("key", PAGES)
def test_each_page_is_plain_and_can_be_left(client: FlaskClient, key: str) -> None:
    if key in ("check", "sent"):
        walk(client, "young-people", YOUNG)
    if key == "sent":
        client.post("/young-people/check")
    page = client.get(f"/young-people/{key}")
    assert page.status_code == 200
    assert 'href="/exit"' in page.text
    assert "someone could still see it in your history" in page.text
    assert grade(words_of(page.text)) <= OLDEST_GRADE, words_of(page.text)


@pytest.mark.parametrize("key", [key for key in PAGES if key])
def test_what_stays_after_leaving_is_said_wherever_it_stays(client: FlaskClient, key: str) -> None:
    walk(client, "young-people", YOUNG)
    if key == "sent":
        client.post("/young-people/check")
    page = words_of(client.get(f"/young-people/{key}").text)
    stays = "What you typed stays until you delete it or close the browser."
    assert (stays in page) is (key != "sent")
    assert ("or until you press Leave this page" in page) is (key == "sent")
    assert ("press Hide this page on this phone" in page) is (key == "sent")


def test_who_talks_is_told_to_stay_until_it_is_kept(client: FlaskClient) -> None:
    page = client.get("/young-people/what-happened").text
    assert "Press Next to keep it." in page
    assert "We are sending it. Stay here." in page


def test_they_are_asked_of_a_person_a_place_or_a_rule(client: FlaskClient) -> None:
    client.post("/young-people/what-happened", data={"story": "Phones are taken at eight."})
    assert "Is it about a person, a place or a rule?" in client.get("/young-people/next").text
    client.post("/young-people/next", data={"about_whom": "the phone rule"})
    check = words_of(client.get("/young-people/check").text)
    assert "Who or what it is about" in check
    assert "If you told us about a person, they will not get to open it." in check
    client.post("/young-people/check")
    (feedback,) = told()
    # Until an officer has said that nobody is meant, it is read as a person's name.
    assert (feedback.about_whom, feedback.persons_unsettled) == ("the phone rule", True)


def test_who_names_their_plan_reads_that_the_tribunals_clock_goes_on(client: FlaskClient) -> None:
    walk(client, "young-people", YOUNG)
    client.post("/young-people/what-happened", data={"story": "My EHCP says a helper. I got none."})
    client.post("/young-people/check")
    page = words_of(client.get("/young-people/sent").text)
    assert "does not stop its clock" in page
    assert "Sample SEND Advice" in page
    assert grade(page) <= OLDEST_GRADE, page


def test_who_names_no_plan_reads_nothing_of_a_tribunal(client: FlaskClient) -> None:
    walk(client, "young-people", YOUNG)
    client.post("/young-people/check")
    assert "tribunal" not in client.get("/young-people/sent").text


@pytest.mark.parametrize("key", ["what-happened", "contact"])
def test_error_pages_are_plain_too(client: FlaskClient, key: str) -> None:
    page = client.post(f"/young-people/{key}", data={"way": "email"})
    assert page.status_code == 422
    assert 'href="/exit"' in page.text
    assert grade(words_of(page.text)) <= OLDEST_GRADE


@pytest.mark.parametrize(
    "sentence",
    [
        forms.WhatHappened.NEEDED_SENTENCE,
        EXPIRED,
        journey_answering.ALREADY_SENT,
        journey_files.CHOOSE_AGAIN,
        journey_files.NOTHING_CHOSEN,
        journey_files.TOO_MANY,
        journey_pages.ENDED,
        journey_pages.ENDED_UNSEEN,
        journey_pages.NOTHING_KEPT,
        journey_pages.STILL_NEEDED,
        *(value for name, value in vars(refusals).items() if name.isupper() and name != "LARGEST"),
    ],
)
def test_every_sentence_of_what_went_wrong_is_plain(sentence: str) -> None:
    assert grade(sentence) <= OLDEST_GRADE


@pytest.mark.parametrize(
    ("key", "data"),
    [
        ("what-happened", {"story": "x" * 200_001}),
        ("contact", {"way": "email", "email": "no"}),
        ("contact", {"way": "phone", "phone": "1"}),
        ("contact", {"way": "post"}),
        ("contact", {"name": "n" * 301}),
        ("next", {"about_whom": "n" * 301}),
    ],
)
def test_every_error_beside_a_box_is_plain(
    client: FlaskClient, key: str, data: dict[str, str]
) -> None:
    page = client.post(f"/young-people/{key}", data=data)
    assert page.status_code == 422
    errors = re.findall(r'(?s)class="govuk-error-message">(.*?)</p>', page.text)
    assert errors
    for error in errors:
        said = re.sub(r"<[^>]+>|Error:", " ", error).strip()
        assert grade(f"{said}.") <= OLDEST_GRADE, said


def test_pages_that_fail_keep_the_way_out(client: FlaskClient) -> None:
    for address in ("/young-people/nothing-here", "/young-people/sent", "/track/link/no-such"):
        page = client.get(address)
        assert page.status_code in (404, 410)
        assert "Leave this page" in page.text
        assert grade(words_of(page.text)) <= OLDEST_GRADE, words_of(page.text)
    assert 'href="/track/exit"' in client.get("/track/link/no-such").text


def test_their_own_words_come_first_and_who_reads_them_is_told_before(client: FlaskClient) -> None:
    assert QUESTIONS[0].key == "what-happened"
    start = client.get("/young-people/").text
    assert start.index("Who will see this?") < start.index("Start\n")
    assert start.index("No one sees it until you press") < start.index("Start\n")
    assert "Monday to Friday, 9am to 5pm" in start
    for there in ("tel:999", "tel:08001111", 'href="/exit"'):
        assert there in start
    story = client.get("/young-people/what-happened").text
    assert story.index("will read it") < story.index("<textarea")
    assert story.index("No one sees this until") < story.index("<textarea")
    assert "tel:999" in story


def test_danger_shows_numbers_and_stands_in_nobodys_way(client: FlaskClient) -> None:
    client.post("/young-people/what-happened", data={"story": "He hits me."})
    assert "tel:999" in client.get("/young-people/help").text
    assert client.post("/young-people/help", data={"danger": "yes"}).status_code == 303
    check = client.get("/young-people/check").text
    assert check.count("tel:999") == 1
    assert "the people who must keep children safe" in check
    assert client.post("/young-people/check").location == "/young-people/sent"
    assert told()[0].risk is Risk.NOW


def test_without_a_name_they_know_that_we_may_not_find_them(client: FlaskClient) -> None:
    assert "we may not be able to find you" in client.get("/young-people/contact").text


@pytest.mark.parametrize(
    ("ticked", "kept", "promised"),
    [
        ([], [], "We will not tell your carer, your family, the people where you live"),
        (["carer", "school"], ["carer", "school"], "your school"),
    ],
)
def test_the_check_says_by_role_who_is_told_and_their_yes_is_kept(
    client: FlaskClient, ticked: list[str], kept: list[str], promised: str
) -> None:
    contact = ("contact", {**YOUNG[3][1], "may_tell": ticked})
    walk(client, "young-people", (*YOUNG[:3], contact, YOUNG[4]))
    check = words_of(client.get("/young-people/check").text)
    for role in ("the feedback team", "the manager who looks into it, and their boss", promised):
        assert role in check
    assert "Brightside Advocacy today that you want an advocate" in check
    client.post("/young-people/check")
    assert told()[0].may_tell == kept


def test_who_else_reads_whom_to_be_careful_of_is_told(client: FlaskClient) -> None:
    # The letter that asks for an advocate says it, so that they are careful too.
    walk(client, "young-people", YOUNG)
    assert "We and an advocate read this" in client.get("/young-people/safe-contact").text


def test_who_skips_the_question_says_yes_to_nobody(client: FlaskClient) -> None:
    client.post("/young-people/what-happened", data={"story": "It is loud."})
    client.post("/young-people/contact", data={"skip": "1", "may_tell": "parent"})
    client.post("/young-people/check")
    assert told()[0].may_tell == []


def test_who_goes_back_and_skips_is_not_contacted_as_the_page_says(client: FlaskClient) -> None:
    client.post("/young-people/what-happened", data={"story": "It is loud."})
    client.post("/young-people/help", data={"danger": "yes"})
    client.post("/young-people/contact", data={**YOUNG[3][1], "may_tell": "parent"})
    skipped = client.post("/young-people/contact", data={"skip": "1"})
    assert skipped.location == "/young-people/check"
    client.post("/young-people/help", data={"skip": "1"})
    client.post("/young-people/check")
    (feedback,) = told()
    assert (feedback.contact_way, feedback.may_tell) == (ContactWay.PORTAL_ONLY, [])
    # What nobody promised to forget stays, above all that they are not safe.
    assert feedback.risk is Risk.NOW


def test_everything_but_the_words_has_a_skip_button(client: FlaskClient) -> None:
    for key, _ in YOUNG:
        page = client.get(f"/young-people/{key}").text
        assert ('name="skip"' in page) == (key != "what-happened"), key


def test_skipping_the_words_is_not_offered_by_hand_either(client: FlaskClient) -> None:
    assert client.post("/young-people/what-happened", data={"skip": "1"}).status_code == 422


def test_no_name_in_a_title(client: FlaskClient) -> None:
    walk(client, "young-people", YOUNG)
    for key in PAGES[:-1]:
        title = client.get(f"/young-people/{key}").text.split("</title>")[0]
        assert "Sky" not in title


def test_a_voice_note_stands_alone_and_counts_as_a_concern(client: FlaskClient) -> None:
    voice = {"voice": (io.BytesIO(SOUND), "voice-note.wav"), "file": (io.BytesIO(), "")}
    assert client.post("/young-people/what-happened", data=voice).status_code == 303
    client.post("/young-people/check")
    (feedback,) = told()
    (kept,) = db.session.scalars(select(Attachment))
    assert (kept.feedback_id, kept.content_type, kept.unheard) == (feedback.id, "audio/wav", True)
    assert feedback.risk is Risk.CONCERN
    followed = client.get("/young-people/sent")
    page = enter(client, feedback.reference, " ".join(words_on(followed)))
    assert page.status_code == 302
    shown = client.get("/track/matter").text
    assert "No words were typed. A voice note came with this." in shown
    assert "[No words" not in shown


def test_a_voice_note_and_a_drawing_come_in_one_post(client: FlaskClient) -> None:
    both = {
        "voice": (io.BytesIO(SOUND), "voice-note.wav"),
        "file": (io.BytesIO(b"My letter."), "letter.txt"),
    }
    assert client.post("/young-people/what-happened", data=both).status_code == 303
    assert len(list(db.session.scalars(select(Attachment)))) == 2
    page = client.get("/young-people/what-happened").text
    assert "voice-note.wav" in page
    assert "letter.txt" in page


def test_only_the_page_with_the_recorder_may_use_the_microphone(client: FlaskClient) -> None:
    page = client.get("/young-people/what-happened")
    assert "microphone=(self)" in page.headers["Permissions-Policy"]
    assert "media-src blob:" in page.headers["Content-Security-Policy"]
    assert "camera=()" in page.headers["Permissions-Policy"]
    assert 'accept="audio/*,.amr,.3gp"' in page.text
    # With it a phone opens its recorder, and no file can be picked.
    assert "capture=" not in page.text
    assert "data-recorder" in page.text
    for other in ("/young-people/help", "/young-people/", "/give-feedback/what-happened"):
        headers = client.get(other).headers
        assert "microphone=()" in headers["Permissions-Policy"]
        assert "media-src" not in headers["Content-Security-Policy"]

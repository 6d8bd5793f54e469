"""Letters to a person who told us in another language: which they get, and in which words."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from portal.correspondence import invented_facts, letter_pdf, letters, outbox, own_wordings
from portal.correspondence.letters import FACTS, voices_for
from portal.correspondence.print_queue import sheet_of
from portal.correspondence.voices import Voice, language_of
from portal.council import CouncilFileError, load_council
from portal.db import db
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.settings import SettingsError
from portal.web.officer import reaching
from portal.wording import day_in
from portal.work import WORKER, begin_work
from tests.catalogues import pseudo
from tests.catalogues.collecting import collected
from tests.catalogues.offering import catalogue, offer
from tests.conftest import SQLITE, app_for, settings_for
from tests.letters.samples import PUBLIC_URL
from tests.matters import make_feedback
from tests.unit.correspondence.people import given
from tests.unit.web.journey_steps import EVERYONE, told, walk
from tests.unit.web.test_another_language import strings

LANGUAGE = "eo"
PUBLIC = [
    (kind, voice) for kind in LetterKind if not FACTS[kind].to_staff for voice in voices_for(kind)
]
RECEIPT = {
    "Hello,": "Saluton,",
    "It came on %(received_on)s.": "Je %(received_on)s ni ricevis ĝin.",
    "Sign in": "Ensalutu",
    "Email address": "Retpoŝtadreso",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A council's folder, in which a language can be put."""
    return offer(LANGUAGE, tmp_path, monkeypatch)


def started(tmp_path: Path, empty_database: Path) -> Iterator[Flask]:
    shutil.copy(empty_database, tmp_path / SQLITE)
    made = app_for(settings_for(tmp_path))
    with made.app_context():
        yield made
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def translated(folder: Path, tmp_path: Path, empty_database: Path) -> Iterator[Flask]:
    """A portal whose council has translated one letter and the page of signing in."""
    catalogue(folder, LANGUAGE, RECEIPT)
    yield from started(tmp_path, empty_database)


@pytest.fixture
def bracketed(folder: Path, tmp_path: Path, empty_database: Path) -> Iterator[Flask]:
    """A portal that offers the language in brackets."""
    pseudo.write(folder / "translations", collected(), LANGUAGE)
    yield from started(tmp_path, empty_database)


def letters_sent() -> list[OutboxLetter]:
    db.session.rollback()
    return list(db.session.scalars(select(OutboxLetter).order_by(OutboxLetter.id)))


def test_who_tells_us_in_a_language_is_written_to_in_it(translated: Flask) -> None:
    client = translated.test_client()
    client.post("/language", data={"language": LANGUAGE, "path": "/"})
    walk(client, "give-feedback", EVERYONE)
    client.post("/give-feedback/check")
    assert [one.language for one in told()] == [LANGUAGE]
    receipt = letters_sent()[0]
    assert receipt.language == LANGUAGE
    assert receipt.body.startswith("Saluton,")
    assert re.search(r"Je \w+, la \d+-a de \w+ \d{4} ni ricevis ĝin\.", receipt.body)
    # What nobody has translated yet is there in English: a letter must go, and be whole.
    assert "We have your message." in receipt.body


def test_who_tells_us_in_english_is_written_to_in_english(translated: Flask) -> None:
    client = translated.test_client()
    walk(client, "give-feedback", EVERYONE)
    client.post("/give-feedback/check")
    assert [one.language for one in told()] == [None]
    receipt = letters_sent()[0]
    assert receipt.language is None
    assert receipt.body.startswith("Hello,")


def test_the_page_of_signing_in_is_in_the_language(translated: Flask) -> None:
    client = translated.test_client()
    assert "Email address" in client.get("/sign-in").text
    client.post("/language", data={"language": LANGUAGE, "path": "/sign-in"})
    page = client.get("/sign-in").text
    assert "Retpoŝtadreso" in page
    assert '<h1 class="govuk-heading-l">Ensalutu</h1>' in page


def test_a_language_that_is_no_longer_offered_is_english() -> None:
    assert language_of(load_council("staffordshire"), Feedback(language=LANGUAGE)) == "en"


# In one test, because a portal with a language in brackets takes a while to start.
def test_no_sentence_of_a_letter_stands_outside_the_catalogue(bracketed: Flask) -> None:
    council, feedback = load_council("staffordshire"), invented_facts.feedback()
    of_the_council = set(strings(vars(council)))
    bare: dict[str, str] = {}
    for kind, voice in PUBLIC:
        for facts in (invented_facts.all_of(kind), invented_facts.needed_by(kind)):
            given_facts = (council, PUBLIC_URL, kind, voice, facts, feedback)
            letter = letters.write(*given_facts, language=LANGUAGE)
            known = sorted({*strings(facts), *of_the_council}, key=len, reverse=True)
            for line in outside_brackets(letter.body, known):
                bare.setdefault(line, f"{kind.value}.{voice.value}")
    assert not bare


def outside_brackets(body: str, known: list[str]) -> list[str]:
    """The lines of a letter that hold words of ours outside brackets."""
    plain = re.sub(r"⟦[^⟦⟧]*⟧", " ", re.sub(r"⟦[^⟦⟧]*⟧", " ", body))
    plain = re.sub(r"https?://\S+", " ", plain)
    for words in known:
        plain = plain.replace(words, " ")
    return [line.strip() for line in plain.splitlines() if re.search(r"[A-Za-z]{2}", line)]


def test_sentences_of_ours_among_the_facts_are_said_and_a_persons_words_are_not(
    bracketed: Flask,
) -> None:
    council, kind = load_council("staffordshire"), LetterKind.PASSED_ON
    facts = {"reason_label": "A court has decided this", "explanation": "It was lost."}
    letter = letters.write(council, PUBLIC_URL, kind, Voice.ADULT, facts, language=LANGUAGE)
    assert "⟦A court has decided this⟧" in letter.body
    assert "It was lost." in letter.body
    assert "⟦It was lost.⟧" not in letter.body
    assert letter.says("A court has decided this")


def test_an_answer_says_the_next_step_in_its_language(bracketed: Flask) -> None:
    step = "You can ask for another manager to look at it again. Any words will do."
    facts = {**invented_facts.all_of(LetterKind.ANSWER), "next_step": step}
    council, kind = load_council("staffordshire"), LetterKind.ANSWER
    letter = letters.write(council, PUBLIC_URL, kind, Voice.YOUNG, facts, language=LANGUAGE)
    assert letter.says(step)
    assert not letter.says("Any other words.")
    assert day_in(invented_facts.LATER, LANGUAGE) in letter.body


def test_a_wording_of_a_page_is_said_in_the_language_as_far_as_it_is_known(
    translated: Flask,
) -> None:
    own = "{{ council.mail.subject_update }}\nHello,\n\nThanks a lot.\n"
    council, kind = load_council("staffordshire"), LetterKind.THANKS
    told = (council, PUBLIC_URL, kind, Voice.ADULT, {}, None, own)
    assert letters.write(*told, language=LANGUAGE).body == "Saluton,\n\nThanks a lot.\n"
    assert letters.write(*told).body == "Hello,\n\nThanks a lot.\n"
    assert {"day"} <= own_wordings.FILTERS


def test_a_letter_on_paper_names_its_language(translated: Flask) -> None:
    with begin_work(WORKER) as work:
        feedback = make_feedback(work, language=LANGUAGE)
        letter = outbox.post(work, LetterKind.THANKS, feedback)
        work.session.flush()
        page = letter_pdf.as_html([sheet_of(work, letter)], work.council)
    assert f'<article lang="{LANGUAGE}">' in page


def test_an_officer_is_told_of_the_language(translated: Flask) -> None:
    told = "Letters to them are in Esperanto. What you write yourself is not translated."
    with begin_work(WORKER) as work:
        for language, lines in ((LANGUAGE, [told]), (None, []), ("cy", [])):
            feedback = make_feedback(work, language=language)
            assert reaching.language_lines(work.council, feedback) == lines


def test_a_letter_to_staff_is_english(translated: Flask) -> None:
    with begin_work(WORKER) as work:
        feedback = given(work)
        feedback.language = LANGUAGE
        facts = {"text": "It was lost.", "team_label": "A team"}
        written = letters.preview(work, LetterKind.COMPLIMENT_FOR_TEAM, feedback, facts)
    assert written.language == "en"


@pytest.mark.parametrize(
    ("translation", "fault"),
    [
        ("Ni ricevis ĝin.", "must hold the values of the English"),
        ("{{ council }} %(received_on)s.", "brackets that only a template may hold"),
    ],
)
def test_a_letter_whose_translation_loses_a_value_stops_the_start(
    folder: Path, tmp_path: Path, translation: str, fault: str
) -> None:
    catalogue(folder, LANGUAGE, {"It came on %(received_on)s.": translation})
    with pytest.raises(SettingsError, match=rf"receipt\.adult\.txt has a fault in eo: .*{fault}"):
        app_for(settings_for(tmp_path))


def test_a_value_that_the_english_does_not_have_stops_the_start(
    folder: Path, tmp_path: Path
) -> None:
    catalogue(folder, LANGUAGE, {"Reference: %(reference)s": "Numero: %(numero)s"})
    with pytest.raises(CouncilFileError, match="holds a value that the English"):
        app_for(settings_for(tmp_path))

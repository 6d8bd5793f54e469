"""A text that nobody who reads English alone would understand is told from odd English, by its
words and its script; no English text of the corpus is taken for another language."""

import json
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.cases.language_words import ENGLISH as ENGLISH_WORDS
from portal.cases.language_words import OTHERS
from portal.cases.not_english import FEWEST_WORDS, probably_not_english
from tests.unit.cases.texts_not_english import ENGLISH, NOT_ENGLISH

ROOT = Path(__file__).resolve().parents[3]
CORPUS = sorted((ROOT / "classifier" / "corpus").rglob("*.jsonl"))
WRITTEN = [*CORPUS, ROOT / "portal/demo/stories.jsonl", *(ROOT / "tests/redaction").glob("*.jsonl")]


@pytest.mark.parametrize("language", NOT_ENGLISH)
def test_another_language_is_told(language: str) -> None:
    assert probably_not_english(NOT_ENGLISH[language])


@pytest.mark.parametrize("voice", ENGLISH)
def test_odd_english_is_english(voice: str) -> None:
    assert not probably_not_english(ENGLISH[voice])


def test_no_english_text_is_a_false_alarm() -> None:
    texts = [json.loads(line)["text"] for path in WRITTEN for line in path.open()]
    began = process_time()
    wrong = [text for text in texts if probably_not_english(text)]
    assert len(texts) > 4_000
    assert wrong == []
    assert (process_time() - began) / len(texts) < 0.005, "Each submission waits for it."


def test_no_word_is_in_both_lists() -> None:
    assert not ENGLISH_WORDS & OTHERS
    assert all(word == word.lower() for word in ENGLISH_WORDS | OTHERS)


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    assert probably_not_english(text) in (True, False)


@given(st.lists(st.sampled_from(sorted(OTHERS)), max_size=FEWEST_WORDS - 1))
def test_few_words_in_latin_letters_say_nothing(words: list[str]) -> None:
    assert not probably_not_english(" ".join(words))


@given(st.lists(st.sampled_from(sorted(ENGLISH_WORDS)), max_size=80))
def test_english_words_are_english(words: list[str]) -> None:
    assert not probably_not_english(" ".join(words))


@given(st.sampled_from(sorted(ENGLISH.values())), st.sampled_from(sorted(NOT_ENGLISH.values())))
def test_a_part_is_found_wherever_it_stands(english: str, other: str) -> None:
    """English before or after it does not hide it, where the part is long enough."""
    text = f"{other} " * (1 + 200 // len(other))
    assert probably_not_english(f"{text}\n\n{english}")
    assert probably_not_english(f"{english}\n\n{text}")


@pytest.mark.parametrize("piece", ["x", "ż", "x@", "@x", "a://", "www.", "a-", "'", "я"])
def test_a_long_text_without_a_space_is_gone_through_once(piece: str) -> None:
    # Gone through again from each letter it would take longer than any test may.
    assert probably_not_english(piece * 200_000) in (True, False)

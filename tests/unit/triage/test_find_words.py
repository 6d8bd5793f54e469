"""The words of the search: plain forms, stems, keyed hashes, phrases, extracts."""

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from portal.triage.find import stems
from portal.triage.find.highlights import extracts, has_phrases
from portal.triage.find.pieces import Piece
from portal.triage.find.searching import Asked, read_words

TEXTS = st.text(max_size=400)


def indexed(text: str) -> set[str]:
    """The stems by which a text is found, before they are hashed."""
    words, wholes = stems._counted([(text, 1)])
    return set(stems._by_stem(words, wholes, stems.stems_of(words)))


def shown(text: str, typed: str) -> list[tuple[str, bool]]:
    found = extracts([Piece("A text", text, 1)], read_words(typed))
    return [(run.text, run.marked) for extract in found for run in extract.runs]


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("We moved twice", "moving"),
        ("complaints about families", "family complaint"),
        ("José and Zoë", "jose ZOE"),
        ("O’Brien rang", "obrien"),
        ("Jordan's taxi", "jordan"),
        ("Łukasz Wałęsa", "lukasz walesa"),
        ("Call 07700 900123", "07700900123"),
        ("Call +44 7700 900 123", "07700-900-123"),
        ("write to Sam.Lee@home.example", "sam.lee@HOME.example"),
        ("at ST16 2DH now", "st16 2dh"),
    ],
)
def test_words_are_found_however_they_are_written(written: str, typed: str) -> None:
    asked = read_words(typed)
    assert asked.stems
    assert asked.stems <= indexed(written)


def test_what_tells_nothing_is_not_searched_for() -> None:
    assert read_words("the and of a").stems == frozenset()
    assert read_words('"the of"').stems == frozenset()


@given(st.text(max_size=300))
def test_a_text_is_found_by_its_own_words(text: str) -> None:
    assert read_words(text).stems <= indexed(text)


@given(TEXTS, TEXTS)
def test_an_extract_says_nothing_that_is_not_in_the_text(text: str, typed: str) -> None:
    runs = shown(text, typed)
    assert "".join(part for part, _ in runs) in text
    assert not runs or any(marked for _, marked in runs)


def test_the_words_are_marked_in_a_few_words_around_them() -> None:
    text = "Nothing here. " * 40 + "The taxis were late again. " + "Nothing there. " * 40
    runs = shown(text, "taxi lateness late")
    assert [part for part, marked in runs if marked] == ["taxis", "late"]
    assert len("".join(part for part, _ in runs)) < 260


def test_a_phrase_stands_together_in_one_text() -> None:
    asked = read_words("“Moved School” taxi")
    together = [Piece("A", "She MOVED  school by taxi", 1)]
    apart = [Piece("A", "moved", 1), Piece("B", "school taxi", 1)]
    assert has_phrases(together, asked)
    assert not has_phrases(apart, asked)
    assert has_phrases(apart, Asked(asked.stems))


def test_the_index_holds_no_word(app: Flask) -> None:
    found = stems.keys_of({
        1: [("Ivy Larkspur lost her drawings, drawings, drawings", 2)],
        2: [("taxi " * 500, 4)],
        3: [],
    })  # fmt: skip
    keys = found[1]
    assert len(keys) == 4
    assert not any(word in key for key in keys for word in ("ivy", "larkspur", "draw", "lost"))
    assert keys[stems.key_of("draw")] == 6
    assert found[2] == {stems.key_of("taxi"): stems.MOST_OFTEN}
    assert found[3] == {}

"""Secret words: small slips are mended, anything else is not, and only a hash is kept."""

from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from portal.cases.secret_words import (
    COUNT,
    hash_words,
    make_words,
    read_words,
    word_list,
    words_match,
)

LISTED = st.sampled_from(word_list())
LETTERS = st.sampled_from("abcdefghijklmnopqrstuvwxyz")


def five(word: str) -> str:
    return " ".join([word, *word_list()[: COUNT - 1]])


def mended(typed: str) -> str | None:
    read = read_words(five(typed))
    return read.split()[0] if read else None


def test_the_list_has_as_many_words_as_four_dice_can_throw() -> None:
    assert len(word_list()) == len(set(word_list())) == 6**4


def test_words_made_are_five_listed_words() -> None:
    words = make_words().split()
    assert len(words) == COUNT
    assert set(words) <= set(word_list())


@given(st.lists(LISTED, min_size=COUNT, max_size=COUNT), st.sampled_from([" ", ", ", "-", "\n"]))
def test_capitals_and_signs_between_words_do_not_matter(words: list[str], between: str) -> None:
    assert read_words(between.join(words).upper()) == " ".join(words)


@given(LISTED, st.data())
def test_a_missing_letter_never_makes_another_word(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    assert mended(word[:at] + word[at + 1 :]) in (word, None)


@given(LISTED, LETTERS, st.data())
def test_a_letter_too_many_never_makes_another_word(
    word: str, letter: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(word)))
    assert mended(word[:at] + letter + word[at:]) in (word, None)


def test_most_slips_are_mended() -> None:
    slips = [(word, word[:-1]) for word in word_list()] + [
        (word, word[1] + word[0] + word[2:]) for word in word_list()
    ]
    right = sum(mended(typed) == word for word, typed in slips)
    # The others lie between two listed words; guessing which was meant would be wrong.
    assert right / len(slips) > 0.85


@given(LISTED)
def test_a_word_of_the_list_is_never_mended_to_another(word: str) -> None:
    assert mended(word) == word


@given(st.text(max_size=300))
def test_whatever_is_typed_gives_five_listed_words_or_nothing(text: str) -> None:
    read = read_words(text)
    assert read is None or (len(read.split()) == COUNT and set(read.split()) <= set(word_list()))


def test_four_or_six_words_are_not_words() -> None:
    assert read_words(" ".join(word_list()[:4])) is None
    assert read_words(" ".join(word_list()[:6])) is None
    assert read_words(five("zzzzzz")) is None


def test_only_the_hash_is_kept_and_only_its_words_match(app: Flask) -> None:
    words = make_words()
    kept = hash_words(words)
    assert not any(word in kept for word in words.split() if len(word) > 4)
    assert words_match(kept, words)
    assert not words_match(kept, " ".join(reversed(words.split())))
    assert not words_match(kept, None)


def test_nothing_matches_where_there_is_no_hash(app: Flask) -> None:
    assert not words_match(None, make_words())
    assert not words_match(None, None)

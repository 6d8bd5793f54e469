"""Drafting points from a story: only the person's own words, and all of them."""

import re

from hypothesis import given
from hypothesis import strategies as st

from portal.cases import drafted_points
from portal.cases.drafted_points import MOST_POINTS, draft, parts_of

words = st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=9)
lines = st.lists(words, max_size=12).map(" ".join)
marks = st.sampled_from(["", "1. ", "2) ", "- ", "• ", "(3) ", "a) "])
stories = st.lists(st.tuples(marks, lines).map("".join) | st.just(""), max_size=40).map("\n".join)


def letters_of(text: str) -> str:
    return re.sub(r"\s", "", text)


@given(stories | st.text())
def test_a_piece_holds_only_the_persons_own_words(story: str) -> None:
    """Each piece, read word by word, stands in the story in that order."""
    whole = letters_of(story)
    pieces = draft(story)
    assert len(pieces) <= MOST_POINTS
    for piece in pieces:
        assert piece.strip()
        rest = iter(whole)
        assert all(letter in rest for letter in letters_of(piece)), piece


@given(st.lists(st.text("abcdef gh", min_size=20, max_size=60), min_size=1, max_size=30))
def test_nothing_that_was_said_is_lost(paragraphs: list[str]) -> None:
    story = "\n\n".join(paragraphs)
    assert sorted(letters_of("".join(draft(story)))) == sorted(letters_of(story))


def test_a_list_becomes_its_items_and_what_stands_around_it_comes_last() -> None:
    story = (
        "Hello,\nI am writing about my son's social worker.\n\n"
        "1. She missed three visits\nand nobody rang.\n2) His review was moved.\n"
        "3. The report has his name wrong.\n\nPlease look into this for us soon.\nKind regards"
    )
    assert draft(story) == (
        "She missed three visits\nand nobody rang.",
        "His review was moved.",
        "The report has his name wrong.",
        "I am writing about my son's social worker.\n\nPlease look into this for us soon.",
    )


def test_paragraphs_are_points_and_a_few_words_join_their_neighbour() -> None:
    story = (
        "My problem:\n\nThe taxi has been late every day since May.\n\n"
        "The driver shouted at Noor on Tuesday.\n\nThank you\n"
    )
    assert draft(story) == (
        "My problem:\n\nThe taxi has been late every day since May.",
        "The driver shouted at Noor on Tuesday.",
    )


def test_one_paragraph_is_cut_at_sentences_that_turn_to_something_else() -> None:
    story = (
        "My worker has changed four times this year. She never said goodbye and nobody told me. "
        "My review was moved to a school day. I want to be asked first."
    )
    assert draft(story) == (
        "My worker has changed four times this year. She never said goodbye and nobody told me.",
        "My review was moved to a school day.",
        "I want to be asked first.",
    )


def test_a_story_without_words_has_no_points() -> None:
    assert draft(" \n\n ") == ()
    assert draft("Hi\n\nThanks") == ()


def test_an_officer_splits_at_empty_lines() -> None:
    assert parts_of("one\n\n\ntwo words\r\n\r\nthree") == ("one", "two words", "three")
    assert parts_of("one\ntwo") == ("one\ntwo",)


points_listed = st.lists(
    st.text("abc é.,'\n ", min_size=1, max_size=40).filter(lambda text: bool(text.strip(" \n.,'"))),
    min_size=2,
    max_size=drafted_points.MOST_LISTED,
)


@given(points=points_listed)
def test_what_a_person_listed_is_found_again(points: list[str]) -> None:
    flat = tuple(" ".join(point.split()) for point in points)
    assert draft(drafted_points.as_list(points)) == flat
    assert (
        draft("We came on Monday and it was shut.\n\n" + drafted_points.as_list(points))[
            : len(flat)
        ]
        == flat
    )


def test_one_point_and_none_are_no_list() -> None:
    assert drafted_points.as_list(["- The taxi came late."]) == "The taxi came late."
    assert drafted_points.as_list([" ", ""]) == ""

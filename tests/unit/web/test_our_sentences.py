"""Sentences of ours in a story: shown as ours, and everything else as it was typed."""

import pytest
from flask import Flask

from portal.cases.typed_words import ADDED, EARLIER, NO_WORDS, NOT_READ, READ, Piece
from portal.db import db
from portal.records.feedback import Door, Feedback
from portal.web.our_sentences import BY_FILE, TO_THE_PERSON, pieces_of

WORDS = "They moved me.\n\n\nAt night.\n\nI was cold."


def told(story: str, door: Door = Door.ADVOCATES, *, to_the_person: bool = True) -> list[Piece]:
    feedback = Feedback(id=7, story=story, door=door)
    return pieces_of(db.session(), feedback, to_the_person=to_the_person)


@pytest.mark.parametrize("door", [Door.YOUNG_PEOPLE, Door.ADVOCATES])
def test_typed_words_stay_as_they_are(app: Flask, door: Door) -> None:
    assert told(WORDS, door) == [Piece(WORDS)]


@pytest.mark.parametrize("line", [NO_WORDS, *EARLIER])
def test_a_line_for_no_words_is_ours_also_as_it_was_stored_before(app: Flask, line: str) -> None:
    assert told(line, Door.YOUNG_PEOPLE) == [Piece(BY_FILE, ours=True)]
    assert told(f"It is over now.\n\n{line}", Door.EVERYONE) == [
        Piece("It is over now."),
        Piece(BY_FILE, ours=True),
    ]


@pytest.mark.parametrize("read", [READ, NOT_READ])
def test_what_an_advocate_says_of_it_is_not_the_young_persons_word(app: Flask, read: str) -> None:
    story = f"{WORDS}\n\n{ADDED}\nI saw it.\n\nTwice.\n\n{read}"
    assert told(story) == [
        Piece(WORDS),
        Piece(TO_THE_PERSON[ADDED], ours=True),
        Piece("I saw it.\n\nTwice."),
        Piece(TO_THE_PERSON[read], ours=True),
    ]
    assert told(story, to_the_person=False)[-1] == Piece(read, ours=True)


def test_at_another_door_the_same_words_are_somebodys_own(app: Flask) -> None:
    story = f"{WORDS}\n\n{READ}"
    assert told(story, Door.YOUNG_PEOPLE) == [Piece(story)]

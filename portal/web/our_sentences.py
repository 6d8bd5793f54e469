"""Sentences of ours in a story or a message, as whoever reads them at a page of ours reads them.

Whoever shows the words to the person, or to somebody who helps them, says these as the council's
own, in the language and voice of the page.
"""

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy.orm import Session

from portal.cases.messages import ThreadEntry
from portal.cases.typed_words import ADDED, NO_WORDS, NOT_READ, READ, Piece, pieces_in
from portal.marking import marked
from portal.matter_rows import FILES
from portal.records.attachment import Attachment
from portal.records.feedback import Feedback
from portal.wording import worded

NO_MESSAGE = "I have added something."
TO_THE_PERSON: Mapping[str, str] = MappingProxyType(
    {
        ADDED: marked("Your advocate adds:"),
        READ: marked("Your advocate says that you read this, or that it was read to you."),
        NOT_READ: marked("Your advocate says that you had not read this when it was sent."),
    }
)
BY_VOICE = marked("No words were typed. A voice note came with this.")
BY_FILE = marked("No words were typed. A file came with this.")


def pieces_of(session: Session, feedback: Feedback, *, to_the_person: bool) -> list[Piece]:
    """Take a story apart into the words that were typed and the sentences that are ours.

    Args:
        session: any session; it is asked for the files where no words were typed.
        feedback: whose story.
        to_the_person: whether the person reads it, and not somebody who helps them.

    Returns:
        The parts in their order; typed words stay as they are.
    """
    return [
        _said(session, feedback, piece, to_the_person) if piece.ours else piece
        for piece in pieces_in(feedback)
    ]


def of_message(entry: ThreadEntry) -> str | None:
    """What we say of a message that is files alone; None where it has words."""
    if entry.body != NO_MESSAGE or not entry.files:
        return None
    return worded(BY_VOICE if entry.by_voice else BY_FILE)


def _said(session: Session, feedback: Feedback, piece: Piece, to_the_person: bool) -> Piece:
    if piece.text == NO_WORDS:
        return Piece(worded(_without_words(FILES.of(session, feedback.id))), ours=True)
    return Piece(worded(TO_THE_PERSON[piece.text] if to_the_person else piece.text), ours=True)


def _without_words(files: list[Attachment]) -> str:
    kept = [file for file in files if file.stored_as is not None]
    alone = bool(kept) and all(file.content_type.startswith("audio/") for file in kept)
    return BY_VOICE if alone else BY_FILE

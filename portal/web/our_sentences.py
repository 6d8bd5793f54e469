"""Sentences of ours in a story or a message: the record has a line where nobody typed one.

They are stored in English among the person's words. Whoever shows the words to the person, or to
somebody who helps them, says these as the council's own, in the language and voice of the page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy.orm import Session

from portal.cases.messages import ThreadEntry
from portal.marking import marked
from portal.matter_rows import FILES
from portal.records.attachment import Attachment
from portal.records.feedback import Door, Feedback
from portal.wording import worded

# A photo of handwriting or a voice note is enough by itself.
NO_WORDS = "[No words were typed. See or hear the file that came with this.]"
# As it was stored before: a voice note was called a photo.
EARLIER = (
    "[No words were typed. See the photo or document that came with this.]",
    "[No words were typed. See the file that came with this.]",
)
NO_MESSAGE = "I have added something."
ADDED = marked("The advocate adds:")
READ = marked("The young person has read this, or had it read to them.")
NOT_READ = marked("The young person has not read this yet.")
TO_THE_PERSON: Mapping[str, str] = MappingProxyType(
    {
        ADDED: marked("Your advocate adds:"),
        READ: marked("Your advocate says that you read this, or that it was read to you."),
        NOT_READ: marked("Your advocate says that you had not read this when it was sent."),
    }
)
BY_VOICE = marked("No words were typed. A voice note came with this.")
BY_FILE = marked("No words were typed. A file came with this.")


@dataclass(frozen=True)
class Piece:
    """A part of what was told: somebody's words, or a sentence of ours about them."""

    text: str
    ours: bool = False


def pieces_of(session: Session, feedback: Feedback, *, to_the_person: bool) -> list[Piece]:
    """Take a story apart into the words that were typed and the sentences that are ours.

    Args:
        session: any session; it is asked for the files where no words were typed.
        feedback: whose story.
        to_the_person: whether the person reads it, and not somebody who helps them.

    Returns:
        The parts in their order; typed words stay as they are.
    """
    pieces: list[Piece] = []
    for part in feedback.story.split("\n\n"):
        for piece in _taken_apart(part, feedback.door):
            if not piece.ours and pieces and not pieces[-1].ours:
                pieces[-1] = Piece(f"{pieces[-1].text}\n\n{piece.text}")
            elif piece.text == NO_WORDS:
                pieces.append(Piece(worded(_without_words(FILES.of(session, feedback.id))), True))
            elif piece.ours:
                said = TO_THE_PERSON[piece.text] if to_the_person else piece.text
                pieces.append(Piece(worded(said), True))
            else:
                pieces.append(piece)
    return pieces


def of_message(entry: ThreadEntry) -> str | None:
    """What we say of a message that is files alone; None where it has words."""
    if entry.body != NO_MESSAGE or not entry.files:
        return None
    return worded(BY_VOICE if entry.by_voice else BY_FILE)


def _taken_apart(part: str, door: Door | None) -> list[Piece]:
    if part == NO_WORDS or part in EARLIER:
        return [Piece(NO_WORDS, ours=True)]
    # Somebody else may have typed these very words.
    if door is not Door.ADVOCATES:
        return [Piece(part)]
    if part in (READ, NOT_READ):
        return [Piece(part, ours=True)]
    if part.startswith(f"{ADDED}\n"):
        return [Piece(ADDED, ours=True), Piece(part.removeprefix(f"{ADDED}\n"))]
    return [Piece(part)]


def _without_words(files: list[Attachment]) -> str:
    kept = [file for file in files if file.stored_as is not None]
    alone = bool(kept) and all(file.content_type.startswith("audio/") for file in kept)
    return BY_VOICE if alone else BY_FILE

"""A story taken apart: the words that somebody typed, and the sentences of ours among them.

The record has a line of ours where nobody typed one. They are stored in English among the person's
words, so whoever quotes the words must know them.
"""

from dataclasses import dataclass

from portal.marking import marked
from portal.records.feedback import Door, Feedback

# A photo of handwriting or a voice note is enough by itself.
NO_WORDS = "[No words were typed. See or hear the file that came with this.]"
# As it was stored before: a voice note was called a photo.
EARLIER = (
    "[No words were typed. See the photo or document that came with this.]",
    "[No words were typed. See the file that came with this.]",
)
ADDED = marked("The advocate adds:")
READ = marked("The young person has read this, or had it read to them.")
NOT_READ = marked("The young person has not read this yet.")


@dataclass(frozen=True)
class Piece:
    """A part of what was told: somebody's words, or a sentence of ours about them."""

    text: str
    ours: bool = False


def pieces_in(feedback: Feedback) -> list[Piece]:
    """Take a story apart.

    Args:
        feedback: whose story.

    Returns:
        The parts in their order; typed words stay as they are, and of the sentences that say that
        there are none the present one stands for all.
    """
    pieces: list[Piece] = []
    for part in feedback.story.split("\n\n"):
        for piece in _taken_apart(part, feedback.door):
            if not piece.ours and pieces and not pieces[-1].ours:
                pieces[-1] = Piece(f"{pieces[-1].text}\n\n{piece.text}")
            else:
                pieces.append(piece)
    return pieces


def typed(feedback: Feedback) -> str:
    """The story without any sentence of ours; empty where no words were typed.

    Args:
        feedback: whose story.
    """
    return "\n\n".join(piece.text for piece in pieces_in(feedback) if not piece.ours)


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

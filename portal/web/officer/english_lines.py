"""What pages show of texts that are not in English."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.cases import in_english
from portal.matter_rows import ACCOUNT, MESSAGES
from portal.records.feedback import Feedback
from portal.records.rendering import Rendering

FIRST_WORDS = ""


@dataclass(frozen=True)
class EnglishLine:
    """What an officer wrote down of one text, and who: nothing while it waits for somebody."""

    words: str
    by: str


def of(session: Session, feedback: Feedback) -> dict[str, EnglishLine]:
    """The texts of a matter that are not in English.

    Args:
        session: any session.
        feedback: the matter.

    Returns:
        By the public ids of messages, and by `FIRST_WORDS`, what is written down of each.
    """
    texts = in_english.of(session, feedback)
    if not texts:
        return {}
    ids = {message.id: message.public_id for message in MESSAGES.of(session, feedback.id)}
    return {
        ids[one.message_id] if one.message_id is not None else FIRST_WORDS: _line(session, one)
        for one in texts
    }


def is_rendered(lines: Mapping[str, EnglishLine]) -> bool:
    """Whether an officer has put a matter's first words in English: what the classifier marks is in
    those words then, not in the person's."""
    return FIRST_WORDS in lines and bool(lines[FIRST_WORDS].words)


def _line(session: Session, text: Rendering) -> EnglishLine:
    by = ACCOUNT.first(session, text.written_by_id) if text.written_by_id is not None else None
    return EnglishLine(text.words or "", by.name if by is not None else "")

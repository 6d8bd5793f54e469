"""Which part of a text the model reads, and how to find a place in the whole text again."""

from dataclasses import dataclass

FIRST, LAST = 12_000, 4_000
"""A longer text is read at both ends only: the point stands at the start or at the end, and a
pasted history of 200,000 characters must not take minutes."""
_SUBJECT = 300


@dataclass(frozen=True)
class Segments:
    """Subject and text joined as one reading, with the way back to the text's own places."""

    joined: str
    text_at: int
    tail_at: int | None
    tail_from: int

    @classmethod
    def of(cls, subject: str | None, text: str) -> "Segments":
        """Join a subject and a text, leaving out the middle of a very long text."""
        head = f"{(subject or '').strip()[:_SUBJECT]}\n"
        if len(text) <= FIRST + LAST:
            return cls(head + text, len(head), None, 0)
        start = f"{head}{text[:FIRST]}\n"
        return cls(start + text[-LAST:], len(head), len(start), len(text) - LAST)

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where joined characters stand in the text; None for the subject or the gap."""
        if self.tail_at is not None and start >= self.tail_at:
            return start - self.tail_at + self.tail_from, end - self.tail_at + self.tail_from
        if start < self.text_at or (self.tail_at is not None and end > self.tail_at - 1):
            return None
        return start - self.text_at, end - self.text_at

"""What people wrote themselves in an answer to somebody young: how hard it is to read. The letter
around it keeps to a grade already; these words are nobody's but theirs, so they are only told."""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.cases.letter_wordings import HARDEST
from portal.catalogues import ENGLISH
from portal.correspondence import reading_grade
from portal.correspondence.voices import Voice, language_of, voice_of
from portal.records.feedback import Feedback
from portal.work import Work

NAMED = 3
"""So many of the longest sentences are named: who shortens them has mended most of it."""


@dataclass(frozen=True)
class Graded:
    """The grade of what was written. `longest` are its longest sentences, where it is harder than
    `hardest`; empty where it is not."""

    grade: float
    hardest: float
    longest: tuple[str, ...]

    @property
    def too_hard(self) -> bool:
        """Whether it asks for more years of school than our own letters do."""
        return self.grade > self.hardest


def graded(work: Work, feedback: Feedback, words: Iterable[str | None]) -> Graded | None:
    """Grade what was written for somebody young.

    Args:
        work: the open act.
        feedback: whose answer it is.
        words: the opening, the apology, the reasons and the promises, in any order; what is empty
            counts for nothing.

    Returns:
        The grade; None where the reader is not young, reads another language than English, for
        which there is no such formula here, or nothing is written yet.
    """
    written = "\n".join(text.strip() for text in words if text and text.strip())
    young = voice_of(work.session, feedback) is Voice.YOUNG
    if not written or not young or language_of(work.council, feedback) != ENGLISH:
        return None
    grade, hardest = reading_grade.grade(written), HARDEST[Voice.YOUNG]
    named = reading_grade.longest(written, NAMED) if grade > hardest else ()
    return Graded(grade, hardest, named)

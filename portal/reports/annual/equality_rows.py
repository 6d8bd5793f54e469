"""What those who complained said of themselves: counts of a year, which lead to nobody's matter.

The answers are sealed one by one, so they are opened and counted here, and only counts go on.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import literal, select

from portal.many_questions import Question
from portal.procedures.equality import AgeBand, Disability, Ethnicity, Orientation, Sex
from portal.procedures.vocabulary import Category
from portal.records.equality_answer import EqualityAnswer
from portal.reports.annual.scope import Scope

QUESTIONS: Mapping[type[StrEnum], str] = {
    AgeBand: "age_band",
    Sex: "sex",
    Disability: "disability",
    Ethnicity: "ethnicity",
    Orientation: "orientation",
}
"""Each question with its column."""
Answers = Mapping[type[StrEnum], Counter[str | None]]


def question(scope: Scope) -> Question:
    """Ask for the answers of those who said that they complained.

    Args:
        scope: the report's bounds; only its year counts, for answers have no day and no team.
    """
    columns = [getattr(EqualityAnswer, name) for name in QUESTIONS.values()]
    wanted = select(*columns).where(
        EqualityAnswer.year == scope.year.name, EqualityAnswer.category == Category.COMPLAINT
    )
    # They have no order.
    return Question(wanted, literal(0))


def read(rows: Iterable[Any]) -> Answers:
    """Count them, question by question.

    Args:
        rows: what `question` found.

    Returns:
        For each question how often each answer was given; None is a question left empty.
    """
    found: dict[type[StrEnum], Counter[str | None]] = {kind: Counter() for kind in QUESTIONS}
    for row in rows:
        for kind, answer in zip(QUESTIONS, row, strict=True):
            found[kind][answer] += 1
    return found

"""What those who complained said of themselves: counts of a year, which lead to nobody's matter.

The answers are sealed one by one, so they are opened and counted here, and only counts go on.
"""

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

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


def read(session: Session, scope: Scope) -> Answers:
    """Count the answers of those who said that they complained, question by question.

    Args:
        session: any session.
        scope: the report's bounds; only its year counts, for answers have no day and no team.

    Returns:
        For each question how often each answer was given; None is a question left empty.
    """
    columns = [getattr(EqualityAnswer, name) for name in QUESTIONS.values()]
    wanted = select(*columns).where(
        EqualityAnswer.year == scope.year.name, EqualityAnswer.category == Category.COMPLAINT
    )
    found: dict[type[StrEnum], Counter[str | None]] = {kind: Counter() for kind in QUESTIONS}
    for row in session.execute(wanted):
        for kind, answer in zip(QUESTIONS, row, strict=True):
            found[kind][answer] += 1
    return found

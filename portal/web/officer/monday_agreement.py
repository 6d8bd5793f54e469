"""How often officers decided as was suggested, for the Monday view: of the whole council."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from portal.access.acts import Act
from portal.records.decision import Sight
from portal.reports.annual.cells import SAME, count, hidden, share, words
from portal.reports.annual.table import Cell, CellKind, Chapter, Check, ReportTable
from portal.triage import agreement
from portal.triage.agreement import Compared, Question
from portal.web.access import may
from portal.web.officer.suggestion_figures import FEW
from portal.web.officer.suggestions_form import QUESTIONS

ID = "M13"
SIGHTS = (Sight.BLIND, Sight.SHOWN)
COLUMNS = (
    "Question",
    "Decided first",
    "Decided first, as suggested",
    "Suggestion in view",
    "In view, as suggested",
)
COUNCIL = (
    "The whole council is counted here: cases that are not open to you are counted, and not listed."
)
# To whoever does not work with suggestions, one case would say what one officer did with one.
ONE_OFFICER = (
    f"{COUNCIL} The shares lead to no cases, because a single case would say what one officer did"
    " with one suggestion."
)


def chapter(session: Session, months: Sequence[date], today: date) -> Chapter:
    """The chapter.

    Args:
        session: any session.
        months: the first day of each month that is counted.
        today: the day that the figures stand for.
    """
    title = "The program’s suggestions"
    return Chapter("suggestions", title, (table(session, months, today),), Check(()))


def table(session: Session, months: Sequence[date], today: date) -> ReportTable:
    """Its one table. A count leads to all that were compared, a share to those decided as
    suggested.

    Args:
        session, months, today: as in `chapter`.
    """
    found = agreement.compared(session, months[0], months[-1])
    works_with_them = may(Act.SEE_SUGGESTION_FIGURES)
    rows = tuple(
        (
            words(QUESTIONS[question]),
            *(
                cell
                for sight in SIGHTS
                for cell in _cells(found[question].get(sight), works_with_them=works_with_them)
            ),
        )
        for question in Question
    )
    return ReportTable(
        id=ID,
        title="Agreement with the program’s suggestions",
        columns=COLUMNS,
        rows=rows,
        base="Decisions of the whole council in these months, with a suggestion beside them",
        base_count=None,
        as_at=today,
        definition=(
            "How often the officer decided as the program suggests. Whoever sees a suggestion "
            "tends to agree with it, so only what was decided first says how good it is."
        ),
        filter="What was decided without a suggestion.",
        no_cases=COUNCIL if works_with_them else ONE_OFFICER,
    )


def _cells(found: Compared | None, *, works_with_them: bool) -> tuple[Cell, Cell]:
    """How many decisions, and in what share of them the officer decided as suggested."""
    if found is None:
        return count(()), Cell(CellKind.SHARE, None, SAME)
    decided, agreed = len(found.decided), len(found.agreed)
    if works_with_them:
        told = share(agreed, decided, found.agreed)
        if decided < FEW:
            told = Cell(CellKind.WORDS, None, f"{agreed} of {decided}", tuple(found.agreed))
        return count(found.decided), told
    if decided < FEW:
        # Few decisions would say what one officer did; those who work with them see them anyway.
        return hidden(), hidden(CellKind.SHARE)
    return count(found.decided), share(agreed, decided)

"""How often officers decided as was suggested, for the Monday view: of the whole council."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from portal.access.acts import Act
from portal.records.decision import Sight
from portal.reports.annual.cells import SAME, hidden, share, words
from portal.reports.annual.table import Cell, CellKind, Chapter, Check, ReportTable
from portal.triage import agreement
from portal.triage.agreement import Count, Question
from portal.web.access import may
from portal.web.officer.suggestion_figures import FEW
from portal.web.officer.suggestions_form import QUESTIONS

SIGHTS = {Sight.BLIND: "Decided first", Sight.SHOWN: "Suggestion in view"}


def chapter(session: Session, months: Sequence[date], today: date) -> Chapter:
    """The chapter.

    Args:
        session: any session.
        months: the first day of each month that is counted.
        today: the day that the figures stand for.
    """
    counts = agreement.overview(session, months[0], months[-1])
    rows = tuple(
        (words(QUESTIONS[question]), *(_cell(counts[question].get(sight)) for sight in SIGHTS))
        for question in Question
    )
    table = ReportTable(
        id="M13",
        title="Agreement with the program’s suggestions",
        columns=("Question", *SIGHTS.values()),
        rows=rows,
        base="Decisions of the whole council in these months, with a suggestion beside them",
        base_count=None,
        as_at=today,
        definition=(
            "How often the officer decided as the program suggests. Whoever sees a suggestion "
            "tends to agree with it, so only what was decided first says how good it is."
        ),
        filter="What was decided without a suggestion.",
    )
    title = "The program’s suggestions"
    return Chapter("suggestions", title, (table,), Check(()))


def _cell(found: Count | None) -> Cell:
    if found is None or not found.decided:
        return Cell(CellKind.SHARE, None, SAME)
    if found.decided >= FEW:
        return share(found.agreed, found.decided)
    # Few decisions would say what one officer did; those who work with them see them anyway.
    if may(Act.SEE_SUGGESTION_FIGURES):
        return words(f"{found.agreed} of {found.decided}")
    return hidden(CellKind.SHARE)

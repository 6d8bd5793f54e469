"""Invented contacts for the tests of which procedure."""

from datetime import date

from portal.procedures.conclusion import Conclusion, QuestionCode
from portal.procedures.function import Function
from portal.procedures.matter import LocalRules, Matter, Part, Writer
from portal.procedures.person import PersonCode
from portal.procedures.proceedings import Proceeding, ProceedingKind, ProceedingState
from portal.procedures.which import THE_LAW, conclude

RECEIVED = date(2026, 11, 2)
LAST_MONTH = date(2026, 10, 5)
COURT = Proceeding(ProceedingKind.COURT, ProceedingState.UNDER_WAY)


def concluded(
    function: Function,
    person: PersonCode = PersonCode.PARENT,
    *,
    local: LocalRules = THE_LAW,
    proceedings: tuple[Proceeding, ...] | None = (),
    part: dict[str, object] | None = None,
    **writer: object,
) -> Conclusion:
    """Conclude for one part that came in time, with no proceedings, unless told otherwise."""
    known: dict[str, object] = {"arose": LAST_MONTH, **(part or {})}
    matter = Matter(
        RECEIVED,
        Writer(person, **writer),  # type: ignore[arg-type]
        (Part(function, **known),),  # type: ignore[arg-type]
        proceedings,
    )
    (conclusion,) = conclude(matter, local)
    return conclusion


def asked(conclusion: Conclusion) -> set[QuestionCode]:
    """Give the codes of the open questions."""
    return {question.code for question in conclusion.missing}


def sources(conclusion: Conclusion) -> str:
    """Give all sources of a conclusion in one text."""
    return "; ".join(because.source for because in conclusion.reasons)

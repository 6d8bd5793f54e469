"""What the case page shows of the points, what was found on them, and what is promised."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal.cases import answers, points, remedies
from portal.procedures.remedy import RemedyState, kept
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.web.officer import procedure_words
from portal.web.officer.readable import findings_readable, remedies_readable

UNFINISHED = (RemedyState.PROPOSED, RemedyState.PROMISED)


@dataclass(frozen=True)
class PointLine:
    """One point: its words, how it stands, and what each giver has found on it."""

    number: int
    text: str
    state: tuple[str, str]
    found: tuple[str, ...]


@dataclass(frozen=True)
class PromiseLine:
    """Something that is still to be done, or to be answered."""

    text: str
    state: tuple[str, str]
    due_on: date | None
    late: bool


def point_lines(session: Session, feedback: Feedback, case: Case) -> list[PointLine]:
    """The points that are open, with what was found as far as the reader may read it."""
    live = points.live(session, case)
    if not live:
        return []
    found: dict[int, list[str]] = {}
    for answer in answers.given(session, case, findings_readable(session, feedback, case)):
        for one in answer.points:
            words = procedure_words.SETTLED_WORDS
            if not one.resolved:
                words = procedure_words.FINDINGS[one.finding] if one.finding else "No finding yet"
            told = f"{procedure_words.GIVERS[answer.giver]}: {words[0].lower()}{words[1:]}"
            found.setdefault(one.point.id, []).append(told)
    return [
        PointLine(
            point.number,
            point.text,
            procedure_words.POINT_STATES[point.state],
            tuple(found.get(point.id, ())),
        )
        for point in live
    ]


def promise_lines(
    session: Session, feedback: Feedback, case: Case, today: date
) -> list[PromiseLine]:
    """What is promised and not done, and recommendations without an answer, the next first."""
    listed = [one for one in remedies.of_case(session, case) if one.state in UNFINISHED]
    if not listed:
        return []
    lines = [
        PromiseLine(
            remedy.text,
            procedure_words.KEPT[kept(remedy.due_on, None, today)]
            if remedy.state is RemedyState.PROMISED
            else procedure_words.REMEDY_STATES[remedy.state],
            remedy.due_on,
            remedy.due_on is not None and remedy.due_on < today,
        )
        for remedy in remedies_readable(session, feedback, case, listed)
    ]
    return sorted(lines, key=lambda line: (line.due_on is None, line.due_on or date.max))

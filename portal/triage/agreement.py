"""How often officers agree with what is suggested: counted by the database, in grouped queries.

Each question costs three walks over `comparison`, however many decisions there are, and none opens
anybody's words. What was decided before the suggestion was shown is always counted apart: only that
says how good the suggestions are, because whoever sees one tends to agree with it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Integer, case, cast, func, select
from sqlalchemy.orm import Session

from portal.records.comparison import Comparison
from portal.records.decision import Sight

BINS = 10


class Question(StrEnum):
    """What is suggested, one by one. A team among three is right when it is any of the three."""

    CATEGORY = "category"
    AREA = "area"
    TEAM = "team"
    TEAM_AMONG_THREE = "team_among_three"
    PROCEDURE = "procedure"
    NATURE = "nature"
    RELATIONSHIP = "relationship"
    RISK = "risk"


class Breakdown(StrEnum):
    """By what agreement is divided, beside the labels of the question itself."""

    AREA = "area"
    CHANNEL = "channel"
    WRITER = "relationship"
    MONTH = "month"


@dataclass(frozen=True)
class Count:
    """So many decisions, and in how many of them the officer decided as suggested."""

    decided: int = 0
    agreed: int = 0

    def __add__(self, other: "Count") -> "Count":
        """Both together."""
        return Count(self.decided + other.decided, self.agreed + other.agreed)


Counts = Mapping[Sight, Count]


@dataclass
class Compared:
    """The matters of some decisions, by their keys: all of them, and those decided as suggested."""

    decided: list[int] = field(default_factory=list)
    agreed: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class CodeLine:
    """One label that officers decided on: how often it was suggested, and what was instead."""

    code: StrEnum
    counts: Counts
    instead: StrEnum | None


@dataclass(frozen=True)
class Bin:
    """Suggestions of nearly the same confidence: how sure they were, and how often right."""

    count: Count
    said: float

    @property
    def right(self) -> float:
        """The share that officers decided as suggested."""
        return self.count.agreed / self.count.decided if self.count.decided else 0.0


@dataclass(frozen=True)
class Calibration:
    """Confidence against truth, in ten bins from 0 to 1; an empty bin is None."""

    bins: tuple[Bin | None, ...] = (None,) * BINS

    @property
    def total(self) -> Count:
        """All bins together."""
        return sum((one.count for one in self.bins if one is not None), Count())

    @property
    def error(self) -> float | None:
        """The expected calibration error: by how much confidence and truth differ, on average."""
        total = self.total.decided
        if not total:
            return None
        gaps = (one.count.decided * abs(one.right - one.said) for one in self.bins if one)
        return sum(gaps) / total


@dataclass(frozen=True)
class Figures:
    """Everything about one question in one period."""

    breakdowns: Mapping[Breakdown, Mapping[Any, Counts]] = field(default_factory=dict)
    codes: tuple[CodeLine, ...] = ()
    calibration: Mapping[Sight, Calibration] = field(default_factory=dict)


def months(session: Session) -> list[date]:
    """The months, by their first days, in which something was compared; the oldest first."""
    wanted = select(Comparison.month).distinct().order_by(Comparison.month)
    return list(session.scalars(wanted))


def overview(session: Session, first: date, last: date) -> dict[Question, Counts]:
    """Count every question in one walk.

    Args:
        session: any session.
        first, last: the first days of the first and the last month.
    """
    columns: list[Any] = [Comparison.sight]
    for question in Question:
        columns += [_asked(question), _agreed(question)]
    wanted = select(*columns).where(_within(first, last)).group_by(Comparison.sight)
    found: dict[Question, dict[Sight, Count]] = {question: {} for question in Question}
    for sight, *numbers in session.execute(wanted):
        for at, question in enumerate(Question):
            found[question][sight] = Count(*(int(n or 0) for n in numbers[2 * at : 2 * at + 2]))
    return dict(found)


def compared(session: Session, first: date, last: date) -> dict[Question, dict[Sight, Compared]]:
    """The matters behind `overview`, in one walk that opens nobody's words.

    Args:
        session, first, last: as in `overview`.
    """
    wanted = select(
        Comparison.feedback_id, Comparison.sight, *(_same(question) for question in Question)
    ).where(_within(first, last))
    found: dict[Question, dict[Sight, Compared]] = {question: {} for question in Question}
    for matter, sight, *answers in session.execute(wanted.order_by(Comparison.feedback_id)):
        for question, same in zip(Question, answers, strict=True):
            if same is None:
                continue
            of = found[question].setdefault(sight, Compared())
            of.decided.append(matter)
            if same:
                of.agreed.append(matter)
    return found


def figures(session: Session, question: Question, first: date, last: date) -> Figures:
    """Count one question by everything that it is divided by.

    Args:
        session: any session.
        question: which.
        first, last: as in `overview`.
    """
    within = _within(first, last) & _given(question)
    return Figures(
        breakdowns=_breakdowns(session, question, within),
        codes=_codes(session, question, within),
        calibration=_calibration(session, question, within),
    )


def _breakdowns(
    session: Session, question: Question, within: ColumnElement[bool]
) -> dict[Breakdown, dict[Any, Counts]]:
    """All four in one walk: the cube has far fewer rows than there are decisions."""
    parts = [getattr(Comparison, kind.value) for kind in Breakdown]
    wanted = select(*parts, Comparison.sight, _asked(question), _agreed(question))
    cube = session.execute(wanted.where(within).group_by(*parts, Comparison.sight))
    sums: dict[Breakdown, dict[Any, dict[Sight, Count]]] = {
        kind: defaultdict(lambda: defaultdict(Count)) for kind in Breakdown
    }
    for *keys, sight, asked, agreed in cube:
        for kind, key in zip(Breakdown, keys, strict=True):
            sums[kind][key][sight] += Count(int(asked), int(agreed or 0))
    return {
        kind: {key: dict(counts) for key, counts in found.items()} for kind, found in sums.items()
    }


def _codes(
    session: Session, question: Question, within: ColumnElement[bool]
) -> tuple[CodeLine, ...]:
    decided, suggested = _columns(question)
    wanted = select(decided, suggested, Comparison.sight, func.count(), _agreed(question))
    found = session.execute(wanted.where(within).group_by(decided, suggested, Comparison.sight))
    counts: dict[StrEnum, dict[Sight, Count]] = defaultdict(lambda: defaultdict(Count))
    others: dict[StrEnum, dict[StrEnum, int]] = defaultdict(lambda: defaultdict(int))
    for code, other, sight, number, agreed in found:
        counts[code][sight] += Count(number, int(agreed or 0))
        if other is not code:
            others[code][other] += number
    return tuple(
        CodeLine(code, dict(counts[code]), _most(others[code]))
        for code in _in_order(question, counts)
    )


def _most(found: Mapping[StrEnum, int]) -> StrEnum | None:
    return max(found, key=lambda code: (found[code], code.value)) if found else None


def _in_order(question: Question, found: Iterable[StrEnum]) -> list[StrEnum]:
    order = list(_columns(question)[0].type.enum_class)
    return sorted(found, key=order.index)


def _calibration(
    session: Session, question: Question, within: ColumnElement[bool]
) -> dict[Sight, Calibration]:
    if question is Question.TEAM_AMONG_THREE:
        # The three have no confidence together.
        return {}
    confidence = getattr(Comparison, f"{question.value}_confidence")
    number = case(*((confidence >= at / BINS, at) for at in range(BINS - 1, 0, -1)), else_=0).label(
        "bin"
    )
    wanted = select(
        number, Comparison.sight, func.count(), func.sum(confidence), _agreed(question)
    ).where(within)
    found: dict[Sight, list[Bin | None]] = defaultdict(lambda: [None] * BINS)
    for at, sight, decided, said, agreed in session.execute(
        wanted.group_by(number, Comparison.sight)
    ):
        found[sight][at] = Bin(Count(decided, int(agreed or 0)), float(said) / decided)
    return {sight: Calibration(tuple(bins)) for sight, bins in found.items()}


def _columns(question: Question) -> tuple[Any, Any]:
    name = Question.TEAM if question is Question.TEAM_AMONG_THREE else question
    return getattr(Comparison, name.value), getattr(Comparison, f"{name.value}_suggested")


def _asked(question: Question) -> ColumnElement[int]:
    # Counts what is not empty: a nature that only one of the two gave is no comparison.
    return func.count(_columns(question)[1])


def _agreed(question: Question) -> ColumnElement[int]:
    if question is Question.TEAM_AMONG_THREE:
        return func.sum(cast(Comparison.team_among_three, Integer))
    decided, suggested = _columns(question)
    return func.sum(case((decided == suggested, 1), else_=0))


def _same(question: Question) -> Any:
    """Whether one was decided as suggested; None where there is nothing to compare."""
    if question is Question.TEAM_AMONG_THREE:
        return Comparison.team_among_three
    decided, suggested = _columns(question)
    return decided == suggested


def _given(question: Question) -> ColumnElement[bool]:
    found: ColumnElement[bool] = _columns(question)[1].is_not(None)
    return found


def _within(first: date, last: date) -> ColumnElement[bool]:
    return Comparison.month.between(first, last)

"""One page of what was found: its lines, and the extracts in which the words stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from portal.cases.next_due import NEXT_DUE, with_open_stage
from portal.procedures.state import State
from portal.procedures.vocabulary import Category, ProcedureCode, Relationship, Risk, Team
from portal.records.case import Case, CaseStage, CaseState
from portal.records.decision import Decision
from portal.records.feedback import YOUNG_DOORS, Channel, Feedback, FeedbackState
from portal.records.matter_tag import MatterTag
from portal.triage.find import pieces, searching
from portal.triage.find.filters import Filters
from portal.triage.find.highlights import Extract, extracts, has_phrases
from portal.triage.find.searching import MOST_RANKED, Asked, Place
from portal.triage.first_part import first_parts

PAGE = 25
# A phrase is looked for in texts that must be opened: no page opens more matters than this.
MOST_OPENED = 100


@dataclass(frozen=True)
class Line:
    """One matter that was found. `risk` is what an officer decided, or danger now: a suggestion is
    not told here. `due_on` is the next date of an open case."""

    id: int
    public_id: str
    reference: str
    channel: Channel
    received_on: date
    waits: bool
    category: Category | None
    team: Team | None
    procedure: ProcedureCode | None
    risk: Risk
    young: bool
    is_case: bool
    procedure_state: State | None
    due_on: date | None
    overdue: bool
    tags: tuple[str, ...] = ()
    extracts: tuple[Extract, ...] = ()


@dataclass(frozen=True)
class Results:
    """A page. `total` counts up to a thousand, and `more` says that there are more than that.
    `after` is the public id behind which the next page begins; None on the last."""

    lines: tuple[Line, ...]
    total: int
    more: bool
    after: str | None


def page(
    session: Session,
    asked: Asked | None,
    narrowed: Filters,
    visible: ColumnElement[bool],
    today: date,
    after: str | None = None,
) -> Results:
    """Find one page: one statement finds, ranks and counts, one opens the texts of what is shown,
    one reads its lines.

    Args:
        session: any session.
        asked: the words; None where only filters are asked for.
        narrowed: the filters.
        visible: what the reader may see, from `portal.access.permission.visible`.
        today: against which a date is overdue.
        after: the public id of the last line of the page before.
    """
    if asked is None:
        found = searching.listed(session, narrowed, visible, today, PAGE + 1, after)
        opened = _Opened(found.places[:PAGE], {}, len(found.places[:PAGE]))
    else:
        # Only a phrase can leave something out that the index has found.
        most = MOST_OPENED if asked.phrases else PAGE
        found = searching.ranked(session, asked, narrowed, visible, today, most + 1, after)
        opened = _opened(session, found.places[:most], asked)
    lines = _lines(session, [one.id for one in opened.shown], today)
    told = tuple(replace(one, extracts=opened.extracts.get(one.id, ())) for one in lines)
    more = 0 < opened.number < len(found.places)
    return Results(
        told,
        min(found.total, MOST_RANKED),
        found.total > MOST_RANKED,
        found.places[opened.number - 1].public_id if more else None,
    )


def keys_of_all(
    session: Session,
    asked: Asked | None,
    narrowed: Filters,
    visible: ColumnElement[bool],
    today: date,
) -> list[int] | None:
    """Everything that words find, for a file of it; None where there are no words, because then
    there may be more than a list should hold.

    Args:
        session, asked, narrowed, visible, today: as in `page`.
    """
    if asked is None:
        return None
    found = searching.ranked(session, asked, narrowed, visible, today, MOST_RANKED)
    keys = [one.id for one in found.places]
    if not asked.phrases:
        return keys
    kept: list[int] = []
    for start in range(0, len(keys), MOST_OPENED):
        some = pieces.each_of(session, keys[start : start + MOST_OPENED], desk=asked.desk)
        kept += [key for key, texts in some if has_phrases(texts, asked)]
    return kept


@dataclass(frozen=True)
class _Opened:
    """What was opened for a page: what is shown, its extracts, and how many were looked into."""

    shown: Sequence[Place]
    extracts: Mapping[int, tuple[Extract, ...]]
    number: int


def _opened(session: Session, places: Sequence[Place], asked: Asked) -> _Opened:
    """Open matters until a page is full; none of those behind it."""
    shown: list[Place] = []
    found: dict[int, tuple[Extract, ...]] = {}
    number = 0
    each = pieces.each_of(session, [one.id for one in places], desk=asked.desk)
    for place, (key, texts) in zip(places, each, strict=False):
        number += 1
        if has_phrases(texts, asked):
            shown.append(place)
            found[key] = tuple(extracts(texts, asked))
        if len(shown) == PAGE:
            break
    return _Opened(shown, found, number)


def _lines(session: Session, keys: Sequence[int], today: date) -> list[Line]:
    if not keys:
        return []
    rows = first_parts(session.execute(_columns(keys)))
    return [_line(rows[key], today) for key in keys if key in rows]


def _columns(keys: Sequence[int]) -> Any:
    wanted: Any = (
        select(
            Feedback.id.label("Feedback_id"),
            Feedback.public_id,
            Feedback.reference,
            Feedback.channel,
            Feedback.door,
            Feedback.relationship_said,
            Feedback.category_said,
            Feedback.received_on,
            Feedback.state,
            Feedback.risk,
            Decision.category.label("decided_category"),
            Decision.team.label("decided_team"),
            Decision.procedure.label("decided_procedure"),
            Decision.risk.label("decided_risk"),
            Case.category.label("case_category"),
            Case.team.label("case_team"),
            Case.procedure.label("case_procedure"),
            Case.state.label("case_state"),
            Case.part.label("part"),
            Case.procedure_state,
            CaseStage.due_on,
            NEXT_DUE.label("next_due"),
            _TAGS.label("tags"),
        )
        .outerjoin(Decision, Decision.feedback_id == Feedback.id)
        .outerjoin(Case, Case.feedback_id == Feedback.id)
    )
    return with_open_stage(wanted).where(Feedback.id.in_(keys))


# The tags of a matter with its line: codes, which hold no space.
_TAGS = (
    select(func.aggregate_strings(MatterTag.tag, " "))
    .where(MatterTag.feedback_id == Feedback.id)
    .correlate(Feedback)
    .scalar_subquery()
)


def _line(row: Any, today: date) -> Line:
    runs = row.case_state is CaseState.OPEN
    due_on = row.next_due if runs and row.due_on is not None else None
    return Line(
        id=row.Feedback_id,
        public_id=row.public_id,
        reference=row.reference,
        channel=row.channel,
        received_on=row.received_on,
        waits=row.state is FeedbackState.WAITING,
        category=row.case_category or row.decided_category or row.category_said,
        team=row.case_team or row.decided_team,
        procedure=row.case_procedure or row.decided_procedure,
        risk=_risk(row),
        young=row.door in YOUNG_DOORS or row.relationship_said is Relationship.YOUNG_PERSON,
        is_case=row.case_state is not None,
        procedure_state=row.procedure_state if runs else None,
        due_on=due_on,
        overdue=due_on is not None and due_on < today,
        tags=tuple(sorted((row.tags or "").split())),
    )


def _risk(row: Any) -> Risk:
    if Risk.NOW in (row.risk, row.decided_risk):
        # What was decided to be danger now may be over since, and may have come back.
        return Risk(row.risk)
    return row.decided_risk or Risk.NONE

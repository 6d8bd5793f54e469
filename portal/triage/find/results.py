"""One page of what was found: its lines, and the extracts in which the words stand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from portal.cases.next_due import NEXT_DUE, with_open_stage
from portal.procedures.state import State
from portal.procedures.vocabulary import Category, ProcedureCode, Relationship, Risk, Team
from portal.records.case import Case, CaseStage, CaseState
from portal.records.decision import Decision
from portal.records.feedback import YOUNG_DOORS, Channel, Feedback, FeedbackState
from portal.records.matter_tag import MatterTag
from portal.triage.find import searching
from portal.triage.find.filters import Filters
from portal.triage.find.highlights import Extract, extracts, has_phrases
from portal.triage.find.pieces import pieces_of
from portal.triage.find.searching import MOST_RANKED, Asked
from portal.triage.first_part import first_parts

PAGE = 25
# A phrase is looked for in texts that must be opened: no page opens more matters than this.
MOST_OPENED = 200


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
    """Find one page.

    Args:
        session: any session.
        asked: the words; None where only filters are asked for.
        narrowed: the filters.
        visible: what the reader may see, from `portal.access.permission.visible`.
        today: against which a date is overdue.
        after: the public id of the last line of the page before.
    """
    behind = _key_of(session, after) if after else None
    if asked is None:
        return _listed(session, narrowed, visible, today, behind)
    keys = searching.ranked(session, asked, narrowed, visible, today)
    total = len(keys)
    start = keys.index(behind) + 1 if behind in keys else 0
    shown, found, ended = _opened(session, keys[start:], asked)
    lines = _lines(session, shown, today)
    told = tuple(replace(one, extracts=found.get(one.id, ())) for one in lines)
    more = None if ended is None else _public_id_of(session, ended)
    return Results(told, min(total, MOST_RANKED), total > MOST_RANKED, more)


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
    keys = searching.ranked(session, asked, narrowed, visible, today)[:MOST_RANKED]
    if not asked.phrases:
        return keys
    kept: list[int] = []
    for start in range(0, len(keys), PAGE):
        some = keys[start : start + PAGE]
        texts = pieces_of(session, some)
        kept += [key for key in some if has_phrases(texts.get(key, ()), asked)]
    return kept


def _listed(
    session: Session,
    narrowed: Filters,
    visible: ColumnElement[bool],
    today: date,
    behind: int | None,
) -> Results:
    keys = searching.listed(session, narrowed, visible, today, PAGE + 1, behind)
    total = searching.count(session, narrowed, visible, today)
    lines = _lines(session, keys[:PAGE], today)
    after = lines[-1].public_id if len(keys) > PAGE and lines else None
    return Results(tuple(lines), min(total, MOST_RANKED), total > MOST_RANKED, after)


def _opened(
    session: Session, keys: Sequence[int], asked: Asked
) -> tuple[list[int], dict[int, tuple[Extract, ...]], int | None]:
    """Open matters until a page is full: those to show, their extracts, and the key behind which
    there is more."""
    shown: list[int] = []
    found: dict[int, tuple[Extract, ...]] = {}
    at = 0
    while at < min(len(keys), MOST_OPENED) and len(shown) < PAGE:
        some = keys[at : at + PAGE - len(shown)]
        texts = pieces_of(session, some)
        for key in some:
            if has_phrases(texts.get(key, ()), asked):
                shown.append(key)
                found[key] = tuple(extracts(texts.get(key, ()), asked))
        at += len(some)
    return shown, found, keys[at - 1] if 0 < at < len(keys) else None


def _lines(session: Session, keys: Sequence[int], today: date) -> list[Line]:
    if not keys:
        return []
    rows = first_parts(session.execute(_columns(keys)))
    tags: dict[int, list[str]] = {}
    tagged = select(MatterTag.feedback_id, MatterTag.tag).where(MatterTag.feedback_id.in_(keys))
    for feedback_id, tag in session.execute(tagged.order_by(MatterTag.id)):
        tags.setdefault(feedback_id, []).append(tag)
    return [_line(rows[key], tuple(tags.get(key, ())), today) for key in keys if key in rows]


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
        )
        .outerjoin(Decision, Decision.feedback_id == Feedback.id)
        .outerjoin(Case, Case.feedback_id == Feedback.id)
    )
    return with_open_stage(wanted).where(Feedback.id.in_(keys))


def _line(row: Any, tags: tuple[str, ...], today: date) -> Line:
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
        risk=Risk.NOW if row.risk is Risk.NOW else row.decided_risk or Risk.NONE,
        young=row.door in YOUNG_DOORS or row.relationship_said is Relationship.YOUNG_PERSON,
        is_case=row.case_state is not None,
        procedure_state=row.procedure_state if runs else None,
        due_on=due_on,
        overdue=due_on is not None and due_on < today,
        tags=tags,
    )


def _key_of(session: Session, public_id: str) -> int | None:
    # Only a place in a list that is found anew: it opens nothing.
    return session.scalar(select(Feedback.id).where(Feedback.public_id == public_id))


def _public_id_of(session: Session, key: int) -> str | None:
    return session.scalar(select(Feedback.public_id).where(Feedback.id == key))

"""Everything of a matter that is searched in, by the keys of matters: one query opens a page of it.

It is what whoever may read a matter sees on its pages, and no more; what only the complaints team
sees there is told apart. Where the triggers of `portal.records.find_triggers` tell of a change, a
piece is read again.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    LargeBinary,
    Select,
    and_,
    bindparam,
    exists,
    literal,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal.columns import PrivateText, Unreadable, data_keys, unseal
from portal.correspondence.outbox import NOT_IN_THE_THREAD
from portal.procedures.completeness import TOLD_BY
from portal.records.attachment import Attachment
from portal.records.case import Case
from portal.records.case_event import CaseEvent
from portal.records.feedback import Feedback
from portal.records.file_text import FileText
from portal.records.handover import Handover
from portal.records.message import Message
from portal.records.outbox_letter import OutboxLetter
from portal.records.party import Party
from portal.records.point import Point, PointFinding
from portal.records.remedy import Remedy
from portal.records.rendering import Rendering

# How much a word counts where it stands: who and what before what was written about it since.
HEAD, OWN_WORDS, REST = 4, 2, 1
STORY = "In their own words"


@dataclass(frozen=True)
class Piece:
    """One text of a matter: what it is, in officers' words, how much its words count, and whether
    only the complaints team reads it."""

    kind: str
    text: str
    weight: int
    desk: bool = False


@dataclass(frozen=True)
class _Source:
    column: Any
    kind: str
    weight: int
    matter: Any = None
    also: ColumnElement[bool] | None = None
    desk: bool = False


def _told() -> ColumnElement[bool]:
    """Findings of which the person was told, as `portal.cases.answers` shows them: others are
    drafts. A joined case is answered with its lead's findings."""
    events = or_(
        *(
            and_(PointFinding.giver == giver, CaseEvent.event.in_(sorted(some)))
            for giver, some in TOLD_BY.items()
        )
    )
    with_lead = CaseEvent.details["with_lead"].as_boolean()
    return exists().where(
        CaseEvent.stage_id == PointFinding.stage_id, with_lead.is_not(True), events
    )


_IN_THREAD = OutboxLetter.shown_to_person & OutboxLetter.kind.not_in(NOT_IN_THE_THREAD)
_SOURCES: tuple[_Source, ...] = (
    _Source(Party.name, "Name", HEAD, Party.feedback_id),
    _Source(Feedback.subject, "Subject", HEAD, Feedback.id),
    _Source(Feedback.story, STORY, OWN_WORDS, Feedback.id),
    _Source(Feedback.wanted, "What they want", OWN_WORDS, Feedback.id),
    _Source(Feedback.about_whom, "About whom", OWN_WORDS, Feedback.id),
    _Source(Feedback.service_said, "About which service", OWN_WORDS, Feedback.id),
    _Source(Party.email, "E-mail address", HEAD, Party.feedback_id),
    _Source(Party.phone, "Telephone number", HEAD, Party.feedback_id),
    _Source(Party.address, "Postal address", HEAD, Party.feedback_id),
    _Source(Message.body, "A message", REST, Message.feedback_id),
    _Source(OutboxLetter.subject, "A letter’s subject", REST, OutboxLetter.feedback_id, _IN_THREAD),
    _Source(OutboxLetter.body, "A letter", REST, OutboxLetter.feedback_id, _IN_THREAD),
    _Source(Attachment.filename, "A file’s name", REST),
    _Source(Attachment.heard, "What an officer wrote down of a file", OWN_WORDS),
    _Source(Rendering.words, "What an officer wrote in English", OWN_WORDS, Rendering.feedback_id),
    _Source(FileText.text, "A file", REST),
    _Source(Point.text, "A point of complaint", REST, Case.feedback_id),
    _Source(Remedy.text, "A promise", REST, Case.feedback_id),
    _Source(PointFinding.reasons, "The reasons of a finding", REST, Case.feedback_id, _told()),
    _Source(Handover.words, "What was passed on", REST, Handover.feedback_id, desk=True),
)


def pieces_of(session: Session, ids: Iterable[int], *, desk: bool) -> dict[int, list[Piece]]:
    """Open every text of some matters.

    Args:
        session: any session.
        ids: the keys of the matters.
        desk: also what only the complaints team reads.

    Returns:
        The texts of each, in the order of the sources; nothing for what was erased.
    """
    return {key: texts for key, texts in each_of(session, ids, desk=desk) if texts}


def each_of(
    session: Session, ids: Iterable[int], *, desk: bool
) -> Iterator[tuple[int, list[Piece]]]:
    """The same matter by matter: all are fetched together, and each is opened when it comes.

    Args:
        session, ids, desk: as in `pieces_of`.

    Yields:
        Each key once, in the order in which it was asked for, with its texts.
    """
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return
    rows = session.execute(_statement(desk), {"matters": wanted})
    found: dict[int, list[tuple[int, int, bytes]]] = {}
    for at, feedback_id, row_id, stored in rows:
        found.setdefault(feedback_id, []).append((at, row_id, bytes(stored)))
    keys = data_keys()
    for key in wanted:
        yield key, list(_opened(sorted(found.get(key, ())), keys))


def _opened(rows: Iterable[tuple[int, int, bytes]], keys: tuple[bytes, ...]) -> Iterator[Piece]:
    for at, _row_id, stored in rows:
        source = _SOURCES[at]
        try:
            text = unseal(stored, _place(source.column), keys).decode()
        except Unreadable:
            # One text that no key opens must not keep everything else from being found.
            continue
        yield Piece(source.kind, text, source.weight, source.desk)


@cache
def _statement(desk: bool) -> CompoundSelect[Any]:
    """One query over every source: made once, because making it costs more than asking it."""
    parts = [
        part
        for at, one in enumerate(_SOURCES)
        if desk or not one.desk
        for part in _selects(at, one)
    ]
    return union_all(*parts)


def _selects(at: int, one: _Source) -> Sequence[Select[Any]]:
    """The query of one source; a file is found by its matter or by its message."""
    if one.matter is not None:
        return [_select(at, one, one.matter)]
    by_message = _select(at, one, Message.feedback_id, through_message=True)
    return [_select(at, one, Attachment.feedback_id), by_message]


def _select(at: int, one: _Source, matter: Any, *, through_message: bool = False) -> Select[Any]:
    record: Any = one.column.class_
    stored = type_coerce(one.column, LargeBinary).label("stored")
    row_id = FileText.attachment_id if record is FileText else record.id
    asked: BindParameter[int] = bindparam("matters", expanding=True)
    wanted = select(literal(at).label("source"), matter.label("matter"), row_id.label("row_id"))
    wanted = wanted.add_columns(stored).where(matter.in_(asked), one.column.is_not(None))
    if record is PointFinding:
        wanted = wanted.join(Point, Point.id == PointFinding.point_id)
    if record in (Point, PointFinding):
        wanted = wanted.join(Case, Case.id == Point.case_id)
    if record is Remedy:
        wanted = wanted.join(Case, Case.id == Remedy.case_id)
    if record is FileText:
        wanted = wanted.join(Attachment, Attachment.id == FileText.attachment_id)
    if through_message:
        # A file of a draft has neither, one of a matter's first words has no message.
        wanted = wanted.join(Message, Message.id == Attachment.message_id)
        wanted = wanted.where(Attachment.feedback_id.is_(None))
    return wanted if one.also is None else wanted.where(one.also)


def _place(column: InstrumentedAttribute[Any]) -> str:
    kind = column.type
    assert isinstance(kind, PrivateText), "What is searched in is private text."
    return kind.place

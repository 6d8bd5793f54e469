"""Everything of a matter that is searched in, by the keys of matters: one query opens a page of it.

It is what whoever may read a matter sees on its pages, and no more. Where the triggers of
`portal.records.find_triggers` tell of a change, a piece is read again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, LargeBinary, Select, literal, select, type_coerce, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal.columns import PrivateText, Unreadable, data_keys, unseal
from portal.correspondence.outbox import NOT_IN_THE_THREAD
from portal.records.attachment import Attachment
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.file_text import FileText
from portal.records.message import Message
from portal.records.outbox_letter import OutboxLetter
from portal.records.party import Party
from portal.records.point import Point
from portal.records.remedy import Remedy

# How much a word counts where it stands: who and what before what was written about it since.
HEAD, OWN_WORDS, REST = 4, 2, 1
STORY = "In their own words"


@dataclass(frozen=True)
class Piece:
    """One text of a matter: what it is, in officers' words, and how much its words count."""

    kind: str
    text: str
    weight: int


@dataclass(frozen=True)
class _Source:
    column: Any
    kind: str
    weight: int
    matter: Any = None
    also: ColumnElement[bool] | None = None


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
    _Source(FileText.text, "A file", REST),
    _Source(Point.text, "A point of complaint", REST, Case.feedback_id),
    _Source(Remedy.text, "A promise", REST, Case.feedback_id),
)


def pieces_of(session: Session, ids: Iterable[int]) -> dict[int, list[Piece]]:
    """Open every text of some matters.

    Args:
        session: any session.
        ids: the keys of the matters.

    Returns:
        The texts of each, in the order of the sources; nothing for what was erased.
    """
    wanted = sorted(set(ids))
    found: dict[int, list[Piece]] = {}
    if not wanted:
        return found
    keys = data_keys()
    parts = [part for at, one in enumerate(_SOURCES) for part in _selects(at, one, wanted)]
    rows = sorted(session.execute(union_all(*parts)), key=lambda row: (row[1], row[0], row[2]))
    for at, feedback_id, _row_id, stored in rows:
        source = _SOURCES[at]
        try:
            text = unseal(bytes(stored), _place(source.column), keys).decode()
        except Unreadable:
            # One text that no key opens must not keep everything else from being found.
            continue
        found.setdefault(feedback_id, []).append(Piece(source.kind, text, source.weight))
    return found


def _selects(at: int, one: _Source, ids: Sequence[int]) -> list[Select[Any]]:
    """The query of one source; a file is found by its matter or by its message."""
    if one.matter is not None:
        return [_select(at, one, one.matter, ids)]
    by_message = _select(at, one, Message.feedback_id, ids, through_message=True)
    return [_select(at, one, Attachment.feedback_id, ids), by_message]


def _select(
    at: int, one: _Source, matter: Any, ids: Sequence[int], *, through_message: bool = False
) -> Select[Any]:
    record: Any = one.column.class_
    stored = type_coerce(one.column, LargeBinary).label("stored")
    row_id = FileText.attachment_id if record is FileText else record.id
    wanted = select(literal(at).label("source"), matter.label("matter"), row_id.label("row_id"))
    wanted = wanted.add_columns(stored).where(matter.in_(ids), one.column.is_not(None))
    if record in (Point, Remedy):
        wanted = wanted.join(Case, Case.id == record.case_id)
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

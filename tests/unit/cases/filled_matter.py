"""A matter with a row in every table that leads to one, each private column of the same words."""

from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from portal.cases import what_goes
from portal.columns import Instant, PrivateBytes, PrivateText
from portal.db import Record
from portal.procedures.procedure import StageKey
from portal.records.account import Account
from portal.records.feedback import Feedback
from portal.records.find_entry import KeyedStems
from portal.work import Work

WORDS = "Quillfeather said it"
LONG_AGO = date(2015, 3, 2)
MOMENT = datetime(2015, 3, 2, 12, tzinfo=UTC)
# What the rules read: a stage is one there is, and nothing of it is open.
KNOWN: dict[tuple[str, str], Any] = {
    ("case_stage", "key"): StageKey.STAGE_1.value,
    ("case", "stage_key"): StageKey.STAGE_1.value,
    ("case", "state"): "closed",
    ("remedy", "state"): "done",
    ("access_request", "answered_on"): LONG_AGO,
    ("case_clock", "met_on"): LONG_AGO,
    ("retention_hold", "lifted_at"): MOMENT,
    ("erasure", "state"): "declined",
    ("suggested_link", "state"): "dismissed",
    ("refusal_proposal", "state"): "agreed",
    ("holding_letter", "state"): "sent",
}


def fill(work: Work, feedback: Feedback, officer: Account) -> set[str]:
    """Put a row of this matter into every table that has none of it yet.

    Returns:
        The names of the tables that hold something of it.
    """
    session = work.session
    session.flush()
    other = session.scalars(sa.select(Feedback.id).where(Feedback.id != feedback.id)).first()
    for table in what_goes.tables():
        if table.name == what_goes.MATTER or not what_goes.leads(table):
            continue
        here = what_goes.of_matter(table, feedback.id)
        if session.execute(sa.select(sa.literal(1)).select_from(table).where(here)).first():
            continue
        values = {
            column.name: _value(work, table, column, feedback.id, officer.id, other)
            for column in table.columns
            if not (column.primary_key and column.autoincrement is not False and _own_key(column))
        }
        session.execute(sa.insert(table).values(values))
    return {
        table.name
        for table in what_goes.tables()
        if what_goes.leads(table)
        and session.execute(
            sa.select(sa.literal(1))
            .select_from(table)
            .where(what_goes.of_matter(table, feedback.id))
        ).first()
    }


def everything(work: Work) -> dict[str, str]:
    """All that every table holds, opened, by the tables' names."""
    return {
        table.name: repr([tuple(row) for row in work.session.execute(sa.select(table))])
        for table in Record.metadata.sorted_tables
    }


def _own_key(column: sa.Column[Any]) -> bool:
    return not column.foreign_keys and isinstance(column.type, sa.Integer)


def _value(
    work: Work,
    table: sa.Table,
    column: sa.Column[Any],
    matter: int,
    officer: int,
    other: int | None,
) -> Any:
    known = KNOWN.get((table.name, column.name))
    if known is not None:
        kind = column.type
        return kind.enum_class(known) if isinstance(kind, sa.Enum) and kind.enum_class else known
    for key in column.foreign_keys:
        target = key.column.table
        if (table.name, column.name) in {
            ("suggested_link", "other_id"),
            ("similar_case", "other_id"),
        }:
            return other
        if target.name == what_goes.MATTER:
            return matter
        if what_goes.leads(target):
            here = sa.select(key.column).where(what_goes.of_matter(target, matter))
            return work.session.scalars(here).first()
        return officer if target.name == "account" else None
    return _plain(table, column)


def _plain(table: sa.Table, column: sa.Column[Any]) -> Any:
    kind = column.type
    if isinstance(kind, PrivateText):
        return WORDS
    if isinstance(kind, PrivateBytes):
        return WORDS.encode()
    if isinstance(kind, sa.LargeBinary):
        # In clear, as whatever is not private: nothing of it may be left either.
        return f"{WORDS} {table.name} {column.name}".encode()
    if isinstance(kind, KeyedStems):
        return {"abcd": 1}
    if isinstance(kind, sa.Enum):
        return next(iter(kind.enum_class)) if kind.enum_class else None
    if isinstance(kind, Instant):
        return MOMENT
    if isinstance(kind, sa.JSON):
        return []
    if isinstance(kind, sa.Boolean):
        return False
    if isinstance(kind, sa.Date):
        return LONG_AGO
    if isinstance(kind, sa.Integer | sa.Float):
        return 1
    return _text(table, column)


def _text(table: sa.Table, column: sa.Column[Any]) -> str:
    hashed = column.name.endswith(("_key", "_hash", "sha256")) and "stage" not in column.name
    if hashed or table.name not in what_goes.STAYS:
        return f"{WORDS} {table.name} {column.name}"
    return f"{table.name[:8]}-{column.name}"

"""Storing invented items by the thousand: one insert a table and batch, keys handed down."""

from collections.abc import Iterator

from sqlalchemy import Table, insert, select

from portal.cases import queue_places
from portal.cases.references import make_reference
from portal.db import Record
from portal.demo.rows import Item, Row
from portal.records.audit_event import AuditEvent
from portal.records.case import Case, CaseClock, CaseStage
from portal.records.decision import Decision
from portal.records.feedback import Feedback
from portal.records.message import Message
from portal.records.party import Party
from portal.work import Work


def unused_references(work: Work, count: int) -> list[str]:
    """References that no feedback has, and no two of them alike.

    A quarter of a million are enough for two to meet by chance.
    """
    found: set[str] = set()
    while len(found) < count:
        made = {make_reference() for _ in range(count - len(found))}
        known = select(Feedback.reference).where(Feedback.reference.in_(made))
        found |= made - set(work.session.scalars(known))
    return list(found)


def store(work: Work, items: list[Item]) -> None:
    """Store a batch of items with everything that hangs on them.

    Args:
        work: the open act.
        items: not too many, for on SQLite everybody else waits meanwhile.
    """
    ids = insert_keyed(work, Feedback, [item.feedback for item in items])
    pairs = list(zip(ids, items, strict=True))
    insert_rows(work, Party, _under(pairs, "parties"))
    insert_rows(work, Message, _under(pairs, "messages"))
    decisions = [{**item.decision, "feedback_id": key} for key, item in pairs if item.decision]
    insert_rows(work, Decision, decisions)
    with_case = [(key, item) for key, item in pairs if item.case is not None]
    case_ids = insert_keyed(
        work, Case, [{**(item.case or {}), "feedback_id": key} for key, item in with_case]
    )
    cases = [(key, item) for key, (_, item) in zip(case_ids, with_case, strict=True)]
    stages = [{**(item.stage or {}), "case_id": key} for key, item in cases]
    stage_ids = insert_keyed(work, CaseStage, stages)
    clocks = [
        {**clock, "stage_id": key}
        for key, (_, item) in zip(stage_ids, cases, strict=True)
        for clock in item.clocks
    ]
    insert_rows(work, CaseClock, clocks)
    acts = [row for key, item in pairs for row in _about("feedback", key, item.acts)]
    acts += [row for key, item in cases for row in _about("case", key, item.case_acts)]
    insert_rows(work, AuditEvent, sorted(acts, key=lambda row: row["at"]))
    for key in ids:
        queue_places.touch(work.session, key)


def _under(pairs: list[tuple[int, Item]], name: str) -> list[Row]:
    return [{**row, "feedback_id": key} for key, item in pairs for row in getattr(item, name)]


def _about(kind: str, key: int, acts: list[Row]) -> Iterator[Row]:
    return ({**act, "about_kind": kind, "about_id": key} for act in acts)


def insert_keyed(work: Work, record: type[Record], rows: list[Row]) -> list[int]:
    """Insert rows that have children, and give their keys in the order of the rows."""
    if not rows:
        return []
    # Both databases give keys back in the order of the rows, so that children find parents.
    table = _table(record)
    statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return list(work.session.execute(statement, rows).scalars())


def insert_rows(work: Work, record: type[Record], rows: list[Row]) -> None:
    """Insert rows; they all have the same columns."""
    if rows:
        work.session.execute(insert(_table(record)), rows)


def _table(record: type[Record]) -> Table:
    # Its table and not the record: for records, rows with and without a value go apart, one by
    # one.
    table = record.__table__
    assert isinstance(table, Table)
    return table

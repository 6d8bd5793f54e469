"""What an erasure takes of a matter and what it leaves, for every table there is.

A table of the database that leads to a matter is named in `STAYS`, or it goes whole. What stays
is what the annual report and its frozen years count on: categories, teams, dates, procedures,
findings, kinds and amounts of remedies. Every private column of it is emptied, and every hash by
which a person could be found again.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, Table, false, or_, select

from portal.columns import PrivateBytes, PrivateText
from portal.db import Record
from portal.records import every

MATTER = "feedback"
STAYS = frozenset(
    {
        MATTER, "decision", "comparison", "refusal_proposal", "case", "case_stage", "case_clock",
        "case_event", "point", "point_finding", "remedy", "appointment", "investigation_fee",
        "joined_case", "ombudsman_matter", "ombudsman_cover", "ombudsman_refusal", "advocacy",
        "advocacy_referral", "childs_view", "erasure",
    }
)  # fmt: skip
"""Tables whose rows stay, without anybody's words."""

ALSO_EMPTIED: Mapping[str, Mapping[str, Any]] = {
    MATTER: {"words_hash": None, "may_tell": None, "language": None},
    "appointment": {"person_key": ""},
    "advocacy_referral": {"token_key": None},
    "remedy": {"owner_id": None},
}
"""What else is emptied in what stays: hashes by which somebody is found, and who near them was to
be told. The service that a remedy belonged to stays, its owner does not."""

# Columns that lead to another matter, or to another row of the same: neither makes a row its own.
LEADS_ELSEWHERE = frozenset(
    {
        ("decision", "linked_to_id"), ("resubmission", "earlier_id"), ("joined_case", "lead_id"),
        ("joined_case", "lead_stage_id"), ("point", "replaced_by_id"),
        ("remedy", "after_remedy_id"), ("ombudsman_cover", "matter_id"),
        ("ombudsman_refusal", "matter_id"),
    }
)  # fmt: skip


def links(table: Table) -> list[Column[Any]]:
    """The columns by which a table's rows belong to a matter."""
    return [
        key.parent
        for key in table.foreign_keys
        if (table.name, key.parent.name) not in LEADS_ELSEWHERE and leads(key.column.table)
    ]


def leads(table: Table) -> bool:
    """Whether a table's rows belong to a matter."""
    return table.name in _leading()


def goes() -> Iterator[Table]:
    """The tables whose rows go, those that others point to last."""
    for table in reversed(tables()):
        if table.name not in STAYS and leads(table):
            yield table


def stays() -> Iterator[Table]:
    """The tables whose rows stay."""
    return (table for table in tables() if table.name in STAYS)


def tables() -> list[Table]:
    """Every table, those that others point to first."""
    assert every.MODULES, "Every table is known."
    return Record.metadata.sorted_tables


def table(name: str) -> Table:
    """A table by its name."""
    return Record.metadata.tables[name]


def of_matter(table: Table, feedback_id: int) -> ColumnElement[bool]:
    """The condition that a row of a table belongs to a matter."""
    if table.name == MATTER:
        return table.c.id == feedback_id
    found = [link.in_(_keys(link, feedback_id)) for link in links(table)]
    return or_(false(), *found)


def emptied(table: Table) -> dict[str, Any]:
    """What the columns of a table that stays become: its private ones, and what is named above."""
    found = dict(ALSO_EMPTIED.get(table.name, {}))
    for column in table.columns:
        if isinstance(column.type, PrivateText | PrivateBytes):
            nothing = "" if isinstance(column.type, PrivateText) else b""
            found[column.name] = None if column.nullable else nothing
    return found


def let_go(table: Table) -> list[str]:
    """The columns of a table that stays which point to rows that go."""
    return [
        key.parent.name
        for key in table.foreign_keys
        if key.column.table.name not in STAYS and leads(key.column.table)
    ]


@lru_cache
def _leading() -> frozenset[str]:
    """The names of all tables that lead to a matter, those that do through others included."""
    found, grown = frozenset[str](), frozenset({MATTER})
    while grown != found:
        found = grown
        grown = found | {
            table.name
            for table in tables()
            for key in table.foreign_keys
            if (table.name, key.parent.name) not in LEADS_ELSEWHERE
            and key.column.table.name in found
        }
    return found


def _keys(link: Column[Any], feedback_id: int) -> Select[Any]:
    target = next(iter(link.foreign_keys)).column
    return select(target).where(of_matter(target.table, feedback_id))

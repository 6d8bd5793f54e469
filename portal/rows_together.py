"""New rows of several tables and changed ones in one statement.

PostgreSQL takes all of them at once, and looks whether the keys are there when all is written.
SQLite, which answers within the process, is asked for one after the other.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, cast

from sqlalchemy import (
    CTE,
    BindParameter,
    Insert,
    Table,
    Update,
    bindparam,
    func,
    insert,
    literal_column,
    select,
    update,
)
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.orm.exc import StaleDataError

from portal.db import Record

POSTGRESQL = "postgresql"
# What acts of a few kinds add and change: so many statements are kept as they are.
STATEMENTS_KEPT = 256
# Before the name of a column: as the row was, by which it is found.
WAS = "_was_"
Row = Mapping[str, Any]
Kind = type[Record]


@dataclass(frozen=True)
class Added:
    """How many rows of a kind are added, and which columns they say."""

    kind: Kind
    columns: tuple[str, ...]
    number: int


@dataclass(frozen=True)
class Changed:
    """Which columns of one record are changed."""

    kind: Kind
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """Some of the rows: those that are added to a table, or a single changed one."""

    what: Added | Changed
    rows: Sequence[Row]

    def given(self, at: int) -> Iterator[tuple[str, Any]]:
        """What stands in the statement, by name."""
        for number, row in enumerate(self.rows):
            for name, value in row.items():
                yield _name(at, number, name), value


def added(kind: Kind, rows: Sequence[Row]) -> Part:
    """Rows that are added.

    Args:
        kind: what they are.
        rows: by column, all of the same columns.
    """
    return Part(Added(kind, tuple(rows[0]), len(rows)), rows)


def changed(kind: Kind, row: Row) -> Part:
    """A row that is changed.

    Args:
        kind: what it is.
        row: what is said anew by column, and after `WAS` what must stand there still.
    """
    return Part(Changed(kind, tuple(row)), [row])


def write(connection: Connection, parts: Sequence[Part]) -> None:
    """Write all of it.

    Args:
        connection: that of the open act.
        parts: at most one for each kind and choice of columns that is added.

    Raises:
        StaleDataError: a row that should be changed is not there as it was.
    """
    changes = sum(isinstance(one.what, Changed) for one in parts)
    if connection.dialect.name == POSTGRESQL:
        written = _together(connection.dialect, tuple(one.what for one in parts))
        given = {
            name: value if (makes := written.makes[name]) is None else makes(value)
            for at, one in enumerate(parts)
            for name, value in one.given(at)
        }
        found = connection.exec_driver_sql(written.words, given).scalar_one()
    else:
        found = 0
        for one in sorted(parts, key=lambda one: _place(one.what)):
            done = connection.execute(_statement(0, one.what), dict(one.given(0)))
            found += done.rowcount if isinstance(one.what, Changed) else 0
    if found != changes:
        raise StaleDataError("Another act has changed what this one changes.")


@dataclass(frozen=True)
class _Written:
    """A statement as the driver takes it, and what makes of each value what the driver takes."""

    words: str
    makes: Mapping[str, Callable[[Any], Any] | None]


@lru_cache(STATEMENTS_KEPT)
def _together(dialect: Dialect, parts: tuple[Added | Changed, ...]) -> _Written:
    """All of it, each part beside the others, and how many records were changed. PostgreSQL asks
    whether keys are there when all is written. SQLAlchemy would write it anew each time, as all
    that has several rows, and takes longer for that than the database for its part."""
    every = [_statement(at, one) for at, one in enumerate(parts)]
    done = [
        one.returning(literal_column("1").label("one")).cte(f"done_{at}")
        if isinstance(one, Update)
        else one
        for at, one in enumerate(every)
    ]
    counted = [select(func.count()).select_from(one) for one in done if isinstance(one, CTE)]
    number: Any = sum((one.scalar_subquery() for one in counted), start=literal_column("0"))
    others = [one.cte(f"done_{at}") for at, one in enumerate(done) if isinstance(one, Insert)]
    compiled: Any = select(number).add_cte(*others).compile(dialect=dialect)
    types = {one.key: one.type for one in compiled.bind_names}
    makes = {name: one.dialect_impl(dialect).bind_processor(dialect) for name, one in types.items()}
    return _Written(compiled.string, makes)


@lru_cache(STATEMENTS_KEPT)
def _statement(at: int, what: Added | Changed) -> Insert | Update:
    table = table_of(what.kind)

    def named(number: int, name: str) -> BindParameter[Any]:
        return bindparam(_name(at, number, name), type_=table.c[name.removeprefix(WAS)].type)

    if isinstance(what, Added):
        rows = [
            {name: named(number, name) for name in what.columns} for number in range(what.number)
        ]
        return insert(table).values(rows if what.number > 1 else rows[0])
    anew = {name: named(0, name) for name in what.columns if not name.startswith(WAS)}
    was = [name for name in what.columns if name.startswith(WAS)]
    stands = [table.c[name.removeprefix(WAS)] == named(0, name) for name in was]
    return update(table).where(*stands).values(anew)


def _name(at: int, number: int, name: str) -> str:
    return f"p{at}_{number}_{name}"


def table_of(kind: Kind) -> Table:
    """The table of a kind of record."""
    return cast(Table, kind.__table__)


@cache
def _place(what: Added | Changed) -> tuple[bool, int]:
    """When it is written, so that the keys that it names are there: what is changed names some."""
    return isinstance(what, Changed), Record.metadata.sorted_tables.index(table_of(what.kind))

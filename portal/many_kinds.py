"""Rows of several kinds in one statement: each comes as an object of JSON and is made a record.

Every kind is an arm of its own, read by the index of its key. Joined to one another by a number,
the two dozen tables of a case's page took PostgreSQL 25 ms to plan and as long again to run.
"""

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    CompoundSelect,
    Date,
    DateTime,
    LargeBinary,
    Select,
    Table,
    Text,
    any_,
    bindparam,
    case,
    cast,
    func,
    inspect,
    literal_column,
    null,
    select,
    union_all,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.util import identity_key
from sqlalchemy.types import TypeDecorator, TypeEngine

from portal.plain_rows import plain_rows

# What a column may be asked for by: a number, or a keyed hash.
Key = int | str
# A kind of record, the column by which it is asked for, and what may stand there.
Wanted = tuple[type[Any], str, Sequence[Key]]
Reader = Callable[[Any], Any]
POSTGRESQL = "postgresql"
# Which kinds a page asks for, and of how many keys: there are some hundred ways.
STATEMENTS_KEPT = 1_024


def read(session: Session, wanted: Sequence[Wanted]) -> list[list[Any]]:
    """Read the records of several kinds, as the session has them or would load them.

    Args:
        session: any session, flushed.
        wanted: which; a kind may be there several times, by different columns.

    Returns:
        The records of each of `wanted`, in no order.
    """
    dialect = session.get_bind().dialect
    kinds = tuple((kind, column, len(keys) == 1) for kind, column, keys in wanted)
    statement = _statement(kinds, dialect.name)
    keys = {
        _name(number): some[0] if len(some) == 1 else list(some)
        for number, (_, _, some) in enumerate(wanted)
    }
    found: list[list[Any]] = [[] for _ in wanted]
    for number, line in plain_rows(session, statement, keys):
        kind: Any = wanted[number][0]
        found[number].append(_record(session, kind, json.loads(line), _readers(kind, dialect)))
    return found


def key_of(kind: type[Any]) -> str:
    """The name of a kind's own key: `id`, or what the record is of and has one of."""
    given: Any = kind
    return _own_key(given)


@cache
def _own_key(kind: Any) -> str:
    [column] = inspect(kind).primary_key
    return str(column.name)


@lru_cache(maxsize=STATEMENTS_KEPT)
def _statement(
    wanted: tuple[tuple[type[Any], str, bool], ...], dialect: str
) -> CompoundSelect[int, str]:
    return union_all(*(_arm(number, *one, dialect) for number, one in enumerate(wanted)))


def _arm(number: int, kind: Any, column: str, of_one: bool, dialect: str) -> Select[int, str]:
    table: Table = kind.__table__
    if dialect == POSTGRESQL:
        line: ColumnElement[Any] = cast(func.row_to_json(table.table_valued()), Text)
    else:
        pairs = [
            part for one in table.c for part in (literal_column(f"'{one.name}'"), in_json(one))
        ]
        line = func.json_object(*pairs)
    is_wanted = _is_wanted(table.c[column], _name(number), of_one, dialect)
    return select(literal_column(str(number)).label("n"), line.label("line")).where(is_wanted)


def _is_wanted(
    key: ColumnElement[Any], given: str, of_one: bool, dialect: str
) -> ColumnElement[bool]:
    if of_one:
        # PostgreSQL takes ten for the length of an array, and would plan for each array anew.
        return key == bindparam(given, type_=key.type)
    if dialect == POSTGRESQL:
        # One array, so that the statement is the same however many keys there are.
        return key == any_(bindparam(given, type_=ARRAY(key.type)))
    return key.in_(bindparam(given, expanding=True))


def in_json(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """A column as SQLite can put it into JSON: bytes by their digits.

    Args:
        column: any.
    """
    if not isinstance(_base(column.type), LargeBinary):
        return column
    # SQLite's hex of nothing is an empty text.
    return case((column.is_not(None), func.hex(column)), else_=null())


def _record(
    session: Session, kind: type[Any], line: dict[str, Any], readers: dict[str, Reader]
) -> Any:
    """The session's record of a line, as a query would give it: what is loaded is left alone."""
    known = session.identity_map.get(identity_key(kind, line[key_of(kind)]))
    record = known if known is not None else kind()
    state = inspect(record)
    # Of a record that is new to the session nothing is loaded, so that nothing is compared.
    names = state.unloaded if known is not None else readers.keys()
    read = {
        name: None if (value := line[name]) is None else reads(value)
        for name, reads in readers.items()
        if name in names
    }
    if known is None:
        state.dict.update(read)
        make_transient_to_detached(record)
        session.add(record)
    else:
        for name, value in read.items():
            set_committed_value(record, name, value)
    return record


@cache
def _readers(kind: type[Any], dialect: Dialect) -> dict[str, Reader]:
    """How each column's value is read from JSON, by the attribute of the same name."""
    return {column.name: reader(column.type, dialect) for column in kind.__table__.columns}


def reader(given: TypeEngine[Any], dialect: Dialect) -> Reader:
    """How a value of a column is read from JSON: first what the driver would have given, then what
    the column's type makes of that.

    Args:
        given: the column's type.
        dialect: of the database that made the JSON.
    """
    raw = _raw(_base(given), dialect.name)
    of_type = given.dialect_impl(dialect).result_processor(dialect, None)
    if of_type is None:
        return raw
    return lambda value: of_type(raw(value))


def _raw(base: TypeEngine[Any], dialect: str) -> Reader:
    if isinstance(base, LargeBinary):
        # PostgreSQL writes \x before the digits.
        return lambda value: bytes.fromhex(value.removeprefix("\\x"))
    if dialect == POSTGRESQL and isinstance(base, DateTime):
        return datetime.fromisoformat
    if dialect == POSTGRESQL and isinstance(base, Date):
        return date.fromisoformat
    return lambda value: value


def _base(given: TypeEngine[Any]) -> TypeEngine[Any]:
    return given.impl_instance if isinstance(given, TypeDecorator) else given


def _name(number: int) -> str:
    return f"keys_{number}"

"""Several questions of columns in one statement: each row comes as an array of JSON.

`many_kinds` does the same for whole records; this is for what joins, groups or names few columns.
"""

import json
from collections import namedtuple
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Integer,
    Select,
    Text,
    any_,
    bindparam,
    cast,
    func,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Session

from portal.many_kinds import POSTGRESQL, in_json, reader

AT_A_TIME = 5_000


@dataclass(frozen=True)
class Question:
    """What is asked, each column under a name of its own, and the number by which its rows are put
    in order. It has no order of its own and no limit."""

    wanted: Select[*tuple[Any, ...]]
    by: ColumnElement[int] | Any


def read(session: Session, *questions: Question) -> list[list[Any]]:
    """Ask several questions in one statement.

    Args:
        session: any session.
        questions: which.

    Returns:
        The rows of each question, in its order, as its own statement would give them.
    """
    found: list[list[Any]] = [[] for _ in questions]
    for number, row in each(session, *questions):
        found[number].append(row)
    return found


def each(session: Session, *questions: Question) -> Iterator[tuple[int, Any]]:
    """The same row by row, for what is too much to be held at once.

    Args:
        session, questions: as in `read`.

    Yields:
        The number of a question and a row of it: all of the first, then all of the second.
    """
    dialect = session.get_bind().dialect
    asked = [one.wanted.add_columns(one.by.label("place")).subquery() for one in questions]
    columns = [[column for column in one.c if column.name != "place"] for one in asked]
    arms = [
        select(
            literal_column(str(number)).label("n"),
            one.c.place.label("place"),
            _line(columns[number], dialect).label("line"),
        )
        for number, one in enumerate(asked)
    ]
    of_row = [namedtuple("Row", [column.name for column in some]) for some in columns]
    readers = [[reader(column.type, dialect) for column in some] for some in columns]
    together = union_all(*arms).order_by("n", "place")
    for number, _, line in session.execute(together, execution_options={"yield_per": AT_A_TIME}):
        values = zip(readers[number], json.loads(line), strict=True)
        yield number, of_row[number]._make(None if v is None else reads(v) for reads, v in values)


def among(session: Session, column: Any, keys: Iterable[int]) -> ColumnElement[bool]:
    """Whether a column has one of many keys, in one parameter: databases limit how many there are.

    Args:
        session: any session.
        column: of numbers.
        keys: which.
    """
    wanted = sorted(set(keys))
    found: ColumnElement[bool]
    if session.get_bind().dialect.name == POSTGRESQL:
        found = column == any_(bindparam(None, wanted, type_=ARRAY(Integer), unique=True))
    else:
        found = column.in_(select(func.json_each(json.dumps(wanted)).table_valued("value").c.value))
    return found


def _line(columns: Sequence[ColumnElement[Any]], dialect: Dialect) -> ColumnElement[Any]:
    if dialect.name == POSTGRESQL:
        return cast(func.json_build_array(*columns), Text)
    return func.json_array(*(in_json(column) for column in columns))

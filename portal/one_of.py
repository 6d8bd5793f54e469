"""The condition that a column has one of some values, the same statement however many there are.

A list of values becomes as many parameters, and so another statement, which PostgreSQL plans
anew. One array is planned once.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, any_, bindparam, literal
from sqlalchemy.orm import InstrumentedAttribute, Session

POSTGRESQL = "postgresql"


def among(dialect: str, column: InstrumentedAttribute[Any], name: str) -> ColumnElement[bool]:
    """The same for a statement that is written once: its values are bound by a name when it is
    asked, as a list.

    Args:
        dialect: the name of the database's kind.
        column: as in `one_of`.
        name: by which the values are given.
    """
    if dialect != POSTGRESQL:
        return column.in_(bindparam(name, expanding=True))
    return column == any_(bindparam(name, type_=ARRAY(column.type)))


def one_of_these(column: InstrumentedAttribute[Any], values: Iterable[Any]) -> ColumnElement[bool]:
    """The same for a few values that a statement always has: each is a parameter of its own. A list
    that may be of any length is taken apart, and put into the statement, whenever that is asked.

    Args:
        column: as in `one_of`.
        values: with which it is compared.
    """
    return column.in_([literal(one, column.type) for one in values])


def one_of(
    session: Session, column: InstrumentedAttribute[Any], values: Iterable[Any]
) -> ColumnElement[bool]:
    """Whether a column has one of some values.

    Args:
        session: the one that asks: each database has its own way.
        column: what is compared, of a plain kind.
        values: with which; none are found among none.
    """
    given = list(values)
    if session.get_bind().dialect.name != POSTGRESQL:
        return column.in_(given)
    return column == any_(bindparam(None, given, type_=ARRAY(column.type), unique=True))

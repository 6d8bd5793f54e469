"""Rows of columns, read past the unit of work, which takes as long again as the question itself."""

from collections.abc import Mapping
from typing import Any, TypeVarTuple

from sqlalchemy import CursorResult
from sqlalchemy.orm import Session
from sqlalchemy.sql.selectable import TypedReturnsRows

Columns = TypeVarTuple("Columns")


def plain_rows(
    session: Session,
    question: TypedReturnsRows[*Columns],
    given: Mapping[str, Any] | None = None,
) -> CursorResult[*Columns]:
    """Ask on the session's connection. What the session has not written yet is written first, as
    before any question of its own.

    Args:
        session: any session.
        question: of columns; it loads no record.
        given: what is bound in it.

    Returns:
        The rows, with the values that the columns' types give.
    """
    if session.autoflush:
        session.flush()
    return session.connection().execute(question, given)

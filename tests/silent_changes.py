"""Whether a request changed something and left no row in the trail: watched in tests of pages.

What changes nothing that stays is let pass: counts of tries, half-given answers with their files,
when a browser was seen last.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import has_request_context, request
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from portal import written_together

KEY = "changed in this act"
TRAIL = "audit_event"
# A row of these says nothing about anybody's matter or rights; a question of a sign-in is gone
# within minutes, and its answer is told.
UNTOLD = frozenset({TRAIL, "throttle", "draft", "sign_in", "sign_in_challenge"})
OF_A_DRAFT = frozenset({"draft", "attachment"})


class SilentChange(AssertionError):
    """A request was about to commit a change that the trail says nothing of."""


@contextmanager
def watched() -> Iterator[None]:
    """Look at every commit that happens inside a request."""
    listeners = (
        ("after_flush", _flushed),
        ("do_orm_execute", _executed),
        ("before_commit", _committing),
        ("after_rollback", _forget),
    )
    for name, listener in listeners:
        event.listen(Session, name, listener)
    try:
        yield
    finally:
        for name, listener in listeners:
            event.remove(Session, name, listener)


def _changed(session: Session) -> set[str]:
    found: set[str] = session.info.setdefault(KEY, set())
    return found


def _flushed(session: Session, _context: UOWTransaction) -> None:
    rows = [*session.new, *session.deleted]
    rows += [row for row in session.dirty if session.is_modified(row)]
    _changed(session).update(row.__tablename__ for row in rows)
    _changed(session).update(k.__tablename__ for k in written_together.kinds_of_rows(session))


def _executed(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        statement: Any = state.statement
        _changed(state.session).add(statement.table.name)


def _committing(session: Session) -> None:
    session.flush()
    changed = _changed(session)
    told = TRAIL in changed or changed <= UNTOLD or changed <= OF_A_DRAFT
    if has_request_context() and not told:
        raise SilentChange(f"{request.endpoint} changes {sorted(changed)} without a trace")
    changed.clear()


def _forget(session: Session) -> None:
    _changed(session).clear()

"""Rows that a page needs, fetched together in one statement and kept at hand while it is made.

A page about a case is put together by parts that each ask for their own rows. Where a page says
beforehand what it will need, the parts find it here; what nobody said is asked for as before.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Generic, TypeVar

from flask import has_request_context, request
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from portal import many_kinds
from portal.many_kinds import Key
from portal.records.audit_event import AuditEvent

R = TypeVar("R")
K = TypeVar("K", int, str)
# Where a request keeps its rows.
KEPT = "heard.at_hand"
Kept = dict[tuple["Rows[Any]", Key], list[Any]]


@dataclass(frozen=True, eq=False)
class Rows(Generic[R]):
    """Records of one kind, by the key in one of their columns."""

    kind: type[R]
    column: str

    def of(self, session: Session, key: Key) -> list[R]:
        """Those of one key, in the order in which they were made.

        Args:
            session: any session. Whatever changes something asks each time.
            key: what stands in the column.
        """
        kept = _kept(session)
        if kept is not None and (self, key) in kept:
            return list(kept[self, key])
        kind: Any = self.kind
        wanted = select(kind).where(getattr(kind, self.column) == key)
        found: list[R] = list(session.scalars(wanted.order_by(getattr(kind, self._own))))
        if kept is not None:
            kept[self, key] = found
        return list(found)

    def of_each(self, session: Session, keys: Iterable[K]) -> dict[K, list[R]]:
        """Those of several keys, in one statement.

        Args:
            session: as in `of`.
            keys: what may stand in the column.
        """
        several = set(keys)
        if not several:
            return {}
        if _kept(session) is not None:
            fetch(session, (self, several))
            return {key: self.of(session, key) for key in several}
        kind: Any = self.kind
        column = getattr(kind, self.column)
        found: dict[K, list[R]] = {key: [] for key in several}
        wanted = select(kind).where(column.in_(several))
        for one in session.scalars(wanted.order_by(getattr(kind, self._own))):
            found[getattr(one, self.column)].append(one)
        return found

    def first(self, session: Session, key: Key) -> R | None:
        """The first of them; None where there is none."""
        return next(iter(self.of(session, key)), None)

    @property
    def _own(self) -> str:
        return many_kinds.key_of(self.kind)


Wanted = tuple[Rows[Any], Iterable[Key]]
"""Rows, and the keys of those that are wanted."""


def fetch(session: Session, *wanted: Wanted) -> None:
    """Bring several kinds of rows to hand in one statement, those that are not there yet.

    Args:
        session: any session, flushed.
        wanted: which rows, and of which keys.
    """
    kept = _kept(session)
    if kept is None:
        return
    every = dict.fromkeys((rows, key) for rows, keys in wanted for key in keys)
    missing = [one for one in every if one not in kept]
    if not missing:
        return
    keys: dict[Rows[Any], list[Key]] = {}
    for rows, key in missing:
        keys.setdefault(rows, []).append(key)
    found = many_kinds.read(session, [(rows.kind, rows.column, keys[rows]) for rows in keys])
    kept.update({one: [] for one in missing})
    for rows, records in zip(keys, found, strict=True):
        for one in sorted(records, key=attrgetter(many_kinds.key_of(rows.kind))):
            kept[rows, getattr(one, rows.column)].append(one)


def forget() -> None:
    """Ask for everything again: an act rests on nothing that was read before it."""
    if has_request_context():
        request.environ.pop(KEPT, None)


def _kept(session: Session) -> Kept | None:
    if not has_request_context() or request.method != "GET" or _waits(session):
        return None
    kept: Kept = request.environ.setdefault(KEPT, {})
    return kept


def _waits(session: Session) -> bool:
    """Whether something was changed that the database does not know yet."""
    changed = (*session.new, *session.dirty, *session.deleted)
    # A page notes that it was looked at: nothing that it shows depends on that.
    return any(not isinstance(one, AuditEvent) for one in changed)


def _forget_what_changed(session: Session, *_more: object) -> None:
    if _waits(session):
        forget()


def _forget(*_more: object) -> None:
    forget()


event.listen(Session, "after_flush", _forget_what_changed)
event.listen(Session, "after_bulk_update", _forget)
event.listen(Session, "after_bulk_delete", _forget)
event.listen(Session, "after_soft_rollback", _forget)

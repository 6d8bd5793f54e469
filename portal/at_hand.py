"""Rows that a page needs, fetched together in one statement and kept at hand while it is made.

A page about a case is put together by parts that each ask for their own rows. Where a page says
beforehand what it will need, the parts find it here; what nobody said is asked for as before.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Generic, TypeVar

from flask import Request, has_request_context, request
from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session

from portal import many_kinds, written_together
from portal.db import Record
from portal.many_kinds import Key
from portal.records.audit_event import AuditEvent

R = TypeVar("R")
K = TypeVar("K", int, str)
# Where a request keeps its rows.
KEPT = "heard.at_hand"
# Where a session keeps what hangs on records that its act has made.
MADE = "rows of what this act has made"
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
        made = self.made(session, key)
        if made is not None:
            return list(made)
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
        made = {key: self.made(session, key) for key in several}
        if all(records is not None for records in made.values()):
            return {key: list(records or ()) for key, records in made.items()}
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

    def have(self, session: Session, key: Key, records: Iterable[R]) -> None:
        """Have at hand those of one key, which another statement has brought along.

        Args:
            session, key: as in `of`.
            records: all of them.
        """
        kept = _kept(session)
        if kept is not None:
            every: list[Any] = list(records)
            kept[self, key] = sorted(every, key=attrgetter(many_kinds.key_of(self.kind)))

    def first(self, session: Session, key: Key) -> R | None:
        """The first of them; None where there is none."""
        return next(iter(self.of(session, key)), None)

    def made(self, session: Session, key: Key) -> list[R] | None:
        """Those of one key, where it is that of a record which the open act has made (`make`).

        Args:
            session, key: as in `of`.

        Returns:
            None where it is another's, so that the database has to be asked.
        """
        if not self.is_made(session, key):
            return None
        waiting = written_together.waiting(session, self.kind, {self.column: key})
        if waiting is None and session.autoflush:
            session.flush()
        # Writing may have changed what is kept, or ended it.
        known: list[R] | None = session.info.get(MADE, {}).get((self, key))
        return known if known is None else [*known, *(waiting or ())]

    def is_made(self, session: Session, key: Key) -> bool:
        """Whether the open act has made the record on which they would hang."""
        return (self, key) in session.info.get(MADE, ())

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


def make(session: Session, key: Key, *several: Rows[Any]) -> None:
    """Say that the open act has just made a record on which nothing hangs yet. Nobody else can hang
    anything on it before the act ends, and what the act adds is noted as it is written: so nothing
    of these kinds has to be asked for.

    Args:
        session: that of the open act.
        key: of the record, which is written.
        several: what may hang on it, always added as records of the session.
    """
    session.info.setdefault(MADE, {}).update({(rows, key): [] for rows in several})


def forget() -> None:
    """Ask for everything again: an act rests on nothing that was read before it."""
    if has_request_context():
        request.environ.pop(KEPT, None)


@contextmanager
def through_a_try(session: Session) -> Iterator[None]:
    """Have at hand after a block, at whose end all is taken back, what was there before it. What
    the block changed is read again, in one statement.

    Args:
        session: that of the open act, flushed.
    """
    kept = _kept(session)
    if kept is None:
        yield
        return
    before = {one: list(records) for one, records in kept.items()}
    read = [one for one in session.identity_map.values() if not inspect(one).expired_attributes]
    try:
        yield
    finally:
        request.environ[KEPT] = before
        changed: dict[type[Any], list[int]] = {}
        for one in read:
            if inspect(one).expired_attributes and "id" in inspect(one).mapper.columns:
                changed.setdefault(type(one), []).append(inspect(one).identity[0])
        if changed:
            many_kinds.read(session, [(kind, "id", keys) for kind, keys in changed.items()])


def hold(session: Session, record: Record) -> None:
    """Read a record anew and keep others from it until the act ends: of two at once the second sees
    what the first did. Where a page only tries something out, nobody waits for that: it goes on
    with what it has read.

    Args:
        session: that of the open act, flushed.
        record: stored already.
    """
    if not (_only_reads() and session.in_nested_transaction()):
        session.refresh(record, with_for_update=True)


def _only_reads() -> bool:
    return _page() is not None


def _page() -> Request | None:
    """The request of a page that only reads."""
    if not has_request_context():
        return None
    # Looked up once: a page asks for a hundred rows.
    here: Request = request._get_current_object()  # type: ignore[attr-defined]
    return here if here.method == "GET" else None


def _kept(session: Session) -> Kept | None:
    here = _page()
    if here is None:
        return None
    if _waits(session):
        if not session.autoflush:
            return None
        # As any question of its own would.
        session.flush()
    kept: Kept = here.environ.setdefault(KEPT, {})
    return kept


def _waits(session: Session) -> bool:
    """Whether something was changed that the database does not know yet."""
    dirty = session.dirty if session.identity_map.check_modified() else ()
    changed = (*session.new, *dirty, *session.deleted)
    # A page notes that it was looked at: nothing that it shows depends on that.
    return any(not isinstance(one, AuditEvent) for one in changed)


def _keep_up(session: Session, *_more: object) -> None:
    """What a page tries out stands at hand as it was written."""
    kept: Kept = request.environ.get(KEPT, {}) if has_request_context() else {}
    if not kept or not _waits(session):
        return
    written = {*session.new, *session.dirty}
    changed = written | set(session.deleted)
    for (rows, key), records in kept.items():
        those = [one for one in written if isinstance(one, rows.kind)]
        if those or not changed.isdisjoint(records):
            # From what is loaded: nothing can be asked while something is written.
            stay = [one for one in records if one not in changed]
            come = [one for one in those if one.__dict__.get(rows.column) == key]
            own_key = attrgetter(many_kinds.key_of(rows.kind))
            kept[rows, key] = sorted([*stay, *come], key=own_key)


def _note_made(session: Session, *_more: object) -> None:
    """What the act adds hangs on what it has made. Where it changes what hangs where, or takes
    something away, the database is asked again."""
    made: Kept = session.info.get(MADE, {})
    kinds = {rows for rows, _ in made}
    if not kinds:
        return
    changed = [(one, rows) for one in session.dirty for rows in kinds if isinstance(one, rows.kind)]
    if session.deleted or any(
        inspect(one).attrs[rows.column].history.has_changes() for one, rows in changed
    ):
        del session.info[MADE]
        return
    for one in session.new:
        for rows in kinds:
            records = isinstance(one, rows.kind) and made.get((rows, one.__dict__[rows.column]))
            if isinstance(records, list):
                records.append(one)
                records.sort(key=attrgetter(many_kinds.key_of(rows.kind)))


def _forget_made(session: Session, *_more: object) -> None:
    session.info.pop(MADE, None)


def _forget_bulk(done: Any) -> None:
    forget()
    _forget_made(done.session)


def _forget(session: Session, *_more: object) -> None:
    forget()
    _forget_made(session)


event.listen(Session, "after_flush", _keep_up)
event.listen(Session, "after_flush", _note_made)
event.listen(Session, "after_bulk_update", _forget_bulk)
event.listen(Session, "after_bulk_delete", _forget_bulk)
event.listen(Session, "after_soft_rollback", _forget)
event.listen(Session, "after_commit", _forget_made)

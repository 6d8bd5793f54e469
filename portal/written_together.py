"""What an act adds and changes, written in one statement at its end.

Sent one by one, the rows of a form cost more in the asking than in the writing. So an act that says
so takes the keys of its new records beforehand, and what it adds is held until its end. Whatever
asks the database meanwhile finds all that was added so far: the session writes it then, as ever.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any, cast

from sqlalchemy import JSON, ColumnElement, event, func, insert, inspect, literal, null, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from portal.rows_together import POSTGRESQL, WAS, Kind, Part, Row, added, changed, table_of, write

_HELD = "what the act writes together"
_KEY = "id"


@dataclass
class Held:
    """What an act holds: keys that nothing has yet, and rows that are no records."""

    keys: dict[Kind, list[int]]
    newest: dict[Kind, int] = field(default_factory=dict)
    rows: list[tuple[Kind, Sequence[Row]]] = field(default_factory=list)


def next_keys(dialect: str, kinds: Sequence[Kind]) -> list[ColumnElement[int]]:
    """The columns that take the next keys, for a statement that is asked in an act.

    Args:
        dialect: `sqlite` or `postgresql`.
        kinds: of which records; those that may be two stand there twice.
    """
    return [
        _next_key(dialect, kind, list(kinds[:at]).count(kind)).label(f"key_{at}")
        for at, kind in enumerate(kinds)
    ]


def _next_key(dialect: str, kind: Kind, ahead: int) -> ColumnElement[int]:
    table = table_of(kind)
    if dialect == POSTGRESQL:
        return cast("ColumnElement[int]", func.nextval(literal(f"{table.name}_{_KEY}_seq")))
    # As SQLite itself counts; nobody else writes while an act is open.
    newest = select(func.coalesce(func.max(table.c[_KEY]), 0)).scalar_subquery()
    return newest + literal(1 + ahead)


@contextmanager
def held(session: Session, keys: Iterable[tuple[Kind, int]]) -> Iterator[None]:
    """Hold what a block adds and changes, and write it together when the block ends well.

    Args:
        session: that of the open act, flushed.
        keys: those that were taken; others are asked for where they are needed.

    Raises:
        StaleDataError: another act has changed what this one changes.
    """
    here = session.info[_HELD] = Held({})
    for kind, key in keys:
        here.keys.setdefault(kind, []).append(key)
    try:
        yield
        _write(session, here)
    finally:
        del session.info[_HELD]


def waiting(
    session: Session, kind: type[Any], said: Row = MappingProxyType({})
) -> list[Any] | None:
    """The records of a kind that the act has added and holds, in their order.

    Args:
        session: any session.
        kind: of the records.
        said: what must stand in columns of them.

    Returns:
        None where the session must write first: nothing is held, or one of them was changed.
    """
    if _HELD not in session.info:
        return None
    if any(isinstance(one, kind) for one in (*session.dirty, *session.deleted)):
        return None
    those = [one for one in session.new if isinstance(one, kind)]
    return [one for one in those if said.items() <= one.__dict__.items()]


def asking(session: Session, *kinds: type[Any]) -> AbstractContextManager[Any]:
    """Ask the database of some kinds of record alone: where none of them is held, all stays held.

    Args:
        session: any session.
        kinds: of which records.
    """
    nothing = all(waiting(session, kind) == [] for kind in kinds)
    return session.no_autoflush if nothing else nullcontext()


def see_keys(session: Session) -> None:
    """Let all that was added have its key, and what it is made with: it is written, or held.

    Args:
        session: that of the open act.
    """
    here: Held | None = session.info.get(_HELD)
    if here is None:
        session.flush()
    else:
        _give(session, here)


def add_rows(session: Session, kind: Kind, rows: Sequence[Row]) -> None:
    """Write rows that are no records of the session, and that all have the same columns.

    Args:
        session: that of the open act.
        kind: what they would be.
        rows: at least one.
    """
    here: Held | None = session.info.get(_HELD)
    if here is not None:
        here.rows.append((kind, rows))
    else:
        # One statement for all: without this, rows that lack something would be a second one.
        session.execute(insert(kind).execution_options(render_nulls=True), rows)


def kinds_of_rows(session: Session) -> frozenset[Kind]:
    """What the rows are of that `add_rows` was given and that are held.

    Args:
        session: any session; while it is told what was written, they are held still.
    """
    here: Held | None = session.info.get(_HELD)
    return frozenset(kind for kind, _ in here.rows) if here is not None else frozenset()


def _give(session: Session, here: Held) -> None:
    for one in session.new:
        kind: Any = type(one)
        if _KEY in _columns(kind) and one.__dict__.get(_KEY) is None:
            setattr(one, _KEY, _key(session, here, kind))
            for name, default in _defaults(kind).items():
                if name not in one.__dict__:
                    setattr(one, name, default)


def _key(session: Session, here: Held, kind: Kind) -> int:
    keys = here.keys.setdefault(kind, [])
    if not keys:
        connection = session.connection()
        asked = connection.execute(select(*next_keys(connection.dialect.name, [kind])))
        # On SQLite those that are held are not counted yet.
        keys.append(max(asked.scalar_one(), here.newest.get(kind, 0) + 1))
    here.newest[kind] = keys.pop(0)
    return here.newest[kind]


def _before_flush(session: Session, *_more: object) -> None:
    """Whatever makes the session write, it is written here: the session does not know which row
    must be there before which."""
    here: Held | None = session.info.get(_HELD)
    if here is not None:
        _write(session, here)


def _write(session: Session, here: Held) -> None:
    _give(session, here)
    new, changes = list(session.new), [(one, _change_of(one)) for one in session.dirty]
    changes = [(one, row) for one, row in changes if row]
    parts = [
        *_added([*((type(one), [_row_of(one)]) for one in new), *here.rows]),
        *(changed(type(one), row) for one, row in changes),
    ]
    if not parts:
        return
    write(session.connection(), parts)
    # Whoever follows what is written is told of it, as by the session itself.
    session.dispatch.after_flush(session, None)
    here.rows = []
    for one, row in changes:
        version = inspect(type(one)).version_id_col
        if version is not None:
            set_committed_value(one, version.name, row[version.name])
    # As the session does when it has written: so it forgets them, too, where the act is undone.
    session._register_persistent({inspect(one) for one in (*new, *(one for one, _ in changes))})


def _added(rows: Iterable[tuple[Kind, Sequence[Row]]]) -> list[Part]:
    groups: dict[tuple[Kind, tuple[str, ...]], list[Row]] = {}
    for kind, some in rows:
        groups.setdefault((kind, tuple(some[0])), []).extend(some)
    return [added(kind, some) for (kind, _), some in groups.items()]


def _row_of(record: Any) -> Row:
    kind: Any = type(record)
    known = record.__dict__
    return {name: known.get(name, nothing) for name, nothing in _columns(kind).items()}


def _change_of(record: Any) -> Row:
    """What was changed, and by what the row is found as it was; nothing where nothing was."""
    kind: Any = type(record)
    state, mapper = inspect(record), inspect(kind)
    names = [name for name in _columns(kind) if state.attrs[name].history.has_changes()]
    if not names:
        return {}
    row = {name: record.__dict__[name] for name in names}
    for column, value in zip(mapper.primary_key, state.identity, strict=True):
        row[WAS + column.name] = value
    version = mapper.version_id_col
    if version is not None:
        row[WAS + version.name] = getattr(record, version.name)
        row[version.name] = row[WAS + version.name] + 1
    return row


@cache
def _columns(kind: Any) -> Row:
    """The columns of a kind, each with what stands for nothing: None in JSON is its own `null`."""
    return {one.name: null() if isinstance(one.type, JSON) else None for one in table_of(kind).c}


@cache
def _defaults(kind: Any) -> Row:
    """What a record is made with where nobody says it, by column."""
    defaults = {one.name: one.default for one in table_of(kind).c if one.default is not None}
    return {
        name: one.arg
        for name, one in defaults.items()
        if isinstance(one, ScalarElementColumnDefault)
    }


event.listen(Session, "before_flush", _before_flush)

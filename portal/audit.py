"""The trail: who did or looked at what. Appended in the act's own transaction, never changed."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, cast

from sqlalchemy import Table, insert

from portal import written_together
from portal.db import Record
from portal.records.audit_event import AuditEvent
from portal.work import Work, only_looks

# Where a session keeps the rows of a block that writes them at its end.
GATHERED = "gathered audit rows"
Gathered = list[tuple[dict[str, Any], Record | None]]
_APPENDED = insert(cast(Table, AuditEvent.__table__))


def note(work: Work, act: str, about: Record | None = None, fields: Iterable[str] = ()) -> None:
    """Append one row to the trail.

    Args:
        work: the open act.
        act: a code such as `feedback_received` or `case_viewed`.
        about: the record it concerns; it is flushed where it has no key yet.
        fields: names of the fields concerned. Never their content: the trail outlives erasure.
    """
    row = {
        "at": work.now,
        "act": act,
        "actor_kind": work.who.kind,
        "actor_id": work.who.account_id,
        "about_kind": about.__tablename__ if about is not None else None,
        "about_id": None,
        "fields": sorted(fields),
    }
    gathered: Gathered | None = work.session.info.get(GATHERED)
    if gathered is not None:
        gathered.append((row, about))
        return
    if about is not None and getattr(about, "id", None) is None:
        work.session.flush()
    row["about_id"] = getattr(about, "id", None)
    if only_looks():
        # One row, and nothing beside it that would be written together with it.
        work.session.execute(_APPENDED, row)
    else:
        work.session.add(AuditEvent(**row))


@contextmanager
def gathered(work: Work) -> Iterator[None]:
    """Write the rows of a block together when it ends well, in their order: for an act that does
    one thing many times. A block that fails takes its act with it, and its rows.

    Args:
        work: the open act.
    """
    rows: Gathered = []
    work.session.info[GATHERED] = rows
    try:
        yield
    finally:
        del work.session.info[GATHERED]
    if rows:
        # By now every record that they are about is written, or is with this.
        written_together.see_keys(work.session)
        known = [
            {**row, "about_id": row["about_id"] if about is None else getattr(about, "id", None)}
            for row, about in rows
        ]
        written_together.add_rows(work.session, AuditEvent, known)


def note_shown(work: Work, act: str, kind: type[Record], keys: Iterable[int]) -> None:
    """Append a row for each of several records of which a list showed something, in a `gathered`
    block. None of them is read for it.

    Args:
        work: the open act.
        act: a code, as in `note`.
        kind: what they are.
        keys: which.
    """
    rows: Gathered = work.session.info[GATHERED]
    for key in keys:
        note(work, act)
        rows[-1][0].update(about_kind=kind.__tablename__, about_id=key)

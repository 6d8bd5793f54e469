"""Sealing the trail: each run of rows is hashed over the seal before it, so a change shows."""

import json
from datetime import timedelta

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from portal.columns import keyed_hash
from portal.records.audit_event import AuditEvent, AuditSeal
from portal.work import Work

AT_ONCE = 1000
# How much of a hash a mark has: enough that nobody meets it by chance, little enough to note down.
MARK_DIGITS = 16
# A row's key is given before its commit: younger rows may still be joined by one below them.
SETTLED_AFTER = timedelta(minutes=2)
LONGEST_WAIT_SECONDS = 5


def seal(work: Work) -> int:
    """Seal the rows that have settled, in runs of at most a thousand.

    Returns:
        How many rows were sealed.
    """
    _wait_for_writers(work.session)
    sealed = 0
    while rows := _unsealed(work):
        last = _last_seal(work.session)
        work.session.add(
            AuditSeal(
                first_id=rows[0].id,
                last_id=rows[-1].id,
                rows=len(rows),
                hash=_hash(last.hash if last else "", rows),
                sealed_at=work.now,
            )
        )
        work.session.flush()
        sealed += len(rows)
    return sealed


def _wait_for_writers(session: Session) -> None:
    """Let every act that has already added a row end first, so that no row can still appear
    below one that is sealed. SQLite has one writer at a time, and this act is it."""
    if session.get_bind().dialect.name == "postgresql":
        # Readers are not disturbed; an act that takes longer is waited for next time.
        session.execute(text(f"SET LOCAL lock_timeout = '{LONGEST_WAIT_SECONDS}s'"))
        session.execute(text("LOCK TABLE audit_event IN SHARE MODE"))


def faults(session: Session) -> list[str]:
    """Verify every seal.

    Returns:
        A sentence for each seal that no longer fits its rows; empty when the trail is whole.
    """
    found, before, last_id = [], "", 0
    for kept in session.scalars(select(AuditSeal).order_by(AuditSeal.last_id)):
        rows = _rows(session, last_id, kept.last_id)
        if len(rows) != kept.rows or _hash(before, rows) != kept.hash:
            found.append(
                f"The audit trail was changed between rows {kept.first_id} and {kept.last_id}."
            )
        before, last_id = kept.hash, kept.last_id
    return found


def mark(session: Session) -> str | None:
    """The latest seal in a form that is kept outside the database: the number of its last row and
    the beginning of its hash; None before the first seal."""
    last = _last_seal(session)
    return f"{last.last_id}-{last.hash[:MARK_DIGITS]}" if last is not None else None


def has(session: Session, kept: str) -> bool:
    """Whether a mark that was kept is still in the trail. When it is not, the end was cut off, or
    everything was sealed anew: the seals that are left fit each other all the same."""
    number, _, digits = kept.partition("-")
    if not (number.isascii() and number.isdecimal() and len(digits) == MARK_DIGITS):
        return False
    wanted = select(AuditSeal.hash).where(AuditSeal.last_id == int(number))
    return (session.scalar(wanted) or "").startswith(digits)


def _unsealed(work: Work) -> list[AuditEvent]:
    last = _last_seal(work.session)
    after = last.last_id if last else 0
    # Up to the first row that has not settled: a seal never skips one.
    young = select(func.min(AuditEvent.id)).where(
        AuditEvent.id > after, AuditEvent.at > work.now - SETTLED_AFTER
    )
    first_young = work.session.scalar(young)
    rows = select(AuditEvent).where(AuditEvent.id > after).order_by(AuditEvent.id).limit(AT_ONCE)
    if first_young is not None:
        rows = rows.where(AuditEvent.id < first_young)
    return list(work.session.scalars(rows))


def _rows(session: Session, after: int, last: int) -> list[AuditEvent]:
    rows = select(AuditEvent).where(AuditEvent.id > after, AuditEvent.id <= last)
    return list(session.scalars(rows.order_by(AuditEvent.id)))


def _last_seal(session: Session) -> AuditSeal | None:
    return session.scalar(select(AuditSeal).order_by(AuditSeal.last_id.desc()).limit(1))


def _hash(before: str, rows: list[AuditEvent]) -> str:
    content = [
        [
            row.id,
            row.at.isoformat(),
            row.act,
            row.actor_kind,
            row.actor_id,
            row.about_kind,
            row.about_id,
            row.fields,
        ]
        for row in rows
    ]
    # Keyed, so that whoever can only write to the database cannot make the seals fit.
    return keyed_hash(before + json.dumps(content), "audit seal")

"""The trail: who did or looked at what. Appended in the act's own transaction, never changed."""

from collections.abc import Iterable

from portal.db import Record
from portal.records.audit_event import AuditEvent
from portal.work import Work


def note(work: Work, act: str, about: Record | None = None, fields: Iterable[str] = ()) -> None:
    """Append one row to the trail.

    Args:
        work: the open act.
        act: a code such as `feedback_received` or `case_viewed`.
        about: the record it concerns; it is flushed so that it has its key.
        fields: names of the fields concerned. Never their content: the trail outlives erasure.
    """
    about_kind, about_id = None, None
    if about is not None:
        work.session.flush()
        about_kind = about.__tablename__
        about_id = getattr(about, "id", None)
    work.session.add(
        AuditEvent(
            at=work.now,
            act=act,
            actor_kind=work.who.kind,
            actor_id=work.who.account_id,
            about_kind=about_kind,
            about_id=about_id,
            fields=sorted(fields),
        )
    )

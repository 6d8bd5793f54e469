"""A matter's history: the trail's rows in words, with who did each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from portal import clock
from portal.records.account import Account
from portal.records.attachment import Attachment
from portal.records.audit_event import AuditEvent
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.message import Message
from portal.records.outbox_letter import OutboxLetter

MOST_SHOWN = 200
ACTS: Mapping[str, str] = {
    "feedback_received": "Came in",
    "feedback_entered": "Entered by an officer",
    "feedback_viewed": "Read",
    "feedback_prepared": "A decision was prepared",
    "suggestion_stored": "The classifier made a suggestion",
    "decided_case_opened": "Decided: a case",
    "decided_thanked": "Decided: thanked",
    "decided_passed_on": "Decided: passed on",
    "decided_declined": "Decided: no formal investigation",
    "decided_linked": "Decided: linked",
    "case_opened": "The case was opened",
    "case_viewed": "The case was looked at",
    "case_acknowledged": "The acknowledgement was written",
    "message_added": "A message was added",
    "letter_written": "A letter was written",
    "letter_sent": "A letter was sent",
    "file_viewed": "A file was opened",
    "words_given": "New secret words were given",
    "tracking_opened": "Opened at “follow your feedback”",
}
ACTORS: Mapping[str, str] = {
    "officer": "an officer",
    "advocate": "an advocate",
    "public": "the person",
    "intake": "the mailbox",
    "work": "the portal",
    "command": "whoever runs the portal",
}


@dataclass(frozen=True)
class HistoryRow:
    """One act in words."""

    title: str
    when: str
    body: str


def history(session: Session, feedback: Feedback, case: Case | None) -> list[HistoryRow]:
    """Tell what was done with a matter, the newest first, at most `MOST_SHOWN` acts.

    Args:
        session: any session.
        feedback: the matter.
        case: its case, where there is one.
    """
    about = _about(feedback, case)
    wanted = select(AuditEvent).where(about).order_by(AuditEvent.id.desc()).limit(MOST_SHOWN)
    events = session.scalars(wanted).all()
    ids = {event.actor_id for event in events if event.actor_id is not None}
    found = session.scalars(select(Account).where(Account.id.in_(ids))) if ids else ()
    names = {account.id: account.name for account in found}
    return [_row(event, names) for event in events]


def at_words(moment: datetime) -> str:
    """A moment on a London clock: "8 January 2027, 14:05"."""
    local = clock.in_london(moment)
    return f"{local.day} {local:%B %Y, %H:%M}"


def _about(feedback: Feedback, case: Case | None) -> ColumnElement[bool]:
    def rows_of(
        record: type[Message] | type[OutboxLetter] | type[Attachment],
    ) -> ColumnElement[bool]:
        keys = select(record.id).where(record.feedback_id == feedback.id)
        return and_(AuditEvent.about_kind == record.__tablename__, AuditEvent.about_id.in_(keys))

    parts = [
        and_(AuditEvent.about_kind == "feedback", AuditEvent.about_id == feedback.id),
        *(rows_of(record) for record in (Message, OutboxLetter, Attachment)),
    ]
    if case is not None:
        parts.append(and_(AuditEvent.about_kind == "case", AuditEvent.about_id == case.id))
    return or_(*parts)


def _row(event: AuditEvent, names: Mapping[int, str]) -> HistoryRow:
    by = names.get(event.actor_id or 0) or ACTORS.get(event.actor_kind, event.actor_kind)
    changed = ", ".join(field.replace("_", " ") for field in event.fields)
    return HistoryRow(
        title=ACTS.get(event.act, event.act.replace("_", " ").capitalize()),
        when=f"{at_words(event.at)}, {by}",
        body=f"Other than suggested: {changed}" if changed and "decided" in event.act else "",
    )

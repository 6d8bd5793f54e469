"""Who looked at a matter: read off the trail, for whoever asks "who has seen my case?"."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from portal.matter_rows import CASES
from portal.records.account import Account
from portal.records.attachment import Attachment
from portal.records.audit_event import AuditEvent
from portal.records.feedback import Feedback
from portal.records.message import Message
from portal.records.outbox_letter import OutboxLetter
from portal.records.phone_notice import PhoneNotice
from portal.records.point import Point, PointFinding
from portal.records.remedy import Remedy

# The acts that are looks, and what was looked at.
LOOKS = {
    "feedback_viewed": "the feedback",
    "feedback_prepared": "the feedback",
    "refusal_viewed": "a no that was proposed",
    "case_viewed": "the case",
    "shown_again": "a form about it, shown again",
    "people_viewed": "whom it is about",
    "danger_viewed": "the alerts of danger",
    "alert_words_viewed": "what they wrote, because of an alert of danger",
    "danger_page_viewed": "the page to say that there is danger, or that it is over",
    "children_viewed": "the children’s names",
    "resubmission_viewed": "what waits for proceedings",
    "words_viewed": "the page for new secret words",
    "points_viewed": "the points of complaint",
    "notes_viewed": "the officers’ notes",
    "timeline_viewed": "all that was said and done",
    "findings_viewed": "the findings",
    "promises_viewed": "the promises",
    "holding_viewed": "the holding letter",
    "allocation_viewed": "who answers it",
    "answer_viewed": "the draft answer",
    "fees_viewed": "what was paid",
    "papers_viewed": "the papers for an investigation",
    "paper_viewed": "a paper that was chosen for them",
    "investigation_report_viewed": "the report of an investigation",
    "bundles_viewed": "the bundles of its papers",
    "bundle_opened": "a bundle of its papers",
    "tasks_viewed": "the questions to colleagues",
    "task_viewed": "a question that they were asked",
    "advocate_viewed": "the matter, as an advocate",
    "advocates_viewed": "its advocates",
    "supporter_viewed": "the matter, as a supporter",
    "tracking_opened": "their own page, with the secret words",
    "tracking_viewed": "their own page",
    "file_viewed": "a file",
    "listed_behind_figure": "its line behind a figure of the annual report",
    "listed_as_learned": "what was promised in it, for the annual report",
    "hearing_viewed": "what a file says",
    "in_english_viewed": "what a text says in English",
    "tellings_viewed": "who near them is told",
    "referral_viewed": "the referral to an advocate",
    "letter_viewed": "a letter by post",
    "letter_printed": "a letter by post, to print it",
    "mail_viewed": "the e-mail as it came",
    "looks_viewed": "this list",
    "found_by_search": "its words, found by a search",
    "list_searched": "its line in a list, looked up by reference",
    "glass_broken": "opened it in an emergency",
}


@dataclass(frozen=True)
class Look:
    """One look. `name` is None for somebody without an account."""

    at: datetime
    account_id: int | None
    name: str | None
    job_title: str | None
    kind: str
    what: str


def looks(session: Session, feedback: Feedback) -> list[Look]:
    """Everybody who looked at a matter, the newest look first.

    Args:
        session: any session.
        feedback: the matter; looks at its case, files, letters and messages count.
    """
    events = session.execute(
        select(AuditEvent, Account)
        .outerjoin(Account, Account.id == AuditEvent.actor_id)
        .where(about(session, feedback), AuditEvent.act.in_(LOOKS))
        .order_by(AuditEvent.id.desc())
    )
    return [
        Look(
            at=event.at,
            account_id=event.actor_id,
            name=account.name if account is not None else None,
            job_title=account.job_title if account is not None else None,
            kind=event.actor_kind,
            what=LOOKS[event.act],
        )
        for event, account in events
    ]


def latest_acts(
    session: Session, feedback: Feedback, at_most: int, *only: ColumnElement[bool]
) -> tuple[list[AuditEvent], dict[int, str]]:
    """The latest rows of the trail about a matter and the names of those who acted, in one
    statement.

    Args:
        session: any session.
        feedback: the matter.
        at_most: how many rows.
        only: further conditions on the trail.

    Returns:
        The rows, the latest first, and the names by the accounts' keys.
    """
    wanted = (
        select(AuditEvent, Account.id, Account.name)
        .outerjoin(Account, Account.id == AuditEvent.actor_id)
        .where(about(session, feedback), *only)
        .order_by(AuditEvent.id.desc())
        .limit(at_most)
    )
    rows = session.execute(wanted).all()
    return [row[0] for row in rows], {row[1]: row[2] for row in rows if row[1] is not None}


def about(session: Session, feedback: Feedback) -> ColumnElement[bool]:
    """The condition on the trail for everything that concerns a matter: the feedback, its case,
    messages, letters and files."""

    def rows_of(
        record: type[Message] | type[OutboxLetter] | type[PhoneNotice] | type[Attachment],
    ) -> ColumnElement[bool]:
        keys = select(record.id).where(record.feedback_id == feedback.id)
        return and_(AuditEvent.about_kind == record.__tablename__, AuditEvent.about_id.in_(keys))

    messages = select(Message.id).where(Message.feedback_id == feedback.id)
    later_files = select(Attachment.id).where(Attachment.message_id.in_(messages))
    parts = [
        and_(AuditEvent.about_kind == "feedback", AuditEvent.about_id == feedback.id),
        *(rows_of(record) for record in (Message, OutboxLetter, PhoneNotice, Attachment)),
        and_(AuditEvent.about_kind == "attachment", AuditEvent.about_id.in_(later_files)),
    ]
    for case_id in [case.id for case in CASES.of(session, feedback.id)]:
        parts.append(and_(AuditEvent.about_kind == "case", AuditEvent.about_id == case_id))
        parts += [
            and_(AuditEvent.about_kind == kind, AuditEvent.about_id.in_(keys))
            for kind, keys in _of_case(case_id).items()
        ]
    return or_(*parts)


def _of_case(case_id: int) -> dict[str, Select[Any]]:
    """The keys of a case's points, of what was found on them, and of what was promised."""
    points = select(Point.id).where(Point.case_id == case_id)
    return {
        Point.__tablename__: points,
        PointFinding.__tablename__: select(PointFinding.id).where(
            PointFinding.point_id.in_(points)
        ),
        Remedy.__tablename__: select(Remedy.id).where(Remedy.case_id == case_id),
    }

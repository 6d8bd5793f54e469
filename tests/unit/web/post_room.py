"""Letters by post as an officer finds them, for the tests of their pages."""

from datetime import date, timedelta

from sqlalchemy import select

from portal.correspondence import outbox
from portal.db import db
from portal.records.audit_event import AuditEvent
from portal.records.feedback import ContactWay
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.records.party import PartyRole
from portal.work import WORKER, begin_work
from tests import matters
from tests.matters import NewParty

NAME, STREET = "Noor Whitfield", "12 Elm Row"
PARTY = NewParty(
    PartyRole.COMPLAINANT, NAME, phone="01632 960 461", address=f"{STREET}\nStafford\nZZ99 2ZZ"
)


def written(
    way: ContactWay = ContactWay.POST, days_ago: int = 0, case: bool = False
) -> tuple[str, str]:
    """Write a letter; gives its public id and its reference."""
    with begin_work(WORKER) as work:
        feedback = matters.make_feedback(work, contact_way=way, parties=(PARTY,))
        if case:
            matters.make_case(work, feedback)
        letter = outbox.post(work, LetterKind.THANKS, feedback)
        letter.written_at = work.now - timedelta(days=days_ago)
        return letter.public_id, feedback.reference


def letter_of(public_id: str) -> OutboxLetter:
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(OutboxLetter).where(OutboxLetter.public_id == public_id)).one()


def acts() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(AuditEvent.act).order_by(AuditEvent.id)))


def day_of(day: date) -> list[str]:
    return [str(day.day), str(day.month), str(day.year)]

"""What a young person agreed that an advocate may do: as a record, with how we know of it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.attachments import storing
from portal.attachments.checked_file import CheckedFile
from portal.errors import Refused
from portal.marking import marked
from portal.records.account import Account
from portal.records.advocacy import Advocacy, AdvocacyConsent, SaidBy
from portal.records.agreed_scope import Scope, columns_of
from portal.records.feedback import Feedback
from portal.work import Work

LONGEST_HOW = 2_000
ON_THEIR_PAGE = "On their own page, with their secret words."
# Between an advocate's words and what an officer wrote of checking them.
CHECKED = "\n\nChecked by the complaints team: "


class NoEvidence(Refused):
    """An agreement without a word on how it was given."""

    message = marked("Say how the young person told you, such as: face to face, in these words.")


class DayPast(Refused):
    """An agreement whose last day is behind us."""

    message = marked("The last day must be today or later.")


@dataclass(frozen=True)
class Agreed:
    """What was agreed and how it was given. Without a last day it holds until it is ended.
    `upload` is a file that shows it, such as a form or a voice note."""

    scope: frozenset[Scope]
    how: str
    last_day: date | None = None
    upload: CheckedFile | None = None


def check(work: Work, agreed: Agreed) -> None:
    """Say no to an agreement that is none.

    Raises:
        NoEvidence: nobody says how it was given.
        DayPast: its last day is past.
    """
    if not agreed.how.strip():
        raise NoEvidence
    if agreed.last_day is not None and agreed.last_day < work.today:
        raise DayPast


def settle(
    work: Work, feedback: Feedback, advocacy: Advocacy, agreed: Agreed, by: SaidBy
) -> AdvocacyConsent:
    """Put an agreement into force, and keep it with its evidence.

    Args:
        work: the open act.
        feedback: the matter.
        advocacy: whom it is for.
        agreed: what it is.
        by: who recorded it; the young person needs no account.

    Raises:
        NoEvidence, DayPast: as `check`.
        StoreAway: the file could not be kept.
    """
    check(work, agreed)
    file = None
    if agreed.upload is not None:
        file = storing.keep(work, agreed.upload, feedback=feedback)
        work.session.flush()
    columns = columns_of(agreed.scope)
    for name, value in columns.items():
        setattr(advocacy, name, value)
    advocacy.last_day = agreed.last_day
    found = AdvocacyConsent(
        feedback_id=feedback.id,
        account_id=advocacy.account_id,
        said_by=by,
        how=agreed.how.strip(),
        attachment_id=file.id if file is not None else None,
        on_day=work.today,
        recorded_at=work.now,
        recorded_by_id=work.who.account_id,
        last_day=agreed.last_day,
        **columns,
    )
    work.session.add(found)
    audit.note(work, "advocacy_agreed", feedback, sorted(agreed.scope))
    return found


@dataclass(frozen=True)
class Claimed:
    """How an advocate says that the young person said yes, as that person reads it: the advocate's
    words alone, whether a file shows it, and whether an officer checked it."""

    how: str
    has_file: bool
    is_checked: bool


def claimed(session: Session, feedback: Feedback) -> dict[int, Claimed]:
    """What stands behind each advocate's access, for the one person who can say that it is not so.

    Args:
        session: any session.
        feedback: the matter.

    Returns:
        By the advocate's key, the newest; what the young person changed on their own page does not
        hide it.
    """
    wanted = select(AdvocacyConsent).where(
        AdvocacyConsent.feedback_id == feedback.id,
        AdvocacyConsent.said_by != SaidBy.YOUNG_PERSON,
    )
    found = {}
    for row in session.scalars(wanted.order_by(AdvocacyConsent.id)):
        how, checked, _ = row.how.partition(CHECKED)
        found[row.account_id] = Claimed(how, row.attachment_id is not None, bool(checked))
    return found


@dataclass(frozen=True)
class Recorded:
    """One record of the history, with the names of those concerned."""

    consent: AdvocacyConsent
    advocate: str
    recorded_by: str | None


def history(session: Session, feedback: Feedback) -> list[Recorded]:
    """Every agreement that was recorded for a matter's advocates, the newest first."""
    wanted = select(AdvocacyConsent).where(AdvocacyConsent.feedback_id == feedback.id)
    rows = session.scalars(wanted.order_by(AdvocacyConsent.id.desc())).all()
    keys = {row.account_id for row in rows} | {row.recorded_by_id for row in rows}
    people = select(Account.id, Account.name).where(Account.id.in_(keys - {None}))
    names = {row.id: row.name for row in session.execute(people)}
    return [
        Recorded(row, names[row.account_id], names.get(row.recorded_by_id or 0)) for row in rows
    ]

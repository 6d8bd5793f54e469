"""What changed fields held before: kept beside the trail, whose rows hold the fields' names."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.records.account import Account
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.field_change import FieldChange
from portal.work import Work


def keep(
    work: Work, about: Feedback | Case | Account, field: str, before: str | None, after: str | None
) -> None:
    """Keep what a field held and what it holds now.

    Args:
        work: the open act, which writes the trail as well.
        about: the matter, a case of it, or somebody on the staff list.
        field: the field's name, as the trail has it.
        before, after: in words; None where it was or is empty.
    """
    matter, subject = None, None
    if isinstance(about, Account):
        subject = about.id
    else:
        matter = about.id if isinstance(about, Feedback) else about.feedback_id
    work.session.add(
        FieldChange(
            feedback_id=matter, subject_id=subject, field=field, before=before, after=after,
            changed_at=work.now, account_id=work.who.account_id,
        )
    )  # fmt: skip


def named(session: Session, account_id: int | None) -> str | None:
    """The name under which an account is kept as a value; None for nobody.

    Args:
        session: any session.
        account_id: its key.
    """
    return session.get_one(Account, account_id).name if account_id is not None else None


def of_matter(session: Session, feedback: Feedback) -> list[FieldChange]:
    """What was changed on a matter and its cases, the newest first."""
    wanted = select(FieldChange).where(FieldChange.feedback_id == feedback.id)
    return list(session.scalars(wanted.order_by(FieldChange.id.desc())))


def of_account(session: Session, account: Account) -> list[tuple[FieldChange, str | None]]:
    """What was changed about somebody on the staff list, the newest first.

    Args:
        session: any session.
        account: whose.

    Returns:
        Each change with the name of whoever made it; None where the portal did.
    """
    wanted = (
        select(FieldChange, Account.name)
        .outerjoin(Account, Account.id == FieldChange.account_id)
        .where(FieldChange.subject_id == account.id)
        .order_by(FieldChange.id.desc())
    )
    return [(change, name) for change, name in session.execute(wanted)]

"""The officer whom the council's file names for matters about the complaints team or a head of
service: who that is, and the letter that tells them of one."""

from sqlalchemy import exists, select

from portal.cases.addresses import email_key
from portal.correspondence import outbox
from portal.procedures.working_days import Unit, after
from portal.records.account import Account
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind
from portal.work import Work

A_MATTER = "Something that goes to you alone"


def tell(work: Work, feedback: Feedback) -> None:
    """Tell them that a matter is theirs now, without what it is about. Where nobody has that
    address, `check` says so: the complaints team must not learn more of it by a letter.

    Args:
        work: the open act, in which the matter became theirs.
        feedback: the matter.
    """
    days = work.council.giving.accept_days
    opened = work.session.scalar(select(exists().where(Case.feedback_id == feedback.id)))
    kind = "cases" if opened else "feedback"
    facts = {
        "what": A_MATTER,
        "due_on": after(work.today, days, Unit.WORKING_DAYS, work.council.calendar).due,
        "link": f"{work.settings.public_url}/officers/{kind}/{feedback.public_id}",
    }
    for account in _accounts(work):
        if account.id != work.who.account_id:
            outbox.post_to(work, LetterKind.WORK_WAITS, account.email, facts, feedback=feedback)


def _accounts(work: Work) -> list[Account]:
    wanted = select(Account).where(
        Account.email_key == email_key(work.council.designated_officer),
        Account.active,
        Account.left_on.is_(None),
        Account.organisation_id.is_(None),
    )
    return list(work.session.scalars(wanted))

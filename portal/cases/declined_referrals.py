"""Young people whom the provider has no advocate for: who sees to it until one is there."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session, aliased

from portal.access import permission
from portal.access.acts import Act
from portal.access.person import person_of
from portal.cases import roles
from portal.cases.addresses import email_key
from portal.correspondence import outbox
from portal.correspondence.email_address import plain_address
from portal.procedures.working_days import relative_words
from portal.records.account import Account, Role
from portal.records.advocacy import Advocacy
from portal.records.advocacy_referral import AdvocacyReferral, ReferralState
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind
from portal.work import Work


def stands() -> ColumnElement[bool]:
    """The condition on a referral that its no is the last word: nobody was asked since, and no
    advocate follows the matter."""
    later = aliased(AdvocacyReferral)
    asked_since = select(later.id).where(
        later.feedback_id == AdvocacyReferral.feedback_id, later.id > AdvocacyReferral.id
    )
    followed = select(Advocacy.id).where(
        Advocacy.feedback_id == AdvocacyReferral.feedback_id, Advocacy.ended_at.is_(None)
    )
    return and_(
        AdvocacyReferral.state == ReferralState.DECLINED,
        ~asked_since.exists(),
        ~followed.exists(),
    )


def is_one(session: Session, referral: AdvocacyReferral) -> bool:
    """Whether a referral was declined, and nothing has come of it since."""
    wanted = select(AdvocacyReferral.id).where(AdvocacyReferral.id == referral.id, stands())
    return session.scalar(wanted) is not None


def tell_managers(work: Work, feedback: Feedback, referral: AdvocacyReferral) -> list[int]:
    """Write to the complaints managers that no advocate is there.

    Args:
        work: the open act: the worker's, or the one in which the provider says no.
        feedback: the young person's matter.
        referral: the latest.

    Returns:
        The keys of the accounts that were written to.
    """
    facts = {
        "due_on": referral.due_on,
        "how_far": relative_words(referral.due_on, work.today, work.council.calendar),
        "link": f"{work.settings.public_url}/officers/feedback/{feedback.public_id}/advocate",
        "declined": referral.state is ReferralState.DECLINED,
    }
    managers = _managers(work, feedback)
    for account in managers:
        kind = LetterKind.ADVOCACY_REMINDER
        outbox.post_to(work, kind, account.email, facts, feedback=feedback)
    return [one.id for one in managers]


def _managers(work: Work, feedback: Feedback) -> Sequence[Account]:
    """The complaints managers who may read it and can be written to; where it is closed to them,
    the officer whom the council's file names."""
    key = email_key(work.council.designated_officer)
    designated = select(Account).where(Account.email_key == key, Account.active)
    for group in (
        roles.holders(work.session, {Role.COMPLAINTS_MANAGER}, work.today),
        work.session.scalars(designated).all(),
    ):
        told = [one for one in group if _may_be_told(work, feedback, one, key)]
        if told:
            return told
    return []


def _may_be_told(work: Work, feedback: Feedback, account: Account, key: str) -> bool:
    if account.left_on is not None or plain_address(account.email) is None:
        return False
    person = person_of(work.session, account, work.today, key)
    found = permission.may(work.session, person, Act.READ, feedback.id, work.today, work.now)
    return found.allowed

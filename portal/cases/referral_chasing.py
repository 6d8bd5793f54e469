"""Chasing referrals to an advocate by the council's own ladder: first the provider, who must act,
then the complaints managers. It begins before any case is there, so it has rows of its own."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.access import permission
from portal.access.acts import Act
from portal.access.person import person_of
from portal.cases import referring, roles
from portal.cases.addresses import email_key
from portal.correspondence import outbox
from portal.correspondence.email_address import plain_address
from portal.council import Council
from portal.procedures.chasing import ABOVE, Chase, Level, Rung, chase
from portal.procedures.working_days import relative_words
from portal.records.account import Account, Role
from portal.records.advocacy_referral import AdvocacyReferral, ReferralReminder
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind
from portal.work import Work


def waiting(session: Session, council: Council, today: date) -> list[int]:
    """Keys of the referrals of which a rung was reached and not climbed, the earliest first.

    Args:
        session: any session.
        council: for its ladder and days off.
        today: the day.
    """
    wanted = select(AdvocacyReferral).where(AdvocacyReferral.state.in_(referring.WAITS))
    found = session.scalars(wanted.order_by(AdvocacyReferral.due_on, AdvocacyReferral.id)).all()
    return [one.id for one in found if _asked(session, council, today, one).now is not None]


def remind(work: Work, referral_id: int) -> ReferralReminder | None:
    """Send the newest rung that was reached.

    Args:
        work: the open act, of the worker. Of two workers the second fails at the row's uniqueness,
            and with it its letters.
        referral_id: one of `waiting`.

    Returns:
        The reminder; None where somebody was quicker, or answered meanwhile.

    Raises:
        sqlalchemy.exc.IntegrityError: another worker has sent it in this moment.
    """
    referral = work.session.get_one(AdvocacyReferral, referral_id)
    if referral.state not in referring.WAITS:
        return None
    asked = _asked(work.session, work.council, work.today, referral)
    if asked.now is None:
        return None
    for rung in asked.passed:
        work.session.add(_row(work, referral, rung))
    row = _row(work, referral, asked.now)
    work.session.add(row)
    # The row first, so that its uniqueness stops a second worker before any letter.
    work.session.flush()
    feedback = work.session.get_one(Feedback, referral.feedback_id)
    to_provider = Level.WHOEVER_MUST_ACT in asked.now.to
    managers = _managers(work, feedback) if ABOVE & set(asked.now.to) else []
    if to_provider:
        referring.write_to_provider(work, feedback, referral)
    facts = {
        "due_on": referral.due_on,
        "how_far": relative_words(referral.due_on, work.today, work.council.calendar),
        "link": f"{work.settings.public_url}/officers/feedback/{feedback.public_id}/advocate",
    }
    for account in managers:
        kind = LetterKind.ADVOCACY_REMINDER
        outbox.post_to(work, kind, account.email, facts, feedback=feedback)
    row.told = {"provider": to_provider, "accounts": [one.id for one in managers]}
    audit.note(work, "advocate_referral_chased", feedback, [asked.now.code])
    return row


def _asked(session: Session, council: Council, today: date, one: AdvocacyReferral) -> Chase:
    rows = session.execute(
        select(ReferralReminder.rung, ReferralReminder.made_on).where(
            ReferralReminder.referral_id == one.id, ReferralReminder.due_on == one.due_on
        )
    ).all()
    return chase(
        council.chasing.ladder,
        one.sent_on,
        one.due_on,
        today,
        council.calendar,
        had={rung for rung, _ in rows},
        since=max((made_on for _, made_on in rows), default=None),
    )


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


def _row(work: Work, referral: AdvocacyReferral, rung: Rung) -> ReferralReminder:
    return ReferralReminder(
        referral_id=referral.id,
        rung=rung.code,
        due_on=referral.due_on,
        made_on=work.today,
        made_at=work.now,
        told={},
    )

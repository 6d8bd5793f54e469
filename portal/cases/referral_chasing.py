"""Chasing referrals to an advocate by the council's own ladder: first the provider, who must act,
then the complaints managers; after a no only these, until somebody else was asked. It begins before
any case is there, so it has rows of its own."""

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal import audit
from portal.cases import declined_referrals, referring
from portal.council import Council
from portal.procedures.chasing import ABOVE, Chase, Level, Rung, chase
from portal.records.advocacy_referral import AdvocacyReferral, ReferralReminder
from portal.records.feedback import Feedback
from portal.work import Work


def waiting(session: Session, council: Council, today: date) -> list[int]:
    """Keys of the referrals of which a rung was reached and not climbed, the earliest first.

    Args:
        session: any session.
        council: for its ladder and days off.
        today: the day.
    """
    wanted = select(AdvocacyReferral).where(
        or_(AdvocacyReferral.state.in_(referring.WAITS), declined_referrals.stands())
    )
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
    declined = declined_referrals.is_one(work.session, referral)
    if referral.state not in referring.WAITS and not declined:
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
    # Whoever said no is not asked again: the next step is the managers'.
    to_provider = Level.WHOEVER_MUST_ACT in asked.now.to and not declined
    if to_provider:
        referring.write_to_provider(work, feedback, referral)
    above = declined or ABOVE & set(asked.now.to)
    told = declined_referrals.tell_managers(work, feedback, referral) if above else []
    row.told = {"provider": to_provider, "accounts": told}
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


def _row(work: Work, referral: AdvocacyReferral, rung: Rung) -> ReferralReminder:
    return ReferralReminder(
        referral_id=referral.id,
        rung=rung.code,
        due_on=referral.due_on,
        made_on=work.today,
        made_at=work.now,
        told={},
    )

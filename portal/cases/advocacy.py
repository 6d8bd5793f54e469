"""Advocates: who follows which matter, and by whose leave."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import not_, select
from sqlalchemy.orm import Session

from portal import audit, clock
from portal.access.following import stands
from portal.cases import advocacy_consent
from portal.cases.advocacy_consent import Agreed
from portal.errors import Refused
from portal.followed_rows import ADVOCACIES
from portal.marking import marked
from portal.records.account import Account
from portal.records.advocacy import Advocacy, SaidBy
from portal.records.agreed_scope import Scope
from portal.records.feedback import Feedback
from portal.records.organisation import Organisation
from portal.work import Work


class SwitchedOff(Refused):
    """The person ended this advocate's access; only they can give it back."""

    message = marked(
        "You cannot follow this any more: you were switched off. If that has changed, they can "
        "let you follow it again on their own page, or call us."
    )
    status = 403


@dataclass(frozen=True)
class Follower:
    """An advocate, as the person whose matter it is sees them: what they may do, until which day,
    and whether that day is past."""

    account_id: int
    public_id: str
    name: str
    organisation: str | None
    joined_at: datetime
    ended_at: datetime | None
    scope: frozenset[Scope]
    last_day: date | None
    is_past: bool


def join(
    work: Work,
    account_id: int,
    feedback: Feedback,
    agreed: Agreed,
    by: SaidBy = SaidBy.ADVOCATE,
) -> Advocacy:
    """Let an advocate follow a matter. The caller has checked the person's reference and words, or
    is an officer who has checked it with them.

    Joining what is followed already changes nothing; an agreement whose last day is past is made
    anew.

    Args:
        work: the open act.
        account_id: the advocate.
        feedback: the matter.
        agreed: what the young person agreed to.
        by: who recorded that.

    Raises:
        SwitchedOff: the person ended it before.
        NoEvidence, DayPast: of the agreement.
    """
    found = _row(work.session, account_id, feedback.id)
    if found is not None:
        if found.ended_at is not None:
            raise SwitchedOff
        if not _past(found, work.today):
            return found
    made = found or Advocacy(account_id=account_id, feedback_id=feedback.id, joined_at=work.now)
    work.session.add(made)
    advocacy_consent.settle(work, feedback, made, agreed, by)
    audit.note(work, "advocate_joined", made)
    return made


def leave(work: Work, account_id: int, feedback: Feedback) -> None:
    """The advocate stops following. The row goes, because an ended one means that the person
    ended it; the trail keeps both."""
    found = _row(work.session, account_id, feedback.id)
    if found is not None and found.ended_at is None:
        audit.note(work, "advocate_left", found)
        work.session.delete(found)


def switch_off(work: Work, feedback: Feedback, account_public_id: str) -> str | None:
    """The person ends an advocate's access, from this moment on.

    Returns:
        The advocate's name; None when nobody of that id follows the matter.
    """
    found = _of_follower(work.session, feedback, account_public_id)
    if found is None:
        return None
    advocacy, account = found
    if advocacy.ended_at is None:
        advocacy.ended_at = work.now
        audit.note(work, "advocate_switched_off", advocacy)
    return account.name


def allow_again(work: Work, feedback: Feedback, account_public_id: str) -> str | None:
    """The person lets an advocate follow again whom they had switched off; as `switch_off`."""
    found = _of_follower(work.session, feedback, account_public_id)
    if found is None:
        return None
    advocacy, account = found
    if advocacy.ended_at is not None:
        advocacy.ended_at = None
        audit.note(work, "advocate_allowed_again", advocacy)
    return account.name


def change_scope(
    work: Work, feedback: Feedback, account_public_id: str, scope: frozenset[Scope]
) -> str | None:
    """The person says on their own page what an advocate may do from now on; as `switch_off`.

    The last day stays as it was agreed. Whom they switched off stays off.
    """
    found = _of_follower(work.session, feedback, account_public_id)
    if found is None or found[0].ended_at is not None or _past(found[0], work.today):
        return None
    advocacy, account = found
    agreed = Agreed(scope, advocacy_consent.ON_THEIR_PAGE, advocacy.last_day)
    advocacy_consent.settle(work, feedback, advocacy, agreed, SaidBy.YOUNG_PERSON)
    return account.name


def standing_of(session: Session, account_id: int, feedback_id: int) -> Advocacy | None:
    """What an advocate may do in a matter now; None when they do not follow it."""
    today = clock.today()
    return next(
        (
            one
            for one in ADVOCACIES.of(session, feedback_id)
            if one.account_id == account_id and one.ended_at is None and not _past(one, today)
        ),
        None,
    )


def may_see(session: Session, account_id: int, feedback_id: int) -> bool:
    """Whether the advocate follows the matter now."""
    return standing_of(session, account_id, feedback_id) is not None


@dataclass(frozen=True)
class Ended:
    """A matter that an advocate followed and may not see now: only its reference is told."""

    reference: str
    on: date
    by_person: bool


def ended(session: Session, account_id: int) -> list[Ended]:
    """What ended for an advocate: the person switched them off, or the last day is past."""
    rows = session.execute(
        select(Advocacy, Feedback.reference)
        .join(Feedback, Feedback.id == Advocacy.feedback_id)
        .where(Advocacy.account_id == account_id, not_(stands(clock.today())))
    )
    found = [
        Ended(reference, clock.london_date(row.ended_at), by_person=True)
        if row.ended_at is not None
        else Ended(reference, row.last_day or clock.today(), by_person=False)
        for row, reference in rows
    ]
    return sorted(found, key=lambda one: (one.on, one.reference), reverse=True)


def followers(session: Session, feedback: Feedback) -> list[Follower]:
    """The advocates of a matter, those that were switched off among them."""
    rows = session.execute(
        select(Advocacy, Account, Organisation.name)
        .join(Account, Account.id == Advocacy.account_id)
        .outerjoin(Organisation, Organisation.id == Account.organisation_id)
        .where(Advocacy.feedback_id == feedback.id)
        .order_by(Advocacy.joined_at)
    )
    return [
        Follower(
            account.id,
            account.public_id,
            account.name,
            organisation,
            advocacy.joined_at,
            advocacy.ended_at,
            advocacy.scope,
            advocacy.last_day,
            _past(advocacy, clock.today()),
        )
        for advocacy, account, organisation in rows
    ]


def _past(advocacy: Advocacy, today: date) -> bool:
    return advocacy.last_day is not None and advocacy.last_day < today


def _row(session: Session, account_id: int, feedback_id: int) -> Advocacy | None:
    return session.scalar(
        select(Advocacy).where(
            Advocacy.account_id == account_id, Advocacy.feedback_id == feedback_id
        )
    )


def _of_follower(
    session: Session, feedback: Feedback, account_public_id: str
) -> tuple[Advocacy, Account] | None:
    row = session.execute(
        select(Advocacy, Account)
        .join(Account, Account.id == Advocacy.account_id)
        .where(Advocacy.feedback_id == feedback.id, Account.public_id == account_public_id)
    ).one_or_none()
    return (row[0], row[1]) if row is not None else None

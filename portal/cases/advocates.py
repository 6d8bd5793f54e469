"""An organisation's advocates, as whoever leads them sees them: how much they have and its next
date, never the names or words of the young people."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from portal.access.following import stands
from portal.cases import accounts, inviting, leaving, roles, staff_list
from portal.cases.leaving import HandedOver
from portal.cases.progress import progress
from portal.cases.staff_list import State
from portal.council import Council
from portal.errors import Refused
from portal.matter_rows import fetch_places
from portal.records.account import Account, Role
from portal.records.advocacy import Advocacy
from portal.records.feedback import Feedback
from portal.records.organisation import Organisation
from portal.work import Work


class NotTheirs(Refused):
    """Whoever leads advocates cannot end another lead, and nobody ends themself."""

    title = "You cannot end this account"
    message = "They lead advocates as you do. Ask the council’s administrator."
    status = 403


@dataclass(frozen=True)
class Followed:
    """One young person's matter, without anything that they said or are called."""

    reference: str
    next_on: date | None
    late: bool


@dataclass(frozen=True)
class Advocate:
    """One of the organisation's people."""

    account: Account
    state: State
    leads: bool
    followed: tuple[Followed, ...]

    @property
    def next_on(self) -> date | None:
        """The first of the next dates."""
        return self.followed[0].next_on if self.followed else None

    @property
    def late(self) -> bool:
        """Whether that day has passed."""
        return bool(self.followed) and self.followed[0].late


def find(session: Session, organisation_id: int, public_id: str) -> Account | None:
    """Somebody of an organisation who has not left; anybody else is the same as nobody."""
    return session.scalar(
        select(Account).where(
            Account.public_id == public_id,
            Account.organisation_id == organisation_id,
            Account.active,
            Account.left_on.is_(None),
        )
    )


def of_organisation(
    session: Session, council: Council, organisation_id: int, today: date, now: datetime
) -> list[Advocate]:
    """Everybody of an organisation who has not left, by name."""
    wanted = select(Account).where(
        Account.organisation_id == organisation_id, Account.active, Account.left_on.is_(None)
    )
    people = sorted(session.scalars(wanted), key=lambda one: one.name.casefold())
    return described(session, council, people, today, now)


def described(
    session: Session, council: Council, people: Sequence[Account], today: date, now: datetime
) -> list[Advocate]:
    """Some of them, each with what they follow, the next date first: asked once for all."""
    leads = {account.id for account in roles.holders(session, {Role.ADVOCACY_LEAD}, today)}
    followed = _followed(session, council, [account.id for account in people], today)
    return [
        Advocate(
            account,
            staff_list.state_of(account, now),
            account.id in leads,
            tuple(followed[account.id]),
        )
        for account in people
    ]


def invite(work: Work, organisation_id: int, name: str, email: str, job_title: str) -> Account:
    """Make somebody an advocate of an organisation and write them an invitation.

    Raises:
        NotAnAddress, EmailTaken, AddressUnusable.
    """
    organisation = work.session.get_one(Organisation, organisation_id)
    account = accounts.create(work, name, email, job_title=job_title, organisation=organisation)
    roles.give_role(work, account, Role.ADVOCATE, work.today)
    inviting.send(work, account)
    return account


def end(work: Work, account: Account, successor: Account | None) -> HandedOver:
    """End an advocate's account; a colleague follows their young people, or following ends.

    Raises:
        NotTheirs: they lead advocates too.
        CannotLeave: it is who asks, or the successor is no colleague.
    """
    mine = roles.roles_between(work.session, account.id, work.today, work.today)
    if Role.ADVOCACY_LEAD in mine and account.id != work.who.account_id:
        raise NotTheirs
    return leaving.leave(work, account, successor)


def _followed(
    session: Session, council: Council, people: Collection[int], today: date
) -> dict[int, list[Followed]]:
    rows = session.execute(
        select(Advocacy.account_id, Feedback)
        .join(Advocacy, Advocacy.feedback_id == Feedback.id)
        .where(Advocacy.account_id.in_(people), stands(today))
        # What the young person said is not even read.
        .options(defer(Feedback.story), defer(Feedback.wanted), defer(Feedback.subject))
    ).all()
    fetch_places(session, [feedback for _, feedback in rows])
    found: dict[int, list[Followed]] = {key: [] for key in people}
    for account_id, feedback in rows:
        where = progress(session, council, feedback, today)
        found[account_id].append(Followed(feedback.reference, where.next_on, where.late))
    for some in found.values():
        some.sort(key=lambda one: (one.next_on or date.max, one.reference))
    return found

"""A colleague takes a young person over: asked by the advocate who has them, and only by a yes.

Only inside one organisation. What the young person agreed to stays as it is, the advocate's notes
go along, and the young person is told, and can stop it.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.access.following import stands
from portal.access.table import OUTSIDE
from portal.cases import advocacy_consent, advocate_notes, advocates_told, roles
from portal.cases.advocacy import SwitchedOff
from portal.cases.advocacy_consent import Agreed
from portal.cases.tokens import make_public_id
from portal.errors import Refused
from portal.followed_rows import TAKEOVERS
from portal.marking import marked
from portal.records.account import Account
from portal.records.advocacy import Advocacy, SaidBy
from portal.records.feedback import Feedback
from portal.records.takeover import Takeover
from portal.work import Work

AS_BEFORE = "As the young person agreed for {name}, who handed over to a colleague."


class NotAColleague(Refused):
    """Young people go to colleagues of the same organisation alone."""

    message = marked("Choose a colleague of your organisation.")


class AskedAlready(Refused):
    """Somebody was asked and has not answered."""

    message = marked(
        "You have asked a colleague already. Take that back first, or wait for their answer."
    )
    status = 409


class NotAskedNow(Refused):
    """The request was answered or taken back, or the following has ended meanwhile."""

    title = marked("This has changed")
    message = marked("Nobody asks you this any more. Look at your list.")
    status = 409


@dataclass(frozen=True)
class Asked:
    """A request as the colleague reads it: the reference and who asks, and nothing else."""

    public_id: str
    reference: str
    by: str


def colleagues(session: Session, account: Account, today: date) -> list[Account]:
    """Who could be asked, by name."""
    there = [
        one
        for one in roles.holders(session, OUTSIDE, today)
        if one.id != account.id and one.organisation_id == account.organisation_id
    ]
    return sorted(there, key=lambda one: one.name.casefold())


def ask(work: Work, feedback: Feedback, account: Account, public_id: str) -> Takeover:
    """Ask a colleague to take a young person over. Nothing changes until they say yes.

    Args:
        work: the open act.
        feedback: the matter, which the advocate follows.
        account: the advocate.
        public_id: the colleague's.

    Raises:
        NotAColleague: they are of another organisation, or no advocate.
        AskedAlready: somebody is asked already.
    """
    there = {one.public_id: one for one in colleagues(work.session, account, work.today)}
    if public_id not in there:
        raise NotAColleague
    if waiting(work.session, account.id, feedback.id) is not None:
        raise AskedAlready
    made = Takeover(
        public_id=make_public_id(),
        feedback_id=feedback.id,
        from_id=account.id,
        to_id=there[public_id].id,
        asked_at=work.now,
    )
    work.session.add(made)
    audit.note(work, "takeover_asked", feedback)
    return made


def waiting(session: Session, account_id: int, feedback_id: int) -> Account | None:
    """The colleague whom an advocate has asked and who has not answered."""
    asked = (
        one
        for one in TAKEOVERS.of(session, feedback_id)
        if one.from_id == account_id and one.answered_at is None
    )
    found = next(asked, None)
    return session.get(Account, found.to_id) if found is not None else None


def take_back(work: Work, account_id: int, feedback: Feedback) -> None:
    """The advocate asks no longer."""
    wanted = select(Takeover).where(
        Takeover.from_id == account_id,
        Takeover.feedback_id == feedback.id,
        Takeover.answered_at.is_(None),
    )
    for found in work.session.scalars(wanted).all():
        work.session.delete(found)
        audit.note(work, "takeover_taken_back", feedback)


def asked_of(session: Session, account_id: int, today: date) -> list[Asked]:
    """What colleagues ask of an advocate, as long as they still follow it themselves."""
    rows = session.execute(
        select(Takeover.public_id, Feedback.reference, Account.name)
        .join(Feedback, Feedback.id == Takeover.feedback_id)
        .join(Account, Account.id == Takeover.from_id)
        .join(
            Advocacy,
            (Advocacy.feedback_id == Takeover.feedback_id)
            & (Advocacy.account_id == Takeover.from_id),
        )
        .where(Takeover.to_id == account_id, Takeover.answered_at.is_(None), stands(today))
        .order_by(Takeover.asked_at)
    )
    return [Asked(*row) for row in rows]


def answer(work: Work, account: Account, public_id: str, *, accept: bool) -> Feedback:
    """The colleague says yes or no. A yes lets them follow in the advocate's place, at once.

    Args:
        work: the open act.
        account: the colleague.
        public_id: the request's.
        accept: yes or no.

    Raises:
        NotAskedNow: nobody asks this now.
        SwitchedOff: the young person does not want them.
    """
    found = work.session.scalar(
        select(Takeover)
        .where(
            Takeover.public_id == public_id,
            Takeover.to_id == account.id,
            Takeover.answered_at.is_(None),
        )
        .with_for_update()
    )
    if found is None:
        raise NotAskedNow
    feedback = work.session.get_one(Feedback, found.feedback_id)
    found.answered_at, found.accepted = work.now, accept
    audit.note(work, "takeover_accepted" if accept else "takeover_declined", feedback)
    if accept:
        advocacy = work.session.scalar(
            select(Advocacy).where(
                Advocacy.account_id == found.from_id,
                Advocacy.feedback_id == feedback.id,
                stands(work.today),
            )
        )
        if advocacy is None:
            raise NotAskedNow
        if not hand_on(work, advocacy, account):
            raise SwitchedOff
    return feedback


def hand_on(work: Work, advocacy: Advocacy, successor: Account) -> bool:
    """Let a colleague follow in an advocate's place, with the same scope and last day.

    Args:
        work: the open act.
        advocacy: whose following goes; its row is deleted, because one that ended means that the
            young person ended it.
        successor: the colleague.

    Returns:
        Whether it went to them: whom the young person has switched off stays off, and then the
        following is left as it was.
    """
    session = work.session
    feedback = session.get_one(Feedback, advocacy.feedback_id)
    known = session.scalar(
        select(Advocacy).where(
            Advocacy.account_id == successor.id, Advocacy.feedback_id == feedback.id
        )
    )
    if known is not None and known.ended_at is not None:
        return False
    before = session.get_one(Account, advocacy.account_id)
    if known is None:
        new = Advocacy(account_id=successor.id, feedback_id=feedback.id, joined_at=work.now)
        session.add(new)
        agreed = Agreed(advocacy.scope, AS_BEFORE.format(name=before.name), advocacy.last_day)
        advocacy_consent.settle(work, feedback, new, agreed, SaidBy.ADVOCATE)
        audit.note(work, "advocate_joined", new)
        advocates_told.tell_person(work, feedback, successor, instead_of=before)
    advocate_notes.hand_on(work, feedback, before.id, successor.id)
    audit.note(work, "advocacy_handed_over", advocacy)
    session.delete(advocacy)
    return True

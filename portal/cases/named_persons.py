"""Whom a matter is about: linking people of the staff list, which closes it to them and theirs."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.access.table import CONFLICTED
from portal.cases import designated, given_work_ends, roles
from portal.cases.addresses import email_key
from portal.cases.tokens import make_public_id
from portal.errors import Refused
from portal.records.account import Account
from portal.records.feedback import Feedback
from portal.records.wall import NamedPerson
from portal.work import Work


class LinkRefused(Refused):
    """This person cannot be linked; the message says why."""

    title = "That person was not linked"


SHORTEST_NAME = 3


@dataclass(frozen=True)
class Linked:
    """Somebody whom a matter is about."""

    named: NamedPerson
    account: Account


def linked(session: Session, feedback_id: int) -> list[Linked]:
    """Everybody whom a matter is about now, in the order in which they were linked."""
    rows = session.execute(
        select(NamedPerson, Account)
        .join(Account, Account.id == NamedPerson.account_id)
        .where(NamedPerson.feedback_id == feedback_id, NamedPerson.unlinked_at.is_(None))
        .order_by(NamedPerson.id)
    )
    return [Linked(named, account) for named, account in rows]


def perhaps_means(feedback: Feedback, name: str) -> bool:
    """Whether somebody's name stands where the person said whom it is about, and no officer has
    said yet who is meant. What opens a walled matter does not open it to them."""
    said = (feedback.about_whom or "").casefold()
    parts = [part for part in name.casefold().split() if len(part) >= SHORTEST_NAME]
    return feedback.persons_unsettled and any(part in said for part in parts)


def goes_to_designated(work: Work, account: Account) -> bool:
    """Whether a matter about this person is for the officer whom the council's file names: they
    are of the complaints team or a head of service, and not that officer."""
    if account.email_key == email_key(work.council.designated_officer):
        return False
    return bool(roles.roles_between(work.session, account.id, work.today, work.today) & CONFLICTED)


def link(work: Work, feedback: Feedback, account: Account) -> NamedPerson:
    """Say that a matter is about somebody of the staff list: it closes to them and to everybody
    who reports to them, from this commit on. Where it goes to the officer whom the council's file
    names, they are told, once.

    Raises:
        LinkRefused: they are linked already, or do not work for the council.
    """
    if account.organisation_id is not None:
        raise LinkRefused("Only people of the council's own staff list can be linked.")
    before = linked(work.session, feedback.id)
    if any(one.account.id == account.id for one in before):
        raise LinkRefused("This person is linked already.")
    assert work.who.account_id is not None
    named = NamedPerson(
        public_id=make_public_id(),
        feedback_id=feedback.id,
        account_id=account.id,
        for_designated=goes_to_designated(work, account),
        linked_at=work.now,
        linked_by_id=work.who.account_id,
    )
    work.session.add(named)
    audit.note(work, "person_linked", feedback)
    given_work_ends.end_for(work, feedback, account)
    if named.for_designated and not any(one.named.for_designated for one in before):
        designated.tell(work, feedback)
    return named


def unlink(work: Work, feedback: Feedback, named: NamedPerson) -> None:
    """Take a wrong link back. The row stays: who could look, and when, must stay answerable."""
    if named.unlinked_at is None:
        named.unlinked_at = work.now
        named.unlinked_by_id = work.who.account_id
        audit.note(work, "person_unlinked", feedback)


def settle(work: Work, feedback: Feedback) -> None:
    """Say that everybody of the staff list whom it is about is linked, perhaps nobody."""
    feedback.persons_unsettled = False
    feedback.persons_settled_at = work.now
    feedback.persons_settled_by_id = work.who.account_id
    audit.note(work, "persons_settled", feedback)


def unsettle(work: Work, feedback: Feedback) -> None:
    """Close it to everybody but complaints officers again: somebody else may be meant."""
    feedback.persons_unsettled = True
    audit.note(work, "persons_unsettled", feedback)

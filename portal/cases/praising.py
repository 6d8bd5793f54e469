"""Passing a compliment on to the worker whom it praises, and to their manager."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.cases import named_persons
from portal.cases.acting import signed_in_id
from portal.correspondence import outbox
from portal.errors import Refused
from portal.procedures.vocabulary import Category
from portal.records.account import Account
from portal.records.decision import Decision, Outcome
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind
from portal.records.praised_person import PraisedPerson
from portal.work import Work


class NoCompliment(Refused):
    """Only what was thanked for is passed on to a worker."""

    message = "Decide first that this is a compliment, and thank the person."


class NotToThem(Refused):
    """This person cannot be told."""

    message = "Choose somebody of the council's own staff who works here and was not told yet."


def tell(work: Work, feedback: Feedback, account: Account) -> PraisedPerson:
    """Send the compliment to somebody of the staff list and to their manager.

    Args:
        work: the open act.
        feedback: a compliment that was thanked for.
        account: whom it praises. Nothing closes to them: this is not who a complaint is about.

    Raises:
        NoCompliment: it was not decided as one.
        NotToThem: they left, are not of the council, were told already, or it is closed to them.
    """
    # Of two officers at once the second waits here, and is told.
    work.session.flush()
    work.session.refresh(feedback, with_for_update=True)
    if not is_thanked(work.session, feedback):
        raise NoCompliment
    closed = {one.account.id for one in named_persons.linked(work.session, feedback.id)}
    told = {account.id for account, _ in praised(work.session, feedback.id)}
    if account.organisation_id is not None or account.left_on or account.id in closed | told:
        raise NotToThem
    manager = _manager(work.session, account)
    for reader in (account, manager):
        if reader is not None and reader.id not in closed:
            facts = {"text": feedback.story, "name": account.name, "reader": reader.name}
            outbox.post_to(
                work, LetterKind.COMPLIMENT_FOR_WORKER, reader.email, facts, feedback=feedback
            )
    found = PraisedPerson(
        feedback_id=feedback.id,
        account_id=account.id,
        manager_told=manager is not None and manager.id not in closed,
        passed_at=work.now,
        passed_by_id=signed_in_id(work),
    )
    work.session.add(found)
    audit.note(work, "compliment_passed_on", feedback)
    return found


def is_thanked(session: Session, feedback: Feedback) -> bool:
    """Whether it was decided as a compliment."""
    wanted = select(Decision.id).where(
        Decision.feedback_id == feedback.id,
        Decision.outcome == Outcome.THANKED,
        Decision.category == Category.COMPLIMENT,
    )
    return session.scalar(wanted) is not None


def praised(session: Session, feedback_id: int) -> Sequence[tuple[Account, PraisedPerson]]:
    """Who was told, in their order."""
    wanted = (
        select(Account, PraisedPerson)
        .join(PraisedPerson, PraisedPerson.account_id == Account.id)
        .where(PraisedPerson.feedback_id == feedback_id)
        .order_by(PraisedPerson.id)
    )
    return [(account, row) for account, row in session.execute(wanted)]


def _manager(session: Session, account: Account) -> Account | None:
    if account.reports_to_id is None:
        return None
    manager = session.get_one(Account, account.reports_to_id)
    return None if manager.left_on else manager

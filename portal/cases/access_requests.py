"""Requests to see what is held about somebody: passed to the information governance officers the
same day, with the month that the law gives. What else stands in the feedback goes its own way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from portal import audit
from portal.cases import roles
from portal.cases.acting import signed_in_id
from portal.cases.tokens import make_public_id
from portal.correspondence import outbox
from portal.errors import Refused
from portal.procedures import access_request as rules
from portal.records.access_request import AccessRequest
from portal.records.account import Account, Role
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind
from portal.work import Work


class PassedAlready(Refused):
    """One request is passed on once."""

    message = "This request has been passed on already. Its date stands on the page."
    status = 409


class NothingAsked(Refused):
    """Nobody could answer what has no words."""

    message = "Write who asks, how to reach them, and what they ask to see."


class NobodyThere(Refused):
    """Nobody has the role."""

    message = (
        "No information governance officer has an account, so this went to nobody. Tell them by"
        " voice today, and ask an administrator to add one."
    )


class AnsweredAlready(Refused):
    """An answer stands."""

    message = "This request is answered already."
    status = 409


class TooLateToExtend(Refused):
    """More time is taken once, and in time, or not at all."""

    message = (
        "More time can be taken once, and only while the first month runs. Answer as soon as you"
        " can, and say why it is late."
    )


class NoReason(Refused):
    """More time needs a reason that the person is told."""

    message = "Write why more time is needed. It goes into the letter."


class DayImpossible(Refused):
    """It cannot have been answered on that day."""

    message = "It cannot be answered before it came, nor on a day to come."


@dataclass(frozen=True)
class Asked:
    """What the information governance officers see, and nothing else of the matter."""

    from_whom: str
    reach_by: str
    asked_for: str
    received_on: date


def pass_to_governance(work: Work, feedback: Feedback, asked: Asked) -> AccessRequest:
    """Pass a request on: a record with its date, a notice to each officer, a letter to the person.

    Args:
        work: the open act.
        feedback: where the request was found.
        asked: who asks for what, and the day it reached the council.

    Raises:
        PassedAlready, NothingAsked, DayImpossible, NobodyThere: with what is wrong.
    """
    # Of two officers at once the second waits here, and is told.
    work.session.flush()
    work.session.refresh(feedback, with_for_update=True)
    if of(work.session, feedback) is not None:
        raise PassedAlready
    if not (asked.from_whom.strip() and asked.reach_by.strip() and asked.asked_for.strip()):
        raise NothingAsked
    if not feedback.received_on <= asked.received_on <= work.today:
        raise DayImpossible
    due = rules.answer_by(asked.received_on, work.council.calendar).due
    found = AccessRequest(
        public_id=make_public_id(),
        feedback_id=feedback.id,
        from_whom=asked.from_whom.strip(),
        reach_by=asked.reach_by.strip(),
        asked_for=asked.asked_for.strip(),
        received_on=asked.received_on,
        due_on=due,
        first_due_on=due,
        passed_at=work.now,
        passed_by_id=signed_in_id(work),
    )
    work.session.add(found)
    audit.note(work, "access_request_passed", feedback)
    _tell_officers(work, found)
    outbox.post(work, LetterKind.ACCESS_REQUEST, feedback, {"due_on": due})
    return found


def take(work: Work, feedback: Feedback, found: AccessRequest) -> None:
    """Say who sees to it: the officer who acts."""
    if found.answered_on is not None:
        raise AnsweredAlready
    found.taken_at, found.taken_by_id = work.now, signed_in_id(work)
    audit.note(work, "access_request_taken", feedback)


def extend(work: Work, feedback: Feedback, found: AccessRequest, reason: str) -> None:
    """Take more time, and tell the person why.

    Raises:
        AnsweredAlready, TooLateToExtend, NoReason: with what is wrong.
    """
    if found.answered_on is not None:
        raise AnsweredAlready
    if not rules.may_extend(work.today, found.due_on, found.extended_on is not None):
        raise TooLateToExtend
    if not reason.strip():
        raise NoReason
    months = work.council.access_requests.extend_months
    before = found.due_on
    found.due_on = rules.extended_to(found.received_on, months, work.council.calendar).due
    found.extended_on, found.extension_reason = work.today, reason.strip()
    audit.note(work, "access_request_extended", feedback)
    facts = {"reason": reason.strip(), "old_date": before, "new_date": found.due_on}
    outbox.post(work, LetterKind.ACCESS_REQUEST_EXTENDED, feedback, facts)


def answer(work: Work, feedback: Feedback, found: AccessRequest, on: date) -> None:
    """Record the day on which it was answered; the answer itself goes its own safe way.

    Raises:
        AnsweredAlready, DayImpossible: with what is wrong.
    """
    if found.answered_on is not None:
        raise AnsweredAlready
    if not found.received_on <= on <= work.today:
        raise DayImpossible
    found.answered_on = on
    if found.taken_by_id is None:
        found.taken_at, found.taken_by_id = work.now, signed_in_id(work)
    audit.note(work, "access_request_answered", feedback)


def of(session: Session, feedback: Feedback) -> AccessRequest | None:
    """The request that was found in a feedback."""
    return session.scalar(select(AccessRequest).where(AccessRequest.feedback_id == feedback.id))


def listed(
    session: Session, visible: ColumnElement[bool]
) -> Sequence[tuple[AccessRequest, Feedback, Account | None]]:
    """Every request, those not answered first by their date.

    Args:
        session: any session.
        visible: what the reader may handle, from `portal.access.permission.visible`.
    """
    wanted = (
        select(AccessRequest, Feedback, Account)
        .join(Feedback, Feedback.id == AccessRequest.feedback_id)
        .outerjoin(Account, Account.id == AccessRequest.taken_by_id)
        .where(visible)
        .order_by(AccessRequest.answered_on.is_not(None), AccessRequest.due_on, AccessRequest.id)
    )
    return [(request, feedback, by) for request, feedback, by in session.execute(wanted)]


def faults(session: Session, today: date) -> list[str]:
    """Say how many are late, and how many nobody has taken: the month runs all the same."""
    rows = session.execute(
        select(AccessRequest.due_on, AccessRequest.taken_by_id).where(
            AccessRequest.answered_on.is_(None)
        )
    ).all()
    late = sum(due < today for due, _ in rows)
    untaken = sum(by is None for _, by in rows)
    said = []
    if late:
        said.append(f"Requests to see personal data that are past their date: {late}.")
    if untaken:
        said.append(f"Requests to see personal data that nobody has taken yet: {untaken}.")
    return said


def _tell_officers(work: Work, found: AccessRequest) -> None:
    officers = roles.holders(work.session, {Role.INFORMATION_GOVERNANCE}, work.today)
    if not officers:
        raise NobodyThere
    link = f"{work.settings.public_url}/officers/access-requests"
    for officer in officers:
        facts = {"due_on": found.due_on, "link": link}
        outbox.post_to(work, LetterKind.ACCESS_REQUEST_PASSED, officer.email, facts)

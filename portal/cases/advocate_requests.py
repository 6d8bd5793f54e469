"""An advocate who has no secret words asks an officer to let them follow a matter.

Whoever asks is told the same whether a matter has that reference or not. Nothing of it is shown
before an officer has checked with the young person and said yes.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from portal import audit
from portal.account_rows import ADVOCATES_REQUESTS
from portal.cases import advocacy, advocacy_consent, advocates_told, children
from portal.cases.advocacy_consent import Agreed
from portal.cases.references import read_reference
from portal.cases.tokens import make_public_id
from portal.correspondence.voices import Voice, voice_of
from portal.errors import Refused
from portal.marking import marked
from portal.records.account import Account
from portal.records.advocacy import SaidBy
from portal.records.advocate_request import AdvocateRequest
from portal.records.agreed_scope import columns_of
from portal.records.feedback import Feedback
from portal.records.organisation import Organisation
from portal.work import Work

# More than anybody needs who asks for young people they know, and too few to look for others.
MOST_WAITING = 10
UNKNOWN = marked("We have nothing with this reference. Check it with the young person.")


class TooManyRequests(Refused):
    """Somebody asks for more than they can have been asked to."""

    message = marked(
        "You have 10 requests that nobody has answered yet. Wait for those, or call us."
    )
    status = 429


class AnsweredAlready(Refused):
    """Another officer was first."""

    title = marked("This has changed")
    message = marked("This request was answered already.")
    status = 409


class NotChecked(Refused):
    """An answer without a word on how it was checked, or why it is no."""

    message = "Write how you checked it with the young person, or why the answer is no."


class NotTheirOwn(Refused):
    """What others of a family told us is not a young person's to open to an advocate."""

    message = (
        "This is not the young person’s own matter alone: somebody else wrote it, or it names more "
        "than one child. Say no, and enter what the young person says as a matter of their own."
    )
    status = 409


@dataclass(frozen=True)
class Asking:
    """A request with the names of who asks and where they work."""

    request: AdvocateRequest
    name: str
    organisation: str | None
    feedback: Feedback | None


def ask(work: Work, account_id: int, reference: str, agreed: Agreed) -> AdvocateRequest:
    """Keep a request.

    Args:
        work: the open act.
        account_id: the advocate.
        reference: as typed.
        agreed: what the young person agreed to and how; it carries no file.

    Raises:
        NoEvidence, DayPast: of the agreement.
        TooManyRequests: many wait already.
    """
    advocacy_consent.check(work, agreed)
    mine = waiting(work.session, AdvocateRequest.account_id == account_id)
    if len(mine) >= MOST_WAITING:
        raise TooManyRequests
    known = read_reference(reference)
    feedback = work.session.scalar(select(Feedback).where(Feedback.reference == known))
    made = AdvocateRequest(
        public_id=make_public_id(),
        account_id=account_id,
        feedback_id=feedback.id if feedback is not None else None,
        reference=reference.strip()[:50],
        how=agreed.how.strip(),
        asked_at=work.now,
        last_day=agreed.last_day,
        **columns_of(agreed.scope),
    )
    work.session.add(made)
    audit.note(work, "advocate_asked", feedback)
    return made


def waiting(session: Session, *conditions: ColumnElement[bool]) -> list[Asking]:
    """Requests that nobody has answered, the oldest first.

    Args:
        session: any session.
        conditions: on the request or its matter, such as what the reader may see.
    """
    return _asking(session, AdvocateRequest.answered_at.is_(None), *conditions)


def of_account(session: Session, account_id: int) -> list[AdvocateRequest]:
    """An advocate's own requests that wait or were declined, the newest first."""
    asked = ADVOCATES_REQUESTS.of(session, account_id)
    return [one for one in reversed(asked) if one.approved is not True]


def approve(work: Work, request: AdvocateRequest, checked: str) -> None:
    """Let the advocate follow, and tell the young person.

    Args:
        work: the open act, an officer's.
        request: for a matter that they may see.
        checked: how they checked it with the young person.

    Raises:
        AnsweredAlready, NotChecked.
        NotTheirOwn: a parent wrote it, or a brother or sister is in it.
        SwitchedOff: the young person ended it before.
        DayPast: the last day has passed meanwhile.
    """
    _answer(work, request, checked, approved=True)
    if request.feedback_id is None:
        raise NotChecked(UNKNOWN)
    feedback = work.session.get_one(Feedback, request.feedback_id)
    if not is_own(work.session, feedback):
        raise NotTheirOwn
    how = f"{request.how}{advocacy_consent.CHECKED}{checked.strip()}"
    agreed = Agreed(request.scope, how, request.last_day)
    advocacy.join(work, request.account_id, feedback, agreed, SaidBy.OFFICER)
    audit.note(work, "advocate_request_approved", feedback)
    advocates_told.tell_person(work, feedback, work.session.get_one(Account, request.account_id))


def is_own(session: Session, feedback: Feedback) -> bool:
    """Whether a matter is one young person's own: they or their advocate told us, and no other
    child is named in it."""
    is_theirs = voice_of(session, feedback) is Voice.YOUNG
    return is_theirs and len(children.of(session, feedback)) <= 1


def decline(work: Work, request: AdvocateRequest, reason: str) -> None:
    """Say no, with a reason that the advocate reads.

    Raises:
        AnsweredAlready, NotChecked.
    """
    _answer(work, request, reason, approved=False)
    feedback = work.session.get(Feedback, request.feedback_id) if request.feedback_id else None
    audit.note(work, "advocate_request_declined", feedback)


def _answer(work: Work, request: AdvocateRequest, reason: str, *, approved: bool) -> None:
    if request.answered_at is not None:
        raise AnsweredAlready
    if not reason.strip():
        raise NotChecked
    request.approved, request.reason = approved, reason.strip()
    request.answered_at, request.answered_by_id = work.now, work.who.account_id


def _asking(session: Session, *conditions: ColumnElement[bool]) -> list[Asking]:
    rows = session.execute(
        select(AdvocateRequest, Account.name, Organisation.name, Feedback)
        .join(Account, Account.id == AdvocateRequest.account_id)
        .outerjoin(Organisation, Organisation.id == Account.organisation_id)
        .outerjoin(Feedback, Feedback.id == AdvocateRequest.feedback_id)
        .where(*conditions)
        .order_by(AdvocateRequest.id)
    )
    return [Asking(*row) for row in rows]

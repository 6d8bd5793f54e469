"""Telling the office that something waits for it: a letter without content to the named officer, or
to whoever stands in for them; and what was handed in from outside, until somebody has looked."""

from datetime import date

from sqlalchemy import update

from portal.cases import queue_places, recipients
from portal.correspondence import outbox
from portal.procedures.chasing import Level
from portal.records.account import Account
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind
from portal.work import Work

HANDED_IN = "Something that was handed in"
CONFLICT = "A conflict of interest that somebody told us of"


def whom(work: Work, case: Case) -> tuple[Account, ...]:
    """The named officer; where they may not read the case, left or cannot be written to, whoever
    stands above them, at last the complaints managers.

    Args:
        work: the open act.
        case: the case.
    """
    waiting = recipients.Waiting(case, case.team)
    return recipients.recipients(work, waiting, [Level.WHOEVER_MUST_ACT]).accounts


def tell(work: Work, case: Case, what: str, link: str, due_on: date) -> None:
    """Tell them that something waits, without what it is about. Whoever acts knows it already.

    Args:
        work: the open act.
        case: the case.
        what: what kind of thing waits, for the letter.
        link: the page on which it is seen to.
        due_on: by when.
    """
    feedback = work.session.get_one(Feedback, case.feedback_id)
    facts = {"what": what, "due_on": due_on, "link": link}
    for account in whom(work, case):
        if account.id != work.who.account_id:
            outbox.post_to(work, LetterKind.WORK_WAITS, account.email, facts, feedback=feedback)


def handed_in(work: Work, case: Case) -> None:
    """Say that somebody from outside handed something in: it stands in the queue until the office
    has looked at the case, and is told once.

    Args:
        work: the open act, of somebody from outside.
        case: their case.
    """
    if case.handed_in_at is not None:
        return
    case.handed_in_at = work.now
    tell(work, case, HANDED_IN, _case_link(work, case), work.today)


def conflict_declared(work: Work, case: Case) -> None:
    """Say that somebody who is appointed has a conflict. It stands in the queue until the office
    has looked at the case; each is told, because each is answered by itself.

    Args:
        work: the open act, of whoever is appointed.
        case: their case.
    """
    case.conflict_at = case.conflict_at or work.now
    tell(work, case, CONFLICT, _case_link(work, case), work.today)


def looked(work: Work, case: Case) -> None:
    """Note that the office has looked. Not through the record, whose version would rise under a
    colleague who is working on it.

    Args:
        work: the open act, of somebody of the office.
        case: the case.
    """
    if case.handed_in_at is None and case.conflict_at is None:
        return
    seen = update(Case).where(Case.id == case.id)
    work.session.execute(seen.values(handed_in_at=None, conflict_at=None))
    queue_places.touch(work.session, case.feedback_id)


def _case_link(work: Work, case: Case) -> str:
    feedback = work.session.get_one(Feedback, case.feedback_id)
    part = f"?part={case.part}" if case.part > 1 else ""
    return f"{work.settings.public_url}/officers/cases/{feedback.public_id}{part}"

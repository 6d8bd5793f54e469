"""Erasing one matter: everything that is anybody's goes, what the figures of a year count stays.

One act a matter. Files leave the store after its commit: one that cannot be deleted then belongs to
no record, and is swept with the other orphans.
"""

from collections.abc import Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from portal import audit
from portal.attachments import file_store
from portal.attachments.file_store import StoreAway
from portal.cases import queue_places, retention_facts, what_goes, years_kept
from portal.procedures.retention import term, why_not_erased
from portal.records.advocacy import Advocacy
from portal.records.attachment import Attachment
from portal.records.erasure import Erasure, ErasureState
from portal.records.failing_address import FailingAddress
from portal.records.feedback import ContactWay, Feedback
from portal.records.find_entry import FindChange
from portal.records.party import Party
from portal.records.suggested_link import SuggestedLink
from portal.work import Work


def erase(work: Work, erasure_id: int) -> tuple[str, ...] | None:
    """Erase one matter that was confirmed or agreed to.

    Args:
        work: the open act.
        erasure_id: the key of its erasure.

    Returns:
        The names of its files in the store, to be deleted after the commit. None where it may
        not go any more: it is then listed again, or asked for again.
    """
    erasure = work.session.get_one(Erasure, erasure_id, with_for_update=True)
    feedback = work.session.get_one(Feedback, erasure.feedback_id, with_for_update=True)
    if erasure.state is not ErasureState.CONFIRMED:
        return None
    if not _may_go(work, erasure):
        erasure.state = ErasureState.ASKED if erasure.asked else ErasureState.LISTED
        erasure.answered_at = erasure.answered_by_id = None
        audit.note(work, "erasure_stopped", feedback)
        return None
    files = _files(work.session, feedback.id)
    erasure.state, erasure.done_at = ErasureState.DONE, work.now
    feedback.erased_at, feedback.unread = work.now, False
    # Nobody is reached about it any more.
    feedback.contact_way = ContactWay.PORTAL_ONLY
    audit.note(work, "erased", feedback)
    work.session.flush()
    _let_places_move(work.session, feedback.id)
    _take_failing_addresses(work.session, feedback.id)
    _end_advocacies(work, feedback.id)
    _take_the_rest(work.session, feedback.id)
    work.session.expire_all()
    return files


def delete_files(url: str, names: Sequence[str]) -> int:
    """Delete files of what was erased from the store.

    Args:
        url: of the store.
        names: what they are called there.

    Returns:
        How many are left, because the store did not answer: the sweep of orphans takes them.
    """
    for at, name in enumerate(names):
        try:
            file_store.delete(url, name)
        except StoreAway:
            return len(names) - at
    return 0


def _may_go(work: Work, erasure: Erasure) -> bool:
    """Asked again at the last moment: a hold or a new message may have come since."""
    facts = retention_facts.facts_of(work.session, [erasure.feedback_id]).get(erasure.feedback_id)
    if facts is None:
        return False
    if erasure.asked:
        return not why_not_erased(facts)
    periods = years_kept.in_force(work.session, work.council, work.today)
    return term(facts, periods, work.today).may_go


def _files(session: Session, feedback_id: int) -> tuple[str, ...]:
    table = what_goes.table("attachment")
    wanted = select(Attachment.stored_as).where(
        what_goes.of_matter(table, feedback_id), Attachment.stored_as.is_not(None)
    )
    return tuple(name for name in session.scalars(wanted) if name)


def _let_places_move(session: Session, feedback_id: int) -> None:
    """Matters that were proposed as near to this one wait for that answer no longer."""
    near = select(SuggestedLink.feedback_id).where(SuggestedLink.other_id == feedback_id)
    for other in session.scalars(near):
        queue_places.touch(session, other)


def _end_advocacies(work: Work, feedback_id: int) -> None:
    """Who followed it follows nothing any more; that somebody did is counted."""
    standing = (Advocacy.feedback_id == feedback_id) & Advocacy.ended_at.is_(None)
    work.session.execute(update(Advocacy).where(standing).values(ended_at=work.now))


def _take_failing_addresses(session: Session, feedback_id: int) -> None:
    """An address that letters did not reach, where no other matter has it."""
    keys = select(Party.email_key).where(Party.feedback_id == feedback_id)
    phones = select(Party.phone_key).where(Party.feedback_id == feedback_id)
    own = {key for key in (*session.scalars(keys), *session.scalars(phones)) if key}
    others = select(Party.email_key, Party.phone_key).where(
        Party.feedback_id != feedback_id, Party.email_key.in_(own) | Party.phone_key.in_(own)
    )
    shared = {key for row in session.execute(others) for key in row}
    gone = delete(FailingAddress).where(FailingAddress.address_key.in_(own - shared))
    session.execute(gone)


def _take_the_rest(session: Session, feedback_id: int) -> None:
    for table in what_goes.stays():
        emptied = what_goes.emptied(table) | dict.fromkeys(what_goes.let_go(table))
        if emptied:
            here = what_goes.of_matter(table, feedback_id)
            session.execute(update(table).where(here).values(emptied))
    # Children first, so their parents can still be asked whose they are.
    for table in what_goes.goes():
        session.execute(delete(table).where(what_goes.of_matter(table, feedback_id)))
    # What the triggers noted of all this: there is nothing to be read again.
    session.execute(delete(FindChange).where(FindChange.feedback_id == feedback_id))

"""Reading the words of a bundle's PDFs: they go in redacted as all words do, unless the officer who
has opened the file lets its pages in."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.attachments.file_store import StoreAway
from portal.cases import chronology, confidences
from portal.records.bundle import Bundle, BundleState
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.triage.bundle_pdf import words_of
from portal.triage.bundles import LONGEST_TEXT, papers_of
from portal.work import Work

CUT = "\n\n[The rest is too long to be read here.]"


def to_read(session: Session) -> list[int]:
    """The bundles that hold PDFs of which nobody has read the words."""
    wanted = select(Bundle.id).where(Bundle.state == BundleState.READING).order_by(Bundle.id)
    return list(session.scalars(wanted))


def read(session: Session, bundle_id: int) -> dict[int, str] | None:
    """Read a bundle's PDFs, outside any act.

    Args:
        session: any session.
        bundle_id: one of `to_read`.

    Returns:
        The words of those that have any, without addresses, by the bundle's paper; None where the
        store does not answer, so that it is asked again.
    """
    bundle = session.get_one(Bundle, bundle_id)
    case = session.get_one(Case, bundle.case_id)
    feedback = session.get_one(Feedback, case.feedback_id)
    details = confidences.details(session, *confidences.together(session, case))
    files = {paper.key: paper.whole for paper in chronology.whole(session, feedback, case)}
    found: dict[int, str] = {}
    for row in papers_of(session, bundle):
        file = files.get((row.kind, row.item_id))
        if row.text is not None or file is None:
            continue
        try:
            words = words_of(file)
        except StoreAway:
            return None
        if words is not None:
            whole = len(words) <= LONGEST_TEXT
            words = words if whole else words[: LONGEST_TEXT - len(CUT)] + CUT
            found[row.id] = confidences.hidden(words, details)
    return found


def keep_read(work: Work, bundle_id: int, texts: Mapping[int, str]) -> None:
    """Keep what was read; names are looked for next.

    Args:
        work: the open act.
        bundle_id: the bundle.
        texts: what `read` gave.
    """
    bundle = work.session.get_one(Bundle, bundle_id, with_for_update=True)
    for row in papers_of(work.session, bundle):
        if row.id in texts:
            row.text = texts[row.id]
    bundle.state = BundleState.REDACTING
    audit.note(work, "bundle_read", work.session.get_one(Case, bundle.case_id))

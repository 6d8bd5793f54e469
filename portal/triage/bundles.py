"""Making a bundle: papers are chosen, names are suggested, an officer checks, it is made and kept.

Reading files, redacting and setting pages are slow, so the background process does them, outside
any act.
"""

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.cases import chronology, confidences
from portal.cases.acting import signed_in_id
from portal.cases.papers import Paper
from portal.cases.points import ChangedMeanwhile
from portal.cases.tokens import make_public_id
from portal.errors import Refused
from portal.records.bundle import Bundle, BundleFor, BundlePaper, BundleState
from portal.records.case import Case
from portal.records.case_paper import PaperKind
from portal.records.feedback import Feedback
from portal.triage.bundle_pdf import PAGED, PDF, BundleFault, CannotBeMade, Sheet, bound, pages_of
from portal.triage.redaction import Redactor, known_names
from portal.work import Work

MOST_PAPERS = 200
LONGEST_TEXT = 300_000


class NothingChosen(Refused):
    """A bundle without papers."""

    message = "Choose the papers that go in, at most 200."


class NotForThem(Refused):
    """A paper that the reader of the bundle may not have."""

    message = "Who sits on a panel reads no notes of the investigation. Leave them out."


class HoldsAddress(Refused):
    """A text from which somebody's address or number was not taken out, or was put back."""

    message = (
        "One of the papers still says how somebody may be reached: an address, an e-mail address"
        " or a number. Take it out. It never goes into a bundle."
    )


class NotToCheck(Refused):
    """A bundle that is made, or was changed by somebody else."""

    title = "This cannot be changed"
    message = "It was checked meanwhile. To change what goes in, make another bundle."
    status = 409


def can_go_in(paper: Paper) -> bool:
    """Whether a paper can be shown as pages: words, a PDF, a picture."""
    return paper.whole is None or paper.whole.content_type in PAGED


def ask(
    work: Work, feedback: Feedback, case: Case, for_whom: BundleFor, codes: Collection[str]
) -> Bundle:
    """Begin a bundle. Every text begins without the addresses that the matter knows.

    Args:
        work: the open act.
        feedback, case: the matter and its case.
        for_whom: whom it is for.
        codes: of the papers that go in.

    Raises:
        NothingChosen: no paper, or too many.
        NotForThem: its reader may not have one of them.
    """
    every = chronology.whole(work.session, feedback, case)
    chosen = [paper for paper in every if paper.code in codes and can_go_in(paper)]
    if not 0 < len(chosen) <= MOST_PAPERS:
        raise NothingChosen
    if not all(chronology.may_have(for_whom, paper) for paper in chosen):
        raise NotForThem
    unread = any(paper.whole and paper.whole.content_type == PDF for paper in chosen)
    bundle = Bundle(
        public_id=make_public_id(), case_id=case.id, for_whom=for_whom, asked_at=work.now,
        asked_by_id=signed_in_id(work),
        state=BundleState.READING if unread else BundleState.REDACTING,
    )  # fmt: skip
    work.session.add(bundle)
    work.session.flush()
    details = confidences.details(work.session, *confidences.together(work.session, case))
    for paper in chosen:
        text = confidences.hidden(paper.text, details) if paper.text is not None else None
        work.session.add(
            BundlePaper(
                bundle_id=bundle.id, kind=paper.kind, item_id=paper.item_id, on=paper.on, text=text
            )
        )
    audit.note(work, "bundle_asked", case)
    return bundle


def of_case(session: Session, case: Case) -> list[Bundle]:
    """The bundles of a case, the latest first."""
    wanted = select(Bundle).where(Bundle.case_id == case.id).order_by(Bundle.id.desc())
    return list(session.scalars(wanted))


def find(session: Session, case: Case, public_id: str) -> Bundle | None:
    """One bundle of a case."""
    wanted = select(Bundle).where(Bundle.case_id == case.id, Bundle.public_id == public_id)
    return session.scalar(wanted)


def made_for(session: Session, case: Case, for_whom: BundleFor) -> list[Bundle]:
    """The bundles of a case that were made for somebody, the latest first."""
    found = of_case(session, case)
    return [one for one in found if one.for_whom is for_whom and one.state is BundleState.MADE]


def papers_of(session: Session, bundle: Bundle) -> list[BundlePaper]:
    """A bundle's papers in their order."""
    wanted = select(BundlePaper).where(BundlePaper.bundle_id == bundle.id)
    return list(session.scalars(wanted.order_by(BundlePaper.on, BundlePaper.id)))


def check(
    work: Work,
    case: Case,
    bundle: Bundle,
    texts: Mapping[int, str],
    version: int,
    as_pages: Collection[int] = (),
) -> None:
    """Say that an officer has read every paper, and how each text goes in.

    Args:
        work: the open act.
        case, bundle: the bundle and its case.
        texts: by the key of the bundle's paper.
        version: which version was seen.
        as_pages: files, by the same key, whose pages go in as they are and not their words.

    Raises:
        HoldsAddress: a text says how somebody may be reached.
        NotToCheck: it was checked already.
        ChangedMeanwhile: names were found since, or a colleague has written.
    """
    work.session.refresh(bundle, with_for_update=True)
    if bundle.state not in (BundleState.REDACTING, BundleState.CHECKING):
        raise NotToCheck
    if bundle.version != version:
        raise ChangedMeanwhile
    details = confidences.details(work.session, *confidences.together(work.session, case))
    for row in papers_of(work.session, bundle):
        if row.id in as_pages and row.kind in HAS_PAGES:
            row.text = None
        if row.text is None:
            continue
        words = texts.get(row.id, row.text).replace("\r\n", "\n")[:LONGEST_TEXT]
        if confidences.holds(words, details):
            raise HoldsAddress
        row.text = words
    bundle.state, bundle.checked_at = BundleState.MAKING, work.now
    bundle.checked_by_id = signed_in_id(work)
    audit.note(work, "bundle_checked", case)


def waits_for_names(session: Session) -> bool:
    """Whether a bundle waits for the program that finds names, or will once its files are read."""
    before = (BundleState.READING, BundleState.REDACTING)
    wanted = select(Bundle.id).where(Bundle.state.in_(before)).limit(1)
    return session.scalar(wanted) is not None


def redacted(session: Session, redactor: Redactor) -> dict[int, dict[int, str]]:
    """Redact the texts of bundles that wait for it, outside any act; by bundle and paper.

    Args:
        session: any session.
        redactor: the loaded redactor.
    """
    found: dict[int, dict[int, str]] = {}
    waiting = select(Bundle).where(Bundle.state == BundleState.REDACTING).order_by(Bundle.id)
    for bundle in session.scalars(waiting).all():
        case = session.get_one(Case, bundle.case_id)
        names = known_names(session, *confidences.together(session, case))
        found[bundle.id] = {
            row.id: redactor.redact(row.text, names)
            for row in papers_of(session, bundle)
            if row.text is not None
        }
    return found


def keep_redacted(work: Work, bundle_id: int, texts: Mapping[int, str]) -> bool:
    """Keep redacted texts, where no officer has gone on without them."""
    bundle = work.session.get(Bundle, bundle_id, with_for_update=True)
    if bundle is None or bundle.state is not BundleState.REDACTING:
        return False
    for row in papers_of(work.session, bundle):
        if row.id in texts:
            row.text = texts[row.id]
    bundle.state = BundleState.CHECKING
    audit.note(work, "bundle_redacted", work.session.get_one(Case, bundle.case_id))
    return True


def to_make(session: Session) -> list[int]:
    """The bundles that were checked and wait to be made."""
    wanted = select(Bundle.id).where(Bundle.state == BundleState.MAKING).order_by(Bundle.id)
    return list(session.scalars(wanted))


def made(session: Session, bundle_id: int) -> tuple[bytes, int]:
    """Set a bundle, outside any act.

    Args:
        session: any session.
        bundle_id: one of `to_make`.

    Returns:
        The PDF and how many pages it has.

    Raises:
        CannotBeMade: a file cannot be shown, it is too long, or a file says how somebody may be
            reached.
    """
    bundle = session.get_one(Bundle, bundle_id)
    case = session.get_one(Case, bundle.case_id)
    feedback = session.get_one(Feedback, case.feedback_id)
    details = confidences.details(session, *confidences.together(session, case))
    files = {paper.key: paper.whole for paper in chronology.whole(session, feedback, case)}
    sheets = []
    for row in papers_of(session, bundle):
        if row.text is not None and confidences.holds(row.text, details):
            raise CannotBeMade(BundleFault.HOLDS_ADDRESS)
        file = files.get((row.kind, row.item_id))
        if row.text is None and file is None:
            raise CannotBeMade(BundleFault.FILE_UNREADABLE)
        title = WORDS[row.kind]
        sheet = Sheet(title, row.on, pages_of(title, row.on, row.text, file))
        if confidences.holds(sheet.words, details):
            raise CannotBeMade(BundleFault.HOLDS_ADDRESS)
        sheets.append(sheet)
    return bound(feedback.reference, bundle.for_whom, sheets)


HAS_PAGES = frozenset({PaperKind.FILE, PaperKind.REPORT})
WORDS: Mapping[PaperKind, str] = {
    PaperKind.EVENTS: "What happened, by its days",
    PaperKind.POINTS: "The points",
    PaperKind.STORY: "What the person told us",
    PaperKind.LETTER: "Letter to the person",
    PaperKind.MESSAGE: "Message",
    PaperKind.FILE: "File that came with it",
    PaperKind.NOTE: "Talk or evidence of the investigation",
    PaperKind.REPORT: "The report of the investigation",
    PaperKind.FINDINGS: "What was found, with reasons",
}
"""What an index calls a paper: never what somebody called a file."""


def keep_made(work: Work, bundle_id: int, content: bytes, pages: int) -> None:
    """Keep a bundle that was made."""
    bundle = work.session.get_one(Bundle, bundle_id, with_for_update=True)
    bundle.content, bundle.pages, bundle.made_at = content, pages, work.now
    bundle.state = BundleState.MADE
    audit.note(work, "bundle_made", work.session.get_one(Case, bundle.case_id))


def keep_fault(work: Work, bundle_id: int, fault: BundleFault) -> None:
    """Say why a bundle could not be made."""
    bundle = work.session.get_one(Bundle, bundle_id, with_for_update=True)
    bundle.state, bundle.fault = BundleState.FAILED, fault.value
    audit.note(work, "bundle_failed", work.session.get_one(Case, bundle.case_id))

"""The papers of a matter: what may be chosen for those who investigate, watch and sit, and for a
bundle. Never how somebody may be reached."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit, clock
from portal.attachments.storing import OPENABLE
from portal.cases.acting import signed_in_id
from portal.cases.tokens import make_public_id
from portal.matter_rows import FILES, LETTERS, MESSAGE_FILES, MESSAGES, PAPERS, fetch_papers
from portal.records.attachment import Attachment
from portal.records.case import Case
from portal.records.case_paper import CasePaper, PaperKind
from portal.records.feedback import Feedback
from portal.records.investigation_report import InvestigationReport
from portal.records.message import Sender
from portal.work import Work

Key = tuple[PaperKind, int]


@dataclass(frozen=True)
class Paper:
    """One paper. `text` is what it says; of a file it is None, and `file` or `report` is the file.

    Attributes:
        kind, item_id: which row it is.
        public_id: what a form calls it: a key in it could be counted.
        on: the day it is from, by London.
        title: what it is, in a few words, with nobody's name.
    """

    kind: PaperKind
    item_id: int
    on: date
    title: str
    text: str | None = None
    file: Attachment | None = None
    report: InvestigationReport | None = None
    public_id: str = field(kw_only=True)

    @property
    def whole(self) -> Attachment | InvestigationReport | None:
        """The file that it is; None for words."""
        return self.file or self.report

    @property
    def key(self) -> Key:
        """What tells it from every other paper."""
        return self.kind, self.item_id

    @property
    def code(self) -> str:
        """The same, as a form sends it."""
        return f"{self.kind.value}-{self.public_id}"


FROM_THEM = {
    Sender.PERSON: "Message from the person",
    Sender.ADVOCATE: "Message from their advocate",
    Sender.SUPPORTER: "Message from their supporter",
    Sender.COUNCIL: "Message from us",
}


def every(session: Session, feedback: Feedback) -> list[Paper]:
    """Every paper of a matter, the oldest first: their first words, letters to them, messages, and
    files that may be opened.

    Args:
        session: any session.
        feedback: the matter.
    """
    fetch_papers(session, feedback)
    found = [
        Paper(
            PaperKind.STORY, feedback.id, feedback.received_on, "What the person told us",
            _story(feedback), public_id=feedback.public_id,
        ),
        *_letters(session, feedback),
        *_messages(session, feedback),
        *_files(session, feedback),
    ]  # fmt: skip
    return in_order(found)


def in_order(found: Iterable[Paper]) -> list[Paper]:
    """Papers by their days, those of one day by what they are."""
    return sorted(found, key=lambda paper: (paper.on, list(PaperKind).index(paper.kind)))


def chosen(session: Session, feedback: Feedback, case: Case) -> list[tuple[CasePaper, Paper]]:
    """The papers that were chosen for a case, the oldest first."""
    kept = {(row.kind, row.item_id): row for row in PAPERS.of(session, case.id)}
    return [(kept[paper.key], paper) for paper in every(session, feedback) if paper.key in kept]


def choose(work: Work, feedback: Feedback, case: Case, codes: Collection[str]) -> int:
    """Say which papers those who investigate, watch and sit may read.

    Args:
        work: the open act.
        feedback, case: the matter and its case.
        codes: of the papers; what is no paper of the matter is passed over.

    Returns:
        How many are chosen now.
    """
    wanted = {paper.key for paper in every(work.session, feedback) if paper.code in codes}
    rows = work.session.scalars(select(CasePaper).where(CasePaper.case_id == case.id)).all()
    had = {(row.kind, row.item_id): row for row in rows}
    for key in had.keys() - wanted:
        work.session.delete(had[key])
    for kind, item_id in sorted(wanted - had.keys()):
        work.session.add(
            CasePaper(
                public_id=make_public_id(),
                case_id=case.id,
                kind=kind,
                item_id=item_id,
                chosen_at=work.now,
                chosen_by_id=signed_in_id(work),
            )
        )
    if had.keys() != wanted:
        audit.note(work, "papers_chosen", case)
    return len(wanted)


def _story(feedback: Feedback) -> str:
    parts = [feedback.subject, feedback.story, feedback.wanted]
    return "\n\n".join(part for part in parts if part)


def _letters(session: Session, feedback: Feedback) -> Iterable[Paper]:
    for row in LETTERS.of(session, feedback.id):
        if not row.shown_to_person:
            continue
        on = row.posted_on or clock.london_date(row.written_at)
        title = f"Letter: {row.subject}"
        yield Paper(PaperKind.LETTER, row.id, on, title, row.body, public_id=row.public_id)


def _messages(session: Session, feedback: Feedback) -> Iterable[Paper]:
    for row in MESSAGES.of(session, feedback.id):
        if row.automatic:
            continue
        on = clock.london_date(row.sent_at)
        title = FROM_THEM[row.sender]
        yield Paper(PaperKind.MESSAGE, row.id, on, title, row.body, public_id=row.public_id)


def _files(session: Session, feedback: Feedback) -> Iterable[Paper]:
    messages = [message.id for message in MESSAGES.of(session, feedback.id)]
    later = MESSAGE_FILES.of_each(session, messages)
    every_file = {row.id: row for some in (FILES.of(session, feedback.id), *later.values())
                  for row in some}  # fmt: skip
    for row in every_file.values():
        if row.state not in OPENABLE:
            continue
        on, title = clock.london_date(row.added_at), f"File {row.filename}"
        yield Paper(PaperKind.FILE, row.id, on, title, file=row, public_id=row.public_id)

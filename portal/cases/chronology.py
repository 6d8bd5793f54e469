"""All papers that a bundle can hold: those of the matter, and what the portal keeps of one case,
which is what happened, the points, what was found, and the investigation.

Only what was handed in, and of findings only what the person was told: all else is a draft.
"""

from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.cases import answers, papers, points
from portal.cases.answers import Answer
from portal.cases.event_names import EVENTS as NAMES
from portal.cases.finding_names import FINDINGS, GIVERS, SETTLED_WORDS
from portal.cases.papers import Paper
from portal.matter_rows import EVENTS, fetch_papers
from portal.procedures.completeness import TOLD_BY
from portal.procedures.finding import Giver
from portal.procedures.working_days import in_full
from portal.records.bundle import BundleFor
from portal.records.case import Case
from portal.records.case_paper import PaperKind
from portal.records.feedback import Feedback
from portal.records.investigation_note import InvestigationNote, NoteKind
from portal.records.investigation_report import InvestigationReport
from portal.records.point import Point

# Who sits reads no notes: the report says what came of them.
NOT_FOR = {BundleFor.PANEL: frozenset({PaperKind.NOTE})}


def whole(session: Session, feedback: Feedback, case: Case) -> list[Paper]:
    """Every paper that a bundle of a case can hold, the oldest first.

    Args:
        session: any session, flushed.
        feedback, case: the matter, and the part of it that the bundle is about.
    """
    fetch_papers(session, feedback, case)
    return papers.in_order([*papers.every(session, feedback), *_of_case(session, feedback, case)])


def may_have(for_whom: BundleFor, paper: Paper) -> bool:
    """Whether the reader of a bundle may have a paper."""
    return paper.kind not in NOT_FOR.get(for_whom, frozenset())


def _of_case(session: Session, feedback: Feedback, case: Case) -> Iterable[Paper]:
    yield _events(session, feedback, case)
    if live := points.live(session, case):
        yield Paper(
            PaperKind.POINTS,
            case.id,
            clock.london_date(min(point.made_at for point in live)),
            "The points",
            "\n\n".join(f"{point.number}. {point.text}" for point in live),
            public_id=str(case.part),
        )
    yield from _findings(session, case)
    stages = {stage_id for stage_id, _ in answers.handed_in(session, case)}
    if stages:
        yield from _notes(session, stages)
        yield from _reports(session, stages)


def _events(session: Session, feedback: Feedback, case: Case) -> Paper:
    """What happened, without anybody's words: those stand in letters and messages."""
    happened = [(feedback.received_on, "It came in"), (case.opened_on, "The case was opened")]
    events = EVENTS.of(session, case.id)
    happened += [(one.on, NAMES[one.event]) for one in events if one.event in NAMES]
    happened.sort(key=lambda one: one[0])
    return Paper(
        PaperKind.EVENTS,
        case.id,
        feedback.received_on,
        "What happened, by its days",
        "\n".join(f"{in_full(on)}: {words}" for on, words in happened),
        public_id=str(case.part),
    )


def _findings(session: Session, case: Case) -> Iterable[Paper]:
    """What was found, as the person was told it: a paper for each event that told them."""
    told, before = answers.told(session, case), set[tuple[int, Giver]]()
    for event in EVENTS.of(session, case.id):
        tells = {(event.stage_id, giver) for giver, some in TOLD_BY.items() if event.event in some}
        found = answers.given(session, case, (tells & told) - before)
        before |= tells
        if found:
            yield Paper(
                PaperKind.FINDINGS,
                event.id,
                event.on,
                " and ".join(GIVERS[one.giver] for one in found),
                "\n\n".join(_in_words(one) for one in found),
                public_id=event.public_id,
            )


def _in_words(answer: Answer) -> str:
    parts = [GIVERS[answer.giver]]
    for one in answer.points:
        found = FINDINGS[one.finding] if one.finding else "No finding"
        words = SETTLED_WORDS if one.resolved else found
        parts.append(f"{one.point.number}. {one.point.text}\n{words}")
        parts += [one.reasons] if one.reasons else []
    return "\n\n".join(parts)


def _notes(session: Session, stages: Collection[int]) -> Iterable[Paper]:
    rows = session.execute(
        select(InvestigationNote, Point)
        .outerjoin(Point, Point.id == InvestigationNote.point_id)
        .where(InvestigationNote.stage_id.in_(stages))
        .order_by(InvestigationNote.on, InvestigationNote.id)
    )
    for note, point in rows:
        bears_on = f", point {point.number}" if point is not None else ""
        whom = f"Talk with {note.with_whom}\n\n" if note.with_whom else ""
        yield Paper(
            PaperKind.NOTE,
            note.id,
            note.on,
            ("Talk" if note.kind is NoteKind.INTERVIEW else "Evidence") + bears_on,
            f"{whom}{note.text}",
            public_id=note.public_id,
        )


def _reports(session: Session, stages: Collection[int]) -> Iterable[Paper]:
    wanted = select(InvestigationReport).where(InvestigationReport.stage_id.in_(stages))
    for report in session.scalars(wanted.order_by(InvestigationReport.id)):
        yield Paper(
            PaperKind.REPORT,
            report.id,
            clock.london_date(report.kept_at),
            "The report of the investigation",
            report=report,
            public_id=report.public_id,
        )

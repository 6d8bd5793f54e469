"""Holding letters: drafted for an officer before a date is missed, never sent by a process.

A holding letter says that the answer will be late, why, and when it will come. It moves no date:
what is reported stays what it was, and only an extension in time changes it.
"""

from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session

from portal import audit
from portal.cases.acting import signed_in_id
from portal.cases.points import ChangedMeanwhile, lock
from portal.correspondence import letters, outbox
from portal.correspondence.letters import WrittenLetter
from portal.council import Council
from portal.errors import Refused
from portal.matter_rows import CASE_STAGES, HOLDING_LETTERS
from portal.procedures.chasing import Rung, latest_due
from portal.procedures.finding import LIVE, Giver
from portal.procedures.state import RUNNING
from portal.procedures.vocabulary import Category
from portal.procedures.working_days import Unit, after
from portal.records.case import Case, CaseStage, CaseState
from portal.records.feedback import Feedback
from portal.records.holding_letter import HoldingLetter, HoldingState
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.records.point import Point, PointFinding
from portal.work import Work

LONGEST_REASON = 5_000
ANSWERS = (Giver.SERVICE, Giver.ADJUDICATOR, Giver.COUNCIL)
"""Those whose findings, written on every point, are a drafted answer."""


class NothingDrafted(Refused):
    """There is no draft: it was sent or thrown away, the stage was answered, or the date moved."""

    title = "There is no holding letter to look at"
    message = (
        "No holding letter waits in this case. It may have been sent or thrown away already, or the"
        " stage has been answered. Nothing was changed."
    )
    status = 409


class SayWhyLate(Refused):
    """A holding letter without its reason, or without a new date."""

    message = "Write why it is late, in words for the person. The letter needs a reason."


class DayTooSoon(Refused):
    """The day on which the answer is said to come has to be a later one."""

    message = "The new day must be after today, and after the day that the person was promised."


def due(session: Session, council: Council, today: date) -> list[int]:
    """The keys of the stages for which a holding letter is to be drafted, the earliest date first.

    Args:
        session: any session.
        council: for how many working days before the date, and the days off.
        today: a date that has passed gets none.
    """
    return list(session.scalars(_due(council, today)))


def draft(work: Work, stage_id: int) -> HoldingLetter | None:
    """Draft a holding letter: the officer writes the reason, and sends it or does not.

    Args:
        work: the open act, of the worker.
        stage_id: one of `due`.

    Returns:
        The draft; None where the stage was answered, or another worker was quicker.
    """
    if work.session.scalar(_due(work.council, work.today).where(CaseStage.id == stage_id)) is None:
        return None
    stage = work.session.get_one(CaseStage, stage_id)
    adds = work.council.chasing.holding_adds
    later = after(stage.due_on, adds, Unit.WORKING_DAYS, work.council.calendar).due
    row = HoldingLetter(
        case_id=stage.case_id, stage_id=stage.id, due_on=stage.due_on, new_date=later,
        drafted_at=work.now,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    audit.note(work, "holding_drafted", work.session.get_one(Case, stage.case_id))
    return row


def drafted(session: Session, case: Case) -> HoldingLetter | None:
    """The draft that waits for an officer, if the stage still has that date and no answer."""
    waiting = {
        (stage.id, stage.due_on)
        for stage in CASE_STAGES.of(session, case.id)
        if _is_unanswered(case, stage)
    }
    for row in HOLDING_LETTERS.of(session, case.id):
        if row.state is HoldingState.DRAFTED and (row.stage_id, row.due_on) in waiting:
            return row
    return None


def sent(session: Session, case: Case) -> list[HoldingLetter]:
    """The holding letters that went to the person, the oldest first."""
    rows = HOLDING_LETTERS.of(session, case.id)
    return [row for row in rows if row.state is HoldingState.SENT]


def preview(work: Work, case: Case, row: HoldingLetter) -> WrittenLetter:
    """Write the letter as it stands, and send nothing."""
    feedback = work.session.get_one(Feedback, case.feedback_id)
    return letters.preview(work, LetterKind.HOLDING, feedback, _facts(row))


def edit(work: Work, case: Case, version: int, reason: str, new_date: date) -> HoldingLetter:
    """Keep the reason and the day that an officer wrote.

    Args:
        work: the open act.
        case: the case.
        version: which version was seen.
        reason: why it is late, to the person.
        new_date: when the answer will come; it moves no date of the case.

    Raises:
        NothingDrafted: there is no draft any more.
        SayWhyLate: the reason is missing.
        DayTooSoon: the day is not after today and after the day that was promised.
        ChangedMeanwhile: a colleague has changed it.
    """
    row = _take(work, case, version)
    if not reason.strip():
        raise SayWhyLate
    if new_date <= max(work.today, row.due_on):
        raise DayTooSoon
    before = (row.reason, row.new_date)
    row.reason, row.new_date = reason.strip(), new_date
    if before != (row.reason, row.new_date):
        audit.note(work, "holding_edited", case, ["reason", "new_date"])
    return row


def send(work: Work, case: Case, row: HoldingLetter, body: str | None) -> OutboxLetter:
    """Send it, as the officer left it. No date moves.

    Args:
        work: the open act, in which it was edited.
        case: the case.
        row: the draft.
        body: the letter as the officer left it; None to send it as written.

    Returns:
        The letter in the outbox.
    """
    feedback = work.session.get_one(Feedback, case.feedback_id)
    letter = outbox.post(work, LetterKind.HOLDING, feedback, _facts(row), part=case.part)
    if body is not None and body.strip():
        letter.body = body.strip() + "\n"
    work.session.flush()
    _settle(work, row, HoldingState.SENT)
    row.letter_id = letter.id
    audit.note(work, "holding_sent", case)
    return letter


def discard(work: Work, case: Case, version: int) -> None:
    """Throw the draft away: the answer will be there in time.

    Raises:
        NothingDrafted: there is no draft any more.
        ChangedMeanwhile: a colleague has changed it.
    """
    _settle(work, _take(work, case, version), HoldingState.DISCARDED)
    audit.note(work, "holding_discarded", case)


def _take(work: Work, case: Case, version: int) -> HoldingLetter:
    lock(work, case)
    row = drafted(work.session, case)
    if row is None:
        raise NothingDrafted
    if row.version != version:
        raise ChangedMeanwhile
    return row


def _settle(work: Work, row: HoldingLetter, state: HoldingState) -> None:
    row.state, row.settled_at, row.settled_by_id = state, work.now, signed_in_id(work)


def _facts(row: HoldingLetter) -> dict[str, object]:
    return {"reason": row.reason or "", "due_on": row.due_on, "new_date": row.new_date}


def _due(council: Council, today: date) -> Select[int]:
    rung = Rung(-council.chasing.holding_days, ())
    drafted_already = exists().where(
        HoldingLetter.stage_id == CaseStage.id, HoldingLetter.due_on == CaseStage.due_on
    )
    return (
        select(CaseStage.id)
        .join(Case, Case.id == CaseStage.case_id)
        .where(
            *_unanswered(),
            CaseStage.due_on >= today,
            CaseStage.due_on <= latest_due(rung, today, council.calendar),
            ~drafted_already,
            ~_answer_drafted(),
        )
        .order_by(CaseStage.due_on, CaseStage.id)
    )


def _unanswered() -> tuple[ColumnElement[bool], ...]:
    """A stage with whose answer the council still keeps a person waiting. The Ombudsman is not
    written to in this way: their letters name the dates."""
    return (
        Case.state == CaseState.OPEN,
        Case.category != Category.OMBUDSMAN,
        Case.procedure_state.in_(RUNNING),
        CaseStage.key == Case.stage_key,
        CaseStage.answered_on.is_(None),
        CaseStage.ended_on.is_(None),
    )


def _is_unanswered(case: Case, stage: CaseStage) -> bool:
    """The same of one stage that is at hand."""
    return (
        case.state is CaseState.OPEN
        and case.category is not Category.OMBUDSMAN
        and case.procedure_state in RUNNING
        and stage.key == case.stage_key
        and stage.answered_on is None
        and stage.ended_on is None
    )


def _answer_drafted() -> ColumnElement[bool]:
    """Whether something was found on every point: then the answer waits only to be sent."""
    points = and_(Point.case_id == Case.id, Point.state.in_(LIVE))
    found = (
        exists()
        .where(
            PointFinding.point_id == Point.id,
            PointFinding.stage_id == CaseStage.id,
            PointFinding.giver.in_(ANSWERS),
            PointFinding.reasons.is_not(None),
            or_(PointFinding.finding.is_not(None), PointFinding.resolved),
        )
        .correlate(Point, CaseStage)
    )
    some, lacking = exists().where(points), exists().where(points, ~found)
    return and_(some.correlate(Case), ~lacking.correlate(Case, CaseStage))

"""What the letters about several parts state: which part goes which way, what is passed on, one
answer to all of them, and that something has come in twice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from portal.cases import gathering, joining, linking, parting, plan_decisions
from portal.cases.event_facts import PointInWords
from portal.cases.kinds import kind_label
from portal.procedures.finding import LIVE, PointState
from portal.procedures.procedure import StageKey
from portal.procedures.refusal import RefusalReason
from portal.procedures.refusal_rules import rule_for
from portal.procedures.state import RUNNING
from portal.records.case import Case, CaseStage
from portal.records.case_event import CaseEvent
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind
from portal.records.point import Point
from portal.work import Work


@dataclass(frozen=True)
class PartInWords:
    """One part as a letter states it: how we deal with it, and what follows by when. `due_on` is
    None where it was answered already."""

    procedure_label: str
    stage_label: str
    points: tuple[PointInWords, ...]
    due_on: date | None


def facts_for(work: Work, kind: LetterKind, case: Case, row: CaseEvent) -> dict[str, object]:
    """What the letter of an event states, for the kinds in `FACTS`.

    Args:
        work: the open act, in which the event has happened.
        kind: the letter's kind.
        case: the case.
        row: the event.
    """
    work.session.flush()
    return FACTS[kind](work, case, row)


def part_in_words(work: Work, case: Case) -> PartInWords:
    """Say how one part is dealt with, and by when it is answered.

    Args:
        work: the open act, flushed.
        case: the part.
    """
    stage = gathering.current_stage(work.session, case)
    return PartInWords(
        kind_label(work.council, case.category, case.procedure),
        work.council.stage_name(gathering.track_for(case), StageKey(stage.key)),
        _in_state(work, case, LIVE),
        stage.due_on if case.procedure_state in RUNNING else None,
    )


def _parts(work: Work, case: Case, row: CaseEvent) -> dict[str, object]:
    feedback = work.session.get_one(Feedback, case.feedback_id)
    found = parting.parts(work.session, feedback)
    gone = [point for part in found for point in _in_state(work, part, {PointState.REDIRECTED})]
    return {
        "parts": tuple(part_in_words(work, part) for part in found),
        "redirected": tuple(gone),
    }


def _redirected(work: Work, case: Case, row: CaseEvent) -> dict[str, object]:
    feedback = work.session.get_one(Feedback, case.feedback_id)
    chosen = set(row.details.get("points", ()))
    wanted = select(Point).where(Point.case_id == case.id, Point.number.in_(chosen))
    points = work.session.scalars(wanted.order_by(Point.number))
    return {
        "points": tuple(PointInWords(point.number, point.text) for point in points),
        "reason_label": rule_for(RefusalReason(row.reason or "")).label,
        "explanation": row.words or "",
        "about_plan": plan_decisions.is_about_one(feedback),
    }


def _duplicate(work: Work, case: Case, row: CaseEvent) -> dict[str, object]:
    stage = work.session.get_one(CaseStage, row.stage_id)
    lead = joining.lead_of(work.session, stage)
    assert lead is not None, "A guard asks that it is joined."
    own = work.session.get_one(Feedback, case.feedback_id)
    other = work.session.get_one(Feedback, lead[0].feedback_id)
    same = linking.same_person(work.session, own, other)
    return {"other_reference": other.reference} if same else {}


def _in_state(
    work: Work, case: Case, states: frozenset[PointState] | set[PointState]
) -> tuple[PointInWords, ...]:
    wanted = select(Point).where(Point.case_id == case.id, Point.state.in_(states))
    points = work.session.scalars(wanted.order_by(Point.number))
    return tuple(PointInWords(point.number, point.text) for point in points)


FACTS: Mapping[LetterKind, Callable[[Work, Case, CaseEvent], dict[str, object]]] = {
    LetterKind.PARTS: _parts,
    LetterKind.PART_REDIRECTED: _redirected,
    LetterKind.LINKED: _duplicate,
}

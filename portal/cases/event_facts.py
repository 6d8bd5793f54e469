"""What the letter of an event states, read from the case once the event is there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import matter_rows
from portal.cases import draft_standing, gathering, plan_decisions
from portal.cases.event_words import (
    ANOTHER_MANAGER,
    BEGINS,
    FINDINGS,
    LAST_STEP,
    NEXT_STEPS,
    ROLES,
)
from portal.cases.kinds import kind_label
from portal.matter_rows import CASE_CLOCKS, POINTS, REMEDIES
from portal.procedures.finding import LIVE, Giver
from portal.procedures.procedure import ClockKey, StageKey, Track
from portal.procedures.remedy import RemedyState
from portal.procedures.state import APPOINTS, Event
from portal.records.account import Account
from portal.records.appointment import Appointment
from portal.records.case import Case, CaseClock, CaseStage
from portal.records.case_event import CaseEvent
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind
from portal.work import Work

GIVERS: Mapping[Event, Giver] = {
    Event.ANSWERED: Giver.SERVICE,
    Event.RESOLVED: Giver.SERVICE,
    Event.ADJUDICATED: Giver.ADJUDICATOR,
    Event.PANEL_ANSWERED: Giver.COUNCIL,
}


@dataclass(frozen=True)
class PointInWords:
    """One point as a letter states it."""

    number: int
    text: str
    finding: str = ""
    reasons: str = ""
    agreed: bool = False


@dataclass(frozen=True)
class PromiseInWords:
    """One promise as a letter states it."""

    text: str
    by: date | None


FactsOf = Callable[[Work, Case, CaseStage, CaseEvent], dict[str, object]]


def facts_for(work: Work, kind: LetterKind, case: Case, row: CaseEvent) -> dict[str, object]:
    """What the letter of an event states.

    Args:
        work: the open act, in which the event has happened.
        kind: the letter's kind.
        case: the case.
        row: the event.
    """
    work.session.flush()
    stage = work.session.get_one(CaseStage, row.stage_id)
    return _FACTS[kind](work, case, stage, row)


def _extension(work: Work, case: Case, stage: CaseStage, row: CaseEvent) -> dict[str, object]:
    moved = stage.working.get("recalculations", [])
    old = date.fromisoformat(moved[-1]["due_before"]) if moved else stage.first_due_on
    return {"reason": row.words or "", "old_date": old, "new_date": stage.due_on}


def _pause(work: Work, case: Case, stage: CaseStage, row: CaseEvent) -> dict[str, object]:
    wanted = select(CaseClock.adjusted_on).where(
        CaseClock.stage_id == stage.id, CaseClock.adjusted_on.is_not(None)
    )
    resumed = row.event is Event.RESUMED
    return {
        "reason": row.words or "",
        "due_on": stage.due_on,
        "new_date": work.session.scalar(wanted) if resumed else None,
        "resumed": resumed,
    }


def _text(work: Work, case: Case, stage: CaseStage, row: CaseEvent) -> dict[str, object]:
    return {"text": row.words or ""}


def _answer(work: Work, case: Case, stage: CaseStage, row: CaseEvent) -> dict[str, object]:
    track, key = gathering.track_for(case), StageKey(stage.key)
    following = work.council.stage_after(track, key)
    step = LAST_STEP
    if following is not None:
        step = NEXT_STEPS.get((track, following), NEXT_STEPS[Track.CORPORATE, StageKey.STAGE_2])
    joined = row.details.get("with_lead")
    points = () if joined else _points(work, case, stage, GIVERS[row.event])
    if joined and row.words:
        # A joined case is answered in words of its own.
        points = (PointInWords(1, row.words),)
    return {
        "points": points,
        "promises": _promises(work, case, stage),
        "stage_label": work.council.stage_name(track, key),
        "next_step": step,
        "ask_by": ask_by(work.session, stage) if following is not None else None,
        **draft_standing.words(work.session, stage),
    }


def _answer_in_words(work: Work, case: Case, stage: CaseStage, row: CaseEvent) -> dict[str, object]:
    """An enquiry or a matter of personal data has no points: the answer is what was written."""
    return {"text": row.words or "", "promises": _promises(work, case, stage)}


def _lapse(work: Work, case: Case, stage: CaseStage, row: CaseEvent) -> dict[str, object]:
    return {"due_on": stage.due_on}


def _next_stage(work: Work, case: Case, stage: CaseStage, row: CaseEvent) -> dict[str, object]:
    track, key = gathering.track_for(case), StageKey(stage.key)
    return {
        "stage_label": work.council.stage_name(track, key),
        "what": BEGINS.get((track, key), ANOTHER_MANAGER),
        "due_on": stage.due_on,
        "asked_on": row.on if row.event is Event.NEXT_STAGE_ASKED else None,
    }


def _explained(work: Work, case: Case, stage: CaseStage, row: CaseEvent) -> dict[str, object]:
    return {"explanation": row.words or ""}


def _request(work: Work, case: Case, stage: CaseStage, row: CaseEvent) -> dict[str, object]:
    label = work.council.stage_name(gathering.track_for(case), StageKey(stage.key))
    return {"text": row.words or "", "stage_label": label, "due_on": stage.due_on}


def _rerouted(work: Work, case: Case, stage: CaseStage, row: CaseEvent) -> dict[str, object]:
    return {
        "procedure_label": kind_label(work.council, case.category, case.procedure),
        "explanation": row.words or "",
        "due_on": stage.due_on,
    }


def _statement(work: Work, case: Case, stage: CaseStage, row: CaseEvent) -> dict[str, object]:
    return {"points": _points(work, case, stage, None)}


def _appointed(work: Work, case: Case, stage: CaseStage, row: CaseEvent) -> dict[str, object]:
    role = APPOINTS[row.event]
    wanted = select(Appointment).where(Appointment.case_id == case.id, Appointment.role == role)
    latest = work.session.scalars(wanted.order_by(Appointment.id.desc()).limit(1)).one()
    name = latest.name
    if latest.account_id is not None:
        name = work.session.get_one(Account, latest.account_id).name
    return {"role_label": ROLES[role], "name": name or ""}


def _not_considered(work: Work, case: Case, stage: CaseStage, row: CaseEvent) -> dict[str, object]:
    feedback = work.session.get_one(Feedback, case.feedback_id)
    chosen = set(row.details.get("points", ()))
    every = POINTS.of(work.session, case.id)
    points = [PointInWords(one.number, one.text) for one in every if one.number in chosen]
    by = row.details.get("resubmit_by")
    proceedings, _, prejudice = (row.words or "").partition("\n\n")
    return {
        "proceedings": proceedings,
        "prejudice": prejudice,
        "points": points,
        "resubmit_by": date.fromisoformat(by) if by else None,
        "about_plan": plan_decisions.is_about_one(feedback),
    }


def _concluded(work: Work, case: Case, stage: CaseStage, row: CaseEvent) -> dict[str, object]:
    return {"about_data": gathering.track_for(case) is Track.DATA_PROTECTION}


def _nothing(work: Work, case: Case, stage: CaseStage, row: CaseEvent) -> dict[str, object]:
    return {}


_FACTS: Mapping[LetterKind, FactsOf] = {
    LetterKind.EXTENSION: _extension,
    LetterKind.PAUSE: _pause,
    LetterKind.MEETING: _text,
    LetterKind.ANSWER: _answer,
    LetterKind.LAPSE: _lapse,
    LetterKind.NEXT_STAGE: _next_stage,
    LetterKind.NEXT_STAGE_EARLY: _lapse,
    LetterKind.NEXT_STAGE_DECLINED: _explained,
    LetterKind.REQUEST_ACKNOWLEDGED: _request,
    LetterKind.REROUTED: _rerouted,
    LetterKind.POINTS_TO_AGREE: _statement,
    LetterKind.STATEMENT: _statement,
    LetterKind.APPOINTED: _appointed,
    LetterKind.PANEL_PAPERS: _text,
    LetterKind.EARLY_REFERRAL: _text,
    LetterKind.NOT_CONSIDERED: _not_considered,
    LetterKind.WITHDRAWN: _nothing,
    LetterKind.CONCLUDED: _concluded,
    LetterKind.ENQUIRY_ANSWER: _answer_in_words,
    LetterKind.DATA_PROTECTION_ANSWER: _answer_in_words,
}


def _points(
    work: Work, case: Case, stage: CaseStage, giver: Giver | None
) -> tuple[PointInWords, ...]:
    live = [point for point in POINTS.of(work.session, case.id) if point.state in LIVE]
    points = sorted(live, key=lambda point: point.number)
    if giver is None:
        return tuple(PointInWords(point.number, point.text) for point in points)
    found = {
        one.point_id: one
        for one in matter_rows.FINDINGS.of(work.session, stage.id)
        if one.giver is giver
    }
    return tuple(
        PointInWords(
            point.number,
            point.text,
            FINDINGS[finding.finding] if finding.finding is not None else "",
            finding.reasons or "",
            finding.resolved,
        )
        for point in points
        if (finding := found.get(point.id)) is not None
    )


def _promises(work: Work, case: Case, stage: CaseStage) -> tuple[PromiseInWords, ...]:
    kept = (RemedyState.PROMISED, RemedyState.DONE)
    return tuple(
        PromiseInWords(remedy.text, remedy.due_on)
        for remedy in REMEDIES.of(work.session, case.id)
        if remedy.stage_key == stage.key and remedy.state in kept and remedy.shown_to_person
    )


def ask_by(session: Session, stage: CaseStage) -> date | None:
    """The last day to ask for the next stage, where the timescales name one.

    Args:
        session: any session.
        stage: the stage that was answered.
    """
    wanted = (ClockKey.REQUEST_2.value, ClockKey.REQUEST_3.value)
    clocks = CASE_CLOCKS.of(session, stage.id)
    return next((clock.due_on for clock in clocks if clock.key in wanted), None)

"""Gathering what the rules need to know of a case, once, before something happens to it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from portal.cases import counting, draft_standing, joining, stages
from portal.cases.young_people import is_young
from portal.council import Council
from portal.matter_rows import (
    APPOINTMENTS,
    CASE_STAGES,
    CASES,
    CONSENTS,
    DECISIONS,
    EVENTS,
    FINDINGS,
    POINTS,
    REMEDIES,
    fetch_case,
)
from portal.procedures.facts import AppointmentFacts, Facts, FindingFacts, PointFacts
from portal.procedures.finding import Giver
from portal.procedures.matter import Consent
from portal.procedures.procedure import ClockRule, StageKey, Track, track_of
from portal.procedures.remedy import SATISFIED, STILL_OPEN, RemedyState
from portal.procedures.state import MUST_DECLARE, Event, Independence, State
from portal.procedures.vocabulary import Relationship
from portal.records.case import Case, CaseStage
from portal.records.case_event import CaseEvent
from portal.records.feedback import Feedback

SETTLES_REQUEST = frozenset(
    {Event.REQUEST_TAKEN_BACK, Event.NEXT_STAGE_ASKED, Event.STAGE_1_SKIPPED}
)
SETTLES_STATEMENT = frozenset({Event.STATEMENT_AGREED, Event.STATEMENT_SETTLED})
OPENS_STATEMENT = frozenset({Event.STATEMENT_SENT, Event.STATEMENT_DISPUTED})
ASKED_AND_UNANSWERED = frozenset({State.REVIEW_ASKED, State.REVIEWING})


class NoTrack(LookupError):
    """A case that runs on nothing: it could not have been opened here."""


def track_for(case: Case) -> Track:
    """What an open case runs on.

    Raises:
        NoTrack: a case that could not have been opened here.
    """
    track = track_of(case.category, case.procedure, case.chosen_track)
    if track is None:
        raise NoTrack(f"case {case.id} runs on no procedure")
    return track


def case_of(session: Session, feedback: Feedback, part: int = 1) -> Case | None:
    """A part of a matter, the first unless said otherwise; None where there is no such part."""
    return next((case for case in CASES.of(session, feedback.id) if case.part == part), None)


def current_stage(session: Session, case: Case) -> CaseStage:
    """The stage that a case is at: of its key the latest, for one that was refused is past, and one
    that was left for the other procedure has a later one."""
    return [stage for stage in CASE_STAGES.of(session, case.id) if stage.key == case.stage_key][-1]


def latest_stages(session: Session, case: Case) -> dict[str, int]:
    """Of each key that a case has a stage of, the key of the latest."""
    return {stage.key: stage.id for stage in CASE_STAGES.of(session, case.id)}


def facts_of(session: Session, council: Council, case: Case, today: date) -> Facts:
    """Gather a case as the rules see it.

    Args:
        session: any session, flushed.
        council: for its stages and timescales.
        case: the case.
        today: the day against which dates have run out.
    """
    fetch_case(session, case)
    track, stage = track_for(case), current_stage(session, case)
    feedback = session.get_one(Feedback, case.feedback_id)
    events = EVENTS.of(session, case.id)
    here = [event for event in events if event.stage_id == stage.id]
    rule, latest = _answer_rule(session, council, case, stage, track)
    key = StageKey(stage.key)
    return Facts(
        track=track,
        stage=key,
        state=case.procedure_state,
        received_on=feedback.received_on,
        stage_opened_on=feedback.received_on if _is_first(key) else stage.opened_on,
        today=today,
        due_on=stage.due_on,
        latest_on=latest,
        next_stage=council.stage_after(track, key),
        extend_reasons=rule.extend_reasons,
        may_pause=rule.may_pause,
        young=is_young(feedback) or _decided_young(session, case),
        # A letter that waits to be posted was written all the same.
        acknowledged=case.acknowledged_on is not None
        or Event.ACKNOWLEDGED in {event.event for event in events},
        consent_waits=_consent_waits(session, feedback),
        withdrawal_waits=_waits(
            events, Event.WITHDRAWAL_ASKED, Event.WITHDRAWAL_DECLINED, Event.CONCLUDED
        ),
        request_waits=_request_waits(events),
        points=points_of(session, case),
        appointments=_appointments(session, case),
        answered_before_by=_answered_before_by(session, case, events, stage),
        joined_to=joining.joined_to(session, case, stage),
        leads=joining.leads(session, stage),
        draft_waits=draft_standing.waits(session, stage),
        **_at_this_stage(here),
        **_owed(session, case, stage),
    )


def _at_this_stage(here: Sequence[CaseEvent]) -> dict[str, Any]:
    """What the events since the present stage opened come to."""
    statement = _latest_of(here, SETTLES_STATEMENT | OPENS_STATEMENT)
    return {
        "paused": _waits(here, Event.PAUSED, Event.RESUMED),
        "happened": frozenset(event.event for event in here),
        "moved_on": _moved_on(here),
        "statement_stands": statement in SETTLES_STATEMENT,
    }


def _consent_waits(session: Session, feedback: Feedback) -> bool:
    """Whether somebody's agreement was asked for, and nothing was recorded of it since."""
    recorded = CONSENTS.of(session, feedback.id)
    return bool(recorded) and recorded[-1].state is Consent.ASKED


def _owed(session: Session, case: Case, stage: CaseStage) -> dict[str, Any]:
    """How much of what was promised or recommended is still open."""
    remedies = REMEDIES.of(session, case.id)
    return {
        "promises_open": sum(one.state in STILL_OPEN for one in remedies),
        "recommendations_unanswered": sum(
            one.state is RemedyState.PROPOSED and one.stage_key == stage.key for one in remedies
        ),
        "remedies_unsatisfied": sum(
            one.giver is Giver.OMBUDSMAN and one.compliance not in SATISFIED for one in remedies
        ),
    }


def points_of(session: Session, case: Case) -> tuple[PointFacts, ...]:
    """A case's points with what was found on each, in their order: of two stages of one key, before
    and after the other procedure took over, the later counts."""
    found: dict[int, dict[tuple[StageKey, Giver], FindingFacts]] = defaultdict(dict)
    for key, stage_id in latest_stages(session, case).items():
        for row in FINDINGS.of(session, stage_id):
            found[row.point_id][StageKey(key), row.giver] = FindingFacts(
                row.finding, bool((row.reasons or "").strip()), row.resolved
            )
    points = sorted(POINTS.of(session, case.id), key=lambda point: point.number)
    return tuple(PointFacts(point.number, point.state, found[point.id]) for point in points)


def _is_first(key: StageKey) -> bool:
    return key not in (StageKey.STAGE_2, StageKey.STAGE_3)


def _latest_of(events: Sequence[CaseEvent], among: frozenset[Event]) -> Event | None:
    return next((event.event for event in reversed(events) if event.event in among), None)


def _waits(events: Sequence[CaseEvent], asked: Event, *settled: Event) -> bool:
    """Whether something was asked and nothing has settled it since."""
    return _latest_of(events, frozenset({asked, *settled})) is asked


def _request_waits(events: Sequence[CaseEvent]) -> bool:
    """Whether the person asked for the next stage and neither has it nor took it back. A move to
    the other procedure loses no request: it waits there at stage 1."""
    for event in reversed(events):
        if event.event is Event.REROUTED and event.from_state in ASKED_AND_UNANSWERED:
            return True
        if event.event is Event.NEXT_STAGE_ASKED_EARLY:
            return True
        if event.event in SETTLES_REQUEST:
            return False
    return False


def _moved_on(here: Sequence[CaseEvent]) -> date | None:
    """The day of what last moved the case in its present stage."""
    moved = (
        event.on
        for event in reversed(here)
        if event.from_state is not event.to_state or event.event is Event.REROUTED
    )
    return next(moved, None)


def _answer_rule(
    session: Session, council: Council, case: Case, stage: CaseStage, track: Track
) -> tuple[ClockRule, date | None]:
    """The rule of the clock that gives the stage its date, and the furthest date it may have."""
    profile = stages.profile_of(council, stage)
    events = counting.events_of(session, case, stage, track)
    answer = stages.plan_in(profile, StageKey(stage.key), events, council.calendar).answer
    return answer.rule, answer.latest


def _decided_young(session: Session, case: Case) -> bool:
    decision = DECISIONS.first(session, case.feedback_id)
    return decision is not None and decision.relationship is Relationship.YOUNG_PERSON


def _appointments(session: Session, case: Case) -> tuple[AppointmentFacts, ...]:
    return tuple(
        AppointmentFacts(
            row.role,
            StageKey(row.stage_key),
            row.person_key,
            MUST_DECLARE[row.role] <= {Independence(code) for code in row.declared},
            row.ended_at is not None,
        )
        for row in APPOINTMENTS.of(session, case.id)
    )


def _answered_before_by(
    session: Session, case: Case, events: Sequence[CaseEvent], stage: CaseStage
) -> frozenset[int]:
    """Who answered an earlier stage: who recorded the answer, and who found on its points."""
    answers = {Event.ANSWERED, Event.RESOLVED}
    recorded = {
        event.account_id
        for event in events
        if event.event in answers and event.stage_id != stage.id and event.account_id is not None
    }
    found = {
        finding.written_by_id
        for earlier in CASE_STAGES.of(session, case.id)
        if earlier.key != stage.key
        for finding in FINDINGS.of(session, earlier.id)
    }
    return frozenset(recorded | found)

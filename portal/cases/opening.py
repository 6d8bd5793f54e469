"""Opening a case: what an officer decided becomes a case with a first stage and its date."""

from collections.abc import Mapping
from datetime import date

from portal import audit
from portal.cases import counting, stages
from portal.cases.stages import StagePlan
from portal.council import Council, NothingInForce
from portal.errors import Refused
from portal.procedures.clocks import StageEvents, opening_event
from portal.procedures.procedure import StageKey, StartEvent, Track, track_of
from portal.procedures.transitions import FIRST_STATE
from portal.procedures.vocabulary import Category, ProcedureCode
from portal.records.case import Case, CaseStage
from portal.records.decision import Decision
from portal.records.feedback import Feedback
from portal.work import Work

PROCEDURES: Mapping[Track, ProcedureCode] = {
    Track.STATUTORY: ProcedureCode.STATUTORY,
    Track.CORPORATE: ProcedureCode.CORPORATE,
}


class NoClock(Refused):
    """What was chosen runs on no procedure, so no case with a date can be opened."""

    message = (
        "A case needs a procedure with a date. Choose the statutory or the corporate procedure, "
        "or another outcome."
    )


class NoTimescales(Refused):
    """The council's file promises nothing for this procedure today."""

    message = (
        "The council's timescales have nothing for this procedure today, so no date can be given. "
        "Ask whoever looks after the portal to add them."
    )


class NoTimescalesThen(Refused):
    """The council's file promises nothing for the stage that would open."""

    message = (
        "The council’s timescales have nothing for this stage on that day, so no date can be "
        "given. Ask whoever looks after the portal to add them."
    )


def planned(
    council: Council,
    category: Category,
    procedure: ProcedureCode,
    received_on: date,
    opened_on: date,
    chosen: Track | None = None,
) -> StagePlan:
    """Work out the first stage that opening a case would give, without storing anything.

    Args:
        council: for its timescales.
        category: an MP's and the Ombudsman's matters are cases of their kind.
        procedure: for everything else.
        received_on: day 0 of every clock that counts from receipt.
        opened_on: the day of the decision. The profile is the one in force on this day, because
            what was feedback until now becomes a case now.
        chosen: what an officer chose beside category and procedure (`procedure.CHOSEN`).

    Returns:
        The plan.

    Raises:
        NoClock: nothing runs for this category and procedure.
        NoTimescales: the council has no profile for it on that day.
    """
    track = track_of(category, procedure, chosen)
    if track is None:
        raise NoClock
    events = {StartEvent.RECEIVED: received_on, StartEvent.ACCEPTED: opened_on}
    try:
        return stages.plan(council, track, events, opened_on)
    except (NothingInForce, stages.StageCannotStart):
        raise NoTimescales from None


def open_case(work: Work, feedback: Feedback, decision: Decision) -> Case:
    """Open the case that an officer decided on, with its first stage.

    Args:
        work: the open act.
        feedback: what the case comes from; its reference stays the same.
        decision: the officer's, already stored.

    Returns:
        The case. The letter about it is the caller's.

    Raises:
        NoClock, NoTimescales: no date can be given.
    """
    plan = planned(
        work.council,
        decision.category,
        decision.procedure,
        feedback.received_on,
        work.today,
        decision.chosen_track,
    )
    case = Case(
        feedback_id=feedback.id,
        category=decision.category,
        procedure=decision.procedure,
        chosen_track=decision.chosen_track,
        area=decision.area,
        team=decision.team,
        risk=decision.risk,
        opened_at=work.now,
        opened_on=work.today,
        opened_by_id=decision.decided_by_id,
        officer_id=decision.decided_by_id,
        procedure_state=FIRST_STATE[plan.track],
        stage_key=plan.key.value,
    )
    work.session.add(case)
    audit.note(work, "case_opened", case)
    stage = stages.as_stage(case, plan, work.today)
    work.session.add(stage)
    counting.keep(work.session, stage, plan.clocks)
    return case


def open_stage(work: Work, case: Case, track: Track, key: StageKey, on: date) -> CaseStage:
    """Open a stage of a case on the day it was asked for; a first one counts from receipt all the
    same, so that whoever moves from one procedure to the other loses no time.

    Args:
        work: the open act.
        case: the case.
        track: what the stage runs on.
        key: which stage.
        on: the day; it picks the profile.

    Raises:
        NoTimescalesThen: the council promises nothing for it on that day.
    """
    started: dict[StartEvent, date] = {opening_event(track, key): on}
    if key is StageKey.STAGE_1:
        feedback = work.session.get_one(Feedback, case.feedback_id)
        started = {StartEvent.RECEIVED: feedback.received_on, StartEvent.ACCEPTED: on}
        if case.acknowledged_on is not None:
            started[StartEvent.ACKNOWLEDGED] = case.acknowledged_on
    try:
        profile = work.council.profile(track, on)
        events = StageEvents(started=started, met={})
        plan = stages.plan_in(profile, key, events, work.council.calendar)
    except (NothingInForce, stages.StageCannotStart):
        raise NoTimescalesThen from None
    stage = stages.as_stage(case, plan, on)
    work.session.add(stage)
    work.session.flush()
    case.stage_key = key.value
    return stage

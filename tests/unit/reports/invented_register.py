"""Stores a register that was made up for a test: feedback, decisions, cases and their stages."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from portal.cases.tokens import make_public_id
from portal.council import Council
from portal.procedures.procedure import ClockKey, StageKey, Track
from portal.procedures.state import State
from portal.procedures.vocabulary import (
    Area,
    Category,
    ProcedureCode,
    Relationship,
    Risk,
    Team,
)
from portal.records.account import Account
from portal.records.case import Case, CaseClock, CaseStage, CaseState
from portal.records.decision import Decision, Outcome
from portal.records.feedback import Channel, ContactWay, Door, Feedback, FeedbackState
from tests.unit.reports import invented_things as things
from tests.unit.reports.invented import Complaint, Invented, Matter, StoredStage, Ticking
from tests.unit.reports.invented_things import at_noon

CATEGORIES = {
    Track.MP_ENQUIRY: Category.MP_ENQUIRY,
    Track.MEMBER_ENQUIRY: Category.MP_ENQUIRY,
    Track.OMBUDSMAN: Category.OMBUDSMAN,
}
PROCEDURES = {
    Track.STATUTORY: ProcedureCode.STATUTORY,
    Track.CORPORATE: ProcedureCode.CORPORATE,
}
STANDS = {
    "open": State.ANSWERING,
    "withdrawn": State.WITHDRAWN,
    "not_considered": State.NOT_CONSIDERED,
    "duplicate": State.CONCLUDED,
}
DUE = 40
"""Every stage's own date is so many days after it opened."""


def store(session: Session, council: Council, invented: Invented) -> Invented:
    """Store the rows of a register.

    Args:
        session: any session; nothing is committed.
        council: whose timescales the stages keep.
        invented: the descriptions; its `stages` are filled.
    """
    account = Account(
        public_id=make_public_id(), name="Sam Sample", email=f"{make_public_id()}@x.example",
        email_key=make_public_id(), created_at=at_noon(date(2014, 1, 1)), version=1,
    )  # fmt: skip
    session.add(account)
    session.flush()
    refused = [
        _matter(session, account, number, matter) for number, matter in enumerate(invented.matters)
    ]
    cases = [
        _complaint(session, council, account, number, complaint, invented.stages)
        for number, complaint in enumerate(invented.complaints)
    ]
    things.covers(session, account, cases, refused, invented.complaints)
    things.joins(session, cases, invented)
    things.answers(session, invented.answers)
    session.flush()
    return invented


def _feedback(session: Session, day: date, *, young: bool, advocate: str | None = None) -> Feedback:
    feedback = Feedback(
        public_id=make_public_id(), reference=make_public_id(), channel=Channel.WEB,
        door=Door.YOUNG_PEOPLE if young else Door.EVERYONE, state=FeedbackState.DECIDED,
        received_at=at_noon(day), received_on=day, story="Invented.",
        contact_way=ContactWay.PORTAL_ONLY, advocate_wanted=advocate,
    )  # fmt: skip
    session.add(feedback)
    session.flush()
    return feedback


def _decide(
    session: Session, account: Account, feedback: Feedback, team: Team, **more: Any
) -> None:
    given: dict[str, Any] = {
        "category": Category.COMPLAINT, "procedure": ProcedureCode.DUTY,
        "relationship": Relationship.PARENT, **more,
    }  # fmt: skip
    session.add(
        Decision(
            feedback_id=feedback.id, decided_at=feedback.received_at, decided_by_id=account.id,
            area=Area.OTHER, team=team, risk=Risk.NONE, changed=[], **given,
        )
    )  # fmt: skip


def _matter(session: Session, account: Account, number: int, matter: Matter) -> Feedback:
    feedback = _feedback(session, matter.received_on, young=matter.young)
    if matter.reason is None:
        _decide(
            session, account, feedback, matter.team, outcome=Outcome.THANKED,
            category=Category.COMPLIMENT, procedure=ProcedureCode.NONE,
            relationship=matter.relationship,
        )  # fmt: skip
        if matter.published:
            things.publication(session, feedback, number, matter.received_on)
        return feedback
    _decide(
        session, account, feedback, matter.team, reason=matter.reason,
        outcome=Outcome.PASSED_ON if matter.passed_on else Outcome.DECLINED,
        relationship=matter.relationship,
        consulted_on=matter.received_on if matter.consulted else None,
    )  # fmt: skip
    if matter.letter is not None:
        things.letter(session, feedback, matter)
    return feedback


def _complaint(
    session: Session, council: Council, account: Account, number: int, complaint: Complaint,
    kept: list[StoredStage],
) -> Case:  # fmt: skip
    case = _case(session, account, complaint)
    day, track = complaint.opened_on, complaint.track
    for at, step in enumerate(complaint.steps):
        ended = None if step.end == "open" else day + timedelta(days=step.days)
        stored = StoredStage(number, track, step.key, complaint.team, step, day, ended, complaint)
        stage = _stage(session, council, case, stored)
        stored.stage_id = stage.id
        things.of_stage(session, account, case, stage, stored)
        kept.append(stored)
        refused = step.end == "refused"
        case.stage_key = step.key.value if not refused else complaint.steps[at - 1].key.value
        case.procedure_state = STANDS.get(step.end, State.ANSWERED)
        if step.end == "moved":
            track = Track.CORPORATE if track is Track.STATUTORY else Track.STATUTORY
        day = ended or day
    things.of_case(session, account, case, complaint)
    return case


def _case(session: Session, account: Account, complaint: Complaint) -> Case:
    young = complaint.young
    feedback = _feedback(
        session, complaint.opened_on, young=young.door, advocate=young.advocate_wanted
    )
    procedure = PROCEDURES.get(complaint.track, ProcedureCode.DUTY)
    category = CATEGORIES.get(complaint.track, Category.COMPLAINT)
    _decide(
        session, account, feedback, complaint.team, outcome=Outcome.CASE_OPENED,
        procedure=procedure, nature=complaint.nature, relationship=complaint.relationship,
        category=category,
    )  # fmt: skip
    case = Case(
        feedback_id=feedback.id, category=category, procedure=procedure, area=Area.OTHER,
        team=complaint.team, risk=Risk.NONE, state=CaseState.OPEN, procedure_state=State.ANSWERING,
        stage_key=complaint.steps[0].key.value, opened_at=feedback.received_at,
        opened_on=complaint.opened_on, opened_by_id=account.id, officer_id=account.id,
    )  # fmt: skip
    session.add(case)
    session.flush()
    return case


def _stage(session: Session, council: Council, case: Case, stored: StoredStage) -> CaseStage:
    step, day = stored.step, stored.opened_on
    answered = stored.ended_on if step.end == "answered" else None
    due = day + timedelta(days=DUE)
    stage = CaseStage(
        case_id=case.id, key=step.key.value, profile=council.profile(stored.track, day).code,
        opened_on=day, starts=step.starts.value, start_on=day + timedelta(days=step.start),
        due_on=due, first_due_on=due, working={},
        answered_on=answered, ended_on=None if answered else stored.ended_on,
    )  # fmt: skip
    session.add(stage)
    session.flush()
    own = Ticking(
        ClockKey(step.key.value), step.starts, step.start, step.days if answered else None
    )
    if (stored.track, step.key) == (Track.STATUTORY, StageKey.STAGE_3):
        own = Ticking(ClockKey.PANEL, step.starts, step.start, step.panel)
    session.add_all(_clock(stage, one) for one in (own, *step.clocks))
    return stage


def _clock(stage: CaseStage, clock: Ticking) -> CaseClock:
    day, due = stage.opened_on, stage.due_on
    return CaseClock(
        stage_id=stage.id, key=clock.key.value, reading=clock.reading, starts=clock.starts.value,
        start_on=day + timedelta(days=clock.start), due_on=due, first_due_on=due,
        met_on=None if clock.met is None else day + timedelta(days=clock.met), soft=False,
        working={},
    )  # fmt: skip

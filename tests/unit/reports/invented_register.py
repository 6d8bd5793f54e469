"""Registers made up for tests: plain descriptions, stored as rows, so that what a report must say
can be counted from the descriptions without asking the code under test."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from portal.cases.tokens import make_public_id
from portal.council import Council
from portal.procedures.finding import Finding, Giver, PointState
from portal.procedures.ombudsman_decision import Declined, OmbudsmanDecision, Reached
from portal.procedures.procedure import StageKey, Track
from portal.procedures.refusal import RefusalReason
from portal.procedures.remedy import RemedyKind, RemedyState
from portal.procedures.state import State
from portal.procedures.vocabulary import (
    Area,
    Category,
    Nature,
    ProcedureCode,
    Relationship,
    Risk,
    Team,
)
from portal.records.account import Account
from portal.records.case import Case, CaseClock, CaseStage, CaseState
from portal.records.decision import Decision, Outcome
from portal.records.feedback import Channel, ContactWay, Door, Feedback, FeedbackState
from portal.records.ombudsman_matter import OmbudsmanMatter
from portal.records.point import Point, PointFinding
from portal.records.remedy import Remedy

CATEGORIES = {Track.MP_ENQUIRY: Category.MP_ENQUIRY, Track.OMBUDSMAN: Category.OMBUDSMAN}
PROCEDURES = {
    Track.STATUTORY: ProcedureCode.STATUTORY,
    Track.CORPORATE: ProcedureCode.CORPORATE,
}
GIVERS = {
    (Track.STATUTORY, StageKey.STAGE_2): Giver.ADJUDICATOR,
    (Track.STATUTORY, StageKey.STAGE_3): Giver.COUNCIL,
}


@dataclass(frozen=True)
class Money:
    """One remedy of a stage."""

    kind: RemedyKind
    state: RemedyState
    pence: int = 0
    giver: Giver = Giver.SERVICE


@dataclass(frozen=True)
class Step:
    """One stage: how it ended (`answered`, `withdrawn`, `not_considered`, `open`, `duplicate`,
    `went_on`, `moved`, `refused`), after how many days, and what was found on its points; None for
    a point that was settled."""

    key: StageKey
    end: str
    days: int
    found: tuple[Finding | None, ...] = ()
    remedies: tuple[Money, ...] = ()


@dataclass(frozen=True)
class Complaint:
    """One case on one track. After a `moved` step the rest is on the other track."""

    opened_on: date
    track: Track
    team: Team
    nature: Nature | None
    relationship: Relationship
    steps: tuple[Step, ...]
    decision: OmbudsmanDecision | None = None
    reached: Reached | None = None


@dataclass(frozen=True)
class Matter:
    """A duty matter or a compliment."""

    received_on: date
    team: Team
    reason: RefusalReason | None
    passed_on: bool = False


@dataclass
class StoredStage:
    """One stage as it came to stand, for counting by hand."""

    track: Track
    key: StageKey
    team: Team
    step: Step
    opened_on: date
    ended_on: date | None
    complaint: Complaint


@dataclass
class Invented:
    """Everything that was made up."""

    complaints: tuple[Complaint, ...]
    matters: tuple[Matter, ...]
    stages: list[StoredStage] = field(default_factory=list)


def at_noon(day: date) -> datetime:
    """A moment of a day, in winter and in summer."""
    return datetime.combine(day, time(12), UTC)


def store(session: Session, council: Council, invented: Invented) -> Invented:
    """Store the rows of a register.

    Args:
        session: any session; nothing is committed.
        council: whose timescales the stages keep.
        invented: the descriptions; its `stages` are filled.
    """
    account = Account(
        public_id=make_public_id(), name="Sam Sample", email=f"{make_public_id()}@x.example",
        email_key=make_public_id(), created_at=at_noon(date(2015, 1, 1)), version=1,
    )  # fmt: skip
    session.add(account)
    session.flush()
    for matter in invented.matters:
        _matter(session, account, matter)
    for complaint in invented.complaints:
        _complaint(session, council, account, complaint, invented.stages)
    session.flush()
    return invented


def _feedback(session: Session, day: date) -> Feedback:
    feedback = Feedback(
        public_id=make_public_id(), reference=make_public_id(), channel=Channel.WEB,
        door=Door.EVERYONE, state=FeedbackState.DECIDED, received_at=at_noon(day),
        received_on=day, story="Invented.", contact_way=ContactWay.PORTAL_ONLY,
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


def _matter(session: Session, account: Account, matter: Matter) -> None:
    feedback = _feedback(session, matter.received_on)
    if matter.reason is None:
        _decide(
            session, account, feedback, matter.team, outcome=Outcome.THANKED,
            category=Category.COMPLIMENT, procedure=ProcedureCode.NONE,
        )  # fmt: skip
        return
    outcome = Outcome.PASSED_ON if matter.passed_on else Outcome.DECLINED
    _decide(session, account, feedback, matter.team, outcome=outcome, reason=matter.reason)


def _complaint(
    session: Session, council: Council, account: Account, complaint: Complaint,
    kept: list[StoredStage],
) -> None:  # fmt: skip
    feedback = _feedback(session, complaint.opened_on)
    procedure = PROCEDURES.get(complaint.track, ProcedureCode.DUTY)
    _decide(
        session, account, feedback, complaint.team, outcome=Outcome.CASE_OPENED,
        procedure=procedure, nature=complaint.nature, relationship=complaint.relationship,
        category=CATEGORIES.get(complaint.track, Category.COMPLAINT),
    )  # fmt: skip
    case = Case(
        feedback_id=feedback.id, category=CATEGORIES.get(complaint.track, Category.COMPLAINT),
        procedure=procedure, area=Area.OTHER, team=complaint.team, risk=Risk.NONE,
        state=CaseState.OPEN, procedure_state=State.ANSWERING,
        stage_key=complaint.steps[0].key.value, opened_at=feedback.received_at,
        opened_on=complaint.opened_on, opened_by_id=account.id, officer_id=account.id,
    )  # fmt: skip
    session.add(case)
    session.flush()
    day, track = complaint.opened_on, complaint.track
    for number, step in enumerate(complaint.steps):
        ended = None if step.end == "open" else day + timedelta(days=step.days)
        _stage(session, council, account, case, complaint, step, track, day, ended)
        kept.append(StoredStage(track, step.key, complaint.team, step, day, ended, complaint))
        refused = step.end == "refused"
        case.stage_key = step.key.value if not refused else complaint.steps[number - 1].key.value
        case.procedure_state = STANDS.get(step.end, State.ANSWERED)
        if step.end == "moved":
            track = Track.CORPORATE if track is Track.STATUTORY else Track.STATUTORY
        day = ended or day
    if complaint.track is Track.OMBUDSMAN:
        _ombudsman(session, account, case, complaint)


STANDS = {
    "open": State.ANSWERING,
    "withdrawn": State.WITHDRAWN,
    "not_considered": State.NOT_CONSIDERED,
    "duplicate": State.CONCLUDED,
}


def _stage(
    session: Session, council: Council, account: Account, case: Case, complaint: Complaint,
    step: Step, track: Track, day: date, ended: date | None,
) -> None:  # fmt: skip
    answered = ended if step.end == "answered" else None
    stage = CaseStage(
        case_id=case.id, key=step.key.value, profile=council.profile(track, day).code,
        opened_on=day, starts="received", start_on=day, due_on=day + timedelta(days=40),
        first_due_on=day + timedelta(days=40), working={}, answered_on=answered,
        ended_on=None if answered else ended,
    )  # fmt: skip
    session.add(stage)
    session.flush()
    session.add(
        CaseClock(
            stage_id=stage.id, key=step.key.value, reading="", starts="received", start_on=day,
            due_on=stage.due_on, first_due_on=stage.due_on, met_on=answered, soft=False, working={},
        )
    )  # fmt: skip
    giver = GIVERS.get((track, step.key), Giver.SERVICE)
    for found in step.found:
        _point(session, account, case, stage, giver, found)
    for money in step.remedies:
        session.add(
            Remedy(
                public_id=make_public_id(), case_id=case.id, stage_key=step.key.value,
                giver=money.giver, kind=money.kind, text="Invented.", state=money.state,
                team=complaint.team, amount_pence=money.pence or None, for_report=False,
                done_on=day if money.state is RemedyState.DONE else None,
                made_at=at_noon(day), made_by_id=account.id,
            )
        )  # fmt: skip


def _point(
    session: Session, account: Account, case: Case, stage: CaseStage, giver: Giver,
    found: Finding | None,
) -> None:  # fmt: skip
    made = at_noon(stage.opened_on)
    count = session.query(Point).filter_by(case_id=case.id).count()
    point = Point(
        public_id=make_public_id(), case_id=case.id, number=count + 1, text="Invented.",
        state=PointState.AGREED, made_at=made,
    )  # fmt: skip
    session.add(point)
    session.flush()
    session.add(
        PointFinding(
            point_id=point.id, stage_id=stage.id, giver=giver, finding=found,
            resolved=found is None, written_at=made, written_by_id=account.id,
        )
    )  # fmt: skip


def _ombudsman(session: Session, account: Account, case: Case, complaint: Complaint) -> None:
    declines = (OmbudsmanDecision.NOT_READY, OmbudsmanDecision.CLOSED_AFTER_ENQUIRIES)
    session.add(
        OmbudsmanMatter(
            case_id=case.id, decision=complaint.decision, reached=complaint.reached,
            declined=Declined.LATE if complaint.decision in declines else None,
            recorded_at=case.opened_at, recorded_by_id=account.id,
        )
    )  # fmt: skip

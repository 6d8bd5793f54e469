"""What stands beside the stages of an invented register: points, remedies, events, appointments,
the Ombudsman's decisions, the child, words that may be published, answers about people."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from portal.cases.tokens import make_public_id
from portal.procedures.finding import Finding, Giver, PointState
from portal.procedures.procedure import StageKey, Track
from portal.procedures.reporting_year import ReportingYear
from portal.procedures.state import Doer, Event, State
from portal.procedures.vocabulary import Area
from portal.records.account import Account
from portal.records.advocacy import Advocacy
from portal.records.advocacy_referral import AdvocacyReferral, ReferralState
from portal.records.appointment import Appointment
from portal.records.case import Case, CaseStage
from portal.records.case_event import CaseEvent
from portal.records.childs_view import ChildsViewRecord
from portal.records.equality_answer import EqualityAnswer
from portal.records.feedback import Door, Feedback
from portal.records.investigation_fee import InvestigationFee
from portal.records.joined_case import JoinedCase
from portal.records.ombudsman_matter import OmbudsmanCover, OmbudsmanMatter, OmbudsmanRefusal
from portal.records.outbox_letter import LetterKind, LetterState, OutboxLetter
from portal.records.point import Point, PointFinding
from portal.records.publication import Publication, PublicationState
from portal.records.remedy import Remedy
from tests.unit.reports.invented import (
    Answered,
    Complaint,
    Invented,
    Matter,
    Money,
    StoredStage,
    paid_after,
    quoted,
    told,
)

GIVERS = {
    (Track.STATUTORY, StageKey.STAGE_2): Giver.ADJUDICATOR,
    (Track.STATUTORY, StageKey.STAGE_3): Giver.COUNCIL,
}
OUTSIDE = {StageKey.STAGE_2: Giver.INVESTIGATOR, StageKey.STAGE_3: Giver.PANEL}


def at_noon(day: date) -> datetime:
    """A moment of a day, in winter and in summer."""
    return datetime.combine(day, time(12), UTC)


def letter(session: Session, feedback: Feedback, matter: Matter) -> None:
    """Store the letter that went with the answer to a duty matter."""
    session.add(
        OutboxLetter(
            public_id=make_public_id(), feedback_id=feedback.id, subject="Your complaint",
            kind=LetterKind.PASSED_ON if matter.passed_on else LetterKind.DECLINED,
            state=LetterState.SENT if matter.went_out else LetterState.REFUSED,
            body=matter.letter, message_id=make_public_id(), written_at=feedback.received_at,
            next_try_at=feedback.received_at,
        )
    )  # fmt: skip


def of_stage(
    session: Session, account: Account, case: Case, stage: CaseStage, stored: StoredStage
) -> None:
    """Store what happened at one stage."""
    giver = GIVERS.get((stored.track, stored.key), Giver.SERVICE)
    for found in stored.step.found:
        _point(session, account, case, stage, giver, found)
    for found in stored.step.outside:
        _point(session, account, case, stage, OUTSIDE[stored.key], found)
    for at, money in enumerate(stored.step.remedies):
        words = told(stored.number, stored.key, at)
        session.add(_remedy(account, case, stored, money, words))
    for days, reason in stored.step.extended:
        _event(session, case, stage, Event.EXTENDED, days, reason)
    for days in stored.step.met:
        _event(session, case, stage, Event.MEETING_HELD, days)
    if stored.step.panel is not None:
        _event(session, case, stage, Event.PANEL_HELD, stored.step.panel)
    for days, role in stored.step.appointed:
        appointment = Appointment(
            public_id=make_public_id(), case_id=case.id, stage_key=stored.key.value, role=role,
            name="Ash Example", person_key=make_public_id(), declared=[],
            appointed_on=stage.opened_on + timedelta(days=days), appointed_by_id=account.id,
        )  # fmt: skip
        session.add(appointment)
        session.flush()
        _fees(session, case, stage, appointment, days)


def _fees(
    session: Session, case: Case, stage: CaseStage, appointment: Appointment, days: int
) -> None:
    paid = paid_after(days)
    if paid is None:
        return
    # One that was recorded wrongly stands beside each that counts.
    for pence, taken_back in ((paid[1], None), (99, at_noon(stage.opened_on))):
        session.add(
            InvestigationFee(
                public_id=make_public_id(), case_id=case.id, appointment_id=appointment.id,
                stage_key=appointment.stage_key, role=appointment.role, amount_pence=pence,
                what_for="Invented.", paid_on=stage.opened_on + timedelta(days=paid[0]),
                recorded_at=at_noon(stage.opened_on),
                recorded_by_id=appointment.appointed_by_id, taken_back_at=taken_back,
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


def _remedy(account: Account, case: Case, stored: StoredStage, money: Money, words: str) -> Remedy:
    opened = stored.opened_on
    return Remedy(
        public_id=make_public_id(), case_id=case.id, stage_key=stored.key.value, giver=money.giver,
        kind=money.kind, text=words, reasons=f"Because of {words}", state=money.state,
        team=stored.team, amount_pence=money.pence or None, for_report=money.for_report,
        due_on=None if money.due is None else opened + timedelta(days=money.due),
        done_on=opened + timedelta(days=money.done) if money.state == "done" else None,
        compliance=money.compliance, made_at=at_noon(opened + timedelta(days=money.made)),
        made_by_id=account.id,
    )  # fmt: skip


def _event(
    session: Session, case: Case, stage: CaseStage, event: Event, days: int,
    reason: str | None = None,
) -> None:  # fmt: skip
    day = stage.opened_on + timedelta(days=days)
    session.add(
        CaseEvent(
            public_id=make_public_id(), case_id=case.id, stage_id=stage.id, event=event, on=day,
            recorded_at=at_noon(day), by=Doer.OFFICER, from_state=State.ANSWERING,
            to_state=State.ANSWERING, reason=reason, details={},
        )
    )  # fmt: skip


def of_case(session: Session, account: Account, case: Case, complaint: Complaint) -> None:
    """Store what belongs to the whole case: the child, and the Ombudsman's decision."""
    young, opened = complaint.young, complaint.opened_on
    if young.joined:
        session.add(
            Advocacy(account_id=account.id, feedback_id=case.feedback_id, joined_at=at_noon(opened))
        )
    if young.appointed:
        session.add(
            AdvocacyReferral(
                public_id=make_public_id(), feedback_id=case.feedback_id,
                state=ReferralState.APPOINTED, sent_at=at_noon(opened), sent_on=opened,
                due_on=opened, appointed_on=opened,
            )
        )  # fmt: skip
    if young.view is not None:
        session.add(
            ChildsViewRecord(
                feedback_id=case.feedback_id, state=young.view, on_day=opened, words="Invented.",
                recorded_at=at_noon(opened), recorded_by_id=account.id,
            )
        )  # fmt: skip
    if complaint.track is Track.OMBUDSMAN:
        theirs = complaint.theirs
        session.add(
            OmbudsmanMatter(
                case_id=case.id, decision=theirs.decision, reached=theirs.reached,
                declined=theirs.declined, public_report=theirs.public_report,
                recorded_at=case.opened_at, recorded_by_id=account.id,
            )
        )  # fmt: skip


def covers(
    session: Session, account: Account, cases: Sequence[Case], refused: Sequence[Feedback],
    complaints: Sequence[Complaint],
) -> None:  # fmt: skip
    """Store which case or which refusal of ours each matter of the Ombudsman's is about."""
    session.flush()
    for case, complaint in zip(cases, complaints, strict=True):
        if complaint.track is not Track.OMBUDSMAN:
            continue
        theirs = complaint.theirs
        added = {"added_at": case.opened_at, "added_by_id": account.id, "matter_id": case.id}
        if theirs.about is not None and theirs.about < len(cases):
            about = cases[theirs.about].id
            session.add(OmbudsmanCover(public_id=make_public_id(), case_id=about, **added))
        if theirs.refused is not None and theirs.refused < len(refused):
            about = refused[theirs.refused].id
            session.add(OmbudsmanRefusal(public_id=make_public_id(), feedback_id=about, **added))


def joins(session: Session, cases: Sequence[Case], invented: Invented) -> None:
    """Store under which stage the first stage of a complaint is worked, or was for a while."""
    first = {one.number: one for one in reversed(invented.stages)}
    for number, complaint in enumerate(invented.complaints):
        if complaint.lead is None:
            continue
        stage, lead = first[number], first[complaint.lead]
        joined_at = at_noon(complaint.opened_on)
        session.add(
            JoinedCase(
                case_id=cases[number].id, stage_id=stage.stage_id,
                lead_id=cases[complaint.lead].id, lead_stage_id=lead.stage_id,
                joined_at=joined_at, undone_at=joined_at if complaint.parted else None,
            )
        )  # fmt: skip
        stage.led_by = None if complaint.parted else lead


def publication(session: Session, feedback: Feedback, number: int, day: date) -> None:
    """Store a compliment's words as agreed to."""
    session.add(
        Publication(
            public_id=make_public_id(), feedback_id=feedback.id, state=PublicationState.AGREED,
            text=quoted(number), area=Area.OTHER, year=ReportingYear.of(day).name,
            quarter=(day.month - 4) % 12 // 3 + 1, agreed_at=at_noon(day),
        )
    )  # fmt: skip


def answers(session: Session, given: Iterable[Answered]) -> None:
    """Store what people said of themselves."""
    for one in given:
        said: dict[str, Any] = {
            name: getattr(one, name)
            for name in ("age_band", "sex", "disability", "ethnicity", "orientation")
        }
        session.add(
            EqualityAnswer(
                id=make_public_id(), year=one.year, door=Door.EVERYONE, category=one.category,
                **said,
            )
        )  # fmt: skip

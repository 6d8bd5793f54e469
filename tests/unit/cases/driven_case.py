"""One case for the property test of the procedure: read, filled in and prepared.

Points, findings and remedies are written as records, as their own pages will write them.
"""

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import strategies as st
from sqlalchemy import func, select

from portal.cases import gathering, happening, joining
from portal.cases.happening import CannotHappen, NotYet
from portal.cases.receiving import NewParty
from portal.cases.tokens import make_public_id
from portal.procedures.facts import Facts, Given, LeadFacts
from portal.procedures.finding import LIVE, Finding, Giver
from portal.procedures.guard import Guard
from portal.procedures.procedure import Track
from portal.procedures.remedy import STILL_OPEN, Compliance, RemedyKind, RemedyState
from portal.procedures.state import Doer, EarlyReferral, Event, Independence
from portal.procedures.vocabulary import Category, ProcedureCode, Team
from portal.records.account import Role
from portal.records.appointment import Appointment
from portal.records.audit_event import AuditEvent
from portal.records.case import Case, CaseClock, CaseStage, CaseState
from portal.records.case_event import CaseEvent
from portal.records.joined_case import JoinedCase
from portal.records.party import PartyRole
from portal.records.point import Point, PointFinding
from portal.records.remedy import Remedy
from portal.work import Work
from tests.matters import make_account, make_case
from tests.unit.triage.matters import DAY, a_feedback, acting

KINDS: dict[Track, dict[str, Any]] = {
    Track.STATUTORY: {"procedure": ProcedureCode.STATUTORY},
    Track.CORPORATE: {"procedure": ProcedureCode.CORPORATE},
    Track.MP_ENQUIRY: {"category": Category.MP_ENQUIRY},
    Track.MEMBER_ENQUIRY: {
        "category": Category.MP_ENQUIRY,
        "chosen_track": Track.MEMBER_ENQUIRY,
    },
    Track.DATA_PROTECTION: {
        "procedure": ProcedureCode.DUTY,
        "chosen_track": Track.DATA_PROTECTION,
    },
    Track.OMBUDSMAN: {"category": Category.OMBUDSMAN},
}
# A complaint about personal data has had a path of its own only since 19 June 2026.
BEGINS = {Track.DATA_PROTECTION: date(2026, 6, 22)}
KEPT = (
    Case, CaseStage, CaseClock, CaseEvent, Point, PointFinding, Appointment, Remedy, JoinedCase,
    AuditEvent,
)  # fmt: skip
SOMEBODY_ELSE = 9_999


class DrivenCase:
    """A case of a track, opened on a day that is day 0 of everything."""

    def __init__(self, work: Work, track: Track) -> None:
        """Open it."""
        self.work = work
        self.officer = make_account(work, Role.OFFICER, "officer@council.example")
        day = BEGINS.get(track, DAY)
        acting(work, self.officer, day)
        feedback = a_feedback(work, received=day)
        self.received_on = feedback.received_on
        self.case = make_case(work, feedback, officer=self.officer, **KINDS[track])
        self.lead: Case | None = None
        work.session.flush()

    def add_lead(self) -> None:
        """A complaint of somebody else, with one point, that this case may be joined to."""
        kind = KINDS[Track.CORPORATE]
        if gathering.track_for(self.case) is Track.STATUTORY:
            kind = KINDS[Track.STATUTORY]
        other = NewParty(PartyRole.COMPLAINANT, "Marigold Quillfeather", "marigold@home.example")
        feedback = a_feedback(self.work, received=DAY, party=other)
        self.lead = make_case(self.work, feedback, officer=self.officer, **kind)
        self.work.session.flush()
        self._point(self.lead)

    def answer_lead(self) -> None:
        """Answer the lead, where it can be answered."""
        assert self.lead is not None
        for point in self._live(self.lead):
            self._find(point, Giver.SERVICE, "found")
        self.work.session.flush()
        given = Given(
            on=self.work.today, by=Doer.OFFICER, account_id=self.officer.id, words="We agree."
        )
        with suppress(NotYet, CannotHappen):
            happening.happen(self.work, self.lead, Event.ANSWERED, given)

    def time_passes(self, days: int) -> None:
        """Another day."""
        acting(self.work, self.officer, self.work.today + timedelta(days=days))

    def add_point(self) -> None:
        """One more point of complaint."""
        self._point(self.case)

    def _point(self, case: Case) -> None:
        session = self.work.session
        number = session.scalar(select(func.count()).select_from(Point)) or 0
        session.add(
            Point(
                public_id=make_public_id(), case_id=case.id, number=number + 1,
                text="Nobody rang back.", made_at=self.work.now,
            )
        )  # fmt: skip
        session.flush()

    def find(self, giver: Giver, how: str) -> None:
        """Something found on every live point: well, without reasons, or resolved."""
        for point in self.points():
            self._find(point, giver, how)
        self.work.session.flush()

    def add_remedy(self, state: RemedyState, giver: Giver) -> None:
        """Something promised, recommended, refused or done."""
        self.work.session.add(
            Remedy(
                public_id=make_public_id(), case_id=self.case.id, stage_key=self.case.stage_key,
                giver=giver, kind=RemedyKind.APOLOGY, text="Say sorry.", state=state,
                team=Team.SEND, made_at=self.work.now, made_by_id=self.officer.id,
            )
        )  # fmt: skip
        self.work.session.flush()

    def do_remedies(self) -> None:
        """Every promise kept, and the Ombudsman satisfied."""
        wanted = select(Remedy).where(Remedy.case_id == self.case.id)
        for remedy in self.work.session.scalars(wanted):
            remedy.state, remedy.compliance = RemedyState.DONE, Compliance.LATE
        self.work.session.flush()

    @property
    def is_open(self) -> bool:
        """Whether the case is open."""
        return self.case.state is CaseState.OPEN

    def facts(self) -> Facts:
        """The case as the rules see it."""
        self.work.session.flush()
        return gathering.facts_of(self.work.session, self.work.council, self.case, self.work.today)

    def points(self) -> list[Point]:
        """The points that need an answer."""
        return self._live(self.case)

    def parts(self) -> list[Case]:
        """The parts of the matter, the first one first."""
        wanted = select(Case).where(Case.feedback_id == self.case.feedback_id).order_by(Case.part)
        return list(self.work.session.scalars(wanted))

    def _live(self, case: Case) -> list[Point]:
        wanted = select(Point).where(Point.case_id == case.id, Point.state.in_(LIVE))
        return list(self.work.session.scalars(wanted.order_by(Point.number)))

    def stages(self) -> list[CaseStage]:
        """Every stage, the oldest first."""
        wanted = select(CaseStage).where(CaseStage.case_id == self.case.id)
        return list(self.work.session.scalars(wanted.order_by(CaseStage.id)))

    def promises_open(self) -> int:
        """How many promises and recommendations are still open."""
        wanted = select(func.count()).where(
            Remedy.case_id == self.case.id, Remedy.state.in_(STILL_OPEN)
        )
        return self.work.session.scalar(wanted) or 0

    def snapshot(self) -> list[Any]:
        """Every row that an event could change."""
        self.work.session.flush()
        found: list[Any] = []
        for kind in KEPT:
            found += self.work.session.execute(select(*kind.__table__.columns)).all()
        return found

    def given(self, doer: Doer, data: st.DataObject) -> Given:
        """What comes with an event: every box filled in, or some left out or wrong."""
        full = self.well_filled(doer)
        if data.draw(st.booleans()):
            return full
        on = self.work.today - timedelta(days=data.draw(st.integers(-2, 8)))
        empty = Given(on=on, by=doer, account_id=full.account_id)
        ahead = data.draw(st.integers(-5, 60))
        return replace(
            data.draw(st.sampled_from([full, empty])),
            on=on,
            new_date=self.work.today + timedelta(days=ahead),
            second_officer_id=data.draw(st.sampled_from([None, self.officer.id, SOMEBODY_ELSE])),
            points=data.draw(st.frozensets(st.integers(1, 3))),
            # The same person again and again, for every role.
            appointee_name="Person 0",
            declared=data.draw(st.frozensets(st.sampled_from(Independence))),
        )

    def well_filled(self, doer: Doer) -> Given:
        """Everything that any event can ask for."""
        facts = self.facts()
        panel = [one.person for one in facts.appointments if not one.ended]
        taken = self.work.session.scalar(select(func.count()).select_from(Appointment)) or 0
        return Given(
            on=self.work.today,
            by=doer,
            account_id=self.officer.id if doer is not Doer.PERSON else None,
            reason=facts.extend_reasons[0] if facts.extend_reasons else "school",
            words="Because of what was said.",
            new_date=max(facts.due_on or self.work.today, self.work.today) + timedelta(days=1),
            track=Track.CORPORATE if facts.track is Track.STATUTORY else Track.STATUTORY,
            second_officer_id=SOMEBODY_ELSE,
            agreed_by_person=True,
            agreed_by_council=True,
            talked_with="The officer with the advocate.",
            proceedings="Care proceedings",
            prejudice="Witnesses overlap.",
            points=frozenset(point.number for point in self.points()[:1]),
            conditions=frozenset(EarlyReferral),
            appointee_name=f"Person {taken}",
            declared=frozenset(Independence),
            leaves=panel[-1] if panel else "",
            team=Team.ADMISSIONS_TRANSPORT,
            lead=self.lead_facts(),
            lead_id=self.lead.id if self.lead is not None else None,
        )

    def lead_facts(self) -> LeadFacts | None:
        """The lead as the rules see it."""
        if self.lead is None:
            return None
        return joining.lead_facts(self.work.session, self.case, self.lead)

    def _find(self, point: Point, giver: Giver, how: str) -> None:
        case = self.work.session.get_one(Case, point.case_id)
        stage = gathering.current_stage(self.work.session, case)
        key = {"point_id": point.id, "stage_id": stage.id, "giver": giver}
        row = self.work.session.scalars(select(PointFinding).filter_by(**key)).one_or_none()
        if row is None:
            row = PointFinding(
                **key, written_at=self.work.now, written_by_id=self.officer.id, reasons=None
            )
            self.work.session.add(row)
        row.resolved = how == "resolved"
        row.finding = None if row.resolved else Finding.UPHELD
        row.reasons = None if how == "no reasons" else "What was found."

    def is_answered(self, point: Point, stage: CaseStage, giver: Giver) -> bool:
        """Whether a giver's finding on a point is whole in a stage."""
        row = self.work.session.scalars(
            select(PointFinding).filter_by(point_id=point.id, stage_id=stage.id, giver=giver)
        ).one_or_none()
        found = row is not None and row.finding is not None and bool(row.reasons)
        return row is not None and (found or row.resolved)


def happens(one: DrivenCase, event: Event, **more: Any) -> CaseEvent:
    """Let something happen today, with everything filled in unless said otherwise."""
    by = more.pop("by", Doer.OFFICER)
    return happening.happen(one.work, one.case, event, replace(one.well_filled(by), **more))


def refused(one: DrivenCase, event: Event, **more: Any) -> tuple[Guard, ...]:
    """The guards that refuse it."""
    with pytest.raises(NotYet) as told:
        happens(one, event, **more)
    return told.value.guards


def on(one: DrivenCase, day: date) -> None:
    """Move to a day."""
    one.time_passes((day - one.work.today).days)

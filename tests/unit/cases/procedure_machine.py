"""The machine of the property test: a case is driven by whatever may happen, lawful or not.

What it checks after each step is read from the tables, not asked of the rules that it tests.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from sqlalchemy import select

from portal.cases import counting, gathering, happening
from portal.cases.happening import CannotHappen, NotYet
from portal.procedures.facts import Facts, Given
from portal.procedures.finding import Giver
from portal.procedures.guard import Guard
from portal.procedures.procedure import Track
from portal.procedures.remedy import RemedyState
from portal.procedures.state import OVER, AppointedAs, Doer, Event, State
from portal.procedures.transitions import possible, transition, unmet
from portal.records.audit_event import AuditEvent
from portal.records.case import CaseClock, CaseStage, CaseState
from portal.records.case_event import CaseEvent
from portal.work import WORKER, begin_work
from tests.unit.cases.driven_case import KINDS, DrivenCase

ANSWERS = {
    Event.ANSWERED: Giver.SERVICE,
    Event.RESOLVED: Giver.SERVICE,
    Event.REPORTS_RECEIVED: Giver.INVESTIGATOR,
    Event.ADJUDICATED: Giver.ADJUDICATOR,
    Event.PANEL_REPORTED: Giver.PANEL,
    Event.PANEL_ANSWERED: Giver.COUNCIL,
}
COMPLAINTS = (Track.STATUTORY, Track.CORPORATE)
ASKED_HERE = (State.REVIEW_ASKED, State.REVIEWING)
HOW = ("found", "no reasons", "resolved")
MOVES_NO_DATE = frozenset({Event.PAUSED, Event.RESUMED, Event.MEETING_OFFERED, Event.MEETING_HELD})
STEPS_TO_PREPARE = 12
WEIGHED = ("onward", "onward", "onward", "offered", "offered", "anything", "pages", "time")


class Undone(Exception):
    """Ends an example: nothing of it stays."""


class Procedure(RuleBasedStateMachine):
    """One case, from its opening on."""

    driven: DrivenCase

    def __init__(self) -> None:
        """Begin an act that is undone at the end."""
        super().__init__()
        self.act = begin_work(WORKER)
        self.work = self.act.__enter__()
        self.session = self.work.session
        self.first_dates: dict[Any, date] = {}
        self.request_waits = False

    def teardown(self) -> None:
        """Undo everything."""
        with suppress(Undone):
            self.act.__exit__(Undone, Undone(), None)

    @initialize(track=st.sampled_from(sorted(KINDS)))
    def open(self, track: Track) -> None:
        """Open a case of a track."""
        self.driven = DrivenCase(self.work, track)
        self.driven.add_lead()
        self.case = self.driven.case
        self.check()

    @rule(what=st.sampled_from(WEIGHED), data=st.data())
    def step(self, what: str, data: st.DataObject) -> None:
        """Time, other pages, or an event: anything by anybody, something that is offered here, or
        what leads onward with everything done first that it asks for."""
        if what == "time":
            self.driven.time_passes(data.draw(st.integers(0, 25)))
        elif what == "pages" and self.driven.is_open:
            self.other_pages(data)
        elif what == "onward":
            self.onward(data)
        else:
            doer = data.draw(st.sampled_from(Doer))
            events = list(Event)
            if what == "offered":
                events = [cell.event for cell in possible(self.driven.facts(), doer)] or events
            self.attempt(data.draw(st.sampled_from(events)), self.driven.given(doer, data))

    def other_pages(self, data: st.DataObject) -> None:
        """More points, something found on each or half found, something promised."""
        for _ in range(data.draw(st.integers(0, 2))):
            self.driven.add_point()
        giver = data.draw(st.sampled_from(Giver))
        self.driven.find(giver, data.draw(st.sampled_from(HOW)))
        if data.draw(st.booleans()):
            self.driven.add_remedy(data.draw(st.sampled_from(RemedyState)), giver)

    def onward(self, data: st.DataObject) -> None:
        """An event that moves the case; one in five ends it."""
        offered = possible(self.driven.facts(), Doer.OFFICER)
        moving = [cell.event for cell in offered if cell.to is not None and cell.to not in OVER]
        ending = [cell.event for cell in offered if cell.to in OVER]
        events = moving if moving and data.draw(st.integers(0, 4)) else ending or moving
        if events:
            self.press_on(data.draw(st.sampled_from(events)))

    def press_on(self, event: Event) -> None:
        """Do what an event asks for, as far as it can be done, and then the event."""
        for _ in range(STEPS_TO_PREPARE):
            given = self.driven.well_filled(Doer.OFFICER)
            missing = happening.check(self.work, self.case, event, given)
            step = next((PREPARES[guard] for guard in missing if guard in PREPARES), None)
            if step is None:
                break
            step(self)
            facts = self.driven.facts()
            if transition(facts.track, facts.state, event, facts.stage) is None:
                return
        self.attempt(event, self.driven.well_filled(Doer.OFFICER))

    def attempt(self, event: Event, given: Given) -> None:
        """Let it happen, or see that what is unlawful changes nothing."""
        facts = self.driven.facts()
        cell = transition(facts.track, facts.state, event, facts.stage)
        lawful = cell is not None and given.by in cell.doers and not unmet(cell, facts, given)
        before = [] if lawful else self.driven.snapshot()
        stage = gathering.current_stage(self.session, self.case)
        due = stage.due_on
        try:
            row = happening.happen(self.work, self.case, event, given)
        except (CannotHappen, NotYet):
            assert not lawful
            assert self.driven.snapshot() == before
            return
        assert lawful
        self._after(row, facts, stage, due)

    def _after(self, row: CaseEvent, facts: Facts, stage: CaseStage, due: date) -> None:
        self.session.flush()
        event, promises = row.event, self.driven.promises_open()
        joined = event is Event.ANSWERED and facts.joined_to is not None
        if joined:
            # What was found is the lead's, and the lead was answered with it.
            assert facts.joined_to is not None
            assert facts.joined_to.answered
        elif event in ANSWERS and facts.track in COMPLAINTS:
            live = self.driven.points()
            assert live
            giver = ANSWERS[event]
            assert all(self.driven.is_answered(one, stage, giver) for one in live)
        if event is Event.EXTENDED:
            assert facts.latest_on is not None
            assert self.work.today <= due < stage.due_on <= facts.latest_on
        if event in MOVES_NO_DATE:
            assert stage.due_on == due
        if event is Event.SPLIT:
            self._a_part_lost_no_time(row, facts)
        if event is Event.REROUTED:
            assert self.driven.stages()[-1].start_on >= self.driven.received_on
        self._follow_request(event, facts)
        if row.to_state in OVER and promises:
            assert event in (Event.WITHDRAWN, Event.NOT_CONSIDERED)
            assert row.details["promises_open"] == promises
        if event is Event.CONCLUDED and self.request_waits:
            assert facts.next_stage is None
        self.check()

    def _a_part_lost_no_time(self, row: CaseEvent, facts: Facts) -> None:
        """The points are in a part of the other procedure, whose dates count from receipt."""
        parts = {part.part: part for part in self.driven.parts()}
        part = parts[row.details["part"]]
        assert part is not self.case
        assert gathering.track_for(part) is not facts.track
        assert part.officer_id == self.case.officer_id
        stage = gathering.current_stage(self.session, part)
        assert self.driven.received_on <= stage.start_on <= stage.due_on
        clocks = select(CaseClock.start_on).where(CaseClock.stage_id == stage.id)
        assert min(self.session.scalars(clocks)) >= self.driven.received_on
        assert self.driven.points()
        assert len(facts.live_points) > len(self.driven.points())

    def _follow_request(self, event: Event, facts: Facts) -> None:
        moved_away = event is Event.REROUTED and facts.state in ASKED_HERE
        if event is Event.NEXT_STAGE_ASKED_EARLY or moved_away:
            self.request_waits = True
        elif event in (Event.NEXT_STAGE_ASKED, Event.STAGE_1_SKIPPED, Event.REQUEST_TAKEN_BACK):
            self.request_waits = False

    # What must hold, whatever happened.

    def check(self) -> None:
        """Asked after everything that happened; what was refused has changed nothing at all."""
        self.a_request_is_never_lost()
        self.closed_is_closed()
        self.dates_hold()
        self.everything_is_kept()

    def a_request_is_never_lost(self) -> None:
        """An early request shows until it is opened or taken back."""
        assert self.driven.facts().request_waits is self.request_waits

    def closed_is_closed(self) -> None:
        """A case that is over has no clock that runs, and an open one is not over."""
        over = self.case.procedure_state in OVER
        assert (self.case.state is CaseState.CLOSED) is over
        assert (self.case.closed_at is not None) is over
        assert not over or counting.still_open(self.session, self.case) == []

    def dates_hold(self) -> None:
        """No date before receipt; a first date never changes; each move says why."""
        received = self.driven.received_on
        for stage in self.driven.stages():
            assert min(stage.due_on, stage.first_due_on) >= received
            self._same_as_first(("stage", stage.id), stage.first_due_on)
            moved = stage.working["recalculations"]
            told = moved[-1]["due_after"] if moved else stage.first_due_on.isoformat()
            assert stage.due_on.isoformat() == told
            clocks = select(CaseClock).where(CaseClock.stage_id == stage.id)
            for clock in self.session.scalars(clocks):
                assert min(clock.due_on, clock.first_due_on, clock.start_on) >= received
                self._same_as_first((stage.id, clock.key, clock.reading), clock.first_due_on)

    def everything_is_kept(self) -> None:
        """Each event has its audit row; the state is the last event's; one stage runs at most."""
        wanted = select(CaseEvent).where(CaseEvent.case_id == self.case.id).order_by(CaseEvent.id)
        events = self.session.scalars(wanted).all()
        acts = self.session.scalars(
            select(AuditEvent.act).where(
                AuditEvent.about_kind == "case", AuditEvent.about_id == self.case.id
            )
        ).all()
        assert sorted(acts) == sorted(["case_opened", *(f"case_{e.event.value}" for e in events)])
        if events:
            assert events[-1].to_state is self.case.procedure_state
        assert all(self.driven.received_on <= event.on <= self.work.today for event in events)
        running = [s for s in self.driven.stages() if s.answered_on is None and s.ended_on is None]
        assert len(running) <= 1
        assert all(stage.key == self.case.stage_key for stage in running)

    def _same_as_first(self, key: Any, day: date) -> None:
        assert self.first_dates.setdefault(key, day) == day


def _does(*events: Event) -> Callable[[Procedure], None]:
    def do(machine: Procedure) -> None:
        for event in events:
            machine.attempt(event, machine.driven.well_filled(Doer.OFFICER))

    return do


def _finds(giver: Giver, how: str = "found") -> Callable[[Procedure], None]:
    def find(machine: Procedure) -> None:
        if not machine.driven.points():
            machine.driven.add_point()
        machine.driven.find(giver, how)

    return find


def _fills_panel(machine: Procedure) -> None:
    members = machine.driven.facts().appointed(AppointedAs.PANEL_MEMBER)
    _does(Event.PANELLIST_LEFT if len(members) > 2 else Event.PANELLIST_APPOINTED)(machine)


PREPARES: dict[Guard, Callable[[Procedure], None]] = {
    Guard.HAS_POINTS: lambda machine: machine.driven.add_point(),
    Guard.EVERY_POINT_ANSWERED: _finds(Giver.SERVICE),
    Guard.EVERY_POINT_RESOLVED: _finds(Giver.SERVICE, "resolved"),
    Guard.INVESTIGATOR_FOUND: _finds(Giver.INVESTIGATOR),
    Guard.EVERY_POINT_ADJUDICATED: _finds(Giver.ADJUDICATOR),
    Guard.PANEL_FOUND: _finds(Giver.PANEL),
    Guard.COUNCIL_ANSWERED_PANEL: _finds(Giver.COUNCIL),
    Guard.RUN_OUT: lambda machine: machine.driven.time_passes(25),
    Guard.WITHDRAWAL_WAITS: _does(Event.WITHDRAWAL_ASKED),
    Guard.NO_REQUEST_WAITS: _does(Event.REQUEST_TAKEN_BACK),
    Guard.PROMISES_KEPT: lambda machine: machine.driven.do_remedies(),
    Guard.RECOMMENDATIONS_ANSWERED: lambda machine: machine.driven.do_remedies(),
    Guard.REMEDIES_SATISFIED: lambda machine: machine.driven.do_remedies(),
    Guard.ANOTHER_REVIEWER: _does(Event.REVIEWER_APPOINTED),
    Guard.STATEMENT_STANDS: _does(Event.STATEMENT_SENT, Event.STATEMENT_AGREED),
    Guard.HAS_INVESTIGATOR: _does(Event.INVESTIGATOR_APPOINTED),
    Guard.HAS_INDEPENDENT_PERSON: _does(Event.INDEPENDENT_PERSON_APPOINTED),
    Guard.ONE_IN_CHAIR: _does(Event.CHAIR_APPOINTED),
    Guard.THREE_ON_PANEL: _fills_panel,
    Guard.PAPERS_WERE_SENT: _does(Event.PAPERS_SENT),
    Guard.A_POINT_REMAINS: lambda machine: machine.driven.add_point(),
    Guard.POINTS_CHOSEN: lambda machine: machine.driven.add_point(),
    Guard.LEAD_ANSWERED: lambda machine: machine.driven.answer_lead(),
    Guard.IS_JOINED: _does(Event.JOINED),
}

"""An office with many cases drawn by lot, for counting what the Monday view says in another way."""

import random
from datetime import date, datetime, timedelta

from sqlalchemy import select

from portal.cases.tokens import make_public_id
from portal.clock import LONDON
from portal.procedures.finding import Giver
from portal.procedures.refusal import Disposition, RefusalReason
from portal.procedures.remedy import RemedyKind, RemedyState
from portal.procedures.state import Doer, Event, State
from portal.procedures.vocabulary import ProcedureCode, Relationship, Team
from portal.records.account import Account, Role
from portal.records.case import Case, CaseClock, CaseStage, CaseState
from portal.records.case_event import CaseEvent
from portal.records.feedback import Door, Feedback
from portal.records.holding_letter import HoldingLetter, HoldingState
from portal.records.refusal_proposal import ProposalState, ProposedFor, RefusalProposal
from portal.records.remedy import Remedy
from portal.work import Work
from tests import matters

TODAY = date(2026, 12, 7)
TEAMS = (Team.SEND, Team.FOSTERING, Team.LADO)
CASES = 36
DOORS = (Door.YOUNG_PEOPLE, Door.EVERYONE, Door.ADVOCATES, None)
SAID = (Relationship.PARENT, Relationship.YOUNG_PERSON, Relationship.ADVOCATE, None)


def fill(work: Work, seed: int) -> None:
    """Put cases of three teams into an empty database: open, closed, answered in time and late,
    with holding letters, extensions, promises, payments and refusals.

    Args:
        work: an act on `TODAY`.
        seed: of the lot.
    """
    lot = random.Random(seed)
    officer = matters.make_account(work, Role.OFFICER, "desk@council.example", "Ash Reed")
    for _ in range(CASES):
        feedback = _feedback(work, lot)
        procedure = lot.choice((ProcedureCode.STATUTORY, ProcedureCode.CORPORATE))
        case = matters.make_case(work, feedback, officer=officer, procedure=procedure)
        case.team = lot.choice(TEAMS)
        work.session.flush()
        _dates(work, lot, case)
        for _ in range(lot.randrange(3)):
            _remedy(work, lot, case, officer)
        if not lot.randrange(3):
            _refusal(work, lot, feedback, officer)
    work.session.flush()


def _feedback(work: Work, lot: random.Random) -> Feedback:
    feedback = matters.make_feedback(work)
    feedback.received_on = TODAY - timedelta(days=lot.randrange(300))
    feedback.door, feedback.relationship_said = lot.choice(DOORS), lot.choice(SAID)
    return feedback


def _dates(work: Work, lot: random.Random, case: Case) -> None:
    stage = work.session.scalars(select(CaseStage).where(CaseStage.case_id == case.id)).one()
    stage.first_due_on = TODAY + timedelta(days=lot.randrange(-250, 40))
    stage.due_on = stage.first_due_on
    if not lot.randrange(3):
        stage.due_on += timedelta(days=14)
        work.session.add(_extension(work, case, stage, lot))
    if not lot.randrange(3):
        work.session.add(_holding(work, case, stage, lot))
    if lot.randrange(2):
        stage.answered_on = min(TODAY, stage.first_due_on + timedelta(days=lot.randrange(-9, 60)))
        case.procedure_state = State.ANSWERED
        if lot.randrange(2):
            case.state = CaseState.CLOSED
    for clock in work.session.scalars(select(CaseClock).where(CaseClock.stage_id == stage.id)):
        clock.due_on = stage.due_on
        clock.met_on = stage.answered_on
        clock.adjusted_on = TODAY + timedelta(days=3) if not lot.randrange(6) else None


def _extension(work: Work, case: Case, stage: CaseStage, lot: random.Random) -> CaseEvent:
    return CaseEvent(
        public_id=make_public_id(),
        case_id=case.id,
        stage_id=stage.id,
        event=Event.EXTENDED,
        on=stage.first_due_on,
        recorded_at=work.now,
        by=Doer.OFFICER,
        from_state=State.ANSWERING,
        to_state=State.ANSWERING,
        reason=lot.choice(("complex", "advocate_needed", None)),
        details={},
    )


def _holding(work: Work, case: Case, stage: CaseStage, lot: random.Random) -> HoldingLetter:
    return HoldingLetter(
        case_id=case.id,
        stage_id=stage.id,
        due_on=stage.due_on,
        state=lot.choice(list(HoldingState)),
        new_date=TODAY + timedelta(days=lot.randrange(-20, 20)),
        drafted_at=work.now,
    )


def _remedy(work: Work, lot: random.Random, case: Case, officer: Account) -> None:
    state = lot.choice(list(RemedyState))
    due = TODAY + timedelta(days=lot.randrange(-300, 60)) if lot.randrange(5) else None
    done = state is RemedyState.DONE and due is not None
    payment = lot.randrange(2)
    work.session.add(
        Remedy(
            public_id=make_public_id(),
            case_id=case.id,
            stage_key=case.stage_key,
            giver=Giver.SERVICE,
            kind=RemedyKind.SYMBOLIC_PAYMENT if payment else RemedyKind.APOLOGY,
            text="Sorry.",
            state=state,
            team=lot.choice(TEAMS),
            amount_pence=lot.randrange(1, 90_000) if payment else None,
            due_on=due,
            done_on=min(TODAY, due + timedelta(days=lot.randrange(-5, 5)))
            if done and due
            else None,
            made_at=work.now,
            made_by_id=officer.id,
        )
    )


def _refusal(work: Work, lot: random.Random, feedback: Feedback, officer: Account) -> None:
    state = lot.choice(list(ProposalState))
    answered = TODAY - timedelta(days=lot.randrange(400))
    work.session.add(
        RefusalProposal(
            public_id=make_public_id(),
            feedback_id=feedback.id,
            proposed_for=ProposedFor.DECISION,
            state=state,
            reason=lot.choice((RefusalReason.SCHOOL, RefusalReason.COURT_DECISION, None)),
            disposition=Disposition.REFUSED,
            rule="A rule.",
            explanation="Because.",
            planned="{}",
            proposed_at=work.now,
            proposed_by_id=officer.id,
            answered_at=None
            if state is ProposalState.WAITING
            else datetime(answered.year, answered.month, answered.day, 12, tzinfo=LONDON),
        )
    )

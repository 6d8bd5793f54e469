"""What a case's events do to its stages and dates: the corners where somebody could lose time."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.cases import counting, gathering, happening
from portal.cases.happening import CannotHappen, NotYet
from portal.cases.opening import NoTimescalesThen
from portal.procedures.facts import Given
from portal.procedures.finding import Giver
from portal.procedures.guard import Guard
from portal.procedures.procedure import ClockKey, StageKey, Track
from portal.procedures.remedy import RemedyState
from portal.procedures.state import Doer, Event, State
from portal.procedures.vocabulary import ProcedureCode
from portal.records.case import CaseClock, CaseStage, CaseState
from portal.work import Work
from tests.unit.cases.driven_case import DrivenCase, happens, on, refused
from tests.unit.triage.matters import DAY

E = Event


def answered(one: DrivenCase) -> None:
    """Stage 1 answered today."""
    if not one.points():
        one.add_point()
    one.find(Giver.SERVICE, "found")
    happens(one, E.ANSWERED)


def clock(one: DrivenCase, stage: CaseStage, key: ClockKey) -> CaseClock:
    wanted = select(CaseClock).where(
        CaseClock.stage_id == stage.id, CaseClock.key == key, CaseClock.reading == ""
    )
    return one.work.session.scalars(wanted).one()


@pytest.fixture
def statutory(work: Work) -> DrivenCase:
    return DrivenCase(work, Track.STATUTORY)


@pytest.fixture
def corporate(work: Work) -> DrivenCase:
    return DrivenCase(work, Track.CORPORATE)


@pytest.fixture
def ombudsman(work: Work) -> DrivenCase:
    return DrivenCase(work, Track.OMBUDSMAN)


# 10 June 2026 is a Wednesday: ten working days are the 24th, twenty the 8th of July.
TEN, TWENTY = date(2026, 6, 24), date(2026, 7, 8)


def test_an_extension_in_time_moves_the_date_and_one_past_the_maximum_does_not(
    statutory: DrivenCase,
) -> None:
    (stage,) = statutory.stages()
    assert stage.due_on == TEN
    assert refused(statutory, E.EXTENDED, new_date=TWENTY + timedelta(days=1)) == (
        Guard.DATE_WITHIN_MAXIMUM,
    )
    assert refused(statutory, E.EXTENDED, reason="staff leave") == (Guard.REASON_PERMITTED,)
    happens(statutory, E.EXTENDED, new_date=TWENTY)
    assert (stage.due_on, stage.first_due_on) == (TWENTY, TEN)
    assert refused(statutory, E.EXTENDED, new_date=TWENTY) == (Guard.DATE_LATER,)


def test_a_late_letter_moves_nothing(statutory: DrivenCase) -> None:
    on(statutory, TEN + timedelta(days=1))
    (stage,) = statutory.stages()
    # Nor does a letter that is said to have gone in time.
    for day in (statutory.work.today, TEN):
        assert refused(statutory, E.EXTENDED, new_date=TWENTY, on=day) == (Guard.NOT_YET_DUE,)
    assert stage.due_on == TEN


def test_a_move_on_day_6_keeps_the_receipt_and_counts_anew(corporate: DrivenCase) -> None:
    happens(corporate, E.ACKNOWLEDGED)
    on(corporate, date(2026, 6, 18))
    happens(corporate, E.REROUTED)
    left, stage = corporate.stages()
    assert corporate.case.procedure is ProcedureCode.STATUTORY
    assert (left.ended_on, stage.opened_on) == (date(2026, 6, 18), date(2026, 6, 18))
    assert (stage.start_on, stage.due_on) == (DAY, TEN)
    happens(corporate, E.REROUTED)
    back = corporate.stages()[-1]
    # The letter of the first days still counts, and no second one is asked for.
    assert clock(corporate, back, ClockKey.ACKNOWLEDGE_1).met_on == DAY
    assert (back.start_on, back.due_on) == (DAY, TEN)


def test_the_request_meets_the_persons_window_of_the_stage_before(statutory: DrivenCase) -> None:
    answered(statutory)
    on(statutory, date(2026, 6, 15))
    happens(statutory, E.NEXT_STAGE_ASKED, by=Doer.PERSON)
    first, second = statutory.stages()
    assert clock(statutory, first, ClockKey.REQUEST_2).met_on == date(2026, 6, 15)
    assert second.start_on == date(2026, 6, 15)
    # And a move to the other procedure does not.
    assert statutory.case.stage_key == StageKey.STAGE_2


def test_a_move_is_no_request(statutory: DrivenCase) -> None:
    answered(statutory)
    happens(statutory, E.REROUTED)
    first, _ = statutory.stages()
    assert clock(statutory, first, ClockKey.REQUEST_2).met_on is None


def test_a_refused_review_leaves_the_case_where_it_was_and_may_be_asked_for_again(
    corporate: DrivenCase,
) -> None:
    answered(corporate)
    happens(corporate, E.NEXT_STAGE_ASKED, by=Doer.PERSON)
    happens(corporate, E.NEXT_STAGE_REFUSED)
    assert (corporate.case.procedure_state, corporate.case.stage_key) == ("answered", "stage_1")
    assert gathering.current_stage(corporate.work.session, corporate.case).key == "stage_1"
    on(corporate, date(2026, 6, 20))
    happens(corporate, E.NEXT_STAGE_ASKED, by=Doer.PERSON)
    first, refused_one, again = corporate.stages()
    assert (first.answered_on, refused_one.ended_on) == (DAY, DAY)
    assert (again.key, again.opened_on, again.ended_on) == ("stage_2", date(2026, 6, 20), None)


def test_a_request_under_review_moves_along_to_the_statutory_route(corporate: DrivenCase) -> None:
    answered(corporate)
    happens(corporate, E.NEXT_STAGE_ASKED, by=Doer.PERSON)
    happens(corporate, E.REROUTED)
    assert corporate.facts().request_waits
    answered(corporate)
    assert refused(corporate, E.CONCLUDED) == (Guard.NO_REQUEST_WAITS,)
    happens(corporate, E.NEXT_STAGE_ASKED)
    assert corporate.case.procedure_state is State.INVESTIGATION_ASKED
    assert not corporate.facts().request_waits


def test_a_request_for_which_no_stage_is_left_holds_nothing_up(statutory: DrivenCase) -> None:
    happens(statutory, E.NEXT_STAGE_ASKED_EARLY, by=Doer.PERSON)
    one_stage = replace(
        statutory.work.council,
        stages={
            **statutory.work.council.stages,
            Track.CORPORATE: {StageKey.STAGE_1: "Stage 1: answer"},
        },
    )
    statutory.work.council = one_stage
    happens(statutory, E.REROUTED)
    answered(statutory)
    assert statutory.facts().request_waits
    assert refused(statutory, E.NEXT_STAGE_ASKED) == (Guard.NEXT_STAGE_EXISTS,)
    happens(statutory, E.CONCLUDED)


def test_a_closed_case_opens_again_for_the_next_stage(statutory: DrivenCase) -> None:
    answered(statutory)
    happens(statutory, E.CONCLUDED)
    assert statutory.case.state is CaseState.CLOSED
    with pytest.raises(CannotHappen):
        happens(statutory, E.MEETING_OFFERED)
    happens(statutory, E.NEXT_STAGE_ASKED, by=Doer.PERSON)
    assert (statutory.case.state, statutory.case.closed_at) == (CaseState.OPEN, None)


def test_where_the_council_has_no_timescales_nothing_is_written(statutory: DrivenCase) -> None:
    answered(statutory)
    statutory.work.council = replace(statutory.work.council, profiles=())
    before = statutory.snapshot()
    with pytest.raises((NoTimescalesThen, LookupError)):
        happens(statutory, E.NEXT_STAGE_ASKED)
    assert statutory.snapshot() == before


def test_a_withdrawal_leaves_a_note_of_what_is_still_promised(statutory: DrivenCase) -> None:
    statutory.add_remedy(RemedyState.PROMISED, Giver.SERVICE)
    happens(statutory, E.WITHDRAWAL_ASKED, by=Doer.PERSON)
    assert refused(statutory, E.WITHDRAWN, talked_with="") == (Guard.YOUNG_PERSON_HEARD,)
    row = happens(statutory, E.WITHDRAWN)
    assert row.details["promises_open"] == 1
    assert counting.still_open(statutory.work.session, statutory.case) == []


def stage_2(one: DrivenCase) -> None:
    answered(one)
    happens(one, E.NEXT_STAGE_ASKED, by=Doer.PERSON)


def test_the_statement_must_stand_as_it_was_last_sent(statutory: DrivenCase) -> None:
    stage_2(statutory)
    happens(statutory, E.INVESTIGATOR_APPOINTED)
    happens(statutory, E.INDEPENDENT_PERSON_APPOINTED)
    happens(statutory, E.STATEMENT_SENT)
    happens(statutory, E.STATEMENT_AGREED, by=Doer.PERSON)
    happens(statutory, E.STATEMENT_SENT)
    assert refused(statutory, E.INVESTIGATION_BEGUN) == (Guard.STATEMENT_STANDS,)
    happens(statutory, E.STATEMENT_SETTLED)
    happens(statutory, E.INVESTIGATION_BEGUN)


def test_nobody_watches_their_own_investigation(statutory: DrivenCase) -> None:
    stage_2(statutory)
    happens(statutory, E.INVESTIGATOR_APPOINTED, appointee_name="Ada Example")
    happens(statutory, E.INDEPENDENT_PERSON_APPOINTED, appointee_name=" ada  EXAMPLE ")
    happens(statutory, E.STATEMENT_SENT)
    happens(statutory, E.STATEMENT_AGREED)
    assert refused(statutory, E.INVESTIGATION_BEGUN) == (Guard.HAS_INDEPENDENT_PERSON,)


def test_somebody_may_leave_a_panel_and_who_watched_stage_2_cannot_sit(
    statutory: DrivenCase,
) -> None:
    stage_2(statutory)
    happens(statutory, E.INVESTIGATOR_APPOINTED)
    happens(statutory, E.INDEPENDENT_PERSON_APPOINTED, appointee_name="Bo Example")
    # Replaced, and all the same no stranger to the matter.
    happens(statutory, E.INDEPENDENT_PERSON_APPOINTED)
    happens(statutory, E.STATEMENT_SENT)
    happens(statutory, E.STATEMENT_AGREED)
    happens(statutory, E.INVESTIGATION_BEGUN)
    statutory.find(Giver.INVESTIGATOR, "found")
    happens(statutory, E.REPORTS_RECEIVED)
    happens(statutory, E.NEXT_STAGE_ASKED_EARLY, by=Doer.PERSON)
    statutory.find(Giver.ADJUDICATOR, "found")
    happens(statutory, E.ADJUDICATED)
    assert refused(statutory, E.CONCLUDED) == (Guard.NO_REQUEST_WAITS,)
    happens(statutory, E.NEXT_STAGE_ASKED)
    happens(statutory, E.CHAIR_APPOINTED)
    happens(statutory, E.PANELLIST_APPOINTED)
    happens(statutory, E.PANELLIST_APPOINTED, appointee_name="Bo Example")
    assert refused(statutory, E.PAPERS_SENT) == (Guard.PANEL_INDEPENDENT,)
    happens(statutory, E.PANELLIST_LEFT)
    assert refused(statutory, E.PAPERS_SENT) == (Guard.THREE_ON_PANEL,)
    happens(statutory, E.PANELLIST_APPOINTED)
    happens(statutory, E.PAPERS_SENT)


def test_no_step_lies_before_the_one_that_it_follows(statutory: DrivenCase) -> None:
    on(statutory, date(2026, 6, 16))
    answered(statutory)
    assert refused(statutory, E.CONCLUDED, on=date(2026, 6, 15)) == (Guard.IN_ORDER,)
    # A request may have crossed the answer in the post, and counts from the day it came.
    happens(statutory, E.NEXT_STAGE_ASKED, by=Doer.PERSON, on=date(2026, 6, 15))
    assert statutory.stages()[-1].start_on == date(2026, 6, 15)


def test_the_ombudsmans_letters_name_their_own_days(ombudsman: DrivenCase) -> None:
    (stage,) = ombudsman.stages()
    assert refused(ombudsman, E.ENQUIRY_RECEIVED, new_date=None) == (Guard.DATE_NAMED,)
    happens(ombudsman, E.ENQUIRY_RECEIVED, new_date=date(2026, 6, 19))
    assert stage.due_on == date(2026, 6, 19)
    on(ombudsman, date(2026, 6, 18))
    happens(ombudsman, E.ENQUIRY_ANSWERED)
    # Nothing is owed while they think, so nothing is late.
    assert stage.answered_on == date(2026, 6, 18)
    on(ombudsman, date(2026, 7, 6))
    happens(ombudsman, E.ENQUIRY_RECEIVED, new_date=date(2026, 7, 10))
    assert (stage.due_on, stage.answered_on) == (date(2026, 7, 10), None)
    happens(ombudsman, E.ENQUIRY_ANSWERED)
    happens(ombudsman, E.DRAFT_RECEIVED, new_date=None)
    assert (stage.due_on, stage.answered_on) == (date(2026, 7, 20), None)
    happens(ombudsman, E.FINAL_RECEIVED)
    assert stage.answered_on == date(2026, 7, 6)
    assert counting.still_open(ombudsman.work.session, ombudsman.case) == []


def test_the_ombudsman_may_let_a_case_go_that_did_not_satisfy_them(ombudsman: DrivenCase) -> None:
    happens(ombudsman, E.FINAL_RECEIVED)
    ombudsman.add_remedy(RemedyState.NOT_ACCEPTED, Giver.OMBUDSMAN)
    assert refused(ombudsman, E.CONCLUDED) == (Guard.REMEDIES_SATISFIED,)
    assert refused(ombudsman, E.OMBUDSMAN_CLOSED, second_officer_id=None) == (Guard.SECOND_OFFICER,)
    happens(ombudsman, E.OMBUDSMAN_CLOSED)
    assert ombudsman.case.procedure_state is State.CONCLUDED


def test_the_portal_opens_a_stage_only_where_somebody_asked(statutory: DrivenCase) -> None:
    on(statutory, TEN + timedelta(days=1))
    given = Given(on=statutory.work.today, by=Doer.WORKER)
    with pytest.raises(NotYet) as told:
        happening.happen(statutory.work, statutory.case, E.NEXT_STAGE_ASKED, given)
    assert told.value.guards == (Guard.REQUEST_BEHIND_IT,)

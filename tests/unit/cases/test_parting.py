"""Splitting a case: parts share reference, officer and receipt; each has its own clocks."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.cases import (
    answer_drafts,
    answers,
    asking,
    counting,
    event_letters,
    findings,
    gathering,
    joint_answering,
    parting,
    points,
    progress,
)
from portal.cases.happening import CannotHappen, NotYet
from portal.procedures.finding import Finding, Giver, PointState
from portal.procedures.guard import Guard
from portal.procedures.joint_answer import Apart
from portal.procedures.procedure import Track
from portal.procedures.state import Event, State
from portal.procedures.vocabulary import ProcedureCode, Team
from portal.records.answer_draft import DraftState
from portal.records.audit_event import AuditEvent
from portal.records.case import Case, CaseStage
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.work import Work
from tests.unit.cases.parted_world import BUS, SOCIAL, find_on, happens, split, two_points

OPENING, APOLOGY = "I rode the bus myself.", "We are sorry that it did not come."


def parts_of(work: Work, feedback_id: int) -> list[object]:
    return list(parting.parts(work.session, work.session.get_one(Feedback, feedback_id)))


def test_a_part_shares_reference_officer_and_receipt_and_counts_by_its_own_rules(
    work: Work,
) -> None:
    case, social, bus = two_points(work, received=work.today - timedelta(days=8))
    feedback = work.session.get_one(Feedback, case.feedback_id)
    split(work, case, 2)
    first, second = parting.parts(work.session, feedback)
    assert first is case
    assert (second.part, second.procedure, second.team) == (
        2, ProcedureCode.CORPORATE, Team.ADMISSIONS_TRANSPORT,
    )  # fmt: skip
    assert second.officer_id == case.officer_id
    assert second.procedure_state is State.ANSWERING
    assert (social.case_id, bus.case_id, bus.number) == (first.id, second.id, 2)
    stage = gathering.current_stage(work.session, second)
    events = counting.events_of(work.session, second, stage, Track.CORPORATE)
    assert feedback.received_on in events.started.values()
    assert stage.due_on > work.today
    # The first part's dates are as they were.
    assert gathering.current_stage(work.session, first).working["recalculations"] == []
    acts = list(work.session.scalars(select(AuditEvent.act)))
    assert acts.count("case_opened") == 2
    assert {"case_split", "point_moved"} <= set(acts)


def test_a_second_split_goes_into_the_part_that_is_there(work: Work) -> None:
    case, *_ = two_points(work)
    points.add(work, case, ("The bus came late.",))
    split(work, case, 2)
    split(work, case, 3)
    feedback = work.session.get_one(Feedback, case.feedback_id)
    _, second = parting.parts(work.session, feedback)
    assert [point.number for point in points.live(work.session, second)] == [2, 3]
    # Numbers run through all parts.
    (added,) = points.add(work, second, ("Nobody rang back.",))
    assert added.number == 4


def test_points_can_come_back_to_the_first_part(work: Work) -> None:
    case, *_ = two_points(work)
    points.add(work, case, ("The bus came late.",))
    split(work, case, 2, 3)
    feedback = work.session.get_one(Feedback, case.feedback_id)
    _, second = parting.parts(work.session, feedback)
    split(work, second, 3, track=Track.STATUTORY, team=Team.DISABILITY)
    assert len(parting.parts(work.session, feedback)) == 2
    assert [point.number for point in points.live(work.session, case)] == [1, 3]


@pytest.mark.parametrize(
    ("given", "guard"),
    [
        ({"points": frozenset({1, 2})}, Guard.A_POINT_REMAINS),
        ({"points": frozenset()}, Guard.POINTS_CHOSEN),
        ({"track": Track.STATUTORY}, Guard.OTHER_TRACK),
        ({"team": None}, Guard.TEAM_CHOSEN),
        ({"words": " "}, Guard.REASON_GIVEN),
    ],
)
def test_what_a_split_needs(work: Work, given: dict[str, object], guard: Guard) -> None:
    case, *_ = two_points(work)
    with pytest.raises(NotYet) as told:
        split(work, case, 2, **given)
    assert guard in told.value.guards
    assert len(parts_of(work, case.feedback_id)) == 1


def test_what_was_written_and_not_told_goes_along(work: Work) -> None:
    case, _, bus = two_points(work)
    stage = gathering.current_stage(work.session, case)
    findings.record_finding(work, bus, stage, Giver.SERVICE, Finding.UPHELD, "No letter went.")
    split(work, case, 2)
    feedback = work.session.get_one(Feedback, case.feedback_id)
    second = parting.parts(work.session, feedback)[1]
    there = gathering.current_stage(work.session, second)
    row = findings.find(work, bus, there, Giver.SERVICE)
    assert row is not None
    assert row.reasons == "No letter went."
    assert findings.find(work, bus, stage, Giver.SERVICE) is None


def test_an_answer_that_was_given_stays_where_it_was_given(work: Work) -> None:
    case, *_ = two_points(work)
    find_on(work, case, "That is how it was.")
    happens(work, case, Event.ANSWERED)
    split(work, case, 2)
    feedback = work.session.get_one(Feedback, case.feedback_id)
    second = parting.parts(work.session, feedback)[1]
    (answer,) = answers.given(work.session, case, answers.told(work.session, case))
    assert [one.point.number for one in answer.points] == [1, 2]
    assert answers.told(work.session, second) == frozenset()
    find_on(work, second, "Looked at by the other rules.")
    happens(work, second, Event.ANSWERED)
    (again,) = answers.given(work.session, second, answers.told(work.session, second))
    assert [one.reasons for one in again.points] == ["Looked at by the other rules."]


def test_the_letter_says_for_each_part_what_follows(work: Work) -> None:
    case, *_ = two_points(work)
    points.add(work, case, ("A teacher shouted at her.",))
    redirected = happens(
        work, case, Event.PART_REDIRECTED, points=frozenset({3}), reason="school",
        words="The head of the school deals with this.", second_officer_id=9_999,
    )  # fmt: skip
    letter = event_letters.send(work, case, redirected)
    assert letter is not None
    assert letter.kind is LetterKind.PART_REDIRECTED
    for words in ("A teacher shouted", "The head of the school", work.council.ombudsman.phone):
        assert words in letter.body
    assert SOCIAL not in letter.body
    assert work.council.plan_advice.phone not in letter.body
    work.session.get_one(Feedback, case.feedback_id).about_plan = True
    again = event_letters.send(work, case, redirected)
    assert again is not None
    assert work.council.plan_advice.phone in again.body
    row = split(work, case, 2)
    told = event_letters.send(work, case, row)
    assert told is not None
    assert told.kind is LetterKind.PARTS
    for words in ("Part 1", SOCIAL, "Part 2", BUS, "A teacher shouted"):
        assert words in told.body
    assert told.body.count("You will hear from us about this by") == 2


def test_passing_points_on_needs_a_code_words_and_a_second_officer(work: Work) -> None:
    case, _, bus = two_points(work)
    with pytest.raises(NotYet) as told:
        happens(work, case, Event.PART_REDIRECTED, points=frozenset({2}))
    assert set(told.value.guards) == {
        Guard.REASON_CODED, Guard.REASON_GIVEN, Guard.SECOND_OFFICER,
    }  # fmt: skip
    happens(
        work, case, Event.PART_REDIRECTED, points=frozenset({2}), reason="not_this_authority",
        words="The bus firm runs it.", second_officer_id=9_999,
    )  # fmt: skip
    assert bus.state is PointState.REDIRECTED
    # The rest can be answered without it.
    find_on(work, case)
    happens(work, case, Event.ANSWERED)
    assert case.procedure_state is State.ANSWERED


def draft_signed(work: Work, case: Case) -> None:
    """A draft of the answer's own words, signed after everything was found."""
    draft = answer_drafts.write(work, case, OPENING, APOLOGY, 0)
    draft.state, draft.signed_at = DraftState.SIGNED, work.now
    work.session.flush()


def test_one_letter_answers_both_parts_while_the_shorter_time_runs(work: Work) -> None:
    case, *_ = two_points(work)
    split(work, case, 2)
    feedback = work.session.get_one(Feedback, case.feedback_id)
    first, second = parting.parts(work.session, feedback)
    account_id = work.who.account_id
    assert account_id is not None
    find_on(work, first, "She was ill and nobody took over.")
    with pytest.raises(joint_answering.LetterEach) as apart:
        joint_answering.answer(work, feedback, account_id, work.today)
    assert apart.value.reasons == (Apart.NOT_READY,)
    find_on(work, second, "The taxi is back.")
    draft_signed(work, second)
    answered = joint_answering.answer(work, feedback, account_id, work.today)
    letter = joint_answering.send(work, feedback, answered)
    assert letter.kind is LetterKind.JOINT_ANSWER
    for words in (SOCIAL, "She was ill", BUS, "The taxi is back.", "Part 1", "Part 2"):
        assert words in letter.body
    begins, apology = letter.body.index(OPENING), letter.body.index(APOLOGY)
    assert letter.body.index("Part 2") < begins < apology < letter.body.index(BUS)
    assert {one.event.letter_id for one in answered} == {letter.id}
    assert {first.procedure_state, second.procedure_state} == {State.ANSWERED}
    wanted = select(OutboxLetter).where(OutboxLetter.kind == LetterKind.ANSWER)
    assert list(work.session.scalars(wanted)) == []


def test_no_joint_answer_after_the_earlier_date(work: Work) -> None:
    case, *_ = two_points(work)
    split(work, case, 2)
    feedback = work.session.get_one(Feedback, case.feedback_id)
    for part in parting.parts(work.session, feedback):
        find_on(work, part)
    earliest = min(
        gathering.current_stage(work.session, part).due_on
        for part in parting.parts(work.session, feedback)
    )
    late = joint_answering.apart_why(
        work.session, work.council, feedback, earliest + timedelta(days=1)
    )
    assert late == (Apart.PAST_SHORTER,)
    assert joint_answering.apart_why(work.session, work.council, feedback, earliest) == ()


def test_each_part_has_its_own_progress_and_next_step(work: Work) -> None:
    case, *_ = two_points(work)
    split(work, case, 2)
    feedback = work.session.get_one(Feedback, case.feedback_id)
    second = parting.parts(work.session, feedback)[1]
    find_on(work, second)
    happens(work, second, Event.ANSWERED)
    one = progress.progress(work.session, work.council, feedback, work.today)
    other = progress.progress(work.session, work.council, feedback, work.today, 2)
    assert one.next_on is not None
    assert other.headline == "We have sent you our answer."
    asking.ask_for_next(work, feedback, "stage_1", "", 2)
    assert second.procedure_state is State.REVIEW_ASKED
    assert case.procedure_state is State.ANSWERING
    with pytest.raises(CannotHappen):
        asking.ask_for_next(work, feedback, "stage_1", "", 3)


def test_findings_of_before_the_other_procedure_are_kept_apart(work: Work) -> None:
    case, *_ = two_points(work)
    find_on(work, case, "As the first rules see it.")
    happens(work, case, Event.ANSWERED)
    happens(work, case, Event.REROUTED, track=Track.CORPORATE, words="It is a school matter.")
    facts = gathering.facts_of(work.session, work.council, case, work.today)
    assert all(not point.findings for point in facts.points)
    find_on(work, case, "As the other rules see it.")
    told = answers.given(work.session, case, answers.told(work.session, case))
    assert [answer.earlier for answer in told] == [True]
    happens(work, case, Event.ANSWERED)
    earlier, later = answers.given(work.session, case, answers.told(work.session, case))
    assert (earlier.earlier, later.earlier) == (True, False)
    assert {one.reasons for one in earlier.points} == {"As the first rules see it."}
    assert {one.reasons for one in later.points} == {"As the other rules see it."}
    assert len(list(work.session.scalars(select(CaseStage)))) == 2

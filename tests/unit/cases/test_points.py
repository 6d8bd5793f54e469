"""Points: written, split, joined and withdrawn; numbers are given once."""

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from portal.cases import agreeing, event_letters, findings, gathering, happening, points
from portal.procedures.facts import Given
from portal.procedures.finding import LIVE, Finding, Giver, PointState
from portal.procedures.state import Doer, Event
from portal.records.audit_event import AuditEvent
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind
from portal.work import WORKER, Work, begin_work
from tests.unit.cases.procedure_world import WORDS, case_with_points, let, officer_of, sent


def test_points_get_the_next_numbers_and_leave_a_trail(work: Work) -> None:
    case, made = case_with_points(work)
    assert [point.number for point in made] == [1, 2, 3]
    (fourth,) = points.add(work, case, ["  One more.  "])
    assert (fourth.number, fourth.text, fourth.state) == (4, "One more.", PointState.DRAFTED)
    acts = list(work.session.scalars(select(AuditEvent.act)))
    assert acts.count("point_added") == 4
    with pytest.raises(points.NoWords):
        points.add(work, case, [" \n"])


@pytest.mark.usefixtures("app")
@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(steps=st.lists(st.tuples(st.sampled_from(["split", "join", "withdraw", "add"]),
                                st.integers(0, 5), st.integers(0, 5)), max_size=12))  # fmt: skip
def test_whatever_is_split_and_joined_no_number_comes_twice_and_no_word_is_lost(
    app: Flask, steps: list[tuple[str, int, int]]
) -> None:
    try:
        with begin_work(WORKER) as work:
            case, _ = case_with_points(work)
            said = " ".join(WORDS).split()
            numbers = [1, 2, 3]
            for step, one, other in steps:
                said = take(work, case, step, one, other, said)
                now = [point.number for point in points.every(work.session, case)]
                assert now[: len(numbers)] == numbers
                assert now == list(range(1, len(now) + 1))
                numbers = now
            live = points.live(work.session, case)
            assert sorted(" ".join(point.text for point in live).split()) == sorted(said)
            for point in points.every(work.session, case):
                into = points.went_into(points.every(work.session, case), point)
                assert bool(into) is (point.state is PointState.REPLACED)
                assert all(number > point.number for number in into)
            raise Undo
    except Undo:
        pass


class Undo(Exception):
    """Ends an example; nothing of it stays."""


def take(work: Work, case: object, step: str, one: int, other: int, said: list[str]) -> list[str]:
    """One step; gives the words that must still be there."""
    from datetime import timedelta

    from portal.records.case import Case

    assert isinstance(case, Case)
    work.now += timedelta(seconds=1)
    live = points.live(work.session, case)
    first, second = live[one % len(live)], live[other % len(live)]
    if step == "split" and len(first.text.split()) > 1:
        half = first.text.split()
        parts = [" ".join(half[:1]), " ".join(half[1:])]
        made = points.split(work, case, first, parts, first.version)
        assert points.went_into(points.every(work.session, case), first) == tuple(
            point.number for point in made
        )
    elif step == "join" and first is not second:
        points.join(work, case, [first, second])
    elif step == "withdraw" and len(live) > 1:
        points.withdraw(work, case, first, first.version)
        gone = first.text.split()
        said = list(said)
        for word in gone:
            said.remove(word)
    elif step == "add":
        points.add(work, case, ["More words came."])
        said = [*said, "More", "words", "came."]
    work.session.flush()
    return said


def test_new_words_are_a_draft_again_and_deal_with_the_dispute(work: Work) -> None:
    case, (first, *_) = case_with_points(work)
    shown = sent(work, case)
    agreeing.dispute(work, case, [1], "I was asked, but too late.", Doer.PERSON, shown.mark)
    assert (first.state, first.dispute) == (PointState.DISPUTED, "I was asked, but too late.")
    points.edit(work, case, first, "My review was moved and I was asked too late.", first.version)
    assert (first.state, first.dispute) == (PointState.DRAFTED, None)


def test_the_second_of_two_officers_is_told_and_changes_nothing(work: Work) -> None:
    case, (first, *_) = case_with_points(work)
    seen = first.version
    points.edit(work, case, first, "The first officer's words.", seen)
    work.session.flush()
    with pytest.raises(points.ChangedMeanwhile):
        points.edit(work, case, first, "The second officer's words.", seen)
    assert first.text == "The first officer's words."


def test_the_last_point_is_not_withdrawn_alone(work: Work) -> None:
    case, (only,) = case_with_points(work, 1)
    with pytest.raises(points.LastPoint):
        points.withdraw(work, case, only, only.version)
    assert only.state is PointState.DRAFTED


def test_what_went_into_others_is_not_edited_joined_or_withdrawn(work: Work) -> None:
    case, (first, second, _) = case_with_points(work)
    points.join(work, case, [first, second])
    for act in (
        lambda: points.edit(work, case, first, "x", first.version),
        lambda: points.join(work, case, [first, second]),
        lambda: points.withdraw(work, case, first, first.version),
    ):
        with pytest.raises(points.NotLive):
            act()


def test_an_answered_case_keeps_its_points(work: Work) -> None:
    case, made = case_with_points(work)
    for point in made:
        stage = gathering.current_stage(work.session, case)
        findings.record_finding(work, point, stage, Giver.SERVICE, Finding.UPHELD, "We looked.")
    let(work, case, Event.ANSWERED)
    with pytest.raises(points.PointsFixed):
        points.edit(work, case, made[0], "Other words", made[0].version)


def test_the_person_says_yes_to_what_they_read_and_to_nothing_else(work: Work) -> None:
    case, (first, *_) = case_with_points(work)
    read = sent(work, case)
    points.edit(work, case, first, "Words that nobody saw.", first.version)
    work.session.flush()
    with pytest.raises(agreeing.PointsMoved):
        agreeing.agree(work, case, Doer.PERSON, read.mark)
    again = agreeing.statement(work.session, case)
    agreeing.agree(work, case, Doer.PERSON, again.mark)
    assert first.state is PointState.DRAFTED
    assert {point.state for point in points.live(work.session, case)[1:]} == {PointState.AGREED}


def test_a_dispute_lies_on_the_officers_desk_and_needs_words(work: Work) -> None:
    case, _ = case_with_points(work)
    feedback = work.session.get_one(Feedback, case.feedback_id)
    shown = sent(work, case)
    feedback.unread = False
    work.session.flush()
    with pytest.raises(agreeing.NotSaid):
        agreeing.dispute(work, case, [2], "  ", Doer.PERSON, shown.mark)
    agreeing.dispute(work, case, [2], "Three times, not twice.", Doer.PERSON, shown.mark)
    work.session.refresh(feedback)
    assert feedback.unread
    states = [point.state for point in points.live(work.session, case)]
    assert states == [PointState.SENT, PointState.DISPUTED, PointState.SENT]


def test_nobody_is_asked_before_the_points_are_sent_or_after_they_are_agreed(work: Work) -> None:
    case, _ = case_with_points(work)
    assert not agreeing.statement(work.session, case).points
    with pytest.raises(agreeing.NotAskedNow):
        agreeing.agree(work, case, Doer.PERSON)
    shown = sent(work, case)
    assert shown.asks
    agreeing.agree(work, case, Doer.PERSON, shown.mark)
    assert not agreeing.statement(work.session, case).asks


def test_the_letter_holds_the_points_with_their_numbers(work: Work) -> None:
    case, _ = case_with_points(work)
    given = Given(on=work.today, by=Doer.OFFICER, account_id=work.who.account_id)
    row = happening.happen(work, case, Event.POINTS_SENT, given)
    letter = event_letters.send(work, case, row)
    assert letter is not None
    assert letter.kind is LetterKind.POINTS_TO_AGREE
    for number, words in enumerate(WORDS, 1):
        assert f"{number}. {words}" in letter.body


def test_live_is_what_needs_an_answer(work: Work) -> None:
    officer_of(work)
    case, (first, second, third) = case_with_points(work)
    points.withdraw(work, case, second, second.version)
    assert points.live(work.session, case) == [first, third]
    assert {point.state for point in points.live(work.session, case)} <= LIVE

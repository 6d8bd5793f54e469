"""Each decision is copied once beside its suggestion, whichever of them came first."""

from datetime import UTC, date, datetime

from sqlalchemy import select

from portal.procedures.vocabulary import Category, Nature, ProcedureCode, Team
from portal.records.comparison import Comparison
from portal.records.decision import Outcome, Sight
from portal.records.feedback import Channel
from portal.triage import comparing, deciding, suggesting
from portal.work import Work
from tests.unit.triage.matters import a_choice, a_feedback, a_result, acting, an_officer, label


def compared(work: Work) -> list[Comparison]:
    work.session.flush()
    comparing.write_missing(work, everything=True)
    work.session.flush()
    return list(work.session.scalars(select(Comparison).order_by(Comparison.feedback_id)))


def test_both_answers_stand_in_one_row(work: Work) -> None:
    feedback = a_feedback(work, channel=Channel.EMAIL)
    suggesting.store(work, feedback, a_result(area=label("education", 0.7)))
    acting(work, an_officer(work))
    deciding.confirm(work, feedback, a_choice(team=Team.FOSTERING, nature=Nature.POLICY))
    [row] = compared(work)
    assert (row.channel, row.sight, row.model) == (Channel.EMAIL, Sight.SHOWN, "test-1")
    assert (row.team, row.team_suggested, row.team_among_three) == (
        Team.FOSTERING, Team.CARE_PLANNING_COURT, True,
    )  # fmt: skip
    assert (row.area.value, row.area_suggested.value) == ("lac_disability", "education")
    assert (row.nature, row.nature_suggested, row.nature_confidence) == (
        Nature.POLICY, Nature.COMMUNICATION, 0.4,
    )  # fmt: skip
    assert row.category_confidence == 0.93
    assert compared(work) == [row], "once"


def test_a_suggestion_may_come_after_the_decision(work: Work) -> None:
    feedback = a_feedback(work)
    deciding.confirm(acting(work, an_officer(work)), feedback, a_choice(team=Team.SEND))
    assert compared(work) == []
    suggesting.store(work, feedback, a_result())
    [row] = compared(work)
    assert (row.sight, row.team_among_three) == (Sight.NONE, False)


def test_a_nature_is_compared_where_both_gave_one(work: Work) -> None:
    feedback = a_feedback(work)
    suggesting.store(work, feedback, a_result())
    choice = a_choice(
        category=Category.COMPLIMENT,
        procedure=ProcedureCode.NONE,
        nature=None,
        outcome=Outcome.THANKED,
    )
    deciding.confirm(acting(work, an_officer(work)), feedback, choice)
    [row] = compared(work)
    assert (row.nature, row.nature_suggested, row.nature_confidence) == (None, None, None)


def test_what_was_linked_or_cannot_be_read_is_left_out(work: Work) -> None:
    acting(work, an_officer(work))
    first, linked, unreadable = (a_feedback(work) for _ in range(3))
    for feedback in (linked, unreadable):
        suggesting.store(work, feedback, a_result())
    choice = a_choice(outcome=Outcome.LINKED, linked_reference=first.reference)
    deciding.confirm(work, linked, choice)
    deciding.confirm(work, unreadable, a_choice())
    stored = suggesting.find(work.session, unreadable.id)
    assert stored is not None
    stored.body = "{}"
    assert compared(work) == []


def test_the_month_is_that_of_london(work: Work) -> None:
    feedback = a_feedback(work)
    suggesting.store(work, feedback, a_result())
    decision = deciding.confirm(acting(work, an_officer(work)), feedback, a_choice())
    decision.decided_at = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    [row] = compared(work)
    assert row.month == date(2026, 7, 1)


def test_many_are_compared_in_several_acts(work: Work, monkeypatch: object) -> None:
    acting(work, an_officer(work))
    ids = []
    for _ in range(5):
        feedback = a_feedback(work)
        suggesting.store(work, feedback, a_result())
        deciding.confirm(work, feedback, a_choice())
        ids.append(feedback.id)
    work.session.flush()
    comparing_at_once, comparing.AT_A_TIME = comparing.AT_A_TIME, 2
    try:
        total, last = 0, 0
        while True:
            made, last = comparing.write_missing(work, everything=True, after=last)
            total += made
            if not last:
                break
    finally:
        comparing.AT_A_TIME = comparing_at_once
    work.session.flush()
    assert total == 5
    assert sorted(work.session.scalars(select(Comparison.feedback_id))) == ids

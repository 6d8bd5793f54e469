"""Alerts: whatever said danger, sent at once and again, climbing, until somebody takes one."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from portal.cases import danger, messages
from portal.cases.danger import NoAlert, NothingDone
from portal.commands import dangers
from portal.commands.background import run_round
from portal.council import load_council
from portal.db import db
from portal.procedures.vocabulary import Risk
from portal.records.account import Role
from portal.records.case import Case
from portal.records.danger_alert import DangerAlert, RaisedBy
from portal.records.feedback import Feedback
from portal.records.message import Message, Sender
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.work import COMMAND, Who, begin_work
from tests.matters import make_account, make_case, make_feedback

NIGHT = datetime(2026, 11, 27, 23, 40, tzinfo=UTC)
MORNING = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)
WORDS = "I have saved up the tablets and I am going to kill myself tonight."


@pytest.fixture
def night() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NIGHT, tick=False) as clock:
        yield clock


def written(story: str = WORDS, risk: Risk = Risk.NONE) -> int:
    with begin_work(COMMAND) as work:
        feedback = make_feedback(work, story=story)
        feedback.risk = risk
        return feedback.id


def told() -> list[str]:
    letters = select(OutboxLetter).where(OutboxLetter.kind == LetterKind.DANGER_ALERT)
    return [
        str(letter.to_email) for letter in db.session.scalars(letters.order_by(OutboxLetter.id))
    ]


def test_at_2340_without_a_classifier_emergency_duty_is_told_and_it_climbs(
    app: Flask, night: time_machine.Traveller
) -> None:
    key = written()
    run_round(None)
    assert told() == ["emergency-duty@staffordshire.example"]
    letter = db.session.scalars(select(OutboxLetter)).one()
    assert "tablets" not in letter.subject + letter.body
    assert db.session.get_one(Feedback, key).risk is Risk.NOW
    run_round(None)
    assert len(told()) == 1
    night.shift(timedelta(minutes=15))
    run_round(None)
    assert told()[1:] == [
        "emergency-duty@staffordshire.example",
        "emergency-duty.manager@staffordshire.example",
    ]
    night.shift(timedelta(minutes=15))
    run_round(None)
    assert told()[-1] == "director.on.call@staffordshire.example"
    assert len(told()) == 6


def test_in_office_hours_the_day_team_is_told(app: Flask) -> None:
    with time_machine.travel(MORNING, tick=False):
        written(risk=Risk.NOW)
        run_round(None)
    assert told() == ["first-response@staffordshire.example"]


def test_a_bank_holiday_has_no_office_hours(app: Flask) -> None:
    with time_machine.travel(datetime(2026, 12, 25, 10, 0, tzinfo=UTC), tick=False):
        written(risk=Risk.NOW)
        run_round(None)
    assert told() == ["emergency-duty@staffordshire.example"]


def test_calm_words_raise_nothing_and_are_read_once(
    app: Flask, night: time_machine.Traveller
) -> None:
    key = written("The bus was late twice last week.")
    run_round(None)
    assert told() == []
    assert db.session.get_one(Feedback, key).words_read_at == NIGHT
    assert dangers.read_words(lambda _text: True, model_reads=False) == 0


def test_where_the_model_reads_the_list_does_not(app: Flask) -> None:
    written()
    assert dangers.read_words(lambda _text: True, model_reads=True) == 0
    assert dangers.read_words(lambda _text: True, model_reads=False) == 1


def test_what_is_written_later_is_read_by_the_list_even_on_a_decided_matter(app: Flask) -> None:
    with begin_work(COMMAND) as work:
        feedback = make_feedback(work)
        case = make_case(work, feedback)
        messages.add(work, feedback, Sender.PERSON, WORDS)
        messages.add(work, feedback, Sender.COUNCIL, WORDS)
        key, case_key = feedback.id, case.id
    assert dangers.read_words(dangers.load_alarming(), model_reads=True) == 1
    assert db.session.get_one(Case, case_key).risk is Risk.NOW
    alert = danger.open_alert(db.session(), key)
    assert alert is not None
    assert alert.raised_by is RaisedBy.WORDS
    unread = select(Message.id).where(Message.words_read_at.is_(None))
    assert len(db.session.scalars(unread).all()) == 1


def test_taking_it_ends_the_alerts_and_keeps_what_was_done(
    app: Flask, night: time_machine.Traveller
) -> None:
    key = written()
    run_round(None)
    with begin_work(COMMAND) as work:
        duty = make_account(work, Role.DUTY_TEAM, "duty@council.example").id
    with begin_work(Who("staff", duty)) as work:
        feedback = work.session.get_one(Feedback, key)
        with pytest.raises(NothingDone):
            danger.take(work, feedback, "  ok ")
        danger.take(work, feedback, "Called the police at 23:50; they go there now.")
    night.shift(timedelta(hours=2))
    run_round(None)
    assert len(told()) == 1
    alert = db.session.scalars(select(DangerAlert)).one()
    assert (alert.taken_by_id, alert.ended_at) == (duty, NIGHT)
    assert alert.done == "Called the police at 23:50; they go there now."
    with begin_work(Who("staff", duty)) as work, pytest.raises(NoAlert):
        danger.take(work, work.session.get_one(Feedback, key), "I went there as well.")


def test_a_decision_that_nobody_is_in_danger_ends_it(
    app: Flask, night: time_machine.Traveller
) -> None:
    key = written(risk=Risk.NOW)
    run_round(None)
    with begin_work(COMMAND) as work:
        feedback = work.session.get_one(Feedback, key)
        make_case(work, feedback)
        feedback.risk = Risk.NONE
    night.shift(timedelta(minutes=20))
    run_round(None)
    assert len(told()) == 1
    assert db.session.scalars(select(DangerAlert)).one().ended_at is not None


@given(
    times=st.integers(0, 6),
    moment=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)),
    working=st.booleans(),
)
def test_each_alert_tells_all_whom_the_last_one_told(
    times: int, moment: datetime, working: bool
) -> None:
    duty = load_council("staffordshire").danger
    before = duty.told(times, moment, working_day=working)
    after = duty.told(times + 1, moment, working_day=working)
    assert after[: len(before)] == before
    assert len(set(after)) == len(after)
    assert 1 <= len(before) <= times + 1

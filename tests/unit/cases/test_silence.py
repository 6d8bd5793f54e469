"""Silence: more than ten working days without a word to the person raises one alarm."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from portal import health
from portal.cases import findings, gathering, messages, points, reminding, silence
from portal.commands.dates import alarm_silences
from portal.db import db
from portal.procedures.finding import Finding, Giver
from portal.procedures.state import Event
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.message import Sender
from portal.records.outbox_letter import LetterKind, LetterState, OutboxLetter
from portal.records.reminder import Reminder
from portal.work import WORKER, Work, begin_work
from tests.conftest import app_for, settings_for
from tests.matters import make_letter
from tests.unit.cases.chased_case import LEAD, MANAGER, OFFICER, RECEIVED, opened
from tests.unit.cases.procedure_world import let

# Said on Monday 1 June: the tenth working day is 15 June, the eleventh the alarm's.
TENTH, ALARM = date(2026, 6, 15), date(2026, 6, 16)


@pytest.fixture
def case(work: Work) -> Case:
    found = opened(work)
    # What the test writes is all that was said after the first letters.
    for letter in work.session.scalars(select(OutboxLetter)):
        letter.written_at = at(RECEIVED)
    work.session.flush()
    return found


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=UTC)


def on(work: Work, day: date) -> Work:
    work.today, work.now = day, at(day)
    return work


def feedback_of(work: Work, case: Case) -> Feedback:
    return work.session.get_one(Feedback, case.feedback_id)


def silent_on(work: Work, day: date) -> list[silence.Silence]:
    work.session.flush()
    return silence.not_alarmed(work.session, work.council, day)


def test_ten_working_days_are_no_silence_and_eleven_are(work: Work, case: Case) -> None:
    assert silent_on(work, TENTH) == []
    assert silent_on(work, ALARM) == [silence.Silence(case.id, RECEIVED, 11)]
    assert silence.count(work.session, work.council, ALARM) == 1
    found = silence.silences(work.session, work.council, ALARM, [case.id])
    assert found[case.id].days == 11
    assert silence.silences(work.session, work.council, ALARM, []) == {}


def test_every_word_to_the_person_breaks_it_and_nothing_else_does(work: Work, case: Case) -> None:
    feedback, later = feedback_of(work, case), date(2026, 6, 10)
    messages.add(on(work, later), feedback, Sender.PERSON, "Hello?")
    make_letter(work, feedback, LetterKind.EXTENSION, at(later), shown_to_person=False)
    gone = make_letter(work, feedback, LetterKind.EXTENSION, at(later))
    gone.state = LetterState.REFUSED
    assert [one.since for one in silent_on(work, ALARM)] == [RECEIVED]
    gone.state = LetterState.WITHHELD
    assert silent_on(work, ALARM) == []
    gone.written_at = at(RECEIVED)
    assert len(silent_on(work, ALARM)) == 1
    messages.add(on(work, later), feedback, Sender.COUNCIL, "We are at it.")
    assert silent_on(work, ALARM) == []
    # Ten working days after that message it is silent again.
    assert [one.since for one in silent_on(work, date(2026, 6, 25))] == [later]


def test_a_meeting_is_a_word(work: Work, case: Case) -> None:
    on(work, date(2026, 6, 9))
    let(work, case, Event.MEETING_HELD, words="We met.")
    assert silent_on(work, ALARM) == []


def test_whoever_was_answered_is_not_waiting(work: Work, case: Case) -> None:
    on(work, date(2026, 6, 2))
    stage = gathering.current_stage(work.session, case)
    for point in points.live(work.session, case) or points.add(work, case, ("It was late.",)):
        findings.record_finding(work, point, stage, Giver.SERVICE, Finding.UPHELD, "It was.")
    let(work, case, Event.ANSWERED)
    assert silent_on(work, date(2026, 8, 3)) == []


def test_the_officer_and_the_manager_are_told_once_a_silence(work: Work, case: Case) -> None:
    on(work, ALARM).who = WORKER
    (one,) = silent_on(work, ALARM)
    row = reminding.alarm(work, one)
    assert row is not None
    assert row.silent_since == RECEIVED
    told = work.session.scalars(
        select(OutboxLetter).where(OutboxLetter.kind == LetterKind.SILENCE)
    ).all()
    assert [letter.to_email for letter in told] == [OFFICER, MANAGER]
    assert "That is 11 working days." in told[0].body
    assert "Whitlock" not in told[0].body
    assert silent_on(work, date(2026, 6, 30)) == []
    assert reminding.alarm(work, one) is None
    # A word, and another silence: another alarm.
    messages.add(on(work, date(2026, 7, 1)), feedback_of(work, case), Sender.COUNCIL, "Soon.")
    (again,) = silent_on(work, date(2026, 7, 16))
    assert reminding.alarm(on(work, date(2026, 7, 16)), again) is not None
    assert LEAD not in {letter.to_email for letter in told}


def test_the_round_tells_and_the_check_counts(database_url: str, tmp_path: Path) -> None:
    app: Flask = app_for(settings_for(tmp_path, DATABASE_URL=database_url))
    with app.app_context():
        with time_machine.travel("2026-06-01 10:00 +0100", tick=False), begin_work(WORKER) as work:
            opened(work)
        with time_machine.travel("2026-06-16 10:00 +0100", tick=False):
            assert (alarm_silences(), alarm_silences()) == (1, 0)
            (said,) = [one for one in health.faults(db.session()) if "nothing was said" in one]
            assert said.startswith("In 1 open case nothing was said to the person for more")
        assert db.session.scalars(select(Reminder.silent_since)).one() == RECEIVED
        db.session.remove()
        db.engine.dispose()


def test_a_council_may_be_stricter(work: Work, case: Case) -> None:
    stricter = replace(work.council.chasing, silence_days=5)
    work.council = replace(work.council, chasing=stricter)
    assert silent_on(work, RECEIVED + timedelta(days=7)) == []
    assert len(silent_on(work, RECEIVED + timedelta(days=8))) == 1

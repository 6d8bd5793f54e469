"""Reminders as the processes send them: on working days, once, whoever else is at it."""

import json
from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from portal.cases import chasing, reminding
from portal.cases.chasing import Dated
from portal.commands.dates import send_reminders
from portal.commands.remind import command
from portal.db import db
from portal.records.case import Case, CaseClock
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.records.reminder import Reminder, ReminderState
from portal.work import WORKER, begin_work, counting_council
from tests.conftest import app_for, settings_for
from tests.unit.cases.chased_case import DUE, RECEIVED, opened


def test_nothing_is_sent_on_a_day_off(app: Flask) -> None:
    with time_machine.travel("2026-06-01 10:00 +0100", tick=False), begin_work(WORKER) as work:
        opened(work)
    with time_machine.travel("2026-06-13 09:00 +0100", tick=False):
        assert send_reminders() == 0
    with time_machine.travel("2026-06-15 09:00 +0100", tick=False):
        assert send_reminders() == 1


@pytest.fixture
def both(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An application on each of the two databases, with one case whose answer is due."""
    app = app_for(settings_for(tmp_path, DATABASE_URL=database_url))
    with app.app_context():
        with time_machine.travel("2026-06-01 10:00 +0100", tick=False), begin_work(WORKER) as work:
            opened(work)
        yield app
        db.session.remove()
        db.engine.dispose()


def test_two_workers_send_one_reminder(both: Flask) -> None:
    """Each has read that nothing was sent, and only then do both write."""
    sent: list[object] = []
    ready = Barrier(2)

    def worker() -> None:
        with both.app_context():
            here = counting_council(db.session())
            (one,) = chasing.waiting(db.session(), here, DUE)
            ready.wait(10)
            try:
                with begin_work(WORKER) as work:
                    sent.append(reminding.remind(work, one))
            except IntegrityError:
                sent.append(None)
            db.session.remove()

    with time_machine.travel("2026-06-15 07:00 +0100", tick=False):
        threads = [Thread(target=worker) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
    db.session.rollback()
    assert len(sent) == 2
    assert sum(one is not None for one in sent) == 1
    count = select(func.count()).where(OutboxLetter.kind == LetterKind.REMINDER)
    assert db.session.scalar(count) == 2
    assert db.session.scalar(select(func.count()).where(Reminder.rung == "due")) == 1


def test_the_same_rung_of_the_same_date_cannot_be_there_twice(both: Flask) -> None:
    clock_id = db.session.scalar(select(CaseClock.id).where(CaseClock.key == "stage_1"))
    case_id = db.session.scalar(select(Case.id))
    assert case_id is not None
    one = Dated(case_id, RECEIVED, DUE, clock_id=clock_id)
    with begin_work(WORKER) as work:
        work.session.add(reminding._row(work, one, "due", ReminderState.SENT))
    with pytest.raises(IntegrityError), begin_work(WORKER) as work:
        work.session.add(reminding._row(work, one, "due", ReminderState.PASSED_OVER))


def test_the_command_twice_sends_once(app: Flask) -> None:
    with time_machine.travel("2026-06-01 10:00 +0100", tick=False), begin_work(WORKER) as work:
        opened(work)
    with time_machine.travel("2026-06-15 07:00 +0100", tick=False):
        first = json.loads(app.test_cli_runner().invoke(command).output)
        again = json.loads(app.test_cli_runner().invoke(command).output)
    assert first == {
        "lapses": 0, "reminders": 1, "holding_letters": 1, "silences": 0, "referrals": 0,
        "given_work": 0,
    }  # fmt: skip
    assert again == dict.fromkeys(first, 0)
    count = select(func.count()).where(OutboxLetter.kind == LetterKind.REMINDER)
    assert db.session.scalar(count) == 2

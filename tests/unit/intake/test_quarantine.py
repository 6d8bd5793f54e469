"""Quarantine: tried again after half an hour, two hours and a day; then a person."""

from concurrent.futures import Future
from datetime import timedelta
from time import monotonic

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from intake import reading_apart
from intake.collecting import collect
from intake.counts import Counts
from intake.read_mail import ReadMail
from portal import clock
from portal.db import db
from portal.records.mail import Mail, MailState
from tests.integration.mailing import mail
from tests.services.fake_mailbox import FakeMailbox
from tests.unit.intake.mailroom import ReaderHere, look_into

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def only_mail() -> Mail:
    db.session.expire_all()
    return db.session.scalars(select(Mail)).one()


def test_poison_is_set_aside_and_the_next_goes_on(
    app: Flask, box: FakeMailbox, reader: ReaderHere
) -> None:
    reader.poison = b"poison"
    box.deliver(mail("poison"))
    box.deliver(mail("good"))
    assert look_into(app, box) == Counts(found=2, new=1, quarantined=1)
    assert (len(box.inbox), len(box.done)) == (0, 2)
    aside = db.session.scalars(select(Mail).where(Mail.state == MailState.QUARANTINED)).one()
    assert (aside.tries, aside.error) == (1, "TimeLimit")
    assert aside.traceback == "File mime.py, line 7: the words"
    stored = db.session.execute(db.text("select traceback from mail where traceback is not null"))
    assert b"words" not in stored.scalar_one()


def test_the_ladder_has_three_steps_and_then_a_person(
    app: Flask, box: FakeMailbox, reader: ReaderHere
) -> None:
    reader.poison = b"poison"
    box.deliver(mail("poison"))
    with time_machine.travel(clock.now(), tick=False) as now:
        look_into(app, box)
        for tries, wait in ((1, 30 * MINUTE), (2, 2 * HOUR), (3, DAY)):
            now.shift(wait - MINUTE)
            look_into(app, box)
            assert only_mail().tries == tries
            now.shift(MINUTE)
            assert look_into(app, box) == Counts()
            assert only_mail().tries == tries + 1
        assert only_mail().next_try_at is None
        now.shift(30 * DAY)
        look_into(app, box)
    assert (only_mail().tries, only_mail().state) == (4, MailState.QUARANTINED)


def test_what_can_be_read_after_a_repair_becomes_what_it_is(
    app: Flask, box: FakeMailbox, reader: ReaderHere
) -> None:
    reader.poison = b"poison"
    box.deliver(mail("poison"))
    look_into(app, box)
    reader.poison = b""
    with time_machine.travel(clock.now() + HOUR):
        look_into(app, box)
    found = only_mail()
    assert (found.state, found.error, found.traceback) == (MailState.NEW, None, None)
    assert found.next_try_at is None


def test_a_clock_that_was_years_ahead_does_not_make_it_wait_for_years(
    app: Flask, box: FakeMailbox, reader: ReaderHere
) -> None:
    reader.poison = b"poison"
    box.deliver(mail("poison"))
    with time_machine.travel(clock.now() + 1000 * DAY):
        look_into(app, box)
    reader.poison = b""
    look_into(app, box)
    assert only_mail().state is MailState.NEW


def test_a_message_that_the_mailbox_withholds_makes_the_equation_fail(
    app: Flask, box: FakeMailbox, reader: ReaderHere
) -> None:
    for number in range(3):
        box.deliver(mail(f"number {number}"))
    real = box.fetch
    box.fetch = lambda uids: (m for m in real(uids) if m.uid != 2)  # type: ignore[method-assign]
    counts = look_into(app, box)
    assert counts == Counts(found=3, new=2)
    assert not counts.holds()
    assert list(box.inbox) == [2]


def test_a_worker_told_to_stop_leaves_what_is_still_being_read(
    app: Flask, box: FakeMailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Never:
        def submit(self, raw: bytes) -> Future[ReadMail]:
            return Future()

    with monkeypatch.context() as hangs:
        hangs.setattr(reading_apart, "readers", Never)
        for number in range(60):
            box.deliver(mail(f"number {number}"))
        before = monotonic()
        box.connect()
        assert collect(app, box, stopping=lambda: bool(stored())) == Counts()
    # A group was on its way, and all of it together got two seconds.
    assert monotonic() - before < 5
    assert len(box.inbox) == 60
    assert set(stored()) == {MailState.STORED}
    assert look_into(app, box) == Counts(found=60, new=60)


def stored() -> list[MailState]:
    db.session.rollback()
    return list(db.session.scalars(select(Mail.state)))


def test_a_message_that_went_meanwhile_is_not_missed(
    app: Flask, box: FakeMailbox, reader: ReaderHere
) -> None:
    for number in range(3):
        box.deliver(mail(f"number {number}"))
    real = box.fetch

    def fetch(uids):  # type: ignore[no-untyped-def]
        box.inbox.pop(2)
        return real(uids)

    box.fetch = fetch  # type: ignore[method-assign]
    counts = look_into(app, box)
    assert counts == Counts(found=2, new=2)
    assert counts.holds()

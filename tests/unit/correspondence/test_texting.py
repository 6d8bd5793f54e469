"""Texts against a stand-in that speaks Notify's API: once for a letter, and without content."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from hypothesis import given as examples
from hypothesis import strategies as st
from sqlalchemy import select

from portal import clock
from portal.app import Heard
from portal.correspondence import notify, outbox, phone_notices, texting
from portal.correspondence.phone_number import mobile_number, number_key
from portal.db import db
from portal.records.audit_event import AuditEvent
from portal.records.failing_address import FailingAddress
from portal.records.feedback import ContactWay, Feedback
from portal.records.outbox_letter import LetterKind, LetterState, OutboxLetter
from portal.records.party import PartyRole
from portal.records.phone_notice import NoticeState, NoticeWay, PhoneNotice
from portal.settings import Settings
from portal.work import WORKER, begin_work
from tests import matters
from tests.keys import TEST_KEYS
from tests.services.notify_server import NotifyServer, notify_server

NUMBER, PLAIN = "07700 900 461", "+447700900461"
LATER = timedelta(minutes=11)


@pytest.fixture
def server(app: Flask) -> Iterator[NotifyServer]:
    """The stand-in, named to the application as its gateway."""
    with notify_server() as running:
        use(app, running.environment)
        yield running


def use(app: Flask, environment: dict[str, str]) -> None:
    heard = app.extensions["heard"]
    gateway = Settings.from_environment({**TEST_KEYS, **environment}).text_gateway
    app.extensions["heard"] = Heard(replace(heard.settings, text_gateway=gateway), heard.council)


def write(way: ContactWay = ContactWay.TEXT, phone: str | None = NUMBER) -> str:
    """Write a letter to somebody who wants texts, and give its public id."""
    with begin_work(WORKER) as work:
        party = matters.NewParty(PartyRole.COMPLAINANT, "Noor Whitfield", phone=phone)
        feedback = matters.make_feedback(work, contact_way=way, parties=(party,))
        return outbox.post(work, LetterKind.THANKS, feedback).public_id


def notice() -> PhoneNotice:
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(PhoneNotice)).one()


def acts() -> list[str]:
    return list(db.session.scalars(select(AuditEvent.act)))


def test_a_text_says_that_there_is_news_and_where_and_nothing_else(server: NotifyServer) -> None:
    letter_id = write()
    assert texting.send_waiting() == 1
    [text] = server.taken
    assert text["phone_number"] == PLAIN
    assert text["reference"] == letter_id
    words = text["personalisation"]["message"]
    assert words.endswith("/track")
    with begin_work(WORKER) as work:
        letter = work.session.scalars(select(OutboxLetter)).one()
        assert letter.state is LetterState.WITHHELD, "the letter itself is read at /track"
        reference = work.session.scalars(select(Feedback)).one().reference
    for told in ("complain", "child", "council", "Noor", reference, letter.body[:20]):
        assert told.casefold() not in words.casefold()
    assert server.refused_bearers == 0
    assert notice().state is NoticeState.SENT
    assert "text_sent" in acts()


def test_it_goes_once_for_a_letter(server: NotifyServer) -> None:
    write()
    assert texting.send_waiting() == 1
    with time_machine.travel(clock.now() + timedelta(days=1)):
        assert texting.send_waiting() == 0
    assert len(server.taken) == 1


def test_a_crash_after_the_gateway_took_it_sends_nothing_twice(
    server: NotifyServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    write()
    with monkeypatch.context() as crashing:
        crashing.setattr(texting, "mark_sent", _crash)
        with pytest.raises(KeyboardInterrupt):
            texting.send_waiting()
    assert notice().state is NoticeState.SENDING
    assert texting.send_waiting() == 0, "its lease has not ended"
    with time_machine.travel(clock.now() + LATER):
        # The bearer is dated, and the stand-in's clock travels with ours.
        assert texting.send_waiting() == 1
    assert len(server.taken) == 1
    assert (notice().state, notice().gateway_id) == (NoticeState.SENT, server.taken[0]["id"])


def test_a_failure_behind_the_door_is_asked_for_before_it_is_sent_again(
    server: NotifyServer,
) -> None:
    write()
    server.breaks_after_taking = 500
    assert texting.send_waiting() == 0
    assert (notice().state, notice().error) == (NoticeState.WAITING, "gateway_500")
    server.breaks_after_taking = None
    with time_machine.travel(clock.now() + LATER):
        assert texting.send_waiting() == 1
    assert len(server.taken) == 1


def test_a_timeout_waits_and_is_tried_again(
    server: NotifyServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    write()
    monkeypatch.setattr(notify, "SECONDS", 0.2)
    server.waits = 1.0
    assert texting.send_waiting() == 0
    assert (notice().state, notice().error) == (NoticeState.WAITING, "unreachable")
    monkeypatch.undo()
    server.waits = 0.0
    with time_machine.travel(clock.now() + LATER):
        assert texting.send_waiting() == 1
    assert len(server.taken) == 1, "the gateway had taken it before its answer was lost"


def test_a_busy_gateway_is_asked_again_later_and_later(server: NotifyServer) -> None:
    write()
    server.answers_with = (503, {})
    waits = []
    with time_machine.travel(clock.now(), tick=False) as at:
        for _ in range(6):
            assert texting.send_waiting() == 0
            waits.append((notice().next_try_at - clock.now()) / timedelta(minutes=1))
            at.move_to(notice().next_try_at)
        assert waits == [1, 5, 30, 120, 360, 360]
        server.answers_with = None
        assert texting.send_waiting() == 1
    assert notice().error is None


@pytest.mark.parametrize(
    ("status", "message", "error"),
    [
        (403, "Invalid token: service not found", "gateway_403"),
        (429, "Exceeded rate limit", "gateway_429"),
        (400, "Template not found", "template_400"),
    ],
)
def test_what_is_our_fault_gives_no_text_up(
    server: NotifyServer, status: int, message: str, error: str
) -> None:
    write()
    server.answers_with = (status, {"errors": [{"error": "Error", "message": message}]})
    assert texting.send_waiting() == 0
    assert (notice().state, notice().error) == (NoticeState.WAITING, error)


def test_a_number_that_is_refused_fails_and_becomes_an_officers_task(
    server: NotifyServer,
) -> None:
    write()
    said = "phone_number Not a valid phone number"
    server.answers_with = (400, {"errors": [{"error": "ValidationError", "message": said}]})
    assert texting.send_waiting() == 0
    assert (notice().state, notice().error) == (NoticeState.BY_HAND, "number_400")
    assert db.session.scalars(select(FailingAddress.address_key)).one() == number_key(NUMBER)


def test_another_refusal_is_a_task_and_blames_no_number(server: NotifyServer) -> None:
    write()
    said = "Can’t send to this recipient using a team-only API key"
    server.answers_with = (400, {"errors": [{"error": "BadRequestError", "message": said}]})
    assert texting.send_waiting() == 0
    assert notice().state is NoticeState.BY_HAND
    assert db.session.scalars(select(FailingAddress)).all() == []


@pytest.mark.parametrize(
    ("status", "state", "fails"),
    [
        ("delivered", NoticeState.DELIVERED, False),
        ("sending", NoticeState.SENT, False),
        ("permanent-failure", NoticeState.BY_HAND, True),
        ("temporary-failure", NoticeState.BY_HAND, True),
        ("technical-failure", NoticeState.BY_HAND, False),
    ],
)
def test_the_fate_of_a_text_is_asked(
    server: NotifyServer, status: str, state: NoticeState, fails: bool
) -> None:
    write()
    texting.send_waiting()
    server.fates[server.taken[0]["id"]] = status
    with time_machine.travel(clock.now() + timedelta(minutes=3)):
        texting.send_waiting()
    assert notice().state is state
    assert bool(db.session.scalars(select(FailingAddress)).all()) is fails
    if fails:
        write()
        second = db.session.scalars(select(PhoneNotice).order_by(PhoneNotice.id.desc())).first()
        assert second is not None
        assert (second.state, second.error) == (NoticeState.BY_HAND, phone_notices.NUMBER_FAILS)


def test_a_fate_that_is_not_known_does_not_hide_the_others(server: NotifyServer) -> None:
    write()
    write()
    texting.send_waiting()
    first, second = (text["id"] for text in server.taken)
    del server.fates[first]
    server.fates[second] = "delivered"
    with time_machine.travel(clock.now() + timedelta(minutes=3)):
        texting.send_waiting()
        texting.send_waiting()
    db.session.rollback()
    states = db.session.scalars(select(PhoneNotice.state).order_by(PhoneNotice.id)).all()
    assert states == [NoticeState.SENT, NoticeState.DELIVERED]


def test_a_way_that_was_closed_meanwhile_is_obeyed(server: NotifyServer) -> None:
    write()
    with begin_work(WORKER) as work:
        work.session.scalars(select(Feedback)).one().contact_way = ContactWay.PORTAL_ONLY
    assert texting.send_waiting() == 0
    assert server.asked == []
    assert notice().state is NoticeState.DROPPED
    assert "notice_dropped" in acts()


def test_without_a_gateway_a_text_is_an_officers_task(app: Flask, server: NotifyServer) -> None:
    write()
    use(app, {})
    assert texting.send_waiting() == 0
    assert (notice().state, notice().error) == (NoticeState.BY_HAND, phone_notices.NO_GATEWAY)
    write()
    db.session.rollback()
    made = db.session.scalars(select(PhoneNotice.state)).all()
    assert made == [NoticeState.BY_HAND] * 2
    assert server.taken == []


def test_a_call_is_an_officers_task_and_is_never_texted(server: NotifyServer) -> None:
    write(ContactWay.PHONE)
    assert texting.send_waiting() == 0
    assert (notice().way, notice().state) == (NoticeWay.CALL, NoticeState.BY_HAND)
    assert server.asked == []


@pytest.mark.parametrize("way", [ContactWay.EMAIL, ContactWay.POST, ContactWay.PORTAL_ONLY])
def test_who_did_not_choose_it_is_neither_called_nor_texted(
    server: NotifyServer, way: ContactWay
) -> None:
    write(way)
    assert texting.send_waiting() == 0
    assert db.session.scalars(select(PhoneNotice)).all() == []


def test_a_number_that_no_text_can_go_to_is_not_tried(server: NotifyServer) -> None:
    write(phone="01632 960 100")
    assert texting.send_waiting() == 0
    assert db.session.scalars(select(PhoneNotice)).all() == []


@pytest.mark.parametrize(
    "typed", ["07700 900461", "+44 7700 900461", "0044 (0)7700-900-461", "447700900461"]
)
def test_usual_numbers_are_taken(typed: str) -> None:
    assert mobile_number(typed) == PLAIN


@examples(st.text(max_size=25) | st.from_regex(r"[+0-9 ()-]{5,20}", fullmatch=True))
def test_a_number_is_a_plus_and_digits_or_nothing(typed: str) -> None:
    found = mobile_number(typed)
    if found is not None:
        assert found[0] == "+"
        assert found[1:].isascii()
        assert found[1:].isdigit()
        assert mobile_number(found) == found
        assert not found.startswith("+44") or found.startswith("+447")


def _crash(*args: object) -> None:
    raise KeyboardInterrupt

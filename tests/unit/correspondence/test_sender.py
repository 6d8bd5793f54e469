"""The sender against a real SMTP server: nothing lost, nothing sent by a way that is not safe."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from portal import clock
from portal.app import Heard
from portal.correspondence import delivery, outbox, sender
from portal.db import db
from portal.records.audit_event import AuditEvent
from portal.records.feedback import ContactWay, Feedback
from portal.records.outbox_letter import LetterKind, LetterState, OutboxLetter
from portal.work import WORKER, begin_work
from tests.unit.correspondence.people import WRITER, given
from tests.unit.correspondence.smtp import Inbox, free_port, serve

LATER = timedelta(minutes=11)
Server = Callable[[], None]


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def start(app: Flask, inbox: Inbox, port: int) -> Iterator[Server]:
    """Names the server to the application; it starts when the test says so."""
    running = []
    use(app, f"smtp+insecure://127.0.0.1:{port}")
    yield lambda: running.append(serve(inbox, port))
    for controller in running:
        controller.stop()


def use(app: Flask, url: str | None) -> None:
    heard = app.extensions["heard"]
    app.extensions["heard"] = Heard(replace(heard.settings, smtp_url=url), heard.council)


def write(
    *emails: str, kind: LetterKind = LetterKind.THANKS, answers: str | None = None
) -> list[int]:
    """Put letters into the outbox, one a person."""
    with begin_work(WORKER) as work:
        facts = {"promises": (), "link": "https://heard.example/track/link/" + "a" * 43}
        feedback = [given(work, email=email) for email in emails]
        posted = [
            outbox.post(work, kind, one, facts, answers_message_id=answers) for one in feedback
        ]
        work.session.flush()
        return [letter.id for letter in posted]


def letter_of(letter_id: int) -> OutboxLetter:
    db.session.expire_all()
    db.session.rollback()
    return db.session.get_one(OutboxLetter, letter_id)


def acts() -> list[str]:
    return list(db.session.scalars(select(AuditEvent.act)))


def test_a_server_that_was_down_gets_the_letter_once(
    app: Flask, start: Server, inbox: Inbox
) -> None:
    (letter_id,) = write(WRITER)
    down = sender.send_waiting()
    assert (down.sent, down.failed, down.left) == (0, 0, 1)
    assert down.note == sender.SERVER_DOWN
    assert letter_of(letter_id).state is LetterState.WAITING
    start()
    assert sender.send_waiting() == sender.SendResult(1, 0, 0)
    assert sender.send_waiting() == sender.SendResult(0, 0, 0)
    assert len(inbox.got) == 1
    assert letter_of(letter_id).state is LetterState.SENT
    assert "letter_sent" in acts()


def test_a_server_that_is_down_is_tried_once_a_round(
    app: Flask, start: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(*(f"p{n}@post.example" for n in range(5)))
    tried = []

    def refuse(*args: object, **options: object) -> None:
        tried.append(args)
        raise ConnectionRefusedError

    monkeypatch.setattr("socket.create_connection", refuse)
    assert sender.send_waiting().left == 5
    assert len(tried) == 1


def test_what_arrives_is_neutral_plain_and_threaded(
    app: Flask, start: Server, inbox: Inbox
) -> None:
    start()
    (letter_id,) = write(WRITER, kind=LetterKind.RECEIPT, answers="<asked@post.example>")
    sender.send_waiting()
    (mail,), letter = inbox.got, letter_of(letter_id)
    assert mail["From"] == "Feedback team <feedback@example.gov.uk>"
    assert mail["To"] == WRITER
    assert mail["Subject"] == letter.subject
    assert mail["Message-ID"] == letter.message_id
    assert mail["In-Reply-To"] == mail["References"] == "<asked@post.example>"
    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["Reply-To"] == "feedback@example.gov.uk"
    assert mail.get_content_type() == "text/plain"
    assert "/track/link/" + "a" * 43 in mail.get_content()
    assert "a" * 43 not in letter.body


def test_an_officers_letter_is_not_marked_automatic(
    app: Flask, start: Server, inbox: Inbox
) -> None:
    start()
    write(WRITER, answers="no\r\nBcc: x@y.example")
    sender.send_waiting()
    (mail,) = inbox.got
    assert mail["Auto-Submitted"] is None
    assert mail["In-Reply-To"] is None
    assert mail["Bcc"] is None


def test_a_crash_after_data_sends_the_same_message_id_again(
    app: Flask, start: Server, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    start()
    (letter_id,) = write(WRITER)
    with monkeypatch.context() as crashing:
        crashing.setattr(delivery, "mark_sent", _crash)
        with pytest.raises(KeyboardInterrupt):
            sender.send_waiting()
    assert letter_of(letter_id).state is LetterState.SENDING
    assert sender.send_waiting() == sender.SendResult(0, 0, 1)
    with time_machine.travel(clock.now() + LATER):
        assert sender.send_waiting() == sender.SendResult(1, 0, 0)
    first, second = inbox.got
    assert first["Message-ID"] == second["Message-ID"]
    assert letter_of(letter_id).state is LetterState.SENT


def test_a_recipient_who_is_refused_does_not_stop_the_others(
    app: Flask, start: Server, inbox: Inbox
) -> None:
    start()
    inbox.on_rcpt = {"gone@post.example": "550 gone@post.example unknown"}
    refused, sent = write("gone@post.example", WRITER)
    assert sender.send_waiting() == sender.SendResult(1, 1, 0)
    letter = letter_of(refused)
    assert (letter.state, letter.error) == (LetterState.REFUSED, "recipient_550")
    assert letter_of(sent).state is LetterState.SENT
    assert "letter_refused" in acts()


def test_a_busy_server_is_asked_again_later_and_later(
    app: Flask, start: Server, inbox: Inbox
) -> None:
    start()
    inbox.on_data = "451 busy"
    (letter_id,) = write(WRITER)
    waits = []
    with time_machine.travel(clock.now(), tick=False) as at:
        for _ in range(6):
            assert sender.send_waiting() == sender.SendResult(0, 1, 1)
            letter = letter_of(letter_id)
            assert letter.state is LetterState.WAITING
            waits.append((letter.next_try_at - clock.now()) / timedelta(minutes=1))
            assert sender.send_waiting() == sender.SendResult(0, 0, 1)
            at.move_to(letter.next_try_at)
        assert waits == [1, 5, 30, 120, 360, 360]
        inbox.on_data = "250 OK"
        assert sender.send_waiting().sent == 1
    assert letter_of(letter_id).error is None


def test_a_sender_that_is_refused_gives_no_letter_up(
    app: Flask, start: Server, inbox: Inbox
) -> None:
    start()
    inbox.on_mail = "550 not allowed"
    write(WRITER, "two@post.example")
    result = sender.send_waiting()
    assert (result.sent, result.failed, result.left) == (0, 1, 2)


def test_a_server_that_hangs_up_ends_the_round(app: Flask, start: Server, inbox: Inbox) -> None:
    start()
    inbox.on_data = "421 closing"
    write(WRITER, "two@post.example")
    assert sender.send_waiting() == sender.SendResult(0, 1, 2)


def test_a_way_that_was_closed_meanwhile_is_obeyed(app: Flask, start: Server, inbox: Inbox) -> None:
    (letter_id,) = write(WRITER)
    with begin_work(WORKER) as work:
        work.session.scalars(select(Feedback)).one().contact_way = ContactWay.PORTAL_ONLY
    start()
    assert sender.send_waiting() == sender.SendResult(0, 0, 0)
    assert inbox.got == []
    assert letter_of(letter_id).state is LetterState.WITHHELD


def test_a_letter_that_cannot_be_written_does_not_stop_the_others(
    app: Flask, start: Server, inbox: Inbox
) -> None:
    start()
    broken, sent = write(WRITER, "two@post.example")
    with begin_work(WORKER) as work:
        work.session.get_one(OutboxLetter, broken).subject = "Hello\r\nBcc: x@y.example"
    assert sender.send_waiting() == sender.SendResult(1, 1, 0)
    assert letter_of(broken).error == "not_writable"
    assert letter_of(sent).state is LetterState.SENT
    assert inbox.recipients == ["two@post.example"]


def test_the_limit_is_kept(app: Flask, start: Server, inbox: Inbox) -> None:
    start()
    write(*(f"p{n}@post.example" for n in range(5)))
    assert sender.send_waiting(limit=2) == sender.SendResult(2, 0, 3)
    assert inbox.connections == 1


def test_without_a_server_letters_wait_and_the_result_says_so(app: Flask) -> None:
    write(WRITER)
    use(app, None)
    assert sender.send_waiting() == sender.SendResult(0, 0, 1, sender.NO_SERVER)


def _crash(*args: object) -> None:
    raise KeyboardInterrupt

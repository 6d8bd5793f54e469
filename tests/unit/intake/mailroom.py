"""Looks into a mailbox in memory, with a reader that needs no process."""

from concurrent.futures import Future

from flask import Flask

from intake.collecting import collect
from intake.counts import Counts
from intake.read_mail import ReadMail
from intake.reading_apart import ReadFailed
from intake.reading_process import read
from portal.db import db
from tests.services.fake_mailbox import FakeMailbox


class ReaderHere:
    """Reads in this process; fails for what holds a word, as long as it is told to."""

    def __init__(self, poison: bytes = b"") -> None:
        """Say what breaks it."""
        self.poison = poison

    def submit(self, raw: bytes) -> Future[ReadMail]:
        """Read at once."""
        future: Future[ReadMail] = Future()
        if self.poison and self.poison in raw:
            future.set_exception(ReadFailed("TimeLimit", "File mime.py, line 7: the words"))
        else:
            future.set_result(read(raw))
        return future


def look_into(app: Flask, mailbox: FakeMailbox) -> Counts:
    """One look; what the test reads afterwards is what stands then."""
    mailbox.connect()
    try:
        return collect(app, mailbox)
    finally:
        mailbox.close()
        db.session.rollback()

"""An installation with its intake worker, started and stopped as an operator does it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from intake.pulse import PREFIX
from portal.db import db
from portal.records.feedback import Feedback
from portal.records.heartbeat import Heartbeat
from portal.records.mail import MailPoll
from tests.keys import TEST_KEYS
from tests.services.dovecot import Dovecot

ROOT = Path(__file__).resolve().parents[2]
# Less would be too little for a machine that is doing something else as well.
SOON = 30.0


@dataclass
class Installation:
    """A database with its settings, and the worker as its operator starts it."""

    folder: Path
    database_url: str
    app: Flask

    def start(self, urls: str, server: Dovecot, *more: str, **settings: str) -> Worker:
        environment = {
            **os.environ, **TEST_KEYS, "DATA_FOLDER": str(self.folder), "MAILBOX_URL": urls,
            "MAILBOX_CA": server.ca_file, "DATABASE_URL": self.database_url,
            "INTAKE_SECONDS": "600", **settings,
        }  # fmt: skip
        process = subprocess.Popen(
            [sys.executable, "-m", "intake", *more],
            cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            start_new_session=True,
        )  # fmt: skip
        return Worker(process)

    @contextmanager
    def running(self, urls: str, server: Dovecot, **settings: str) -> Iterator[Worker]:
        worker = self.start(urls, server, **settings)
        try:
            yield worker
        finally:
            worker.process.kill()
            # Shown where a test fails.
            print(worker.process.communicate()[1])

    def looks(self) -> int:
        """How many looks were begun."""
        with self.app.app_context():
            return db.session.scalar(select(func.count(MailPoll.id))) or 0

    def beats(self) -> dict[str, str | None]:
        """What is noted of each mailbox: None where it works."""
        with self.app.app_context():
            rows = db.session.scalars(
                select(Heartbeat).where(Heartbeat.process.startswith(PREFIX))
            ).all()
            return {row.process.removeprefix(PREFIX): row.error for row in rows}

    def taken(self) -> int:
        """How many messages became feedback."""
        with self.app.app_context():
            return db.session.scalar(select(func.count(Feedback.id))) or 0


@dataclass
class Worker:
    process: subprocess.Popen[str]

    def stop(self) -> tuple[int, float]:
        """Ask it and what it started for the end, as systemd does.

        Returns:
            The exit code, and the seconds it took.
        """
        began = time.monotonic()
        os.killpg(self.process.pid, signal.SIGTERM)
        code = self.process.wait(20)
        return code, time.monotonic() - began


def until(true: Callable[[], bool], seconds: float = SOON) -> float:
    """Wait for something that another process does; returns how long it took."""
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < seconds, "it did not happen in time"
        time.sleep(0.05)
    return time.monotonic() - began

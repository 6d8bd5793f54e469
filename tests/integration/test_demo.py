"""The demo as people start it: the real launcher, an e-mail in, its answer out, no orphan."""

import imaplib
import os
import signal
import smtplib
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from portal.demo.sign_ins import FOLLOWED, OFFICER
from portal.demo.surroundings import MAIL_PASSWORD
from portal.settings import ROOT

pytestmark = [pytest.mark.service, pytest.mark.timeout(150)]

MAILBOX = "feedback@staffordshire.example"
SENDER = "sam@home.example"


@dataclass
class Demo:
    """A demo that runs."""

    process: subprocess.Popen[str]
    folder: Path
    port: int
    said: str

    def one(self, query: str) -> int:
        """One number from its database."""
        with closing(sqlite3.connect(self.folder / "heard.db", timeout=10)) as database:
            return int(database.execute(query).fetchone()[0])


def four_free_ports() -> int:
    """The first of four ports in a row that nothing listens on."""
    for first in range(18000, 30000, 4):
        with ExitStack() as held, suppress(OSError):
            for port in range(first, first + 4):
                held.enter_context(socket.socket()).bind(("127.0.0.1", port))
            return first
    raise RuntimeError("There are no four free ports in a row.")


def start(folder: Path, port: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "portal.demo"],
        cwd=ROOT,
        env={**os.environ, "DEMO_FOLDER": str(folder), "DEMO_PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def said_until(process: subprocess.Popen[str], words: str) -> str:
    """What it prints up to the line with these words."""
    lines = []
    assert process.stdout is not None
    for line in process.stdout:
        lines.append(line)
        if words in line:
            return "".join(lines)
    raise AssertionError(f"It ended without saying so: {''.join(lines)}")


def wait_until(holds: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "It did not come to be in time."
        time.sleep(0.2)


def processes_that_name(folder: Path) -> list[str]:
    """Whatever runs with this demo's folder in its environment."""
    wanted = f"DATA_FOLDER={folder}\0".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if wanted in (entry / "environ").read_bytes():
                found.append(entry.name)
    return found


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    folder = tmp_path_factory.mktemp("demo")
    port = four_free_ports()
    process = start(folder, port)
    try:
        said = said_until(process, "Ctrl-C")
        yield Demo(process, folder, port, said)
    finally:
        process.terminate()
        process.wait(30)


def test_it_prints_what_opens_it(demo: Demo) -> None:
    for told in (OFFICER.email, OFFICER.password, FOLLOWED.reference, FOLLOWED.words, MAILBOX):
        assert told in demo.said


def test_its_front_page_answers(demo: Demo) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{demo.port}/", timeout=10) as page:
        assert page.status == 200


def test_an_email_becomes_feedback_and_is_answered(demo: Demo) -> None:
    before = demo.one("SELECT count(*) FROM feedback")
    message = (
        f"From: Sam <{SENDER}>\r\nTo: {MAILBOX}\r\nSubject: The school taxi\r\n\r\n"
        "The taxi did not come for three days."
    )
    with smtplib.SMTP("127.0.0.1", demo.port + 2, timeout=10) as server:
        server.sendmail(SENDER, MAILBOX, message)

    wait_until(lambda: demo.one("SELECT count(*) FROM feedback") == before + 1)
    newest = "FROM feedback ORDER BY id DESC LIMIT 1"
    assert demo.one(f"SELECT channel = 'email' AND state = 'waiting' {newest}") == 1
    wait_until(lambda: "/track/link/" in mail_of(demo, SENDER))


def mail_of(demo: Demo, address: str) -> str:
    """The newest message of somebody's mailbox, as text."""
    with imaplib.IMAP4("127.0.0.1", demo.port + 1, timeout=10) as mailbox:
        mailbox.login(address, MAIL_PASSWORD)
        mailbox.select("INBOX")
        _, numbers = mailbox.search(None, "ALL")
        if not numbers[0]:
            return ""
        _, parts = mailbox.fetch(numbers[0].split()[-1].decode(), "(BODY.PEEK[])")
        first = parts[0]
        return first[1].decode() if isinstance(first, tuple) else ""


def test_a_second_one_on_the_same_ports_says_why_it_cannot_start(
    demo: Demo, tmp_path: Path
) -> None:
    second = start(tmp_path, demo.port)
    said, _ = second.communicate(timeout=30)
    assert second.returncode == 1
    assert f"Port {demo.port}, for the web pages, is taken" in said
    assert "Traceback" not in said


# Last in this file: it ends the demo that the others use.
def test_a_signal_ends_every_process(demo: Demo) -> None:
    assert len(processes_that_name(demo.folder)) >= 5  # gunicorn has workers of its own
    demo.process.send_signal(signal.SIGTERM)
    assert demo.process.wait(30) == 0
    assert processes_that_name(demo.folder) == []

"""What sending a form costs: `python -m bench.submission`.

Fills a PostgreSQL of its own with `--cases` invented matters, fills `--forms` forms at each public
door, and sends one after the other through the test client, the doors in turn. Printed are, for
each door, the processor's time of the process (the hash of the secret words among it) and of the
thread that answers, the time that passed, as medians in milliseconds with the least beside, and the
number of statements. The first forms, with which the process warms up, are left out.
"""

import argparse
import os
import secrets
import statistics
import time
from dataclasses import dataclass, field
from tempfile import TemporaryDirectory

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.engine import Engine

from bench.annual_report import app_on, fill
from portal.db import db
from tests.keys import TEST_KEYS
from tests.services.postgres import postgres
from tests.unit.web.journey_steps import EVERYONE, YOUNG, walk

DOORS = {"give-feedback": EVERYONE, "young-people": YOUNG}
WARM = 20


@dataclass
class Cost:
    """What each form of one door took, and how many statements the last one was."""

    process: list[float] = field(default_factory=list)
    thread: list[float] = field(default_factory=list)
    passed: list[float] = field(default_factory=list)
    statements: int = 0

    def line(self, door: str) -> str:
        """The figures, to be printed."""
        kinds = {"processor": self.process, "thread": self.thread, "passed": self.passed}
        said = [
            f"{name} {statistics.median(taken):5.1f} ms (least {min(taken):5.1f})"
            for name, taken in ((name, found[WARM:]) for name, found in kinds.items())
        ]
        return f"{door:14} {', '.join(said)}, {self.statements} statements"


def main() -> None:
    """Fill, send, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=5_000)
    parser.add_argument("--forms", type=int, default=60)
    given = parser.parse_args()
    os.environ.update(TEST_KEYS)
    with postgres() as server, TemporaryDirectory() as folder:
        url = server.fresh_database()
        fill(url, given.cases)
        app = app_on(url, folder)
        app.config["WTF_CSRF_ENABLED"] = False
        for door, cost in costs(app, given.forms + WARM).items():
            print(cost.line(door))
        with app.app_context():
            db.engine.dispose()
    print(f"load {os.getloadavg()[0]:.1f}")


def costs(app: Flask, number: int) -> dict[str, Cost]:
    """Fill so many forms at each door and send them, the doors in turn."""
    with app.app_context():
        engine = db.engine
    filled = {door: [_filled(app, door) for _ in range(number)] for door in DOORS}
    found = {door: Cost() for door in DOORS}
    for at in range(number):
        for door, browsers in filled.items():
            _send(browsers[at], door, engine, found[door])
    return found


def _filled(app: Flask, door: str) -> FlaskClient:
    """A browser whose form only has to be sent. Each has an address of its own, as people have: so
    many receipts to one would be held back."""
    own = {"way": "email", "email": f"{secrets.token_hex(8)}@example.org"}
    steps = tuple((key, {**said, **own} if key == "contact" else said) for key, said in DOORS[door])
    browser = app.test_client()
    walk(browser, door, steps)
    return browser


def _send(browser: FlaskClient, door: str, engine: Engine, cost: Cost) -> None:
    asked: list[str] = []

    def keep(_c: object, _k: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(engine, "after_cursor_execute", keep)
    process, thread, passed = time.process_time(), time.thread_time(), time.perf_counter()
    answer = browser.post(f"/{door}/check")
    cost.passed.append((time.perf_counter() - passed) * 1_000)
    cost.thread.append((time.thread_time() - thread) * 1_000)
    cost.process.append((time.process_time() - process) * 1_000)
    event.remove(engine, "after_cursor_execute", keep)
    assert (answer.location or "").endswith("/sent"), (door, answer.status)
    cost.statements = len(asked)


if __name__ == "__main__":
    main()

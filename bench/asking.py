"""How requests are asked and timed: pages by wrk, as the shared harness does, and what may be sent
only once by a client of our own, a new connection for each."""

import http.client
import json
import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.services.missing import program

TURNS = Path(__file__).with_name("turns.lua")


@dataclass(frozen=True)
class Taken:
    """How long requests took, in milliseconds."""

    p50: float
    p95: float


def pages(port: int, paths: Sequence[str], cookies: str, users: int, seconds: int) -> Taken:
    """Ask for pages in turn, as quickly as they come, so many users at a time.

    Args:
        port: on loopback.
        paths: asked for one after the other, and then from the start again.
        cookies: of whoever is signed in; may be empty.
        users: at once.
        seconds: as long as it is measured, after as long a time that is not counted: the driver
            prepares a question when it is asked for the sixth time, and PostgreSQL plans that
            anew five times more before it keeps a plan, in each worker.

    Raises:
        SystemExit: an answer was not the page.
    """
    wrk = program("wrk", "wrk")
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as given:
        given.write("\n".join(paths))
        given.flush()
        command = [
            wrk, "-t1", f"-c{users}", f"-d{seconds}s", "--timeout", "60s", "-s", str(TURNS),
            "-H", f"Cookie: {cookies}", f"http://127.0.0.1:{port}",
        ]  # fmt: skip
        environment = {**os.environ, "BENCH_PATHS": given.name}
        for _ in range(2):
            done = subprocess.run(
                command, env=environment, check=True, text=True, stdout=subprocess.PIPE
            )
    found = json.loads(done.stdout.partition("JSON ")[2])
    if found["wrong"] or not found["requests"]:
        raise SystemExit(f"{paths[0]}: {found['wrong']} of {found['requests']} answers were wrong")
    return Taken(found["p50"], found["p95"])


def forms(port: int, path: str, cookies: Sequence[str], users: int, warm: int) -> Taken:
    """Send forms that are filled, each from its own browser, so many users at a time.

    Args:
        port: on loopback.
        path: where they are sent.
        cookies: of each browser.
        users: at once.
        warm: so many are sent first and not counted.
    """

    def one(cookie: str) -> float:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        began = time.perf_counter()
        connection.request("POST", path, headers={"Cookie": cookie})
        answer = connection.getresponse()
        answer.read()
        took = (time.perf_counter() - began) * 1_000
        connection.close()
        assert answer.status in (200, 303), (path, answer.status)
        # The portal leads on to the receipt; a form that it shows again was not sent.
        assert answer.status == 303 or not cookie, path
        return took

    with ThreadPoolExecutor(users) as people:
        took = sorted(list(people.map(one, cookies))[warm:])
    return Taken(statistics.median(took), took[int(len(took) * 0.95)])

"""How fast the officers' desk is beside what is possible at all: `python -m bench.desk`.

Fills a PostgreSQL of its own with `--cases` invented matters, serves the portal and a floor of bare
SQL on the same tables (`bench/desk_floor.py`) by gunicorn with two workers each, and asks both in
turn for the queue, the open cases, everything, a case page and one submission, by one user and by
eight at once. Printed are medians, 95 of 100, and the ratio to the floor: ratios tell, the
milliseconds are this machine's. With `--harness` (the folder of the shared harness, whose
`web_peer.py load` has run) and `--peer` (an interpreter that has django-helpdesk) the peer is
measured in the same run, and the ratios to it are printed beside.
"""

import argparse
import http.client
import json
import os
import secrets
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select, text

from bench.annual_report import app_on, fill
from portal.cases import sign_ins
from portal.db import db
from portal.demo.sign_ins import OFFICER as DEMO_OFFICER
from portal.records.account import Role
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.work import COMMAND, begin_work
from tests.keys import TEST_KEYS
from tests.matters import make_account
from tests.services.missing import free_port
from tests.services.postgres import postgres
from tests.signing_in import let_in
from tests.unit.web.journey_steps import EVERYONE, walk

CASE_PAGES = 200
AT_ONCE = (1, 8)
# So many are asked before any is measured. The driver prepares a question when it is asked for the
# sixth time, and PostgreSQL plans that anew five times more before it keeps a plan: in each worker.
WARM = 100
FLOOR_TABLE = "CREATE TABLE floor_told (id serial, told_at timestamptz, words text)"
# Our page, the floor's address, and the peer's case of the shared harness.
QUESTIONS = {
    "queue": ("/officers/", "/queue", "list-json-open"),
    "open cases": ("/officers/?view=open", "/open", "list-json-open"),
    "everything": ("/officers/?view=all", "/all", "list-json-all"),
    "case page": ("/officers/cases/{}", "/case/{}", "detail"),
    "submission": ("/give-feedback/check", "/told", "submit"),
}


@dataclass(frozen=True)
class Asked:
    """One request: where, how, and with which cookies."""

    path: str
    cookies: str = ""
    method: str = "GET"


@dataclass(frozen=True)
class Taken:
    """How long requests took, in milliseconds."""

    p50: float
    p95: float


def main() -> None:
    """Fill, serve, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--requests", type=int, default=40)
    parser.add_argument("--harness", type=Path)
    parser.add_argument("--peer")
    given = parser.parse_args()
    with postgres() as server, TemporaryDirectory() as folder:
        url = server.fresh_database()
        began = time.perf_counter()
        fill(url, given.cases)
        print(f"{given.cases} matters stored in {time.perf_counter() - began:.0f} s")
        cookies, ids = _prepare(url, folder)
        for number in range(given.rounds):
            peer = _peer(given.harness, given.peer, given.cases)
            _round(number, url, folder, cookies, ids, given.requests, peer)


def _prepare(url: str, folder: str) -> tuple[str, list[str]]:
    """An officer who is signed in, and the cases that are looked at."""
    app = app_on(url, folder)
    with app.app_context():
        with begin_work(COMMAND) as work:
            work.session.execute(text(FLOOR_TABLE))
            account = make_account(work, Role.OFFICER, f"bench.{DEMO_OFFICER.email}")
            token = sign_ins.begin(work, account, "a benchmark")
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
        wanted = select(Feedback.public_id).join(Case, Case.feedback_id == Feedback.id)
        ids = list(db.session.scalars(wanted.order_by(Feedback.id.desc()).limit(CASE_PAGES)))
        browser = app.test_client()
        let_in(browser, token)
        cookie = browser.get_cookie("heard")
        assert cookie is not None
        db.session.remove()
        db.engine.dispose()
    return f"heard={cookie.value}", ids


def _drafts(url: str, folder: str, number: int) -> list[str]:
    """The cookies of browsers in which a form is filled and only has to be sent."""
    app = app_on(url, folder)
    app.config["WTF_CSRF_ENABLED"] = False
    found = []
    with app.app_context():
        for _ in range(number):
            browser = app.test_client()
            # As people are: so many receipts to one address would be held back.
            own = {"email": f"{secrets.token_hex(8)}@example.org"}
            steps = tuple(
                (key, {**said, **own} if key == "contact" else said) for key, said in EVERYONE
            )
            walk(browser, "give-feedback", steps)
            found.append("; ".join(f"{c.key}={c.value}" for c in browser._cookies.values()))
        db.session.remove()
        db.engine.dispose()
    return found


def _round(
    number: int,
    url: str,
    folder: str,
    cookies: str,
    ids: list[str],
    requests: int,
    peer: dict[tuple[str, int], float],
) -> None:
    """Ask everything once, ours and the floor's in turn."""
    with (
        _served("bench.desk_wsgi:app", {"DATABASE_URL": url, "DATA_FOLDER": folder}) as ours,
        _served("bench.desk_floor:application", {"FLOOR_DATABASE": _plain(url)}) as floor,
    ):
        for name, (page, bare, case) in QUESTIONS.items():
            for users in AT_ONCE:
                asked = list(_requests(name, page, cookies, ids, requests + WARM, url, folder))
                least = list(_requests("", bare, "", ids, requests + WARM, url, folder))
                mine, their = _ask(ours, asked, users), _ask(floor, least, users)
                line = (
                    f"round {number + 1}  {name:11} {users} at once: {mine.p50:7.1f} ms"
                    f" (95 of 100: {mine.p95:7.1f}), floor {their.p50:6.1f},"
                    f" {mine.p50 / their.p50:5.1f} times the floor"
                )
                if (case, users) in peer:
                    theirs = peer[case, users]
                    line += f", peer {theirs:.1f}, {theirs / mine.p50:.1f} times ours"
                print(f"{line}, load {os.getloadavg()[0]:.1f}", flush=True)


def _requests(
    name: str, path: str, cookies: str, ids: list[str], number: int, url: str, folder: str
) -> Iterator[Asked]:
    if name == "submission":
        for one in _drafts(url, folder, number):
            yield Asked(path, one, "POST")
        return
    for public_id in islice(cycle(ids), number):
        yield Asked(path.format(public_id), cookies)


def _ask(port: int, asked: list[Asked], users: int) -> Taken:
    """Ask each once, so many at a time, and leave the first out, with which workers warm up."""

    def one(request: Asked) -> float:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        began = time.perf_counter()
        connection.request(request.method, request.path, headers={"Cookie": request.cookies})
        answer = connection.getresponse()
        answer.read()
        took = (time.perf_counter() - began) * 1_000
        connection.close()
        # A page that leads elsewhere was not shown: the sign-in had run out.
        expected = 200 if request.method == "GET" else 303
        assert answer.status == expected, (request.path, answer.status)
        return took

    with ThreadPoolExecutor(users) as people:
        took = sorted(list(people.map(one, asked))[WARM:])
    return Taken(statistics.median(took), took[int(len(took) * 0.95)])


@contextmanager
def _served(app: str, given: dict[str, str]) -> Iterator[int]:
    """Serve an application by gunicorn with two workers; gives its port."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-w", "2", "--log-level", "warning"]
    server = subprocess.Popen(
        [*command, "-b", f"127.0.0.1:{port}", app], env={**os.environ, **TEST_KEYS, **given}
    )
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/queue")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"Nothing answers on port {port}.")


def _plain(url: str) -> str:
    """The address as psycopg takes it."""
    return url.replace("postgresql+psycopg:", "postgresql:")


def _peer(harness: Path | None, peer: str | None, cases: int) -> dict[tuple[str, int], float]:
    """One round of the peer by the shared harness: medians by case and number of users."""
    if harness is None or peer is None:
        return {}
    results = harness / "results" / "web.jsonl"
    before = len(results.read_text().splitlines()) if results.exists() else 0
    command = [peer, "web_peer.py", "bench", "--sizes", str(cases), "--rounds", "1"]
    subprocess.run([*command, "--targets", "django-helpdesk"], cwd=harness, check=True)
    rows = [json.loads(line) for line in results.read_text().splitlines()[before:]]
    return {(row["case"], row["concurrency"]): row["p50_ms"] for row in rows}


if __name__ == "__main__":
    main()

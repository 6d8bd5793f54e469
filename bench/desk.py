"""How fast the officers' desk is beside what is possible at all: `python -m bench.desk`.

Fills a PostgreSQL of its own with `--cases` invented matters, serves the portal and a floor of bare
SQL on the same tables (`bench/desk_floor.py`) by gunicorn with two workers each, and asks both in
turn for the queue, the open cases, everything, filters, a case page and one submission, by one user
and by eight at once; with `--searched` also for words, which have to be indexed first: the floor
then is the database's own full-text search of the stories in clear, with a count. Printed are
medians, 95 of 100, and the ratio to the floor: ratios tell, the milliseconds are this machine's.

With `--harness` (the folder of the shared harness, whose `web_peer.py load` has run) and `--peer`
(an interpreter that has django-helpdesk) the peer is measured in the same run, and the ratios to it
are printed beside. Both are asked by wrk for as long, after they were asked as long uncounted.
"""

import argparse
import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import asking, desk_world
from bench.asking import Taken
from bench.desk_world import World
from bench.find import MEMORY
from tests.keys import TEST_KEYS
from tests.services.missing import free_port
from tests.services.postgres import postgres

AT_ONCE = (1, 8)
# So many forms are sent before any is measured (`asking.pages` says why).
WARM = 100
SUBMISSION = "submission"
SEARCHES = frozenset({"search", "common word"})
# Our page, the floor's address, and the peer's case of the shared harness, where there is one.
QUESTIONS = {
    "queue": ("/officers/", "/queue", "list-json-open"),
    "open cases": ("/officers/?view=open", "/open", "list-json-open"),
    "everything": ("/officers/?view=all", "/all", "list-json-all"),
    "case page": ("/officers/cases/{}", "/case/{}", "detail"),
    "filter": ("/officers/find?search={}", "", ""),
    "search": ("/officers/find?search={}", "/search/{}", ""),
    "common word": ("/officers/find?search={}", "/search/{}", "search-common"),
    SUBMISSION: ("/give-feedback/check", "/told", "submit"),
}


@dataclass(frozen=True)
class Given:
    """What is asked, and how: matters, forms sent, seconds a page is asked, and where the peer is,
    if anywhere."""

    cases: int
    forms: int
    seconds: int
    harness: Path | None = None
    peer: str | None = None


def main() -> None:
    """Fill, serve, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--forms", type=int, default=60)
    parser.add_argument("--seconds", type=int, default=6)
    parser.add_argument("--searched", action="store_true")
    parser.add_argument("--harness", type=Path)
    parser.add_argument("--peer")
    told = parser.parse_args()
    given = Given(told.cases, told.forms, told.seconds, told.harness, told.peer)
    with postgres(MEMORY) as server, TemporaryDirectory() as folder:
        began = time.perf_counter()
        url = server.fresh_database()
        world = desk_world.make_world(url, folder, given.cases, searched=told.searched)
        print(f"{given.cases} matters stored in {time.perf_counter() - began:.0f} s", flush=True)
        for number in range(told.rounds):
            one_round(number, world, given)


def one_round(number: int, world: World, given: Given) -> None:
    """Ask everything once, the peer, then ours and the floor's in turn, and print it."""
    asked = {name: one for name, one in QUESTIONS.items() if world.searches or name not in SEARCHES}
    peer = _peer(given, [case for _, _, case in asked.values() if case])
    desk_world.let_in_anew(world)
    ours_is = {"DATABASE_URL": world.url, "DATA_FOLDER": world.folder}
    with (
        _served("bench.desk_wsgi:app", ours_is) as ours,
        _served("bench.desk_floor:application", {"FLOOR_DATABASE": _plain(world.url)}) as floor,
    ):
        for name, (_, bare, case) in asked.items():
            for users in AT_ONCE:
                mine, least = _asked(name, world, given, users, ours, floor)
                line = (
                    f"round {number + 1}  {name:11} {users} at once: {mine.p50:7.1f} ms"
                    f" (95 of 100: {mine.p95:7.1f})"
                )
                if bare:
                    line += f", floor {least.p50:6.1f}, {mine.p50 / least.p50:5.1f} times the floor"
                if (case, users) in peer:
                    theirs = peer[case, users]
                    line += f", peer {theirs:.1f}, {theirs / mine.p50:.1f} times ours"
                print(f"{line}, load {os.getloadavg()[0]:.1f}", flush=True)


def _asked(
    name: str, world: World, given: Given, users: int, ours: int, floor: int
) -> tuple[Taken, Taken]:
    page, bare, _ = QUESTIONS[name]
    if name == SUBMISSION:
        filled = desk_world.drafts(world, given.forms + WARM)
        least = asking.forms(floor, bare, [""] * len(filled), users, WARM)
        return asking.forms(ours, page, filled, users, WARM), least
    ids, told = {
        "filter": (world.filters, world.filters),
        "search": (world.searches, world.words),
        "common word": (world.common, world.common_words),
    }.get(name, (world.cases, world.cases))
    mine = asking.pages(ours, [page.format(one) for one in ids], world.cookie, users, given.seconds)
    if not bare:
        return mine, mine
    bare_ones = [bare.format(one) for one in told]
    return mine, asking.pages(floor, bare_ones, "", users, given.seconds)


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


def _peer(given: Given, asked: list[str]) -> dict[tuple[str, int], float]:
    """One round of the peer by the shared harness: medians by case and number of users. Each case
    is asked twice, and the second time counts: by then its workers are warm."""
    if given.harness is None or given.peer is None:
        return {}
    results = given.harness / "results" / "web.jsonl"
    before = len(results.read_text().splitlines()) if results.exists() else 0
    command = [
        given.peer, "web_peer.py", "bench", "--sizes", str(given.cases), "--rounds", "1",
        "--seconds", str(given.seconds), "--targets", "django-helpdesk",
        "--cases", ",".join(f"{case},{case}" for case in dict.fromkeys(asked)),
    ]  # fmt: skip
    subprocess.run(command, cwd=given.harness, check=True)
    rows = [json.loads(line) for line in results.read_text().splitlines()[before:]]
    return {(row["case"], row["concurrency"]): row["p50_ms"] for row in rows}


if __name__ == "__main__":
    main()

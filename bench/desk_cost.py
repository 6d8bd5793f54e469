"""How much of the processor the desk's pages take: `python -m bench.desk_cost`.

Fills a PostgreSQL of its own with `--cases` invented matters, and asks the queue, the open cases
and case pages within this process, through Flask's test client. Printed is the processor's time of
a page in Python, in milliseconds: the median and the least of `--rounds` rounds of eight pages. It
says what a change of ours saves, where the time on the wall also tells what else the machine did.
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable
from itertools import count
from tempfile import TemporaryDirectory

from bench.annual_report import app_on
from bench.desk import QUESTIONS, WARM
from bench.desk_world import make_world
from bench.find import MEMORY
from tests.keys import TEST_KEYS
from tests.services.postgres import postgres

PAGES = ("queue", "open cases", "case page")
IN_A_ROUND = 8


def main() -> None:
    """Fill, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=24)
    given = parser.parse_args()
    os.environ.update(TEST_KEYS)
    with postgres(MEMORY) as server, TemporaryDirectory() as folder:
        world = make_world(server.fresh_database(), folder, given.cases)
        browser = app_on(world.url, folder).test_client()
        browser.set_cookie(*world.cookie.split("=", 1))
        for name in PAGES:
            path, numbers = QUESTIONS[name][0], count()

            def ask(path: str = path, numbers: "count[int]" = numbers) -> None:
                answer = browser.get(path.format(world.cases[next(numbers) % len(world.cases)]))
                assert answer.status_code == 200, (path, answer.status_code)

            took = sorted(_taken(ask, given.rounds))
            print(f"{name:10} {statistics.median(took):6.1f} ms, least {took[0]:6.1f}", flush=True)


def _taken(ask: Callable[[], None], rounds: int) -> list[float]:
    for _ in range(WARM):
        ask()
    took = []
    for _ in range(rounds):
        began = time.process_time()
        for _ in range(IN_A_ROUND):
            ask()
        took.append((time.process_time() - began) * 1_000 / IN_A_ROUND)
    return took


if __name__ == "__main__":
    main()

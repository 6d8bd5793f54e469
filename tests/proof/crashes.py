"""`python -m tests.proof.crashes --times 100`: every step, both databases, that many deaths each.

Prints one JSON line for each step and database, and ends with 1 at the first loss or double.
`--step` and `--database` choose some of them, so that a long proof can be taken up again.
"""

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.proof.databases import migrate, migrated_sqlite
from tests.proof.nursery import Nursery
from tests.proof.points import Point
from tests.proof.trial import Bench
from tests.services.dovecot import Dovecot, dovecot
from tests.services.postgres import postgres

TEMPLATE = "heard_template"


@contextmanager
def _sqlite(nursery: Nursery, server: Dovecot, folder: Path) -> Iterator[Bench]:
    template = migrated_sqlite(folder)

    def fresh(place: Path) -> str:
        return f"sqlite:///{shutil.copy(template, place / 'heard.db')}"

    yield Bench(nursery, server, folder / "installation", fresh, lambda _url: None)


@contextmanager
def _postgresql(nursery: Nursery, server: Dovecot, folder: Path) -> Iterator[Bench]:
    with postgres() as cluster:
        cluster.make_template(TEMPLATE, lambda url: migrate(folder, url))
        yield Bench(
            nursery, server, folder / "installation",
            lambda _folder: cluster.fresh_database(TEMPLATE), cluster.drop,
        )  # fmt: skip


KINDS = {"sqlite": _sqlite, "postgresql": _postgresql}


def main() -> int:
    """Run the proof.

    Returns:
        0 when every trial held, 1 when one did not.
    """
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--times", type=int, default=100)
    asked.add_argument("--database", choices=sorted(KINDS), action="append")
    asked.add_argument("--step", choices=[point.value for point in Point], action="append")
    given = asked.parse_args()
    with dovecot() as server, Nursery() as nursery:
        for kind in given.database or sorted(KINDS):
            with (
                tempfile.TemporaryDirectory() as folder,
                KINDS[kind](nursery, server, Path(folder)) as bench,
            ):
                steps = [Point(step) for step in given.step or Point]
                if not _prove(kind, bench, steps, given.times):
                    return 1
    return 0


def _prove(kind: str, bench: Bench, steps: list[Point], times: int) -> bool:
    reached = bench.run(None, 1)
    for point in steps:
        began, died = time.monotonic(), 0
        try:
            for trial in range(times):
                # Each time that a look comes to the step, in turn.
                bench.run(point, trial % reached[point.value] + 1)
                died += 1
        except AssertionError as error:
            print(json.dumps({"step": point.value, "database": kind, "failed": str(error)[:2000]}))
            return False
        seconds = round(time.monotonic() - began, 1)
        told = {"step": point.value, "database": kind, "deaths": died, "lost": 0, "doubled": 0}
        print(json.dumps({**told, "seconds": seconds}), flush=True)
    return True


if __name__ == "__main__":
    sys.exit(main())

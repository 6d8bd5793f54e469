"""The worker is killed at every step between the mailbox and the move; nothing is lost or doubled.

`python -m tests.proof.crashes --times 100` does the same more often.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.proof.databases import migrated_sqlite
from tests.proof.nursery import Nursery
from tests.proof.points import Point
from tests.proof.trial import Bench
from tests.services.dovecot import Dovecot
from tests.services.postgres import Postgres

pytestmark = pytest.mark.service
TIMES = 3


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def bench(
    request: pytest.FixtureRequest,
    dovecot_server: Dovecot,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Bench]:
    """Dovecot and one of the two databases."""
    folder = tmp_path_factory.mktemp("crashes") / "installation"
    with Nursery() as nursery:
        if request.param == "postgresql":
            server: Postgres = request.getfixturevalue("postgres_server")
            yield Bench(
                nursery, dovecot_server, folder,
                lambda _folder: server.fresh_database("heard_template"), server.drop,
            )  # fmt: skip
            return
        template = migrated_sqlite(tmp_path_factory.mktemp("template"))

        def fresh(place: Path) -> str:
            return f"sqlite:///{shutil.copy(template, place / 'heard.db')}"

        yield Bench(nursery, dovecot_server, folder, fresh, lambda _url: None)


def test_without_a_crash_every_step_is_reached(bench: Bench) -> None:
    reached = bench.run(None, 1)
    assert set(reached) == {point.value for point in Point}


@pytest.mark.parametrize("number", range(1, TIMES + 1))
@pytest.mark.parametrize("point", Point)
def test_a_worker_that_dies_loses_and_doubles_nothing(
    bench: Bench, point: Point, number: int
) -> None:
    # The steps that a look comes to once or twice die there each time.
    times = {Point.LOOK_BEGUN: 1, Point.LISTED: 1, Point.LOOK_ENDED: 1}
    bench.run(point, min(number, times.get(point, _reached(bench).get(point.value, 1))))


_seen: dict[int, dict[str, int]] = {}


def _reached(bench: Bench) -> dict[str, int]:
    if id(bench) not in _seen:
        _seen[id(bench)] = bench.run(None, 1)
    return _seen[id(bench)]

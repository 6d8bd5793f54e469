"""Whether the time of a 404 tells that something is there: `python -m bench.not_there`.

The addresses of another team's matter and file, of a walled one, and of ids that nobody has are
asked in turn, in another order each round, by somebody whom they are closed to. What is printed:
the median of each, and the ratio of closed to missing with the middle 95 of 100 of 1,000 resamples.
A ratio whose range holds 1 tells a guesser nothing; so does one nearer to 1 than a network's noise.
"""

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from flask.testing import FlaskClient

from portal.db import db
from portal.records.account import Role
from tests.architecture.access_world import NOWHERE, OTHERS, WALLED, World, build
from tests.conftest import app_for, settings_for

VIEWS = (
    (Role.TEAM_MANAGER, "officer.case"),
    (Role.TEAM_MANAGER, "officer.file"),
    (Role.ADVOCATE, "advocate.matter"),
)
CLOSED = (OTHERS, WALLED)
RESAMPLES = 1000


def asked(client: FlaskClient, address: str) -> float:
    """Seconds that one 404 takes."""
    start = time.perf_counter()
    status = client.get(address).status_code
    took = time.perf_counter() - start
    assert status == 404, (address, status)
    return took


def times(world: World, role: Role, endpoint: str, rounds: int) -> dict[str, list[float]]:
    """Seconds of each situation's 404, asked in turn."""
    client = world.browser(role)
    situations = [NOWHERE, *(one for one in CLOSED if not opens(world, role, endpoint, one))]
    addresses = {one: world.address(endpoint, one) for one in situations}
    found: dict[str, list[float]] = {one: [] for one in situations}
    for _ in range(rounds):
        for one in random.sample(situations, len(situations)):
            found[one].append(asked(client, addresses[one]))
    return found


def opens(world: World, role: Role, endpoint: str, situation: str) -> bool:
    """Whether it is open to them after all: walls inside the council do not bind an advocate."""
    return world.browser(role).get(world.address(endpoint, situation)).status_code != 404


def ratio(closed: Sequence[float], missing: Sequence[float]) -> tuple[float, float, float]:
    """The ratio of the medians, and the range of the middle 95 of 100 resamples."""
    chance = random.Random(1)
    drawn = sorted(
        statistics.median(chance.choices(closed, k=len(closed)))
        / statistics.median(chance.choices(missing, k=len(missing)))
        for _ in range(RESAMPLES)
    )
    whole = statistics.median(closed) / statistics.median(missing)
    return whole, drawn[int(0.025 * RESAMPLES)], drawn[int(0.975 * RESAMPLES)]


def main() -> None:
    """Print a line for each view."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=400, help="how often each address is asked")
    rounds: int = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        app = app_for(settings_for(Path(folder)))
        with app.app_context():
            db.create_all()
            world = build(app)
            for role, endpoint in VIEWS:
                found = times(world, role, endpoint, rounds)
                missing = found.pop(NOWHERE)
                row: dict[str, object] = {
                    "view": endpoint,
                    "role": role.value,
                    "missing_ms": round(statistics.median(missing) * 1000, 2),
                }
                for situation, closed in found.items():
                    row[situation] = [round(part, 3) for part in ratio(closed, missing)]
                print(json.dumps(row))
            db.session.remove()
            db.engine.dispose()


if __name__ == "__main__":
    main()

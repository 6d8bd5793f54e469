"""The tour's world on a loopback port, while somebody walks through it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.journeys import validity
from tests.journeys.live import serving
from tests.journeys.tour.world import World, populate, prepare
from tests.services.missing import free_port

CASES = 60


@dataclass(frozen=True)
class Open:
    """The world, its address, and what was wrong with the HTML of any page that was sent."""

    world: World
    home: str
    faults: list[str]


@contextmanager
def opened(folder: Path, cases: int = CASES) -> Iterator[Open]:
    """Make the world and serve it until the block ends.

    Args:
        folder: empty; holds the database.
        cases: how much invented feedback there is besides.
    """
    port, faults = free_port(), list[str]()
    app = prepare(folder, port, cases)
    app.after_request(validity.keep_faults(faults))
    world = populate(app)
    with serving(app, port) as home:
        yield Open(world, home, faults)

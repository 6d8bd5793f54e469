"""The benchmarks that `docs/performance.md` names run on the portal as it is, with a few matters.

No figure is looked at: how fast something is depends on the machine.
"""

import json
from pathlib import Path

import pytest

from bench import desk, desk_world, find
from tests.keys import TEST_KEYS
from tests.services.postgres import Postgres

pytestmark = pytest.mark.service
MATTERS = 12


@pytest.fixture(autouse=True)
def of_a_deployment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, key in TEST_KEYS.items():
        monkeypatch.setenv(name, key)


def test_the_desk_is_measured(
    postgres_server: Postgres,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(desk, "WARM", 1)
    monkeypatch.setattr(desk, "AT_ONCE", (2,))
    # The lists and filters are asked as these are.
    for name in ("open cases", "everything", "filter"):
        monkeypatch.delitem(desk.QUESTIONS, name)
    url = postgres_server.fresh_database()
    world = desk_world.make_world(url, str(tmp_path), MATTERS, searched=True)
    assert world.cases
    assert len(world.searches) == find.QUESTIONS
    desk.one_round(0, world, desk.Given(MATTERS, forms=2, seconds=1))
    told = capsys.readouterr().out
    for name in desk.QUESTIONS:
        assert told.count(f"  {name:11} ") == len(desk.AT_ONCE), told


def test_the_search_is_measured(
    postgres_server: Postgres, capsys: pytest.CaptureFixture[str]
) -> None:
    find.run(postgres_server.fresh_database(), MATTERS, 1)
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line[0] == "{"]
    assert rows[0]["cases"] == MATTERS
    assert rows[1]["ours_ms"] > 0 < rows[1]["bare_ms"]

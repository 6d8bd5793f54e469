"""The benchmarks that `docs/performance.md` names run on the portal as it is, with a few matters.

No figure is looked at: how fast something is depends on the machine.
"""

import json
from pathlib import Path

import pytest

from bench import annual_report, desk, find
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
    url = postgres_server.fresh_database()
    annual_report.fill(url, MATTERS)
    cookies, ids = desk._prepare(url, str(tmp_path))
    assert ids
    desk._round(0, url, str(tmp_path), cookies, ids, 2, {("detail", 1): 50.0})
    told = capsys.readouterr().out
    for name in desk.QUESTIONS:
        assert told.count(f"  {name:11} ") == len(desk.AT_ONCE), told
    assert told.count("times ours") == 1


def test_the_search_is_measured(
    postgres_server: Postgres, capsys: pytest.CaptureFixture[str]
) -> None:
    find.run(postgres_server.fresh_database(), MATTERS, 1)
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line[0] == "{"]
    assert rows[0]["cases"] == MATTERS
    assert rows[1]["ours_ms"] > 0 < rows[1]["bare_ms"]

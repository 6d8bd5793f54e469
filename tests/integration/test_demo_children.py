"""The demo's processes: what dies is named and started again, and ending them ends all."""

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from portal.demo.children import MOST_RESTARTS, Child, Children
from portal.demo.surroundings import CannotStart, Ports, Surroundings, prepare

STARTS_ANOTHER = (
    "import subprocess, sys, time\n"
    "other = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
    "print(other.pid, flush=True)\n"
    "{after}"
)


@pytest.fixture
def children(tmp_path: Path) -> Iterator[Children]:
    (tmp_path / "log").mkdir()
    here = Surroundings(tmp_path, Ports(1, 2, 3, 4), "feedback@council.example", dict(os.environ))
    made = Children(here)
    yield made
    made.stop()


def said_by(children: Children, child: Child) -> str:
    log = children.surroundings.logs / f"{child.name}.log"
    end = time.monotonic() + 20
    while not log.read_text() and time.monotonic() < end:
        time.sleep(0.05)
    return log.read_text()


def is_alive(pid: int) -> bool:
    # A process that ended and waits for its parent to ask is not alive any more.
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def test_a_process_that_dies_is_started_again_but_not_for_ever(children: Children) -> None:
    child = children.start("dying", "-c", "import sys; sys.exit('The disk is full.')")
    for _ in range(MOST_RESTARTS):
        child.process.wait(20)
        sentence = children.mend() or ""
        assert "The dying process ended with code 1" in sentence
        assert "The disk is full." in sentence
    child.process.wait(20)
    with pytest.raises(CannotStart, match=r"The disk is full\.(?s:.)*3 times"):
        children.mend()


def test_what_runs_is_left_alone(children: Children) -> None:
    child = children.start("living", "-c", "import time; time.sleep(60)")
    pid = child.process.pid
    assert children.mend() is None
    assert child.process.pid == pid


@pytest.mark.parametrize("after", ["time.sleep(60)", "sys.exit(1)"])
def test_what_a_process_started_ends_with_it(children: Children, after: str) -> None:
    child = children.start("parent", "-c", STARTS_ANOTHER.format(after=after))
    other = int(said_by(children, child))
    assert is_alive(other)
    children.stop()
    end = time.monotonic() + 10
    while is_alive(other) and time.monotonic() < end:
        time.sleep(0.05)
    assert not is_alive(other)


def test_a_process_that_must_succeed_says_why_it_did_not(children: Children) -> None:
    with pytest.raises(CannotStart, match="No such table"):
        children.finish("database", "-c", "import sys; sys.exit('No such table.')")
    assert children.running == []


def test_a_real_installations_settings_do_not_reach_the_demo(tmp_path: Path) -> None:
    given = {
        "DEMO_FOLDER": str(tmp_path),
        "DEMO_PORT": "31740",
        "DATABASE_URL": "postgresql+psycopg://portal@db.internal/heard",
        "CLAMD_URL": "tcp://scanner:3310",
        "PATH": os.environ["PATH"],
    }
    environment = prepare(given).environment
    assert "DATABASE_URL" not in environment
    assert "CLAMD_URL" not in environment
    assert environment["SMTP_URL"] == "smtp+insecure://127.0.0.1:31742"
    assert prepare(given).environment["DATA_KEY"] == environment["DATA_KEY"]


@pytest.mark.parametrize("port", ["", "eighty", "80", "65533", "-1"])
def test_a_port_that_cannot_be_is_told_in_a_sentence(tmp_path: Path, port: str) -> None:
    with pytest.raises(CannotStart, match="from 1024 to 65532"):
        prepare({"DEMO_FOLDER": str(tmp_path), "DEMO_PORT": port})

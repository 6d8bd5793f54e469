"""Starts workers quickly: everything is imported once, then each worker is a fork of this process
that runs what `python -m intake --once` runs, and is killed where it is told to be.

`python -m tests.proof.nursery` reads one JSON line for each worker and answers with one.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.proof.points import Arming, Point

ROOT = Path(__file__).resolve().parents[2]
KILLED = -9
GROUP = 2


@dataclass(frozen=True)
class Ended:
    """How a worker ended: its exit code (-9 when it was killed), what it said, and how often it
    came to each step."""

    code: int
    said: str
    reached: Mapping[str, int]


class Nursery:
    """The process that forks workers, for as long as the block lasts."""

    def __enter__(self) -> Nursery:
        """Start it."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.proof.nursery"], cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        return self

    def __exit__(self, *_error: object) -> None:
        """End it."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(10)

    def run(
        self, environment: Mapping[str, str], point: Point | None = None, number: int = 1
    ) -> Ended:
        """Run one worker to its end.

        Args:
            environment: its settings.
            point, number: where it is killed; without a point it is not.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        asked = {"environment": dict(environment), "point": point, "number": number}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        return Ended(answer["code"], answer["said"], answer["reached"])


def _fork(asked: dict[str, object]) -> dict[str, object]:
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as counted:
        child = os.fork()
        if child == 0:
            os.dup2(said.fileno(), 1)
            os.dup2(said.fileno(), 2)
            os._exit(_work(asked, counted.fileno()))
        _, status = os.waitpid(child, 0)
        said.seek(0)
        counted.seek(0)
        return {
            "code": os.waitstatus_to_exitcode(status),
            "said": said.read().decode(),
            "reached": json.loads(counted.read() or b"{}"),
        }


def _work(asked: dict[str, object], counted: int) -> int:
    environment = asked["environment"]
    assert isinstance(environment, dict)
    os.environ.update(environment)
    point, number = asked["point"], asked["number"]
    assert isinstance(number, int)
    arming = Arming(Point(str(point)) if point else None, number)
    arming.arm()
    from intake import collecting
    from intake.__main__ import main

    # Six messages in three groups, so that there is something before and after each step.
    collecting.AT_A_TIME = collecting.MOVED_AT_A_TIME = GROUP

    code = 99
    try:
        code = main(["--once"])
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
    sys.stdout.flush()
    sys.stderr.flush()
    os.write(counted, json.dumps(arming.reached).encode())
    return code


def serve() -> None:
    """Fork one worker for each line, until the input ends."""
    # Imported before the forks, so that each starts at once; nothing of it starts a thread.
    import intake.polling  # noqa: F401
    import portal.web  # noqa: F401

    for line in sys.stdin:
        print(json.dumps(_fork(json.loads(line))), flush=True)


if __name__ == "__main__":
    serve()

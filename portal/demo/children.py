"""The processes of the demo: started in groups of their own, watched, and ended to the last one."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from portal.demo.surroundings import CannotStart, Surroundings
from portal.settings import ROOT

LAST_LINES = 12
SECONDS_TO_END = 8.0
MOST_RESTARTS = 3


@dataclass
class Child:
    """One process, by the name of its log."""

    name: str
    arguments: tuple[str, ...]
    process: subprocess.Popen[bytes]
    restarts: int = 0


@dataclass
class Children:
    """All processes of one demo."""

    surroundings: Surroundings
    running: list[Child] = field(default_factory=list)

    def start(self, name: str, *arguments: str) -> Child:
        """Start a process of this Python; what it says goes to its log.

        Args:
            name: of the log.
            arguments: for Python, such as `-m`, `intake`.
        """
        child = Child(name, arguments, self._run(name, arguments))
        self.running.append(child)
        return child

    def finish(self, name: str, *arguments: str) -> None:
        """Run a process to its end.

        Raises:
            CannotStart: it failed; the sentence ends with its last lines.
        """
        child = self.start(name, *arguments)
        code = child.process.wait()
        self.running.remove(child)
        if code != 0:
            raise CannotStart(self.how_it_ended(child))

    def mend(self) -> str | None:
        """Start again what has ended.

        Returns:
            A sentence about a process that had to be started again; None when all run.

        Raises:
            CannotStart: one ended again and again.
        """
        for child in self.running:
            if child.process.poll() is not None:
                how = self.how_it_ended(child)
                if child.restarts == MOST_RESTARTS:
                    raise CannotStart(f"{how}\nIt ended {MOST_RESTARTS} times before.")
                child.restarts += 1
                _end_group(child, signal.SIGKILL)
                child.process = self._run(child.name, child.arguments)
                return f"{how}\nIt was started again."
        return None

    def how_it_ended(self, child: Child) -> str:
        """Name a process that ended, with the last lines that it said."""
        log = self.surroundings.logs / f"{child.name}.log"
        lines = log.read_text(errors="replace").splitlines()[-LAST_LINES:]
        said = "\n".join(f"    {line}" for line in lines) or "    (it said nothing)"
        code = child.process.poll()
        return f"The {child.name} process ended with code {code}. Its last lines:\n{said}"

    def stop(self) -> None:
        """End every process and whatever it started; the last started first."""
        for child in reversed(self.running):
            _end_group(child, signal.SIGTERM)
        end = time.monotonic() + SECONDS_TO_END
        for child in self.running:
            with suppress(subprocess.TimeoutExpired):
                child.process.wait(max(0.1, end - time.monotonic()))
        for child in self.running:
            # Also where the process itself is gone: what it started may not be.
            _end_group(child, signal.SIGKILL)
            child.process.wait()
        self.running.clear()

    def _run(self, name: str, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
        with (self.surroundings.logs / f"{name}.log").open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - our own commands, no shell
                [sys.executable, *arguments],
                cwd=ROOT,
                env=dict(self.surroundings.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )


def _end_group(child: Child, how: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.process.pid, how)

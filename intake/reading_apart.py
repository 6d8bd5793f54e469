"""Reading mail in a process of its own: a crash, a hang or a bomb costs that process, no more.

`readers()` gives the installation's one or two processes. They are started once, kept warm, and
started again after a failure. Each has a thread here that feeds it, so that reading goes on while
the message before is being taken in.
"""

from __future__ import annotations

import io
import json
import os
import pickle
import queue
import select
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from functools import lru_cache
from pathlib import Path
from typing import Any

from intake.read_mail import ReadMail
from intake.reading_pipes import FAILED, LENGTH, READY

ROOT = Path(__file__).resolve().parent.parent
MODULE = "intake.reading_process"
MEMORY = 1536 * 1024 * 1024
SECONDS = 20
BYTES_A_SECOND = 4 * 1024 * 1024
SECONDS_TO_START = 60
# Beyond its own limit, in which it tells where it was.
GRACE = 3
PIPE = 1024 * 1024
LONGEST_TRACEBACK = 20_000
# What a program needs to start. No address of a database, no password, no key.
ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "TMPDIR", "PYTHONHOME", "SYSTEMROOT")
# What an answer may be made of. A reading process that a message has taken over must not be able
# to have anything else made here.
MAY_BE_MADE = {
    "intake.incoming": None,
    "intake.read_mail": None,
    "portal.attachments.checked_file": {"CheckedFile"},
    "datetime": {"datetime", "timedelta", "timezone"},
}


class ReadFailed(Exception):
    """A message could not be read. `kind` is a code, `traceback` where it stopped, if known."""

    def __init__(self, kind: str, traceback: str = "") -> None:
        """Keep both; the text of the error is the kind alone."""
        super().__init__(kind)
        self.kind = kind
        self.traceback = traceback


class ReadersUnusable(Exception):
    """No reading process starts at all: the installation's fault, not a message's."""


class Reader:
    """One process and its two pipes. Used by one thread."""

    def __init__(self, module: str, memory: int, seconds: float) -> None:
        """Say what to start; `read` starts it.

        Args:
            module: run with `python -m`.
            memory: bytes of address space for it.
            seconds: that a small message may take.
        """
        self._module, self._memory, self._seconds = module, memory, seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115  Lives as long as the process.

    def start(self) -> None:
        """Start the process, unless it runs, and wait until it answers.

        Raises:
            ReadersUnusable: it does not.
        """
        if self._process is not None:
            return
        self._errors.seek(0)
        self._errors.truncate()
        environment = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
        command = [sys.executable, "-m", self._module, str(self._memory)]
        # Nothing of a message is in the command.
        self._process = subprocess.Popen(  # noqa: S603
            command, cwd=ROOT, env={**environment, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors, bufsize=0,
        )  # fmt: skip
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        for pipe in (self._process.stdin, self._process.stdout):
            os.set_blocking(pipe.fileno(), False)
            _widen(pipe.fileno())
        try:
            kind, _ = self._answer(time.monotonic() + SECONDS_TO_START)
        except ReadFailed as failed:
            raise ReadersUnusable(failed.traceback.strip()[-500:]) from None
        if kind != READY:
            raise ReadersUnusable("The reading process says something unexpected.")

    def read(self, raw: bytes) -> ReadMail:
        """Have one message read.

        Raises:
            ReadFailed: it crashed the process, took too long or too much, or could not be read.
            ReadersUnusable: no process starts.
        """
        self.start()
        seconds = int(self._seconds + len(raw) / BYTES_A_SECOND) or 1
        end = time.monotonic() + seconds + GRACE
        self._send(LENGTH.pack(len(raw)) + LENGTH.pack(seconds), end)
        self._send(raw, end)
        kind, answer = self._answer(end)
        if kind == FAILED:
            self.stop()
            told = json.loads(answer)
            raise ReadFailed(str(told["kind"])[:100], str(told["traceback"])[-LONGEST_TRACEBACK:])
        return _made(answer)

    def stop(self) -> None:
        """End the process at once."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()

    def _send(self, data: bytes, end: float) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        pipe, left = self._process.stdin.fileno(), memoryview(data)
        while left:
            self._wait(pipe, select.POLLOUT, end)
            try:
                left = left[os.write(pipe, left) :]
            except BlockingIOError:
                continue
            except BrokenPipeError:
                raise self._gone() from None

    def _answer(self, end: float) -> tuple[bytes, bytes]:
        head = self._receive(1 + LENGTH.size, end)
        return head[:1], self._receive(LENGTH.unpack(head[1:])[0], end)

    def _receive(self, size: int, end: float) -> bytes:
        assert self._process is not None
        assert self._process.stdout is not None
        pipe, found = self._process.stdout.fileno(), bytearray()
        while len(found) < size:
            self._wait(pipe, select.POLLIN, end)
            try:
                some = os.read(pipe, min(size - len(found), PIPE))
            except BlockingIOError:
                continue
            if not some:
                raise self._gone()
            found += some
        return bytes(found)

    def _wait(self, pipe: int, what: int, end: float) -> None:
        waiting = select.poll()
        waiting.register(pipe, what)
        if not waiting.poll(max(0, end - time.monotonic()) * 1000):
            raise self._gone("TimeLimit")

    def _gone(self, kind: str = "") -> ReadFailed:
        """What to tell of a process that ended, or is ended here, in the middle of a message."""
        assert self._process is not None
        if not kind:
            try:
                code = self._process.wait(GRACE)
            except subprocess.TimeoutExpired:
                code = 0
            kind = f"Signal{-code}" if code < 0 else "Ended"
        self.stop()
        self._errors.seek(0)
        said = self._errors.read(LONGEST_TRACEBACK).decode("utf-8", "replace")
        return ReadFailed("TimeLimit" if said.startswith("Timeout (") else kind, said)


class Readers:
    """Some reading processes, each with its thread; messages go to whichever is free."""

    def __init__(
        self, number: int, module: str = MODULE, memory: int = MEMORY, seconds: float = SECONDS
    ) -> None:
        """Start the threads; they start their processes at once, so that the first is not slow.

        Args:
            number: how many processes.
            module, memory, seconds: as for `Reader`.
        """
        self._jobs: queue.SimpleQueue[tuple[bytes, Future[ReadMail]] | None] = queue.SimpleQueue()
        self._number = number
        for _ in range(number):
            # Daemons: a process that stops must not wait for a message that hangs. What they
            # started sees its input end, and ends.
            args = (Reader(module, memory, seconds),)
            threading.Thread(target=self._feed, args=args, daemon=True, name="reader").start()

    def submit(self, raw: bytes) -> Future[ReadMail]:
        """Have a message read.

        Returns:
            What will hold the `ReadMail`, or raise `ReadFailed` or `ReadersUnusable`.
        """
        future: Future[ReadMail] = Future()
        self._jobs.put((raw, future))
        return future

    def close(self) -> None:
        """End the processes once they have done what was asked so far."""
        for _ in range(self._number):
            self._jobs.put(None)

    def _feed(self, reader: Reader) -> None:
        try:
            reader.start()
        except ReadersUnusable:
            # Said again, with its reason, for the first message.
            reader.stop()
        for raw, future in self._asked():
            try:
                future.set_result(reader.read(raw))
            except BaseException as error:
                if not isinstance(error, ReadFailed):
                    reader.stop()
                future.set_exception(error)
        reader.stop()

    def _asked(self) -> Iterator[tuple[bytes, Future[ReadMail]]]:
        while (job := self._jobs.get()) is not None:
            yield job


def readers() -> Readers:
    """This process's readers: two where there are processors for them, one otherwise."""
    with _STARTING:
        # Each mailbox has a thread of its own, and all share the readers.
        return _shared()


@lru_cache
def _shared() -> Readers:
    return Readers(2 if (os.cpu_count() or 1) > 3 else 1)


_STARTING = threading.Lock()


class _Answers(pickle.Unpickler):
    """Makes what an answer is made of, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        if module in MAY_BE_MADE and "." not in name:
            found, allowed = super().find_class(module, name), MAY_BE_MADE[module]
            # Only what the module itself defines: an imported function would be a way out.
            own = isinstance(found, type) and found.__module__ == module
            if own and (allowed is None or name in allowed):
                return found
        raise pickle.UnpicklingError(f"An answer must not hold {module}.{name}.")


def _made(answer: bytes) -> ReadMail:
    try:
        made = _Answers(io.BytesIO(answer)).load()
    except Exception as error:
        raise ReadFailed("OddAnswer", repr(error)[:500]) from None
    if not isinstance(made, ReadMail):
        raise ReadFailed("OddAnswer")
    return made


def _widen(pipe: int) -> None:
    try:
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE)
    except (ImportError, AttributeError, OSError):
        # Only Linux can, and only up to what the machine's owner allows: it is slower without.
        return

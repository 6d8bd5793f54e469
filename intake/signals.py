"""Signals go to the main thread alone, and not to what the threads start."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

ENDING = (signal.SIGTERM, signal.SIGINT)


def on_the_end(told: Callable[[], None]) -> None:
    """Have something called when the process is asked to end; from the main thread only."""

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        told()

    for number in ENDING:
        signal.signal(number, on_signal)


@contextmanager
def for_the_main_thread_alone() -> Iterator[None]:
    """Start threads that are passed over when the process is asked to end.

    Otherwise the system may wake one of them instead of the main thread, which would go on
    waiting. The processes that such threads start are passed over too: when the whole group is
    asked to end, by systemd or at a terminal, a message that is being read is read to its end.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)

"""The loop: a thread for each mailbox, so that none waits for another, and an end in seconds."""

from __future__ import annotations

import os
import sys
import threading
import time

import structlog
from flask import Flask

from intake.growing_waits import GrowingWaits
from intake.mailbox import Mailbox
from intake.mailbox_errors import MailboxError
from intake.polling import Outcome, Polling, look
from intake.signals import for_the_main_thread_alone, on_the_end

log = structlog.get_logger()

# A server that went away is tried again soon, then less and less often.
UNREACHABLE_WAITS = (1.0, 300.0)
# Wrong passwords in quick succession would lock the account.
REFUSED_WAITS = (60.0, 900.0)
# A stop lets the message in hand be finished; then connections are cut, then all ends.
FINISH_SECONDS = 3.0
END_SECONDS = 4.5


class Looking:
    """One mailbox, looked into again and again until a stop."""

    def __init__(
        self, app: Flask, mailbox: Mailbox, stopping: threading.Event, seconds: float
    ) -> None:
        """Remember what to do.

        Args:
            app: the application; each act has a context of its own.
            mailbox: used by this alone.
            stopping: set when the process is to end.
            seconds: between two looks, where the server does not tell of new mail.
        """
        self._app = app
        self._mailbox = mailbox
        self._stopping = stopping
        self._seconds = seconds
        self._unreachable = GrowingWaits(*UNREACHABLE_WAITS)
        self._refused = GrowingWaits(*REFUSED_WAITS)

    def run(self) -> None:
        """Look until stopped."""
        while not self._stopping.is_set():
            outcome = look(self._app, self._mailbox, self._stopping.is_set)
            if self._stopping.is_set():
                break
            if outcome.trouble is None:
                outcome = self._after_a_good_look(outcome)
            if outcome.trouble is not None:
                self._after_trouble(outcome)
        self._mailbox.close()

    def _after_a_good_look(self, outcome: Outcome) -> Outcome:
        self._unreachable.reset()
        self._refused.reset()
        if outcome.counts.found:
            log.info("polled", mailbox=self._mailbox.name, **outcome.counts.as_json())
        try:
            self._mailbox.wait(self._stopping, self._seconds)
        except MailboxError as error:
            self._mailbox.close()
            return Outcome(outcome.counts, str(error))
        return outcome

    def _after_trouble(self, outcome: Outcome) -> None:
        if self._stopping.is_set():
            return
        log.error("mailbox_trouble", mailbox=self._mailbox.name, sentence=outcome.trouble)
        waits = self._refused if outcome.refused else self._unreachable
        self._stopping.wait(waits.next())


def run(polling: Polling) -> int:
    """Look into every mailbox until SIGTERM or SIGINT, then end within five seconds.

    Returns:
        0.
    """
    stopping = threading.Event()
    on_the_end(stopping.set)
    polling.begin()
    threads = []
    for mailbox in polling.mailboxes:
        looking = Looking(polling.app, mailbox, stopping, polling.seconds_between)
        threads.append(threading.Thread(target=looking.run, name=mailbox.name, daemon=True))
    with for_the_main_thread_alone():
        for thread in threads:
            thread.start()
    # A library's own thread may still be given the signal: then it is seen a moment later.
    while not stopping.wait(1):
        pass
    _end(polling, threads)
    return 0


def _end(polling: Polling, threads: list[threading.Thread]) -> None:
    # Nothing may hold the end up: no thread, and nothing that is run at an orderly exit.
    last_resort = threading.Timer(END_SECONDS, _end_at_once)
    last_resort.daemon = True
    last_resort.start()
    asked = time.monotonic()
    _join(threads, asked + FINISH_SECONDS)
    for mailbox, thread in zip(polling.mailboxes, threads, strict=True):
        if thread.is_alive():
            mailbox.cut()
    _join(threads, asked + END_SECONDS)
    if any(thread.is_alive() for thread in threads):
        _end_at_once()


def _end_at_once() -> None:
    # Whatever is still going on is one transaction, undone when the process ends.
    log.warning("ended_with_work_in_hand")
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _join(threads: list[threading.Thread], until: float) -> None:
    for thread in threads:
        thread.join(max(until - time.monotonic(), 0))

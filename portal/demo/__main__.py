"""`python -m portal.demo`: the whole portal on one machine, until Ctrl-C."""

import http.client
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

from portal.council import CouncilFileError
from portal.demo.children import Child, Children
from portal.demo.notice import notice
from portal.demo.surroundings import LOOPBACK, CannotStart, Surroundings, prepare

SECONDS_TO_START = 90.0
SECONDS_BETWEEN_LOOKS = 0.5


class Ended(BaseException):
    """Somebody pressed Ctrl-C or sent a signal. Not an error, so nothing may catch it as one."""


def main() -> int:
    """Start everything, say how to use it, and end everything.

    Returns:
        0 when it was ended from outside, 1 when it could not start or a process kept ending.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _on_signal)
    try:
        here = prepare(os.environ)
    except (CannotStart, CouncilFileError) as error:
        print(error, file=sys.stderr)
        return 1
    except Ended:
        return 0
    children = Children(here)
    try:
        _start(children, here)
        print(notice(here), flush=True)
        _watch(children)
    except CannotStart as error:
        print(error, file=sys.stderr)
        return 1
    except Ended:
        print("\nEnding the demo.", flush=True)
    finally:
        _ignore_signals()
        children.stop()
    return 0


def _start(children: Children, here: Surroundings) -> None:
    print("Preparing the database and the invented data…", flush=True)
    children.finish("database", "-m", "flask", "db", "upgrade")
    children.finish("data", "-m", "flask", "demo-data", "--if-empty")
    ports = here.ports
    mail = children.start(
        "mail", "-m", "mail_devel", "--multi-user", "--host", LOOPBACK, "--user", here.mailbox,
        "--imap-port", str(ports.imap), "--smtp-port", str(ports.smtp),
        "--http-port", str(ports.mail_page),
    )  # fmt: skip
    web = children.start(
        "web", "-m", "gunicorn", "wsgi:app", "--bind", f"{LOOPBACK}:{ports.web}",
        "--workers", "2", "--threads", "2", "--no-control-socket",
    )  # fmt: skip
    for port in (ports.imap, ports.smtp, ports.mail_page):
        _wait_for(children, mail, lambda port=port: _listens(port))  # type: ignore[misc]
    _wait_for(children, web, lambda: _answers(ports.web))
    children.start("intake", "-m", "intake")
    children.start("work", "-m", "flask", "work")


def _wait_for(children: Children, child: Child, ready: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while not ready():
        if child.process.poll() is not None:
            raise CannotStart(children.how_it_ended(child))
        if time.monotonic() > end:
            log = children.surroundings.logs / f"{child.name}.log"
            raise CannotStart(f"The {child.name} process does not answer. See {log}.")
        time.sleep(0.1)


def _watch(children: Children) -> None:
    while True:
        sentence = children.mend()
        if sentence is not None:
            print(sentence, file=sys.stderr, flush=True)
        time.sleep(SECONDS_BETWEEN_LOOKS)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((LOOPBACK, port)) == 0


def _answers(port: int) -> bool:
    with suppress(OSError, http.client.HTTPException):
        connection = http.client.HTTPConnection(LOOPBACK, port, timeout=5)
        try:
            connection.request("GET", "/")
            return connection.getresponse().status == http.HTTPStatus.OK
        finally:
            connection.close()
    return False


def _on_signal(_number: int, _frame: FrameType | None) -> None:
    raise Ended


def _ignore_signals() -> None:
    # A second Ctrl-C while everything ends would leave processes behind.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


if __name__ == "__main__":
    sys.exit(main())

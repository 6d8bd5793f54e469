"""`python -m intake`: the loop; `--once`: one look; `parse`: read messages, touching nothing."""

import json
import signal
import sys
import threading
from types import FrameType
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from intake.polling import Polling

USAGE = "Use: python -m intake [--once | parse [FILE…]]"
LONGEST_WAIT = 300

log = structlog.get_logger()


def main(arguments: list[str]) -> int:
    """Run one of the three.

    Returns:
        0 when done, 1 when a mailbox or the database could not be used, 2 for a wrong call.
    """
    if arguments[:1] == ["parse"]:
        from intake.parse_command import run

        return run(arguments[1:])
    if arguments not in ([], ["--once"]):
        print(USAGE, file=sys.stderr)
        return 2
    from intake.polling import Polling, SetUpError

    try:
        polling = Polling.from_environment()
    except SetUpError as error:
        print(error, file=sys.stderr)
        return 1
    return _once(polling) if arguments else _loop(polling)


def _once(polling: "Polling") -> int:
    counts, sentences = polling.poll(lambda: False)
    for sentence in sentences:
        print(sentence, file=sys.stderr)
    print(json.dumps(counts.as_json()))
    return 1 if sentences else 0


def _loop(polling: "Polling") -> int:
    stop = threading.Event()

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, on_signal)
    signal.signal(signal.SIGINT, on_signal)
    wait = polling.seconds_between
    while not stop.is_set():
        counts, sentences = polling.poll(stop.is_set)
        if counts.found:
            log.info("polled", **counts.as_json())
        for sentence in sentences:
            log.error("mailbox_trouble", sentence=sentence)
        # A mailbox in trouble is asked less and less often, up to every five minutes.
        wait = min(wait * 2, LONGEST_WAIT) if sentences else polling.seconds_between
        stop.wait(wait)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

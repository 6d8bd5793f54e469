"""A reading process that does what a message tells it to: crash, hang, grow, answer nonsense."""

import os
import signal
import struct
import sys

from intake.read_mail import ReadMail
from intake.reading_process import main, read

ODD_ANSWERS = {b"OPEN": os.system, b"FUNCTION": struct.pack}


def reads(raw: bytes) -> ReadMail:
    if b"CRASH" in raw:
        os.kill(os.getpid(), signal.SIGSEGV)
    if b"HANG" in raw:
        hang_here()
    if b"GREEDY" in raw:
        return read(b"x" * 8 * 1024**3)
    if b"RAISE" in raw:
        raise ValueError("the word of a child")
    if b"LEAVE" in raw:
        os._exit(0)
    if b"ENVIRONMENT" in raw:
        return read(b"Subject: x\n\n" + " ".join(sorted(os.environ)).encode())
    for name, thing in ODD_ANSWERS.items():
        if name in raw:
            return Evil(thing)  # type: ignore[return-value]
    return read(raw)


def hang_here() -> None:
    while True:
        pass


class Evil:
    """Asks whoever unpickles it to call something."""

    def __init__(self, thing: object) -> None:
        self.thing = thing

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return self.thing, ("true",)


if __name__ == "__main__":
    main(reads)
    sys.exit(0)

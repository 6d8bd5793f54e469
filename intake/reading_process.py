"""The process that reads strangers' mail: one message in, one answer out, nothing else in reach.

It knows no database and no key, may not outgrow its memory, writes no file worth the name, and
ends itself when a message takes too long, even if whoever started it is gone. It is started by
`intake.reading_apart`, which says what goes over the two pipes.
"""

from __future__ import annotations

import dataclasses
import faulthandler
import json
import pickle
import resource
import sys
import traceback
from collections.abc import Callable
from typing import BinaryIO

from intake.incoming import IncomingAttachment
from intake.parsing import read_or_raise
from intake.read_mail import ReadMail, RefusedFile
from intake.reading_pipes import FAILED, LENGTH, READ, READY
from portal.attachments.checked_file import CheckedFile
from portal.attachments.checking import FileRefused, check
from portal.attachments.refusals import TOO_LARGE

# A traceback that is written when the process is ended from within: enough for that, no more.
LARGEST_FILE_WRITTEN = 256 * 1024


def read(raw: bytes) -> ReadMail:
    """Read a message and check each file of it.

    Args:
        raw: the message's bytes.

    Raises:
        Exception: whatever the reading met; the message is not half read.
    """
    incoming = read_or_raise(raw)
    files = tuple(_checked(file) for file in incoming.attachments)
    bare = tuple(dataclasses.replace(file, content=b"") for file in incoming.attachments)
    return ReadMail(dataclasses.replace(incoming, attachments=bare), files)


def _checked(file: IncomingAttachment) -> CheckedFile | RefusedFile:
    try:
        return check(file.filename, file.content, by_mail=True)
    except FileRefused as refused:
        reason = refused.message
        return RefusedFile(file.filename, file.size, reason, reason == TOO_LARGE)


def serve(work: Callable[[bytes], ReadMail], memory: int, source: BinaryIO, out: BinaryIO) -> None:
    """Answer until the input ends. After a failure the process ends too: the next one is clean.

    Args:
        work: reads one message.
        memory: bytes of address space that this process may take.
        source, out: the pipes: a length, the seconds allowed and the message in; a letter, a length
            and the answer out.
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE_WRITTEN, LARGEST_FILE_WRITTEN))
    faulthandler.enable()
    _say(out, READY, b"")
    while len(head := source.read(2 * LENGTH.size)) == 2 * LENGTH.size:
        size, seconds = LENGTH.unpack(head[: LENGTH.size])[0], LENGTH.unpack(head[LENGTH.size :])[0]
        raw = source.read(size)
        # Told from a thread of C, so that a message which never lets go of the interpreter ends
        # too, and says where it was.
        faulthandler.dump_traceback_later(seconds, exit=True)
        try:
            answer = pickle.dumps(work(raw), protocol=5)
        except Exception as error:
            _say(out, FAILED, _failure(error))
            return
        finally:
            faulthandler.cancel_dump_traceback_later()
        _say(out, READ, answer)


def _say(out: BinaryIO, kind: bytes, answer: bytes) -> None:
    out.write(kind + LENGTH.pack(len(answer)))
    out.write(answer)
    out.flush()


def _failure(error: Exception) -> bytes:
    told = {"kind": type(error).__name__, "traceback": traceback.format_exc(limit=40)[-20_000:]}
    return json.dumps(told).encode()


def main(reads: Callable[[bytes], ReadMail] = read) -> None:
    """Serve on standard input and output; the first argument is the memory allowed."""
    serve(reads, int(sys.argv[1]), sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()

"""The process that reads one stranger's file: its bytes in, its text out, nothing else in reach.

`python -m portal.attachments.reading_process KIND MEMORY SECONDS`, started by
`portal.attachments.reading_apart`. It knows no database and no key, may not outgrow its memory or
its time, and writes no file.
"""

import resource
import sys

from portal.attachments.kinds import Kind
from portal.attachments.reading import text_of


def main(kind: str, memory: int, seconds: int) -> None:
    """Read from standard input, write to standard output.

    Args:
        kind: what the file is.
        memory: bytes of address space that may be taken.
        seconds: of the processor.
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    text = text_of(Kind(kind), sys.stdin.buffer.read())
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))

"""`python -m intake parse`: a message in, a line of JSON out; needs no setting and no database."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from intake.parsing import parse


def run(argv: list[str]) -> int:
    """Read the named files in order, or standard input where none is named.

    Args:
        argv: what follows `parse` on the command line; `-` is standard input.

    Returns:
        0, or 2 where a file could not be read: a sentence says which, the others are still read.
    """
    code = 0
    for name in argv or ["-"]:
        try:
            raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        except OSError as error:
            print(f"{name} could not be read: {error.strerror or error}.", file=sys.stderr)
            code = 2
            continue
        print(json.dumps(parse(raw).as_json()), flush=True)
    return code

"""What a test says where a program it needs is not installed."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path


class ServiceMissing(RuntimeError):
    """A program that the tests start is not on this machine."""


def program(name: str, called: str, *elsewhere: str) -> str:
    """Return the path of a program.

    Args:
        name: its file name.
        called: what people call it.
        elsewhere: folders to look in besides the search path.

    Raises:
        ServiceMissing: with a sentence that says how to get it.
    """
    found = shutil.which(name) or next(
        (str(Path(folder) / name) for folder in elsewhere if (Path(folder) / name).exists()), None
    )
    if found is None:
        raise ServiceMissing(f"{called} is not installed: run make test, which installs it.")
    return found


def free_port() -> int:
    """Return a loopback port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

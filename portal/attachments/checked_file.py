"""What is known of a file once it has been checked; `checking` makes it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be kept: a safe name, its true kind, and the bytes to keep. `note` tells
    officers of one that nobody could look into. `silent`: no words can be read out of it, so nobody
    knows what it says before a person has heard or looked at it."""

    filename: str
    content_type: str
    data: bytes
    size: int
    sha256: str
    note: str | None = None
    silent: bool = False

"""Films and recordings in boxes (MP4, MOV, M4A): what they say of place and maker is blanked.

A phone writes where a film was taken into a box of notes beside the pictures and the sound. The box
keeps its length and is filled with nothing, so that everything else stays where it is said to be.
"""

from collections.abc import Iterator
from typing import NamedTuple

from portal.attachments.refusals import BROKEN, FileRefused

# Boxes that hold nothing but other boxes, among which notes may be.
HOLDING = frozenset({b"moov", b"trak", b"mdia", b"moof", b"traf"})
# Notes: names and places, in the several ways in which makers write them.
NOTES = frozenset({b"udta", b"meta", b"uuid"})
BLANK = b"free"
HEAD, LONG_HEAD = 8, 16


class _Box(NamedTuple):
    kind: bytes
    # Where it begins, where what it holds begins, and where it ends.
    start: int
    inside: int
    end: int


def without_notes(data: bytes) -> bytes:
    """Blank every box of notes: place, time, maker, title.

    Args:
        data: the whole file.

    Returns:
        A file of the same length. What a camera records as a track of its own (a few action cameras
        write their place so, second by second) is not among the notes and stays.

    Raises:
        FileRefused: its boxes do not fit into one another.
    """
    kept = bytearray(data)
    _blank(kept, 0, len(kept))
    return bytes(kept)


def _blank(kept: bytearray, start: int, end: int) -> None:
    for box in _boxes(kept, start, end):
        if box.kind in NOTES:
            kept[box.start + 4 : box.start + HEAD] = BLANK
            kept[box.inside : box.end] = bytes(box.end - box.inside)
        elif box.kind in HOLDING:
            _blank(kept, box.inside, box.end)


def _boxes(kept: bytearray, start: int, end: int) -> Iterator[_Box]:
    while start + HEAD <= end:
        size = int.from_bytes(kept[start : start + 4])
        kind, inside = bytes(kept[start + 4 : start + HEAD]), start + HEAD
        if size == 1:
            size, inside = int.from_bytes(kept[start + HEAD : start + LONG_HEAD]), start + LONG_HEAD
        elif size == 0:
            # The last box may leave its length open.
            size = end - start
        if inside > start + size or start + size > end:
            raise FileRefused(BROKEN)
        yield _Box(kind, start, inside, start + size)
        start += size

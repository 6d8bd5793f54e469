"""Stories of almost the same words: sent twice, or by several people who share a text.

Each story has a few bands, made of the smallest hashes of its runs of three words. Stories with
most of their runs in common share a band almost surely, others almost never. Those that do are
compared by their sketches, the smallest keyed hashes of their runs: of two short stories these are
all, of longer ones enough to tell how much they share. So one story is compared with a handful,
however many there are, and none of them is opened for it.
"""

import hashlib
import re
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, bindparam, delete, insert, select

from portal.columns import keyed_hash
from portal.records.near_text import NearText
from portal.work import Work

_PURPOSE, _WHOLE, _OF_RUNS = "near text", "near text, the whole of it", "near text, its runs"
_WORD = re.compile(r"\w+")
RUN = 3
# Shorter ones have the same words by chance.
FEWEST_WORDS = 8
BANDS, IN_A_BAND = 8, 3
_BAND_NAMES = tuple(f"near_band_{number}" for number in range(BANDS))
# From here on two stories are called almost the same.
ALIKE = 0.6
# How many runs a sketch keeps: the share in common that two of them tell is four points off at
# most in two of three longer stories, and exact in those of fewer runs.
SKETCHED = 128
# One long hash of a run is its place in every shuffle of the runs.
_PLACES = struct.Struct(f"<{BANDS * IN_A_BAND}I")
_MARK = 4


@dataclass(frozen=True)
class Traces:
    """What is kept of a story to find its like: keyed hashes, nobody's words. A short one has
    neither bands nor a sketch.

    Args:
        bands: what may be almost the same shares one of them.
        sketch: the smallest marks of its runs, in their order, four bytes each.
    """

    bands: tuple[str, ...] = ()
    sketch: bytes = b""


# By the keyed hash of their story.
KEPT = 1_024
_made: dict[str, Traces] = {}


def traces_of(story: str) -> Traces:
    """What is kept of a story.

    Args:
        story: in the person's words.
    """
    # The page of a matter asks at each look, and making them takes as long as a question.
    key = keyed_hash(story, _WHOLE)
    found = _made.get(key)
    if found is None:
        if len(_made) >= KEPT:
            _made.clear()
        runs = _runs(story)
        found = _made[key] = Traces(_bands(runs), _sketch(runs)) if runs else Traces()
    return found


def _bands(runs: Iterable[str]) -> tuple[str, ...]:
    least = [min(places) for places in zip(*map(_places, runs), strict=True)]
    bands = [least[at : at + IN_A_BAND] for at in range(0, len(least), IN_A_BAND)]
    return tuple(keyed_hash(f"{number} {band}", _PURPOSE)[:16] for number, band in enumerate(bands))


def _sketch(runs: Iterable[str]) -> bytes:
    key = bytes.fromhex(keyed_hash("", _OF_RUNS))
    marks = {hashlib.blake2s(run.encode(), key=key, digest_size=_MARK).digest() for run in runs}
    return b"".join(sorted(marks)[:SKETCHED])


def likeness(one: bytes, other: bytes) -> float:
    """The share of their runs of words that two stories have in common, from 0 to 1, by their
    sketches: of the smallest marks of both together, how many stand in each (Broder's sketch)."""
    mine, theirs = _marks(one), _marks(other)
    together = sorted(mine | theirs)
    if SKETCHED in (len(mine), len(theirs)):
        # What a full one left out may be any of the greater marks.
        together = together[:SKETCHED]
    return len(mine & theirs & set(together)) / len(together) if together else 0.0


def _marks(sketch: bytes) -> set[bytes]:
    return {sketch[at : at + _MARK] for at in range(0, len(sketch), _MARK)}


def keep(work: Work, stories: Mapping[int, tuple[str, ...]]) -> None:
    """Keep the bands of some stories, in place of those kept before.

    Args:
        work: the open act.
        stories: bands by the keys of feedback that is there.
    """
    work.session.execute(delete(NearText).where(NearText.feedback_id.in_(stories)))
    rows = [{"band": band, "feedback_id": key} for key, bands in stories.items() for band in bands]
    if rows:
        work.session.execute(insert(NearText), rows)


def likely() -> Select[int]:
    """The keys of feedback of which a story may be almost the same, itself included.

    Returns:
        A query that takes what `asked` gives.
    """
    # A list that may be of any length is taken apart whenever the question is asked.
    each = [bindparam(name, type_=NearText.band.type) for name in _BAND_NAMES]
    return select(NearText.feedback_id.label("id")).where(NearText.band.in_(each))


def asked(bands: Sequence[str]) -> dict[str, str]:
    """What `likely` is asked with: the bands of a story that is not a short one."""
    return dict(zip(_BAND_NAMES, bands, strict=True))


def are_alike(one: bytes, other: bytes) -> bool:
    """Whether two stories are almost the same, by their sketches."""
    return likeness(one, other) >= ALIKE


def _runs(story: str) -> frozenset[str]:
    words = _WORD.findall(story.casefold())
    if len(words) < FEWEST_WORDS:
        return frozenset()
    return frozenset(" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


def _places(run: str) -> tuple[int, ...]:
    """Where a run stands in each of the shuffles."""
    return _PLACES.unpack(hashlib.shake_128(run.encode()).digest(_PLACES.size))

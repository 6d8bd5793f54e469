"""Stories of almost the same words: sent twice, or by several people who share a text.

Each story has a few bands, made of the smallest hashes of its runs of three words. Stories with
most of their runs in common share a band almost surely, others almost never; those that do are
opened and compared. So one story is compared with a handful, however many there are.
"""

import hashlib
import re
import struct
from collections.abc import Mapping, Sequence

from sqlalchemy import Select, bindparam, delete, insert, select

from portal.columns import keyed_hash
from portal.records.near_text import NearText
from portal.work import Work

_PURPOSE, _WHOLE = "near text", "near text, the whole of it"
# Bands by the keyed hash of their story: nobody's words.
KEPT = 1_024
_made: dict[str, tuple[str, ...]] = {}
_WORD = re.compile(r"\w+")
RUN = 3
# Shorter ones have the same words by chance.
FEWEST_WORDS = 8
BANDS, IN_A_BAND = 8, 3
_BAND_NAMES = tuple(f"near_band_{number}" for number in range(BANDS))
# From here on two stories are called almost the same.
ALIKE = 0.6
MOST_COMPARED = 40
# One long hash of a run is its place in every shuffle of the runs.
_PLACES = struct.Struct(f"<{BANDS * IN_A_BAND}I")


def bands_of(story: str) -> tuple[str, ...]:
    """The bands of a story, each a keyed hash; none for a short one.

    Args:
        story: in the person's words.
    """
    # The page of a matter asks at each look, and making them takes as long as a question.
    key = keyed_hash(story, _WHOLE)
    found = _made.get(key)
    if found is None:
        if len(_made) >= KEPT:
            _made.clear()
        found = _made[key] = _bands(story)
    return found


def _bands(story: str) -> tuple[str, ...]:
    runs = _runs(story)
    if not runs:
        return ()
    least = [min(places) for places in zip(*map(_places, runs), strict=True)]
    bands = [least[at : at + IN_A_BAND] for at in range(0, len(least), IN_A_BAND)]
    return tuple(keyed_hash(f"{number} {band}", _PURPOSE)[:16] for number, band in enumerate(bands))


def likeness(one: str, other: str) -> float:
    """The share of their runs of words that two stories have in common, from 0 to 1."""
    mine, theirs = _runs(one), _runs(other)
    together = mine | theirs
    return len(mine & theirs) / len(together) if together else 0.0


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


def are_alike(one: str, other: str) -> bool:
    """Whether two stories are almost the same."""
    return likeness(one, other) >= ALIKE


def _runs(story: str) -> frozenset[str]:
    words = _WORD.findall(story.casefold())
    if len(words) < FEWEST_WORDS:
        return frozenset()
    return frozenset(" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


def _places(run: str) -> tuple[int, ...]:
    """Where a run stands in each of the shuffles."""
    return _PLACES.unpack(hashlib.shake_128(run.encode()).digest(_PLACES.size))

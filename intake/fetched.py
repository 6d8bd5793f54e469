"""Fetched messages, and the batches in which they come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from portal import clock

BATCH_MESSAGES = 50
# The memory one batch may take; a larger message comes alone.
BATCH_BYTES = 8 * 1024 * 1024
# How many sizes are asked for at once.
SIZES = 500


@dataclass(frozen=True, slots=True)
class Fetched:
    """A message as the server has it; `internal_date` is when the server received it, in UTC."""

    uid: int
    raw: bytes
    internal_date: datetime
    size: int


@dataclass(frozen=True, slots=True)
class Batch:
    """UIDs to fetch in one go, and how many bytes they take."""

    uids: list[int]
    size: int


class Source(Protocol):
    """What fetching needs of a connection."""

    def sizes(self, uids: Sequence[int]) -> dict[int, int]:
        """Return the sizes of what is there."""
        ...

    def bodies(self, uids: Sequence[int]) -> dict[int, tuple[bytes, datetime | None]]:
        """Return bytes and time of arrival of what is there."""
        ...


def batches(source: Source, uids: Sequence[int]) -> Iterator[Batch]:
    """Cut a list of messages by number and by size, so that memory does not follow the mailbox.

    Args:
        source: is asked for the sizes, many at a time; what it does not have is left out.
        uids: in the order in which they are wanted.
    """
    for start in range(0, len(uids), SIZES):
        some = uids[start : start + SIZES]
        sizes = source.sizes(some)
        batch: list[int] = []
        total = 0
        for uid in some:
            if uid not in sizes:
                continue
            if batch and (len(batch) >= BATCH_MESSAGES or total + sizes[uid] > BATCH_BYTES):
                yield Batch(batch, total)
                batch, total = [], 0
            batch.append(uid)
            total += sizes[uid]
        if batch:
            yield Batch(batch, total)


def fetch_batch(source: Source, uids: Sequence[int]) -> list[Fetched]:
    """Fetch messages in one go.

    Args:
        source: where they are.
        uids: the order in which they are given; what has gone meanwhile is left out.
    """
    bodies = source.bodies(uids)
    return [
        Fetched(uid, raw, _utc(arrived), len(raw))
        for uid in uids
        if uid in bodies
        for raw, arrived in [bodies[uid]]
    ]


def _utc(when: datetime | None) -> datetime:
    """Return when the server received it; a server that says nothing is taken to mean now."""
    return when.astimezone(UTC) if when is not None else clock.now()

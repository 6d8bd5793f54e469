"""Slower and slower: after some wrong tries a key is closed for a growing while, never for ever.

A try is counted before it is judged (`take_a_try`), so that many at the same moment are not all
judged as the first; or afterwards (`check`, then `failed`), where only wrong ones are to count.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from portal.columns import keyed_hash
from portal.errors import Refused
from portal.marking import marked
from portal.records.throttle import Throttle
from portal.wording import say_number
from portal.work import Work

FREE_FAILURES = 5
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
FORGOTTEN_AFTER = timedelta(hours=24)


class TooManyTries(Refused):
    """Somebody (perhaps not this person) has tried too often."""

    message = marked("There were too many wrong tries. Wait a while and then try again.")
    status = 429


@dataclass(frozen=True)
class Bucket:
    """What tries are counted under, and how.

    Attributes:
        key: what was tried or where it came from; only its keyed hash is stored.
        free: so many tries pass before the first wait.
        one_forgotten_every: where many people share a key, their slips must not add up over
            weeks: one is forgotten for each such while between two tries.
        longest: no wait is longer. Where one person's guesses close a key for others, it is short.
    """

    key: str
    free: int = FREE_FAILURES
    one_forgotten_every: timedelta | None = None
    longest: timedelta = LONGEST_WAIT


def check(work: Work, *keys: str) -> None:
    """Refuse while any of the keys is closed.

    Raises:
        TooManyTries: says how long to wait.
    """
    for key in keys:
        _refuse_while_closed(work, work.session.get(Throttle, _stored(key)))


def failed(work: Work, *keys: str) -> None:
    """Count a wrong try under each key. Called in an act of its own, so that the refusal's
    rollback does not take the count away."""
    for bucket in _in_order(Bucket(key) for key in keys):
        _count(work, bucket, _locked(work, bucket.key))


def take_a_try(work: Work, *buckets: Bucket) -> None:
    """Refuse while any bucket is closed; otherwise count one try in each of them. A right answer
    takes its try back with `succeeded` or `give_back`.

    Raises:
        TooManyTries: says how long to wait; nothing was counted.
    """
    rows = [(bucket, _locked(work, bucket.key)) for bucket in _in_order(buckets)]
    for _, row in rows:
        _refuse_while_closed(work, row)
    for bucket, row in rows:
        _count(work, bucket, row)


def give_back(work: Work, bucket: Bucket) -> None:
    """Take one try back, and leave those of others counted: somebody who knows one password must
    not be able to wipe out the count of their guesses at others'."""
    row = _locked(work, bucket.key)
    row.failures = max(0, row.failures - 1)
    if row.failures < bucket.free:
        row.closed_until = None


def succeeded(work: Work, *keys: str) -> None:
    """Forget the failures under each key."""
    for key in keys:
        row = work.session.get(Throttle, _stored(key))
        if row is not None:
            work.session.delete(row)


def _refuse_while_closed(work: Work, row: Throttle | None) -> None:
    if row is not None and row.closed_until is not None and row.closed_until > work.now:
        seconds = (row.closed_until - work.now).total_seconds()
        minutes = max(1, round(seconds / 60))
        raise TooManyTries(
            say_number(
                "There were too many wrong tries. Wait %(num)s minute and then try again.",
                "There were too many wrong tries. Wait %(num)s minutes and then try again.",
                minutes,
            )
        )


def _count(work: Work, bucket: Bucket, row: Throttle) -> None:
    since = work.now - row.last_failure_at
    if since > FORGOTTEN_AFTER:
        row.failures = 0
    elif bucket.one_forgotten_every is not None:
        row.failures = max(0, row.failures - int(since / bucket.one_forgotten_every))
    row.failures += 1
    row.last_failure_at = work.now
    over = row.failures - bucket.free
    if over >= 0:
        row.closed_until = work.now + min(FIRST_WAIT * 2 ** min(over, 10), bucket.longest)


def _locked(work: Work, key: str) -> Throttle:
    """The row of a key, made when it is missing, held until the act ends: of two tries at the same
    moment the second sees the count of the first."""
    values = {"key": _stored(key), "failures": 0, "last_failure_at": work.now}
    is_sqlite = work.session.get_bind().dialect.name == "sqlite"
    insert: Any = sqlite.insert if is_sqlite else postgresql.insert
    # What was counted in this act already must not be overwritten by what is read again.
    work.session.flush()
    work.session.execute(insert(Throttle).values(values).on_conflict_do_nothing())
    return work.session.get_one(
        Throttle, values["key"], with_for_update=True, populate_existing=True
    )


def _in_order(buckets: Iterable[Bucket]) -> list[Bucket]:
    # Always in the same order, so that two acts never wait for each other's row.
    return sorted(buckets, key=lambda bucket: bucket.key)


def _stored(key: str) -> str:
    return keyed_hash(key, "throttle")

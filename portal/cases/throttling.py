"""Slower and slower: after five wrong tries a key is closed for a growing while, never for ever."""

from datetime import timedelta

from portal.columns import keyed_hash
from portal.errors import Refused
from portal.records.throttle import Throttle
from portal.work import Work

FREE_FAILURES = 5
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
FORGOTTEN_AFTER = timedelta(hours=24)


class TooManyTries(Refused):
    """Somebody (perhaps not this person) has tried too often."""

    message = "There were too many wrong tries. Wait {minutes} and then try again."
    status = 429


def check(work: Work, *keys: str) -> None:
    """Refuse while any of the keys is closed.

    Raises:
        TooManyTries: says how long to wait.
    """
    for key in keys:
        row = work.session.get(Throttle, _stored(key))
        if row is not None and row.closed_until is not None and row.closed_until > work.now:
            seconds = (row.closed_until - work.now).total_seconds()
            minutes = max(1, round(seconds / 60))
            wait = "1 minute" if minutes == 1 else f"{minutes} minutes"
            raise TooManyTries(TooManyTries.message.format(minutes=wait))


def failed(work: Work, *keys: str) -> None:
    """Count a wrong try under each key. Called in an act of its own, so that the refusal's
    rollback does not take the count away."""
    for key in keys:
        row = work.session.get(Throttle, _stored(key))
        if row is None:
            row = Throttle(key=_stored(key), failures=0, last_failure_at=work.now)
            work.session.add(row)
        if work.now - row.last_failure_at > FORGOTTEN_AFTER:
            row.failures = 0
        row.failures += 1
        row.last_failure_at = work.now
        over = row.failures - FREE_FAILURES
        if over >= 0:
            row.closed_until = work.now + min(FIRST_WAIT * 2 ** min(over, 10), LONGEST_WAIT)


def succeeded(work: Work, *keys: str) -> None:
    """Forget the failures under each key."""
    for key in keys:
        row = work.session.get(Throttle, _stored(key))
        if row is not None:
            work.session.delete(row)


def _stored(key: str) -> str:
    return keyed_hash(key, "throttle")

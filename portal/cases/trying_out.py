"""Trying something out: it happens, it is looked at, and it is taken back."""

from collections.abc import Iterator
from contextlib import contextmanager

from portal import at_hand
from portal.cases import queue_places
from portal.work import Work


@contextmanager
def tried_out(work: Work) -> Iterator[None]:
    """Take back whatever a block does, when it ends. Its matter is not placed anew in the queue
    for it.

    Args:
        work: the open act, of which everything before the block stays.
    """
    work.session.flush()
    session = work.session
    with at_hand.through_a_try(session), queue_places.nothing_touched(session):
        trial = session.begin_nested()
        try:
            yield
        finally:
            trial.rollback()

"""`flask forget`: one pass of the erasure: list what is due, and erase what officers confirmed."""

import json
from collections.abc import Callable

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from portal import clock
from portal.cases import erasing, listing_due
from portal.db import db
from portal.records.heartbeat import Heartbeat
from portal.triage.find.emptying import forget_words
from portal.work import WORKER, Work, begin_work, settings

HEARTBEAT = "forget"


@click.command("forget")
@with_appcontext
def command() -> None:
    """List what may go by its age, and erase what officers have confirmed or agreed to."""
    click.echo(json.dumps(forget()))


def forget_once_a_day() -> int:
    """Do it where it was not done today yet.

    Returns:
        How many matters were erased.
    """
    last = db.session.scalar(select(Heartbeat.at).where(Heartbeat.process == HEARTBEAT))
    if last is not None and clock.london_date(last) >= clock.today():
        return 0
    return forget()["erased"]


def forget() -> dict[str, int]:
    """Take off the list what may not go any more, erase what was confirmed, list what is due.

    Returns:
        Counts by name. `files_left` are swept later: the store did not answer.
    """
    taken_off = _all(listing_due.take_off)
    erased = files_left = 0
    for key in listing_due.confirmed_ids(db.session()):
        with begin_work(WORKER) as work:
            files = erasing.erase(work, key)
        if files is not None:
            erased += 1
            files_left += erasing.delete_files(settings().files_url, files)
    if erased:
        with begin_work(WORKER) as work:
            forget_words(work)
    listed = _all(listing_due.list_due)
    with begin_work(WORKER) as work:
        work.session.merge(Heartbeat(process=HEARTBEAT, at=work.now, error=None))
    return {"listed": listed, "taken_off": taken_off, "erased": erased, "files_left": files_left}


def _all(some: Callable[[Work, int], tuple[int, int]]) -> int:
    """Do the whole of what is done some at a time, an act each."""
    total, last = 0, 0
    while True:
        with begin_work(WORKER) as work:
            done, last = some(work, last)
        total += done
        if not last:
            return total

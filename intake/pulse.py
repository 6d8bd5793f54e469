"""When each mailbox last worked, for `flask check`: one failing may not hide behind another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import structlog
from flask import Flask
from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from portal.records.heartbeat import Heartbeat
from portal.work import INTAKE, Work, begin_work

log = structlog.get_logger()

# What the heartbeat of a mailbox is called: this and the mailbox's name.
PREFIX = "intake "


def keep_only(app: Flask, names: Iterable[str]) -> None:
    """Forget the mailboxes that are no longer read, so that nobody is alarmed for them."""
    processes = [PREFIX + name for name in names]
    with app.app_context(), begin_work(INTAKE) as work:
        work.session.execute(
            delete(Heartbeat).where(
                Heartbeat.process.startswith(PREFIX), Heartbeat.process.not_in(processes)
            )
        )


def beat(work: Work, process: str, *, trouble: str | None = None) -> None:
    """Write a heartbeat; two workers may write the same first one at the same moment.

    Args:
        work: the open act.
        process: whose.
        trouble: why it did not go well. Then the time of the last good round stays; one that
            never went well has the time of its first try.
    """
    dialect = work.session.get_bind().dialect.name
    make: Any = sqlite.insert if dialect == "sqlite" else postgresql.insert
    told = {"error": trouble} if trouble is not None else {"at": work.now, "error": None}
    row = {"process": process, "at": work.now, "error": trouble}
    work.session.execute(
        make(Heartbeat).values(row).on_conflict_do_update(index_elements=["process"], set_=told)
    )


def worked(app: Flask, name: str) -> None:
    """Note that a mailbox was read to the end just now."""
    with app.app_context(), begin_work(INTAKE) as work:
        beat(work, PREFIX + name)


def in_trouble(app: Flask, name: str, sentence: str) -> None:
    """Note why a mailbox cannot be read."""
    try:
        with app.app_context(), begin_work(INTAKE) as work:
            beat(work, PREFIX + name, trouble=sentence)
    except DBAPIError:
        # The trouble may be the database itself; it is in the log, and the beat grows old.
        log.error("trouble_not_recorded", mailbox=name)

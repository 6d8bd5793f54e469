"""/status: whether the service is well, for people who run it. Numbers only, nobody's data."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from portal import clock, health
from portal.db import db
from portal.records.heartbeat import Heartbeat
from portal.records.outbox_letter import LetterState, OutboxLetter
from portal.web.access import Access, opens_to

pages = Blueprint("status", __name__)
PROCESSES = ("intake", "work")
UNSENT = (LetterState.WAITING, LetterState.SENDING)


@dataclass(frozen=True)
class Beat:
    """One background process: when it last finished a round, and whether that is well."""

    seconds_ago: int | None
    well: bool


@dataclass(frozen=True)
class Poll:
    """The last look into the mailbox; `found` must be the sum of the five after it."""

    seconds_ago: int
    found: int
    new: int
    known: int
    replies: int
    automatic: int
    quarantined: int
    adds_up: bool


@dataclass(frozen=True)
class Health:
    """What /status tells."""

    well: bool
    database: bool
    processes: dict[str, Beat]
    last_poll: Poll | None
    letters_waiting: int | None


@pages.get("/status")
@opens_to(Access.EVERYONE)
def status() -> ResponseReturnValue:
    """Health as a page, or as JSON for whoever asks for that; 503 when something is not well."""
    found = health_at(clock.now())
    code = 200 if found.well else 503
    if request.accept_mimetypes.best_match(["application/json", "text/html"]) == "text/html":
        return render_template("information/status.html", health=found), code
    return jsonify(asdict(found)), code


def health_at(now: datetime) -> Health:
    """Ask the database how everything is.

    Args:
        now: this instant.

    Returns:
        The health. A process that has never run does not make it unwell: an installation may
        have no mailbox, and a new one has not begun; one that ran and stopped does.
    """
    try:
        db.session.execute(text("SELECT 1"))
        beats = {process: _beat(process, now) for process in PROCESSES}
        poll = _last_poll(now)
        unsent = select(func.count()).where(OutboxLetter.state.in_(UNSENT))
        letters = db.session.scalar(unsent) or 0
    except SQLAlchemyError:
        db.session.rollback()
        return Health(False, False, {}, None, None)
    well = all(beat.well for beat in beats.values()) and (poll is None or poll.adds_up)
    return Health(well, True, beats, poll, letters)


def _beat(process: str, now: datetime) -> Beat:
    row = db.session.get(Heartbeat, process)
    if row is None:
        return Beat(None, True)
    late = now - row.at > health.SILENT_AFTER
    return Beat(_seconds(now - row.at), not late and row.error is None)


def _last_poll(now: datetime) -> Poll | None:
    row = health.last_poll(db.session())
    if row is None or row.ended_at is None:
        return None
    return Poll(
        seconds_ago=_seconds(now - row.ended_at),
        found=row.found,
        new=row.new,
        known=row.known,
        replies=row.replies,
        automatic=row.automatic,
        quarantined=row.quarantined,
        adds_up=health.equation_holds(row),
    )


def _seconds(span: timedelta) -> int:
    return max(0, round(span.total_seconds()))

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
from portal.records.mail import MailPoll
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
    """The latest look into a mailbox; `found` must be the sum of the five after it."""

    seconds_ago: int
    found: int
    new: int
    known: int
    replies: int
    automatic: int
    quarantined: int


@dataclass(frozen=True)
class Mailbox:
    """One mailbox, by number: this page is public, and its name is an address. `seconds_ago` is
    the age of the last look that went well."""

    number: int
    seconds_ago: int
    well: bool
    adds_up: bool
    last_poll: Poll | None


@dataclass(frozen=True)
class Health:
    """What /status tells."""

    well: bool
    database: bool
    processes: dict[str, Beat]
    mailboxes: tuple[Mailbox, ...]
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
        mailboxes = tuple(
            _mailbox(number, box, now)
            for number, box in enumerate(health.mailboxes(db.session()), start=1)
        )
        unsent = select(func.count()).where(OutboxLetter.state.in_(UNSENT))
        letters = db.session.scalar(unsent) or 0
    except SQLAlchemyError:
        db.session.rollback()
        return Health(False, False, {}, (), None)
    well = all(beat.well for beat in beats.values()) and all(box.well for box in mailboxes)
    return Health(well, True, beats, mailboxes, letters)


def _beat(process: str, now: datetime) -> Beat:
    row = db.session.get(Heartbeat, process)
    if row is None:
        return Beat(None, True)
    late = now - row.at > health.SILENT_AFTER
    return Beat(_seconds(now - row.at), not late and row.error is None)


def _mailbox(number: int, box: health.MailboxHealth, now: datetime) -> Mailbox:
    return Mailbox(
        number=number,
        seconds_ago=_seconds(now - box.good_at),
        well=box.well,
        adds_up=box.adds_up,
        last_poll=_poll(box.poll, now) if box.poll is not None else None,
    )


def _poll(row: MailPoll, now: datetime) -> Poll:
    return Poll(
        seconds_ago=_seconds(now - (row.ended_at or row.began_at)),
        found=row.found,
        new=row.new,
        known=row.known,
        replies=row.replies,
        automatic=row.automatic,
        quarantined=row.quarantined,
    )


def _seconds(span: timedelta) -> int:
    return max(0, round(span.total_seconds()))

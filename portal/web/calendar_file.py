"""Dates as a calendar file (RFC 5545): whole days with a reference and a link, nobody's name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from flask import Response
from icalendar import Calendar, Event

from portal.work import settings


@dataclass(frozen=True)
class Day:
    """One date. The same `key` in a second file moves it in the reader's calendar."""

    key: str
    on: date
    summary: str
    link: str


def answer(days: Iterable[Day], now: datetime, name: str) -> Response:
    """Give dates as a file to save.

    Args:
        days: the dates.
        now: when the file was made.
        name: the file's name.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Heard//Dates of open cases//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for one in days:
        calendar.add_component(_event(one, now))
    made = Response(calendar.to_ical(), mimetype="text/calendar")
    made.headers["Content-Disposition"] = f"attachment; filename={name}"
    return made


def _event(one: Day, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{one.key}@{urlsplit(settings().public_url).hostname}")
    event.add("dtstamp", now)
    event.add("dtstart", one.on)
    event.add("dtend", one.on + timedelta(days=1))
    event.add("summary", one.summary)
    event.add("description", one.link)
    event.add("url", one.link)
    event.add("class", "CONFIDENTIAL")
    event.add("transp", "TRANSPARENT")
    return event

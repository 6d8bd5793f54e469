"""Calendar invitations as a person would read them out: what, when, where, who."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from intake.content_lines import ContentLine, content_lines

MAX_EVENTS = 20
MAX_PEOPLE = 50
_LONDON = ZoneInfo("Europe/London")
_WHEN = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?")
_LASTS = re.compile(r"P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,4})M)?)?")
_METHODS = {
    "REQUEST": "Invitation",
    "PUBLISH": "Calendar entry",
    "CANCEL": "Meeting cancelled",
    "COUNTER": "Other time suggested",
}
_ANSWERS = {
    "ACCEPTED": "Invitation accepted",
    "DECLINED": "Invitation declined",
    "TENTATIVE": "Invitation accepted, but not surely",
}
_OFTEN = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}


@dataclass(slots=True)
class _Event:
    first: dict[str, ContentLine] = field(default_factory=dict)
    people: list[ContentLine] = field(default_factory=list)


def text_of_invitation(content: bytes, charset: str | None) -> str:
    """Return an invitation as readable lines; empty where it holds no event.

    Args:
        content: the decoded body of the calendar part.
        charset: as the part declares it.
    """
    events: list[_Event] = []
    method, depth = "", 0
    for line in content_lines(content, charset):
        kind = line.value.strip().upper()
        if line.name == "METHOD":
            method = kind
        elif line.name == "BEGIN" and kind in {"VEVENT", "VTODO"}:
            if len(events) >= MAX_EVENTS:
                break
            events.append(_Event())
            depth = 1
        elif line.name == "BEGIN":
            depth += depth > 0  # an alarm within the event has its own description
        elif line.name == "END":
            depth -= depth > 0
        elif depth == 1 and line.name == "ATTENDEE":
            events[-1].people.append(line)
        elif depth == 1:
            events[-1].first.setdefault(line.name, line)
    return "\n\n".join(_told(event, method) for event in events)


def _told(event: _Event, method: str) -> str:
    title = _METHODS.get(method, "Calendar entry")
    if method == "REPLY" and event.people:
        answer = event.people[0].parameters.get("PARTSTAT", "").upper()
        title = _ANSWERS.get(answer, "Answer to an invitation")
    first = {name: line.text for name, line in event.first.items()}
    told = {
        "What": first.get("SUMMARY", ""),
        "When": _when(event.first),
        "Where": first.get("LOCATION", ""),
        "From": _person(event.first["ORGANIZER"]) if "ORGANIZER" in event.first else "",
        "Who": ", ".join(_person(one) for one in event.people[:MAX_PEOPLE]),
        "State": "cancelled" if first.get("STATUS", "").upper() == "CANCELLED" else "",
    }
    lines = [f"---------- {title} ----------"]
    lines += [f"{label}: {' '.join(said.split())}" for label, said in told.items() if said]
    if words := first.get("DESCRIPTION"):
        lines += ["", words]
    return "\n".join(lines)


def _person(line: ContentLine) -> str:
    address = re.sub(r"(?i)^mailto:", "", line.text)
    name = line.parameters.get("CN", "").strip()
    return f"{name} <{address}>" if name and name != address else address


def _when(first: dict[str, ContentLine]) -> str:
    start = first.get("DTSTART") or first.get("DUE")
    if start is None:
        return ""
    said = _moment(start)
    begins, ends = _parsed(start), _parsed(first["DTEND"]) if "DTEND" in first else None
    if ends is None and begins is not None and "DURATION" in first:
        lasts = _LASTS.fullmatch(first["DURATION"].value.strip().upper())
        weeks, days, hours, minutes = (
            (int(one or 0) for one in lasts.groups()) if lasts else [0] * 4
        )
        with suppress(OverflowError):
            ends = begins + timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes)
    if ends is not None and begins is not None and ends != begins:
        end = _end(begins, ends)
        said += f" to {end}" if end != said else ""
    rule = first["RRULE"].value.upper() if "RRULE" in first else ""
    often = re.search(r"FREQ=([A-Z]+)", rule)
    if often and often[1] in _OFTEN:
        said += f", every {_OFTEN[often[1]]}"
    return said


def _parsed(line: ContentLine) -> date | datetime | None:
    found = _WHEN.fullmatch(line.value.strip())
    if found is None:
        return None
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
        if found[4] is None:
            return day
        # Moments in UTC are told as our clocks show them; others stay as their own zone says.
        moment = datetime(day.year, day.month, day.day, int(found[4]), int(found[5]), tzinfo=UTC)
        return moment.astimezone(_LONDON) if found[7] else moment
    except (ValueError, OverflowError):
        return None


def _moment(line: ContentLine) -> str:
    when = _parsed(line)
    if when is None:
        return line.text
    zone = line.parameters.get("TZID", "").strip()
    if not isinstance(when, datetime):
        return _day(when)
    known = not zone or zone in {"Europe/London", "GMT Standard Time", "UTC"}
    return f"{_day(when)}, {when:%H:%M}" + ("" if known else f" ({zone})")


def _end(begins: date | datetime, ends: date | datetime) -> str:
    if isinstance(ends, datetime):
        same = isinstance(begins, datetime) and begins.date() == ends.date()
        return f"{ends:%H:%M}" if same else f"{_day(ends)}, {ends:%H:%M}"
    # The last day of an all-day event is the one before its end.
    return _day(ends - timedelta(days=1)) if ends > date.min else _day(ends)


def _day(when: date) -> str:
    return f"{when:%A} {when.day} {when:%B} {when.year}"

"""Everything that was said and done on a matter, in one line of time, and parts of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from portal import clock
from portal.access.acts import Act
from portal.cases import case_notes, experiences, field_changes, looks
from portal.cases import messages as said
from portal.cases.experiences import Told
from portal.cases.messages import ThreadEntry
from portal.matter_rows import CASES, EVENTS
from portal.records.audit_event import AuditEvent
from portal.records.feedback import Feedback
from portal.records.field_change import FieldChange
from portal.web.access import may
from portal.web.officer import case_view, wording
from portal.web.officer.history import ACTS, MOST_SHOWN, HistoryRow, at_words, rows_of
from portal.work import council

SENDERS: Mapping[str, str] = {
    "person": "The person",
    "advocate": "Their advocate",
    "supporter": "Their supporter",
    "council": "The council",
}
# The trail tells of these as well, without their words: they stand here once.
TOLD_ELSEWHERE = frozenset(
    {
        "message_added", "letter_written", "note_added", "feedback_received", "feedback_entered",
        "experience_said", "advocate_experience_said",
    }
)  # fmt: skip
# What these acts changed is told from the history of values, by the field's name.
VALUES: Mapping[str, str] = {
    "case_assigned": "officer",
    "case_handed_over": "officer",
    "tag_taken_off": "tag",
}
DECIDING = ("decided_", "refusal_", "route_recorded", "interest_decided", "late_test_recorded")


class Part(StrEnum):
    """What can be looked at alone."""

    ALL = "all"
    SAID = "said"
    LETTERS = "letters"
    DATES = "dates"
    DECISIONS = "decisions"
    NOTES = "notes"
    LOOKS = "looks"


NAMES: Mapping[Part, str] = {
    Part.ALL: "Everything",
    Part.SAID: "What was said",
    Part.LETTERS: "Letters",
    Part.DATES: "Steps and dates",
    Part.DECISIONS: "Decisions",
    Part.NOTES: "Notes",
    Part.LOOKS: "Looks",
}


@dataclass(frozen=True)
class Entry:
    """One thing that was said or done."""

    at: datetime
    part: Part
    title: str
    when: str
    body: str


def parts_for(feedback: Feedback) -> tuple[Part, ...]:
    """The parts that whoever is signed in may look at."""
    closed = set()
    if not may(Act.CONDUCT, feedback.id):
        closed.add(Part.NOTES)
    if not may(Act.SEE_WHO_LOOKED, feedback.id):
        closed.add(Part.LOOKS)
    return tuple(part for part in Part if part not in closed)


def entries(session: Session, feedback: Feedback, part: Part) -> list[Entry]:
    """What was said and done, the newest first: at most `MOST_SHOWN` of it.

    Args:
        session: any session.
        feedback: the matter.
        part: which of it; one of `parts_for`.
    """
    open_parts = parts_for(feedback)
    wanted = open_parts if part is Part.ALL else (part,)
    found: list[Entry] = []
    if {Part.SAID, Part.LETTERS} & set(wanted):
        found.append(_arrival(feedback))
        found += [_of_thread(one) for one in said.thread(session, feedback)]
        found += [_how_it_went(one) for one in experiences.told(session, feedback.id)]
    if Part.DATES in wanted:
        found += _steps(session, feedback)
    if Part.NOTES in wanted:
        found += [
            Entry(note.at, Part.NOTES, "Note", f"{at_words(note.at)}, {note.by}", note.text)
            for note in case_notes.of(session, feedback)
        ]
    found += _of_trail(session, feedback, part, open_parts)
    shown = [one for one in found if part is Part.ALL or one.part is part]
    return sorted(shown, key=lambda one: one.at, reverse=True)[:MOST_SHOWN]


def _arrival(feedback: Feedback) -> Entry:
    return Entry(
        feedback.received_at,
        Part.SAID,
        "They told us",
        at_words(feedback.received_at),
        feedback.story,
    )


def _of_thread(one: ThreadEntry) -> Entry:
    letter = one.kind == "letter"
    when = at_words(one.at) + (f". {one.how}" if one.how else "")
    title = f"{SENDERS[one.sender.value]}: {one.title}"
    return Entry(one.at, Part.LETTERS if letter else Part.SAID, title, when, one.body)


def _how_it_went(one: Told) -> Entry:
    said_at, body = one.experience.said_at, wording.experience(one.experience)
    if one.advocate is None:
        return Entry(said_at, Part.SAID, "The person: how it went", at_words(said_at), body)
    when = f"{at_words(said_at)}, {one.advocate}"
    return Entry(said_at, Part.SAID, "Their advocate: how it went", when, body)


def _steps(session: Session, feedback: Feedback) -> Iterable[Entry]:
    cases = CASES.of(session, feedback.id)
    for case in cases:
        part = f", part {case.part}" if len(cases) > 1 else ""
        for event, told in zip(
            reversed(EVENTS.of(session, case.id)),
            case_view.happened(session, case),
            strict=True,
        ):
            at = datetime.combine(event.on, time(12), tzinfo=clock.LONDON)
            yield Entry(at, Part.DATES, told["title"] + part, told["when"], told["body"])


def _of_trail(
    session: Session, feedback: Feedback, part: Part, open_parts: tuple[Part, ...]
) -> list[Entry]:
    if part not in (Part.ALL, Part.DECISIONS, Part.LOOKS):
        return []
    events, names = looks.latest_acts(session, feedback, MOST_SHOWN, *_acts(part, open_parts))
    lines: list[HistoryRow] = rows_of(events, names)
    values = _values(session, feedback, events)
    return [
        Entry(event.at, _part_of(event.act), line.title, line.when, told or line.body)
        for event, line, told in zip(events, lines, values, strict=True)
    ]


def _values(session: Session, feedback: Feedback, events: Sequence[AuditEvent]) -> list[str]:
    """What each act changed, in words; empty where nothing is kept of it."""
    if not any(event.act in VALUES for event in events):
        return [""] * len(events)
    kept: dict[tuple[datetime, str], list[FieldChange]] = {}
    for change in field_changes.of_matter(session, feedback):
        kept.setdefault((change.changed_at, change.field), []).append(change)
    # Acts on several parts share one moment: both lists have the newest first, so they pair up.
    found = [kept.get((event.at, VALUES.get(event.act, ""))) for event in events]
    return [_change_words(changes.pop(0)) if changes else "" for changes in found]


def _change_words(change: FieldChange) -> str:
    if change.field == "tag":
        tag = change.before or ""
        return f"Tag: {council().tags.get(tag, tag)}"
    return f"Named officer: from {change.before or 'nobody'} to {change.after or 'nobody'}"


def _acts(part: Part, open_parts: tuple[Part, ...]) -> tuple[ColumnElement[bool], ...]:
    act = AuditEvent.act
    if part is Part.LOOKS:
        return (act.in_(looks.LOOKS),)
    if part is Part.DECISIONS:
        return (act.in_([one for one in ACTS if _part_of(one) is Part.DECISIONS]),)
    hidden = TOLD_ELSEWHERE if Part.LOOKS in open_parts else TOLD_ELSEWHERE | set(looks.LOOKS)
    return (act.not_in(hidden),)


def _part_of(act: str) -> Part:
    if act in looks.LOOKS:
        return Part.LOOKS
    return Part.DECISIONS if act.startswith(DECIDING) else Part.DATES

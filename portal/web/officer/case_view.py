"""What the case page shows of the procedure: where it stands, its dates, and what has happened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal.cases import conflicts, counting, gathering
from portal.cases.clock_names import CLOCKS
from portal.council import Council
from portal.matter_rows import ACCOUNT, APPOINTMENTS, CASE_CLOCKS, CASE_STAGES, EVENTS
from portal.procedures.clocks import (
    FROM_REQUEST,
    FROM_STATEMENT,
    PROMISED,
    THIRTEEN,
)
from portal.procedures.procedure import ClockKey, StageKey
from portal.procedures.state import AppointedAs, Doer, Event, State
from portal.procedures.working_days import Calendar, in_full, relative_words
from portal.records.case import Case, CaseClock, CaseState
from portal.records.case_event import CaseEvent
from portal.web.officer.event_sheets import SHEETS
from portal.web.officer.history import at_words

STATES: Mapping[State, str] = {
    State.ANSWERING: "With the service for its answer",
    State.ANSWERED: "Answered: the person may ask for the next stage",
    State.REVIEW_ASKED: "A review was asked for: accept it, or say why not",
    State.REVIEWING: "With another manager for review",
    State.INVESTIGATION_ASKED: "Stage 2 is open: appoint people, settle the statement",
    State.INVESTIGATING: "Under investigation",
    State.ADJUDICATING: "Reports are in: the council decides on each point",
    State.ADJUDICATED: "Decided: the person may ask for a panel",
    State.PANEL_ASKED: "A panel was asked for",
    State.PANEL_HELD: "The panel has met: its report is awaited",
    State.PANEL_REPORTED: "The panel has reported: the council answers",
    State.PANEL_ANSWERED: "The panel is answered: the person may go to the Ombudsman",
    State.OMBUDSMAN_ENQUIRY: "The Ombudsman asks",
    State.OMBUDSMAN_DRAFT: "The Ombudsman’s draft is here for comment",
    State.OMBUDSMAN_DECIDED: "The Ombudsman has decided: carry out the remedies",
    State.NOT_CONSIDERED: "Not considered while proceedings run",
    State.WITHDRAWN: "Taken back by the person",
    State.CONCLUDED: "Closed",
}
READINGS: Mapping[str, str] = {
    PROMISED: "",
    FROM_REQUEST: "counted from the request",
    FROM_STATEMENT: "counted from the agreed statement",
    THIRTEEN: "thirteen weeks from the request, as the Ombudsman counts",
}
OF_THE_PERSON = frozenset({ClockKey.REQUEST_2, ClockKey.REQUEST_3})
ROLES: Mapping[AppointedAs, str] = {
    AppointedAs.INVESTIGATOR: "Investigating officer",
    AppointedAs.INDEPENDENT_PERSON: "Independent person",
    AppointedAs.REVIEWER: "Reviewer",
    AppointedAs.PANEL_CHAIR: "Chair of the panel",
    AppointedAs.PANEL_MEMBER: "Member of the panel",
}
BY: Mapping[Doer, str] = {
    Doer.PERSON: "the person",
    Doer.WORKER: "the portal",
}
OTHER_EVENTS: Mapping[Event, str] = {
    Event.ACKNOWLEDGED: "Acknowledged",
    Event.LAPSE_TOLD: "Told that stage 1 has run out",
}


@dataclass(frozen=True)
class ClockLine:
    """One date of a stage: what it is for, the day, and how it was counted."""

    name: str
    note: str
    due_on: date
    relative: str
    late: bool
    met_on: date | None
    working: str
    adjusted_on: date | None


@dataclass(frozen=True)
class StageLines:
    """One stage with its dates."""

    name: str
    opened_on: date
    answered_on: date | None
    ended_on: date | None
    clocks: tuple[ClockLine, ...]


def stages(session: Session, council: Council, case: Case, today: date) -> tuple[StageLines, ...]:
    """Every stage of a case with its dates, the present one first.

    Args:
        session: any session.
        council: for the stages' names and the days off.
        case: the case.
        today: against which a date is late.
    """
    found = CASE_STAGES.of(session, case.id)[::-1]
    track = gathering.track_for(case)
    open_case = case.state is CaseState.OPEN
    return tuple(
        StageLines(
            council.stage_name(track, StageKey(stage.key)),
            stage.opened_on,
            stage.answered_on,
            stage.ended_on,
            tuple(
                _line(row, today, council.calendar, open_case and stage.ended_on is None)
                for row in CASE_CLOCKS.of(session, stage.id)
            ),
        )
        for stage in found
    )


def happened(session: Session, case: Case) -> list[dict[str, str]]:
    """What has happened, newest first, as the timeline takes it."""
    events = EVENTS.of(session, case.id)[::-1]
    ids = {event.account_id for event in events if event.account_id is not None}
    names = {key: one[0].name for key, one in ACCOUNT.of_each(session, ids).items()}
    return [_entry(event, names, counting.lies_here(session, event)) for event in events]


def conflicted(session: Session, case: Case) -> list[tuple[str, str, str]]:
    """Who of those appointed said that they have a conflict: role and name, when, and what."""
    rows = conflicts.in_force(session, case)
    ids = {row.account_id for row in rows if row.account_id is not None}
    names = {key: one[0].name for key, one in ACCOUNT.of_each(session, ids).items()}
    return [
        (
            f"{ROLES[row.role]}, {names.get(row.account_id or 0, '')}",
            at_words(row.said_at) if row.said_at else "",
            row.conflict or "",
        )
        for row in rows
    ]


def appointed(session: Session, case: Case) -> list[tuple[str, str]]:
    """Who is appointed now, each role with the name."""
    rows = [row for row in APPOINTMENTS.of(session, case.id) if row.ended_at is None]
    ids = {row.account_id for row in rows if row.account_id is not None}
    names = {key: one[0].name for key, one in ACCOUNT.of_each(session, ids).items()}
    return [(ROLES[row.role], names.get(row.account_id or 0) or row.name or "") for row in rows]


def _line(row: CaseClock, today: date, calendar: Calendar, runs: bool) -> ClockLine:
    key = ClockKey(row.key)
    theirs = key in OF_THE_PERSON
    late = runs and row.met_on is None and row.due_on < today and not theirs
    return ClockLine(
        name=CLOCKS[key],
        note=READINGS[row.reading] + (" or as soon as can be" if row.soft and not theirs else ""),
        due_on=row.due_on,
        relative=relative_words(row.due_on, today, calendar) if runs and row.met_on is None else "",
        late=late,
        met_on=row.met_on,
        working=str(row.working.get("words", "")),
        adjusted_on=row.adjusted_on,
    )


def _entry(event: CaseEvent, names: Mapping[int, str], unposted: bool) -> dict[str, str]:
    title = OTHER_EVENTS.get(event.event) or SHEETS[event.event].button
    who = names.get(event.account_id or 0) or BY.get(event.by, "the office")
    when = f"{in_full(event.on)}, {who}"
    if unposted:
        when += ". Its letter is not posted yet, so nothing counts from it"
    return {"title": title, "when": when, "body": event.words or ""}

"""Storing the invented register: one insert a table and batch, keys handed down."""

from collections.abc import Iterator, Sequence
from typing import Any

from portal.cases import counting, queue_places, stages
from portal.cases.tokens import make_public_id
from portal.clock import london_date
from portal.demo.arrivals import on_clock
from portal.demo.register.contact import Contact
from portal.demo.register.life import Life
from portal.demo.register.life_parts import LifeEvent, LifeStage
from portal.demo.rows import Row, act_row
from portal.demo.storing import insert_keyed, insert_rows, unused_references
from portal.procedures.state import OVER
from portal.records.appointment import Appointment
from portal.records.audit_event import AuditEvent
from portal.records.case import Case, CaseClock, CaseStage, CaseState
from portal.records.case_event import CaseEvent
from portal.records.decision import Decision
from portal.records.feedback import Feedback
from portal.records.investigation_fee import InvestigationFee
from portal.records.ombudsman_matter import OmbudsmanCover, OmbudsmanMatter
from portal.records.party import Party
from portal.records.point import Point, PointFinding
from portal.records.publication import Publication
from portal.records.publishing_consent import PublishingConsent
from portal.records.remedy import Remedy
from portal.work import Work

STAGE_COLUMNS = (
    "key", "profile", "opened_on", "starts", "start_on", "due_on", "first_due_on", "working",
    "answered_on", "ended_on",
)  # fmt: skip
CLOCK_COLUMNS = (
    "key", "reading", "starts", "start_on", "due_on", "first_due_on", "latest_on", "adjusted_on",
    "met_on", "soft", "working",
)  # fmt: skip
EVENING = 16


def store(work: Work, contacts: Sequence[Contact]) -> None:
    """Store matters with everything that hangs on them; each knows its case's key afterwards.

    Args:
        work: the open act.
        contacts: a batch of them.
    """
    references = unused_references(work, len(contacts))
    feedback_ids = insert_keyed(
        work,
        Feedback,
        [
            one.feedback | {"reference": reference}
            for one, reference in zip(contacts, references, strict=True)
        ],
    )
    pairs = list(zip(feedback_ids, contacts, strict=True))
    under = {"parties": Party, "decision": Decision, "publication": Publication,
             "consent": PublishingConsent}  # fmt: skip
    for name, record in under.items():
        rows = [(key, row) for key, one in pairs for row in _listed(getattr(one, name))]
        insert_rows(work, record, [{**row, "feedback_id": key} for key, row in rows])
    with_case = [(key, one, one.life) for key, one in pairs if one.life is not None]
    case_ids = insert_keyed(work, Case, [_case(key, one, life) for key, one, life in with_case])
    for case_id, (_, one, _life) in zip(case_ids, with_case, strict=True):
        one.case_id = case_id
    _store_lives(work, [(one.case_id or 0, life) for _, one, life in with_case])
    _store_matters(work, [one for one in contacts if one.matter is not None])
    insert_rows(work, AuditEvent, sorted(_acts(pairs), key=lambda row: row["at"]))
    for key in feedback_ids:
        queue_places.touch(work.session, key)


def _store_lives(work: Work, lives: list[tuple[int, Life]]) -> None:
    placed = [
        (case_id, place, life, stage)
        for case_id, life in lives
        for place, stage in enumerate(life.stages)
    ]
    rows = [_stage(life, stage) | {"case_id": case_id} for case_id, _, life, stage in placed]
    keys = insert_keyed(work, CaseStage, rows)
    stage_ids = {
        (case_id, place): key for key, (case_id, place, _, _) in zip(keys, placed, strict=True)
    }
    clocks = [
        row | {"stage_id": stage_ids[case_id, place]}
        for case_id, place, life, stage in placed
        for row in _clocks(life, stage)
    ]
    insert_rows(work, CaseClock, clocks)
    events = [
        _event(life, event) | {"case_id": case_id, "stage_id": stage_ids[case_id, event.stage]}
        for case_id, life in lives
        for event in life.events
    ]
    insert_rows(work, CaseEvent, events)
    remedies = [{**row, "case_id": case_id} for case_id, life in lives for row in life.remedies]
    insert_rows(work, Remedy, remedies)
    store_people(work, lives)
    _store_points(work, lives, stage_ids)


def store_people(work: Work, lives: list[tuple[int, Life]]) -> None:
    """Store who was appointed to cases, and what each was paid.

    Args:
        work: the open act.
        lives: cases with the keys that they have been given.
    """
    rows = [{**row, "case_id": case_id} for case_id, life in lives for row in life.appointments]
    keys = insert_keyed(work, Appointment, rows)
    of = {row["public_id"]: key for key, row in zip(keys, rows, strict=True)}
    fees = [
        {**row, "case_id": case_id, "appointment_id": of[row["appointment"]]}
        for case_id, life in lives
        for row in life.fees
    ]
    plain = [{name: row[name] for name in row if name != "appointment"} for row in fees]
    insert_rows(work, InvestigationFee, plain)


def _store_points(
    work: Work, lives: list[tuple[int, Life]], stage_ids: dict[tuple[int, int], int]
) -> None:
    points = [(case_id, life, point) for case_id, life in lives for point in life.points]
    keys = insert_keyed(
        work,
        Point,
        [
            {
                "public_id": make_public_id(),
                "case_id": case_id,
                "number": point.number,
                "text": point.text,
                "state": point.state,
                "made_at": on_clock(point.made_on, EVENING, 0),
                "made_by_id": life.officer_id,
            }
            for case_id, life, point in points
        ],
    )
    findings = [
        {
            "point_id": key,
            "stage_id": stage_ids[case_id, place],
            "giver": giver,
            "finding": found.finding,
            "resolved": found.finding is None,
            "reasons": found.reasons,
            "written_at": on_clock(found.on, EVENING, 0),
            "written_by_id": life.officer_id,
        }
        for key, (case_id, life, point) in zip(keys, points, strict=True)
        for (place, giver), found in point.findings.items()
    ]
    insert_rows(work, PointFinding, findings)


def _store_matters(work: Work, contacts: list[Contact]) -> None:
    rows = [(one.matter or {}) | {"case_id": one.case_id} for one in contacts]
    insert_rows(work, OmbudsmanMatter, rows)


def store_covers(work: Work, contacts: Sequence[Contact]) -> None:
    """Say which complaint each of the Ombudsman's matters is about, once all are stored."""
    covers = [
        {
            "public_id": make_public_id(),
            "matter_id": one.case_id,
            "case_id": one.covers.case_id,
            "added_at": one.matter["recorded_at"],
            "added_by_id": one.matter["recorded_by_id"],
        }
        for one in contacts
        if one.covers is not None and one.matter is not None
    ]
    insert_rows(work, OmbudsmanCover, covers)


def _listed(value: Any) -> list[Row]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _case(feedback_id: int, one: Contact, life: Life) -> Row:
    decision = one.decision
    taken = ("category", "procedure", "chosen_track", "area", "team", "risk")
    return {name: decision[name] for name in taken} | {
        "feedback_id": feedback_id,
        "part": 1,
        "state": CaseState.CLOSED if life.state in OVER else CaseState.OPEN,
        "procedure_state": life.state,
        "stage_key": life.stage.key.value,
        "opened_at": decision["decided_at"],
        "opened_on": london_date(decision["decided_at"]),
        "opened_by_id": life.officer_id,
        "officer_id": life.officer_id,
        "acknowledged_on": life.acknowledged_on,
        "closed_at": on_clock(life.closed_on, EVENING, 30) if life.closed_on else None,
    }


def _stage(life: Life, stage: LifeStage) -> Row:
    planned = life.plan(stage)
    row = stages.as_stage(Case(id=0), stage.opening, stage.opened_on)
    stages.recalculate(row, planned, planned.deadline.start, planned.starts.value)
    row.answered_on, row.ended_on = stage.answered_on, stage.ended_on
    return {name: getattr(row, name) for name in STAGE_COLUMNS}


def _clocks(life: Life, stage: LifeStage) -> Iterator[Row]:
    for clock in life.plan(stage).clocks:
        row = CaseClock(stage_id=0, first_due_on=clock.deadline.due)
        counting.fill(row, clock)
        yield {name: getattr(row, name) for name in CLOCK_COLUMNS}


def _event(life: Life, event: LifeEvent) -> Row:
    given = event.given
    details: dict[str, Any] = {}
    if given.second_officer_id is not None:
        details["second_officer_id"] = given.second_officer_id
    said = given.words.strip() or f"{given.proceedings}\n\n{given.prejudice}".strip()
    if given.talked_with:
        said = f"{given.talked_with}\n\n{said}".strip()
    return {
        "public_id": make_public_id(),
        "event": event.event,
        "on": given.on,
        "recorded_at": on_clock(given.on, EVENING, 0),
        "by": given.by,
        "account_id": given.account_id,
        "from_state": event.before,
        "to_state": event.after,
        "reason": given.reason,
        "words": said or None,
        "details": details,
    }


def _acts(pairs: list[tuple[int, Contact]]) -> Iterator[Row]:
    """What the trail says of each matter."""
    for key, one in pairs:
        about = {"about_kind": "feedback", "about_id": key}
        decided = one.decision
        officer_id = decided["decided_by_id"]
        yield act_row(one.feedback["received_at"], "feedback_received", "public") | about
        act = f"decided_{decided['outcome'].value}"
        yield act_row(decided["decided_at"], act, "staff", officer_id) | about
        if one.life is None:
            continue
        about = {"about_kind": "case", "about_id": one.case_id}
        yield act_row(decided["decided_at"], "case_opened", "staff", officer_id) | about
        for event in one.life.events:
            at = on_clock(event.given.on, EVENING, 0)
            doer = event.given.account_id
            kind = "staff" if doer is not None else "public"
            yield act_row(at, f"case_{event.event.value}", kind, doer) | about

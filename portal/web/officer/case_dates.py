"""The dates of a case's first stage, with their working, as its pages show them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal.cases import gathering
from portal.procedures.procedure import StageKey, StartEvent, Track
from portal.procedures.working_days import in_full, relative_words
from portal.records.case import Case, CaseStage
from portal.work import counting_council

WHY = {
    "acknowledged": "the acknowledgement was written",
    "posted": "a letter was posted",
    "not_posted": "the day on which a letter was posted was taken back",
    "extended": "more time was taken",
    "rerouted": "it moved to the other procedure",
    "statement_agreed": "the statement of complaint was agreed",
    "request_acknowledged": "the request was acknowledged",
    "panel_held": "the panel met",
    "panel_reported": "the panel reported",
    "bank_holiday_added": "a bank holiday was added",
    "bank_holiday_taken_back": "a bank holiday was taken back",
}


@dataclass(frozen=True)
class CaseDates:
    """What the page says about the first stage: its name, dates and their working."""

    stage_name: str
    due_on: date
    relative: str
    late: bool
    first_due_on: date
    working: str
    acknowledge_by: date | None
    acknowledge_relative: str
    acknowledge_late: bool
    moved: tuple[str, ...]
    runs: bool


def dates_of(session: Session, found: Case, stage: CaseStage, today: date) -> CaseDates:
    """Say what a stage's dates are, and how they were counted.

    Args:
        session: any session.
        found: the case.
        stage: one of its stages.
        today: the day against which a date is late.
    """
    by = _acknowledge_by(found, stage)
    here = counting_council(session)
    runs = stage.answered_on is None and stage.ended_on is None
    return CaseDates(
        stage_name=here.stage_name(gathering.track_for(found), StageKey(stage.key)),
        due_on=stage.due_on,
        relative=relative_words(stage.due_on, today, here.calendar) if runs else "",
        late=runs and stage.due_on < today,
        first_due_on=stage.first_due_on,
        working=str(stage.working.get("words", "")),
        acknowledge_by=by,
        acknowledge_relative=relative_words(by, today, here.calendar) if by is not None else "",
        acknowledge_late=by is not None and by < today,
        runs=runs,
        moved=tuple(_moved(entry) for entry in stage.working.get("recalculations", [])),
    )


def _acknowledge_by(found: Case, stage: CaseStage) -> date | None:
    """The last day for the letter that a case still owes, where its timescales give one."""
    letter = stage.working.get("acknowledge")
    if letter is None or found.acknowledged_on is not None:
        return None
    if stage.starts == StartEvent.ACKNOWLEDGED.value:
        return stage.start_on
    about_data = gathering.track_for(found) is Track.DATA_PROTECTION
    return date.fromisoformat(letter["due"]) if about_data else None


def _moved(entry: dict[str, str]) -> str:
    on, before, after = (
        in_full(date.fromisoformat(entry[name])) for name in ("on", "due_before", "due_after")
    )
    why = WHY.get(entry["why"], entry["why"].replace("_", " "))
    if before == after:
        return f"{on}: {why}; the date stayed {after}."
    return f"{on}: {why}; the date moved from {before} to {after}."

"""What the case page says of chasing: a silence, a holding letter, the reminders that went."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal.cases import holding, silence
from portal.cases.silence import Silence
from portal.council import Council
from portal.matter_rows import ACCOUNT, CASE_CLOCKS, CASE_STAGES, REMINDERS
from portal.records.case import Case
from portal.records.holding_letter import HoldingLetter
from portal.records.reminder import Reminder, ReminderState
from portal.web.officer import chasing_words, presence
from portal.web.officer.history import at_words
from portal.web.officer.presence import Has
from portal.web.once import once

# By which name a page tells the silence of its case, where it has learned of it with the case.
SILENCE = "silence"


@dataclass(frozen=True)
class Chased:
    """Of one case: its silence, the draft that waits, the holding letters that went, the reminders
    that did not arrive as (id, sentence), and all reminders as the timeline takes them."""

    silence: Silence | None
    draft: HoldingLetter | None
    sent: list[HoldingLetter]
    untold: list[tuple[str, str]]
    reminders: list[dict[str, str]]


def chased(session: Session, council: Council, case: Case, today: date) -> Chased:
    """Gather it.

    Args:
        session: any session.
        council: for what is too long a silence, and the days off.
        case: the case.
        today: the day.
    """
    there = presence.of(session, case.feedback_id)
    rows = _reminders(session, case) if Has.REMINDER in there else []
    ids = {key for row, _ in rows for key in row.told.get("accounts", ())}
    names = {key: found[0].name for key, found in ACCOUNT.of_each(session, ids).items() if found}
    return Chased(
        once(
            SILENCE,
            case.id,
            lambda: silence.silences(session, council, today, [case.id]).get(case.id),
        ),
        holding.drafted(session, case) if Has.HOLDING in there else None,
        holding.sent(session, case) if Has.HOLDING in there else [],
        [
            (row.public_id, _not_told(row, key))
            for row, key in rows
            if row.state is ReminderState.UNTOLD and row.settled_at is None
        ],
        [_entry(row, key, names) for row, key in rows],
    )


def _reminders(session: Session, case: Case) -> list[tuple[Reminder, str | None]]:
    """The reminders that went, the newest first, each with the name of its clock."""
    clocks = {
        clock.id: clock.key
        for stage in CASE_STAGES.of(session, case.id)
        for clock in CASE_CLOCKS.of(session, stage.id)
    }
    return [
        (row, clocks.get(row.clock_id or 0))
        for row in REMINDERS.of(session, case.id)[::-1]
        if row.state is not ReminderState.PASSED_OVER
    ]


def _not_told(row: Reminder, key: str | None) -> str:
    return f"{chasing_words.what(row, key)}. Not told: {chasing_words.levels(row.told['untold'])}"


def _entry(row: Reminder, key: str | None, names: dict[int, str]) -> dict[str, str]:
    told = [names[one] for one in row.told.get("accounts", ()) if one in names]
    return {
        "title": chasing_words.what(row, key),
        "when": at_words(row.made_at),
        "body": f"To {', '.join(told)}" if told else "Nobody could be told",
    }

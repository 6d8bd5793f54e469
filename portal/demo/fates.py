"""What becomes of invented feedback: when it was decided, how, and when a case was answered."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from portal.clock import london_date
from portal.demo.arrivals import MONTHS_BACK, RECENT, on_clock
from portal.demo.dates import working_days_after
from portal.demo.stories import Story
from portal.procedures.procedure import track_of
from portal.procedures.refusal import RefusalReason
from portal.procedures.vocabulary import Category, Nature, Risk, Team
from portal.records.decision import Outcome
from portal.triage.consistency import reasons_for

# Working days from arrival to decision, and how often.
LAGS, LAG_WEIGHTS = (0, 1, 2, 3, 4, 6), (20, 34, 24, 13, 6, 3)
FORGOTTEN = 0.02
# Of what came in the last days, how much nobody has come to yet.
STILL_WAITING = 0.75
ACKNOWLEDGED = 0.85
IN_TIME, A_LITTLE_LATE = 0.6, 0.82
EXPLANATIONS: Mapping[RefusalReason, str] = {
    RefusalReason.COMMENT: "Thank you for telling us. We gave it to the people who plan this.",
    RefusalReason.DATA_PROTECTION: (
        "What you ask for is about records, so the information team will answer it."
    ),
    RefusalReason.SAFEGUARDING: "We gave this at once to the people who keep children safe.",
    RefusalReason.NOT_THIS_AUTHORITY: "Another body runs this service, and can put it right.",
    RefusalReason.SCHOOL: "Schools answer complaints themselves. Their website says how.",
    RefusalReason.TRIBUNAL: "Only the tribunal can change this decision. You can appeal to it.",
    RefusalReason.CONCURRENT_COURT: "A court is deciding this now. Write to us when it has.",
    RefusalReason.SERVICE_REQUEST: "You asked for help for the first time. The team will ring you.",
}


@dataclass(frozen=True)
class Fate:
    """What an officer decided and when."""

    decided_at: datetime
    outcome: Outcome
    reason: RefusalReason | None
    explanation: str | None


@dataclass(frozen=True)
class Answer:
    """When a case was answered and closed; both None while it is open."""

    on: date | None
    at: datetime | None


def fate_of(
    story: Story, received_at: datetime, now: datetime, chance: random.Random
) -> Fate | None:
    """Decide what became of a story.

    Args:
        story: with the labels that the officer gives.
        received_at: when it came.
        now: nothing is decided after this moment.
        chance: decides.

    Returns:
        The decision, or None while it waits: because it came lately, or was overlooked for weeks.
    """
    day = working_days_after(london_date(received_at), chance.choices(LAGS, LAG_WEIGHTS)[0])
    decided_at = max(received_at, on_clock(day, chance.randrange(9, 17), chance.randrange(60)))
    age = now - received_at
    share = STILL_WAITING if age < RECENT else FORGOTTEN if age < MONTHS_BACK / 2 else 0
    if decided_at >= now or chance.random() < share:
        return None
    if track_of(story.category, story.procedure) is not None:
        return Fate(decided_at, Outcome.CASE_OPENED, None, None)
    if story.category is Category.COMPLIMENT:
        return Fate(decided_at, Outcome.THANKED, None, None)
    reason = _reason(story)
    passed_on = reason in reasons_for(Outcome.PASSED_ON)
    outcome = Outcome.PASSED_ON if passed_on else Outcome.DECLINED
    return Fate(decided_at, outcome, reason, EXPLANATIONS[reason])


def acknowledged_on(opened_on: date, today: date, chance: random.Random) -> date | None:
    """The day of the officer's letter, for most cases within days of opening."""
    if chance.random() > ACKNOWLEDGED:
        return None
    day = working_days_after(opened_on, chance.randrange(4))
    return day if day <= today else None


def answer_to(
    opened_on: date, due_on: date, now: datetime, luck: float, chance: random.Random
) -> Answer:
    """When a case was answered.

    Args:
        opened_on, due_on: its dates.
        now: no answer is after this moment.
        luck: from 0 to 1: in time, a little late, very late. Given from outside, so that the few
            cases of a small demo have all three.
        chance: decides the rest.
    """
    today = london_date(now)
    if luck < IN_TIME:
        span = max(0, (due_on - opened_on).days)
        day = working_days_after(opened_on, int(span * chance.uniform(0.45, 0.7)))
        day = min(day, due_on)
    elif luck < A_LITTLE_LATE:
        day = working_days_after(due_on, chance.randrange(1, 8))
    else:
        day = working_days_after(due_on, chance.randrange(40, 100))
    if day >= today:
        return Answer(None, None)
    return Answer(day, on_clock(day, 16, chance.randrange(60)))


def _reason(story: Story) -> RefusalReason:
    text = story.text.lower()
    if story.category is Category.COMMENT and story.risk is not Risk.NONE:
        return RefusalReason.SAFEGUARDING
    if story.category is Category.COMMENT:
        return RefusalReason.COMMENT
    if story.nature is Nature.DATA:
        return RefusalReason.DATA_PROTECTION
    if "tribunal" in text:
        return RefusalReason.TRIBUNAL
    if "court" in text:
        return RefusalReason.CONCURRENT_COURT
    if "school" in text:
        return RefusalReason.SCHOOL
    if story.team is Team.OTHER:
        return RefusalReason.NOT_THIS_AUTHORITY
    return RefusalReason.SERVICE_REQUEST

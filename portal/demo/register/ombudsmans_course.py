"""What becomes of an invented matter of the Ombudsman."""

import random
from datetime import date, timedelta

from portal.demo.dates import working_days_after
from portal.demo.register import words
from portal.demo.register.life import Life
from portal.demo.register.things_to_do import Thing, promised
from portal.demo.register.year_file import OmbudsmanRow
from portal.procedures.finding import Giver
from portal.procedures.ombudsman_decision import OmbudsmanDecision, Reached
from portal.procedures.remedy import RemedyKind
from portal.procedures.reporting_year import ReportingYear
from portal.procedures.state import Event

DECIDED = frozenset({OmbudsmanDecision.UPHELD, OmbudsmanDecision.NOT_UPHELD})
"""In these a final decision came; every other matter was closed by a letter."""


def window(row: OmbudsmanRow) -> tuple[date, date]:
    """From when to when it may have come, so that it stands at the year's end where it should."""
    year = ReportingYear.named(row.year)
    if row.decision is None and row.reached is Reached.INVESTIGATION:
        return date(year.begins, 11, 4), date(year.begins + 1, 2, 14)
    if row.reached is Reached.INVESTIGATION:
        return year.first_day, date(year.begins, 9, 20)
    return year.first_day, date(year.begins + 1, 1, 24)


def some_day(row: OmbudsmanRow, chance: random.Random) -> date:
    """A day of the window, seldom at a weekend's end: letters are read on working days."""
    first, last = window(row)
    return working_days_after(first + timedelta(days=chance.randint(0, (last - first).days)), 1)


def run(life: Life, row: OmbudsmanRow, as_at: date, chance: random.Random) -> date | None:
    """Let a matter of the Ombudsman go its way.

    Returns:
        The day of their decision; None where there is none.
    """
    day = life.opened_on
    if row.reached is Reached.INTAKE:
        day = working_days_after(day, chance.randint(1, 6))
        return _closed(life, row, day, "closed_by_ombudsman")
    day = working_days_after(day, chance.choice((4, 8, 12, 17, 19, 22)))
    answer = words.sentence("answered_ombudsman")
    life.happen(Event.ENQUIRY_ANSWERED, day, words=answer)
    if row.reached is Reached.WENT_ON:
        return _closed(life, row, working_days_after(day, 5), "went_on")
    if row.decision is None:
        return None
    if row.reached is Reached.INVESTIGATION:
        day = working_days_after(day, chance.randint(40, 60))
        life.happen(Event.DRAFT_RECEIVED, day)
        day = working_days_after(day, chance.randint(5, 9))
        life.happen(Event.DRAFT_COMMENTED, day, words=words.sentence("commented_draft"))
    day = working_days_after(day, chance.randint(8, 15))
    if row.decision not in DECIDED:
        return _closed(life, row, day, "closed_by_ombudsman")
    life.happen(Event.FINAL_RECEIVED, day, words=words.sentence("final"))
    settled = _put_right(life, row, day, as_at, chance)
    over = working_days_after(settled, 6)
    if over <= as_at and all(one["compliance"] is not None for one in life.remedies):
        life.happen(Event.CONCLUDED, over)
    return day


def _closed(life: Life, row: OmbudsmanRow, on: date, said: str) -> date | None:
    life.happen(Event.OMBUDSMAN_CLOSED, on, words=words.sentence(said))
    return on if row.decision is not None else None


def _put_right(life: Life, row: OmbudsmanRow, on: date, as_at: date, chance: random.Random) -> date:
    settled = on
    for asked in words.asked_by_ombudsman(row.remedies) if row.remedies else ():
        kind = RemedyKind(asked.kind)
        thing = Thing(Giver.OMBUDSMAN, kind, asked.text, asked.payee, asked.pence)
        settled = max(settled, promised(life, row.team, thing, on, as_at, chance))
    return settled

"""What is promised or recommended in an invented case, and whether it was done."""

import random
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.cases.tokens import make_public_id
from portal.demo.arrivals import on_clock
from portal.demo.dates import working_days_after
from portal.demo.register import words
from portal.demo.register.life import Life
from portal.demo.register.life_facts import REMEDY_COLUMNS
from portal.procedures.finding import Giver
from portal.procedures.remedy import Compliance, RemedyKind, RemedyState
from portal.procedures.vocabulary import Team

USUAL_WAIT = 20


@dataclass(frozen=True)
class Thing:
    """One thing to be done."""

    giver: Giver
    kind: RemedyKind
    text: str
    payee: str | None = None
    pence: int | None = None


def promised(
    life: Life, team: Team, thing: Thing, on: date, as_at: date, chance: random.Random
) -> date:
    """Promise something, and do it where there was time.

    Args:
        life: the case; the thing belongs to its present stage.
        team: whose it is.
        thing: what.
        on: the day of the promise.
        as_at: nothing is done after this day.
        chance: decides when, and whether late.

    Returns:
        The day on which it was done or is due.
    """
    due = working_days_after(on, USUAL_WAIT)
    done = working_days_after(on, chance.choice((5, 9, 14, 19, 20, 26)))
    row = _row(life, team, thing, on)
    row["due_on"] = due
    if done <= as_at:
        row |= {"state": RemedyState.DONE, "done_on": done, "evidence": words.sentence("evidence")}
        if thing.giver is Giver.OMBUDSMAN:
            row["told_ombudsman_on"] = done
            row["compliance"] = Compliance.LATE if done > due else Compliance.ON_TIME
    life.remedies.append(row)
    return max(due, done)


def not_accepted(life: Life, team: Team, thing: Thing, on: date, chance: random.Random) -> None:
    """Say no to a recommendation, with the reason."""
    row = _row(life, team, thing, on)
    row |= {
        "state": RemedyState.NOT_ACCEPTED,
        "reasons": words.some("refused", thing.giver.value, chance),
    }
    life.remedies.append(row)


def _row(life: Life, team: Team, thing: Thing, on: date) -> dict[str, Any]:
    return dict.fromkeys(REMEDY_COLUMNS) | {
        "public_id": make_public_id(),
        "stage_key": life.stage.key.value,
        "giver": thing.giver,
        "kind": thing.kind,
        "text": thing.text,
        "state": RemedyState.PROMISED,
        "team": team,
        "payee": thing.payee,
        "amount_pence": thing.pence,
        "for_report": False,
        "shown_to_person": True,
        "made_at": on_clock(on, 12, 0),
        "made_by_id": life.officer_id,
        "version": 1,
    }

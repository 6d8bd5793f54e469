"""What those from outside were paid for an invented investigation or panel."""

import random
from datetime import date

from portal.cases.tokens import make_public_id
from portal.demo.arrivals import on_clock
from portal.demo.dates import working_days_after
from portal.demo.register import words
from portal.demo.register.life import Life
from portal.procedures.state import AppointedAs

PAID = {
    AppointedAs.INVESTIGATOR: (90_000, 240_000),
    AppointedAs.INDEPENDENT_PERSON: (35_000, 80_000),
    AppointedAs.PANEL_CHAIR: (40_000, 55_000),
    AppointedAs.PANEL_MEMBER: (25_000, 35_000),
}
"""From how many to how many pence; whoever reviews works for the council and has no fee."""
STEP = 500
OF_THE_COUNCIL_ONE_IN = 4
"""Of so many investigating officers one works for the council, and is paid nothing besides."""


def pay(life: Life, on: date, as_at: date) -> None:
    """Pay everybody who was appointed to a case's present stage, some weeks after it was answered.

    Args:
        life: the case.
        on: the day of the answer.
        as_at: nothing is paid after this day.
    """
    for row in life.appointments:
        role = row["role"]
        if row["stage_key"] != life.stage.key.value or role not in PAID:
            continue
        # A seed of its own: nothing else of the register is dealt otherwise because of these.
        chance = random.Random(f"{row['name']} {row['appointed_on']}")
        if role is AppointedAs.INVESTIGATOR and chance.randrange(OF_THE_COUNCIL_ONE_IN) == 0:
            continue
        paid = working_days_after(on, chance.randint(8, 20))
        if paid <= as_at:
            life.fees.append(
                {
                    "public_id": make_public_id(),
                    "appointment": row["public_id"],
                    "stage_key": row["stage_key"],
                    "role": role,
                    "amount_pence": chance.randrange(*PAID[role], STEP),
                    "what_for": words.sentence("fee"),
                    "paid_on": paid,
                    "recorded_at": on_clock(paid, 16, 0),
                    "recorded_by_id": life.officer_id,
                    "taken_back_at": None,
                }
            )

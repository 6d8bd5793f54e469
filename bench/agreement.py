"""What the officers' figures on suggestions cost at 100,000 decisions: `python -m bench.agreement`.

Invented comparisons on SQLite in a temporary folder, over three years; the period is all of them.
As a ratio: the page's queries against one plain count of the same rows.
"""

import json
import random
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select

from portal.app import create_app
from portal.cases.tokens import make_public_id
from portal.db import db
from portal.procedures.vocabulary import (
    Area,
    Category,
    Nature,
    ProcedureCode,
    Relationship,
    Risk,
    Team,
)
from portal.records.comparison import Comparison
from portal.records.decision import Sight
from portal.records.feedback import Channel, ContactWay, Feedback, FeedbackState
from portal.settings import Settings
from portal.triage import agreement
from portal.triage.agreement import Question
from portal.work import COMMAND, begin_work

DECISIONS, AT_A_TIME = 100_000, 5_000
KINDS = {
    "category": Category, "area": Area, "team": Team, "procedure": ProcedureCode,
    "nature": Nature, "relationship": Relationship, "risk": Risk,
}  # fmt: skip
MONTHS = [date(year, month, 1) for year in (2024, 2025, 2026) for month in range(1, 13)]


def a_row(key: int, chance: random.Random) -> dict[str, Any]:
    """One invented comparison; four in five agree."""
    row: dict[str, Any] = {
        "feedback_id": key,
        "month": chance.choice(MONTHS),
        "sight": Sight.BLIND if chance.random() < 0.05 else Sight.SHOWN,
        "model": "bench",
        "channel": chance.choice(list(Channel)),
        "team_among_three": chance.random() < 0.95,
    }
    for name, kind in KINDS.items():
        row[name] = chance.choice(list(kind))
        same = chance.random() < 0.8
        row[f"{name}_suggested"] = row[name] if same else chance.choice(list(kind))
        row[f"{name}_confidence"] = chance.random()
    return row


def fill(chance: random.Random) -> None:
    """Store feedback and comparisons."""
    for start in range(1, DECISIONS + 1, AT_A_TIME):
        keys = range(start, start + AT_A_TIME)
        with begin_work(COMMAND) as work:
            common = {
                "channel": Channel.WEB, "state": FeedbackState.DECIDED, "received_at": work.now,
                "received_on": work.today, "story": "Words that nobody reads here. " * 30,
                "contact_way": ContactWay.EMAIL,
            }  # fmt: skip
            rows = [
                {"id": key, "public_id": make_public_id(), "reference": f"R{key}", **common}
                for key in keys
            ]
            work.session.execute(insert(Feedback.__table__), rows)
            work.session.execute(insert(Comparison.__table__), [a_row(k, chance) for k in keys])


def seconds(act: Callable[[], object]) -> float:
    """The processor time of the best of three."""
    taken = []
    for _ in range(3):
        start = time.process_time()
        act()
        taken.append(time.process_time() - start)
    return round(min(taken), 3)


def main() -> None:
    """Print the seconds of each part, and the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.from_environment({"DATA_FOLDER": str(Path(folder))})
        app = create_app(settings)
        with app.app_context():
            db.create_all()
            fill(random.Random(5))
            first, last = MONTHS[0], MONTHS[-1]
            count = select(func.count()).select_from(Comparison).where(Comparison.model == "bench")
            plain = seconds(lambda: db.session.scalar(count))
            overview = seconds(lambda: agreement.overview(db.session(), first, last))
            questions = {
                one.value: seconds(
                    lambda one=one: agreement.figures(db.session(), one, first, last)
                )
                for one in Question
            }
            found = {"plain_count": plain, "overview": overview, **questions}
            print(json.dumps({**found, "ratio": round((overview + questions["team"]) / plain, 1)}))
            db.session.remove()
            db.engine.dispose()


if __name__ == "__main__":
    main()

"""What a list marks on rows of cases: a silence that is too long, a holding letter to look at."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import holding, silence
from portal.council import Council
from portal.records.case import Case
from portal.records.feedback import Feedback


@dataclass(frozen=True)
class Marks:
    """The marks of one row. `silent_for` is a number of working days, or None."""

    silent_for: int | None
    holding: bool


def marks(
    session: Session, council: Council, today: date, public_ids: Collection[str]
) -> Mapping[str, Marks]:
    """Give the marks of the rows of one page, by the public ids of their feedback.

    Args:
        session: any session.
        council: for what is too long, and the days off.
        today: the day.
        public_ids: of the rows, which the reader may see.
    """
    here = Feedback.public_id.in_(public_ids)
    cases = dict(
        session.execute(
            select(Case.id, Feedback.public_id).join(Feedback, Feedback.id == Case.feedback_id)
            .where(here)
        ).all()
    )  # fmt: skip
    silent = {
        cases[case_id]: one.days
        for case_id, one in silence.silences(session, council, today, list(cases)).items()
    }
    wanted = select(Feedback.public_id).where(here, holding.cases_with_draft())
    drafted = set(session.scalars(wanted))
    return {one: Marks(silent.get(one), one in drafted) for one in {*silent, *drafted}}

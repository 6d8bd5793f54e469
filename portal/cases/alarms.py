"""What a list marks on rows of cases beside what waits: a silence that is too long."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy.orm import Session

from portal.cases import silence
from portal.council import Council


def silent_for(
    session: Session, council: Council, today: date, public_ids: Collection[str]
) -> Mapping[str, int]:
    """For how many working days nobody has said anything, where that is too long.

    Args:
        session: any session.
        council: for what is too long, and the days off.
        today: the day.
        public_ids: of the feedback of a page's rows, which the reader may see.

    Returns:
        The days, by the public ids of those that are silent.
    """
    if not public_ids:
        return {}
    found = silence.silences_of_matters(session, council, today, public_ids)
    return {public_id: one.days for public_id, one in found.items()}

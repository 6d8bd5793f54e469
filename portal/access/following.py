"""When an advocate's following stands: not ended by the person, and its last day not past."""

from datetime import date

from sqlalchemy import ColumnElement, and_, or_

from portal.records.advocacy import Advocacy


def stands(today: date) -> ColumnElement[bool]:
    """The condition on `advocacy` that every question about it adds.

    Args:
        today: an agreement ends by itself after its last day.
    """
    return and_(
        Advocacy.ended_at.is_(None),
        or_(Advocacy.last_day.is_(None), Advocacy.last_day >= today),
    )

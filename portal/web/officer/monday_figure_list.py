"""The list behind a figure of the Monday view: the oldest first, each page where the last ended."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from portal.records.feedback import Feedback

PAGE = 200


@dataclass(frozen=True)
class FigureList:
    """One page of it. `total` counts all that the reader may open; `after` is the public id behind
    which the next page begins, None on the last."""

    matters: tuple[Feedback, ...]
    total: int
    after: str | None


def page(
    session: Session, keys: Sequence[int], visible: ColumnElement[bool], after: str | None = None
) -> FigureList:
    """Read one page.

    Args:
        session: any session; no text is opened.
        keys: the matters that the figure counts.
        visible: what the reader may see, from `portal.access.permission.visible`.
        after: the public id of the last line of the page before. Of one that is gone the list
            begins anew.
    """
    among = (Feedback.id.in_(keys), visible)
    total = session.scalar(select(func.count()).select_from(Feedback).where(*among)) or 0
    wanted = select(Feedback).where(*among).order_by(Feedback.received_on, Feedback.id)
    last = _place(session, after)
    if last is not None:
        day, key = last
        later = and_(Feedback.received_on == day, Feedback.id > key)
        wanted = wanted.where(or_(Feedback.received_on > day, later))
    found = tuple(session.scalars(wanted.limit(PAGE + 1)))
    matters = found[:PAGE]
    return FigureList(matters, total, matters[-1].public_id if len(found) > PAGE else None)


def _place(session: Session, after: str | None) -> tuple[object, int] | None:
    if after is None:
        return None
    last = aliased(Feedback)
    wanted = select(last.received_on, last.id).where(last.public_id == after)
    row = session.execute(wanted).one_or_none()
    return None if row is None else (row.received_on, row.id)

"""Asking the child what they think of a complaint about them, or saying why they were not asked."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal import audit
from portal.cases.acting import signed_in_id
from portal.errors import Refused
from portal.matter_rows import CHILDS_VIEWS
from portal.procedures.matter import ChildsView
from portal.records.childs_view import ChildsViewRecord
from portal.records.feedback import Feedback
from portal.work import Work


class NothingSaid(Refused):
    """A record that says neither what the child thinks nor why they were not asked."""

    message = "Write what the child thinks, or why they were not asked. Nothing was recorded."


class DayToCome(Refused):
    """A day that has not come yet."""

    message = "This day has not come yet. Enter the day on which it happened."


@dataclass(frozen=True)
class View:
    """What is to be recorded: asked or not, on which day, and the words."""

    state: ChildsView
    on_day: date
    words: str


def record(work: Work, feedback: Feedback, view: View) -> ChildsViewRecord:
    """Record the child's view, or the reason for not asking (procedures.md 1.1).

    Raises:
        NothingSaid: no words, or neither asked nor not asked.
        DayToCome: the day lies ahead.
    """
    if not view.words.strip() or view.state is ChildsView.NOT_YET:
        raise NothingSaid
    if view.on_day > work.today:
        raise DayToCome
    found = ChildsViewRecord(
        feedback_id=feedback.id,
        state=view.state,
        on_day=view.on_day,
        words=view.words.strip(),
        recorded_at=work.now,
        recorded_by_id=signed_in_id(work),
    )
    work.session.add(found)
    audit.note(work, "childs_view_recorded", feedback, [view.state.value])
    return found


def latest(session: Session, feedback: Feedback) -> ChildsViewRecord | None:
    """Give the record that counts, or None."""
    return next(reversed(CHILDS_VIEWS.of(session, feedback.id)), None)

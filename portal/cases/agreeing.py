"""What the person says to the points that were sent to them: yes, or "this isn't what I said".
Where a case stands decides whether they are its points or its statement of complaint."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal.cases import gathering, happening, points, queue_places
from portal.errors import Refused
from portal.marking import marked
from portal.matter_rows import EVENTS
from portal.procedures.facts import Given
from portal.procedures.finding import PointState
from portal.procedures.state import Doer, Event
from portal.procedures.statement import Agreement, agreement_in
from portal.records.case import Case
from portal.records.case_event import CaseEvent
from portal.records.feedback import Feedback
from portal.records.point import Point
from portal.work import Work

LONGEST_DISPUTE = 5_000
SEEN = frozenset({PointState.SENT, PointState.AGREED, PointState.DISPUTED})
"""Points that were put to the person. One that was changed since is shown when it is sent again."""


class NotAskedNow(Refused):
    """Where the case stands, nobody asks the person about the points."""

    title = marked("This cannot be answered now")
    message = marked(
        "We do not need your answer to this any more. If something is wrong, write to us."
    )
    status = 409


class PointsMoved(Refused):
    """The points are not those that the person read."""

    message = marked("We have just changed this list. Read it again, then tell us if it is right.")
    status = 409


class NotSaid(Refused):
    """A dispute without words helps nobody to mend it."""

    message = marked("Tell us what is wrong, or what you said. A few words are enough.")


@dataclass(frozen=True)
class Statement:
    """The points as the person sees them. `asks` says that their yes or no is waited for."""

    points: tuple[Point, ...]
    asks: bool
    disputed: bool

    @property
    def mark(self) -> str:
        """Stands for what was read, so that a yes is to these words and no others."""
        return marks(self.points)


def marks(shown: Iterable[Point]) -> str:
    """A short text that changes when a point or the list of them does."""
    return ",".join(f"{point.number}:{point.version}" for point in shown)


def statement(session: Session, case: Case) -> Statement:
    """The points as the person may read them now, and whether we wait for their word on them.

    Args:
        session: any session, flushed.
        case: the case.
    """
    shown = tuple(point for point in points.live(session, case) if point.state in SEEN)
    agreement = agreement_in(gathering.track_for(case), case.procedure_state)
    asks = agreement is not None and _waits(session, case, agreement)
    disputed = any(point.state is PointState.DISPUTED for point in shown)
    return Statement(shown, asks and bool(shown), disputed)


def agree(work: Work, case: Case, by: Doer, mark: str | None = None) -> CaseEvent:
    """Keep the person's yes to the points as they were sent.

    Args:
        work: the open act.
        case: the case.
        by: the person, or an officer who heard it from them.
        mark: of the points that were read; None where an officer has it from the person.

    Raises:
        PointsMoved: the points are others than those that were read.
        NotAskedNow: nobody waits for it.
        CannotHappen, NotYet: as `happen` says.
    """
    _check_read(work, case, by, mark)
    happened = _happen(work, case, lambda agreement: agreement.agreed, by)
    _make_unread(work, case, by)
    return happened


def dispute(
    work: Work, case: Case, numbers: Sequence[int], words: str, by: Doer, mark: str | None = None
) -> CaseEvent:
    """Keep "this isn't what I said", for the officer to mend.

    Args:
        work: the open act.
        case: the case.
        numbers: the points it is about.
        words: what is wrong, in the person's words.
        by, mark: as in `agree`.

    Raises:
        NotSaid: there are no words.
        PointsMoved, NotAskedNow, CannotHappen, NotYet: as in `agree`.
    """
    if not words.strip():
        raise NotSaid
    _check_read(work, case, by, mark)
    known = {point.number for point in points.live(work.session, case) if point.state in SEEN}
    if not numbers or not set(numbers) <= known:
        raise PointsMoved
    happened = _happen(
        work, case, lambda agreement: agreement.disputed, by, words, frozenset(numbers)
    )
    _make_unread(work, case, by)
    return happened


def _check_read(work: Work, case: Case, by: Doer, mark: str | None) -> None:
    points.lock(work, case)
    now = statement(work.session, case)
    if by is Doer.PERSON and not now.asks:
        raise NotAskedNow
    if mark is not None and mark != now.mark:
        raise PointsMoved


def _happen(
    work: Work,
    case: Case,
    which: Callable[[Agreement], Event],
    by: Doer,
    words: str = "",
    numbers: frozenset[int] = frozenset(),
) -> CaseEvent:
    agreement = agreement_in(gathering.track_for(case), case.procedure_state)
    if agreement is None:
        raise NotAskedNow
    given = Given(on=work.today, by=by, account_id=work.who.account_id, words=words, points=numbers)
    return happening.happen(work, case, which(agreement), given)


def _waits(session: Session, case: Case, agreement: Agreement) -> bool:
    """Whether the last that happened to the statement in this stage is not a yes to it."""
    stage = gathering.current_stage(session, case)
    about = (agreement.sent, agreement.agreed, agreement.disputed, Event.STATEMENT_SETTLED)
    of_stage = [one.event for one in EVENTS.of(session, case.id) if one.stage_id == stage.id]
    last = next((one for one in reversed(of_stage) if one in about), None)
    return last in (agreement.sent, agreement.disputed)


def _make_unread(work: Work, case: Case, by: Doer) -> None:
    """What the person says lies on the officers' desk as their messages do."""
    if by is Doer.PERSON:
        # Not through the record: its version would rise under an officer who reads it just now.
        unread = update(Feedback).where(Feedback.id == case.feedback_id).values(unread=True)
        work.session.execute(unread)
        queue_places.touch(work.session, case.feedback_id)

"""The points of complaint: writing, splitting and joining them. A number is given once and never
again, so that a point is the same one at every stage and to the Ombudsman."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import audit
from portal.cases.tokens import make_public_id
from portal.errors import Refused
from portal.matter_rows import POINTS
from portal.procedures.finding import LIVE, PointState
from portal.procedures.statement import DRAWN_UP_IN, WITHDRAWN_IN
from portal.records.case import Case
from portal.records.point import Point
from portal.work import Work

LONGEST_POINT = 5_000


class PointsFixed(Refused):
    """The case stands where its points are answered, not written."""

    title = "The points cannot be changed now"
    message = (
        "The points cannot be changed where this case stands. Look at the case again. Nothing was"
        " changed."
    )
    status = 409


class ChangedMeanwhile(Refused):
    """A colleague was quicker."""

    title = "Somebody else has changed this"
    message = (
        "Somebody else changed this while you were writing. Nothing of yours was saved, and it is"
        " still in the box. Read what they wrote, then save again."
    )
    status = 409


class NotLive(Refused):
    """A point that was withdrawn, is not considered, or went into others."""

    message = "This point is not one that needs an answer any more. Nothing was changed."
    status = 409


class NoWords(Refused):
    """A point without words."""

    message = "Write what the person says went wrong, in their own words."


class NothingToSplit(Refused):
    """One part is no split."""

    message = "Leave an empty line where one point ends and the next begins."


class NothingToJoin(Refused):
    """One point cannot be joined."""

    message = "Choose at least two points that say the same thing."


class LastPoint(Refused):
    """The last live point is the whole complaint."""

    message = (
        "This is the last point. If the person takes the whole complaint back, record that on the"
        " case."
    )


def every(session: Session, case: Case) -> list[Point]:
    """All points of a case, also those that need no answer, by number."""
    return sorted(POINTS.of(session, case.id), key=lambda point: point.number)


def live(session: Session, case: Case) -> list[Point]:
    """The points that need an answer, by number."""
    return [point for point in every(session, case) if point.state in LIVE]


def add(work: Work, case: Case, texts: Iterable[str]) -> list[Point]:
    """Write new points.

    Args:
        work: the open act.
        case: whose points.
        texts: the person's words, one text a point. They get the next numbers in this order.

    Raises:
        PointsFixed: the case stands where points are not written.
        NoWords: a text is empty.
    """
    _open_to_writing(work, case)
    added = _make(work, case, texts)
    for point in added:
        audit.note(work, "point_added", point)
    return added


def edit(work: Work, case: Case, point: Point, text: str, version: int) -> None:
    """Change a point's words. The person has not agreed to the new ones: it is a draft again, and
    what they said was wrong with the old ones is dealt with.

    Args:
        work: the open act.
        case, point: the point and its case.
        text: the new words.
        version: which version the officer saw.

    Raises:
        ChangedMeanwhile: somebody else changed it.
        PointsFixed, NotLive, NoWords: see there.
    """
    _open_to_writing(work, case)
    _unchanged(work, point, version)
    words = _words(text)
    if words == point.text:
        return
    point.text, point.state, point.dispute = words, PointState.DRAFTED, None
    audit.note(work, "point_edited", point, ["text"])


def split(work: Work, case: Case, point: Point, texts: Sequence[str], version: int) -> list[Point]:
    """Make several points of one. The one keeps its number and its words, and needs no answer.

    Args:
        work: the open act.
        case, point: the point and its case.
        texts: the words of the parts, at least two.
        version: which version the officer saw.

    Raises:
        NothingToSplit: fewer than two parts.
        ChangedMeanwhile, PointsFixed, NotLive, NoWords: see there.
    """
    _open_to_writing(work, case)
    _unchanged(work, point, version)
    if len(texts) < 2:
        raise NothingToSplit
    parts = _make(work, case, texts)
    _replace(work, [point], parts[0])
    audit.note(work, "point_split", point)
    return parts


def join(work: Work, case: Case, points: Sequence[Point]) -> Point:
    """Make one point of several. They keep their numbers and words, and need no answer.

    Args:
        work: the open act.
        case: their case.
        points: at least two, all live.

    Raises:
        NothingToJoin: fewer than two.
        PointsFixed, NotLive: see there.
    """
    _open_to_writing(work, case)
    if len({point.id for point in points}) < 2:
        raise NothingToJoin
    for point in points:
        _needs_answer(point)
    (joined,) = _make(work, case, ["\n\n".join(point.text for point in points)])
    _replace(work, points, joined)
    audit.note(work, "points_joined", joined)
    return joined


def withdraw(work: Work, case: Case, point: Point, version: int) -> None:
    """Take one point out because the person wishes it.

    Args:
        work: the open act.
        case, point: the point and its case.
        version: which version the officer saw.

    Raises:
        LastPoint: it is the whole complaint.
        ChangedMeanwhile, PointsFixed, NotLive: see there.
    """
    _open_to_writing(work, case, where=WITHDRAWN_IN)
    _unchanged(work, point, version)
    if len(live(work.session, case)) == 1:
        raise LastPoint
    point.state, point.dispute = PointState.WITHDRAWN, None
    audit.note(work, "point_withdrawn", point)


def went_into(points: Iterable[Point], point: Point) -> tuple[int, ...]:
    """The numbers of the points into which one's words went: one for a joined point, all parts
    for a split one. Parts are made in one act, so they share its moment with the first of them."""
    listed = list(points)
    first = next((one for one in listed if one.id == point.replaced_by_id), None)
    if first is None:
        return ()
    return tuple(one.number for one in listed if one.made_at == first.made_at)


def lock(work: Work, case: Case) -> None:
    """Read a case anew and keep others from it until the act ends: of two officers at once the
    second sees what the first did."""
    work.session.flush()
    work.session.refresh(case, with_for_update=True)


def _open_to_writing(work: Work, case: Case, where: Iterable[object] = DRAWN_UP_IN) -> None:
    lock(work, case)
    if case.procedure_state not in where:
        raise PointsFixed


def _unchanged(work: Work, point: Point, version: int) -> None:
    work.session.refresh(point)
    if point.version != version:
        raise ChangedMeanwhile
    _needs_answer(point)


def _needs_answer(point: Point) -> None:
    if point.state not in LIVE:
        raise NotLive


def _words(text: str) -> str:
    if not (words := text.replace("\r\n", "\n").strip()):
        raise NoWords
    return words


def _make(work: Work, case: Case, texts: Iterable[str]) -> list[Point]:
    # Numbers run through all parts of a matter, so that a point keeps its own where it goes.
    parts = select(Case.id).where(Case.feedback_id == case.feedback_id)
    last = work.session.scalar(select(func.max(Point.number)).where(Point.case_id.in_(parts)))
    made = [
        Point(
            public_id=make_public_id(),
            case_id=case.id,
            number=number,
            text=_words(text),
            state=PointState.DRAFTED,
            made_at=work.now,
            made_by_id=work.who.account_id,
        )
        for number, text in enumerate(texts, start=(last or 0) + 1)
    ]
    work.session.add_all(made)
    work.session.flush()
    return made


def _replace(work: Work, points: Iterable[Point], by: Point) -> None:
    for point in points:
        point.state, point.replaced_by_id, point.dispute = PointState.REPLACED, by.id, None
    work.session.flush()

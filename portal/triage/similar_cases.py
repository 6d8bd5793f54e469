"""Similar cases: the decided matters that read most like one that waits, for whoever decides.

The work process finds them; a page shows those of them that its reader may see. None of it opens
anybody's words again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, exists, insert, select
from sqlalchemy import case as when
from sqlalchemy.orm import Session

from portal.procedures.vocabulary import Category, Nature, ProcedureCode, Relationship, Team
from portal.records.case import Case, CaseState
from portal.records.decision import Decision, Outcome
from portal.records.feedback import Feedback, FeedbackState
from portal.records.similar import Fingerprint, SimilarCase
from portal.work import Work

SHOWN = 3
# More than are shown, because a reader may not see some of them.
KEPT = 12
# Below this, two texts have little in common but that somebody wrote them.
LEAST_ALIKE = 0.6
_AT_A_TIME = 500


@dataclass(frozen=True)
class SimilarMatter:
    """One similar case, with what was decided on it."""

    public_id: str
    reference: str
    received_on: date
    outcome: Outcome
    category: Category
    team: Team
    procedure: ProcedureCode
    nature: Nature | None
    relationship: Relationship


def shown_for(
    session: Session, feedback: Feedback, visible: ColumnElement[bool]
) -> list[SimilarMatter]:
    """Give the nearest decided matters that a reader may see, at most `SHOWN`.

    Args:
        session: any session.
        feedback: the one being read.
        visible: what the reader may see, from `portal.access.permission.visible`.
    """
    columns = (
        Feedback.public_id,
        Feedback.reference,
        Feedback.received_on,
        Decision.outcome,
        Decision.category,
        Decision.team,
        Decision.procedure,
        Decision.nature,
        Decision.relationship,
    )
    wanted = nearest(feedback, visible, *columns)
    return [SimilarMatter(*row) for row in session.execute(wanted)]


def nearest(feedback: Feedback, visible: ColumnElement[bool], *columns: Any) -> Select[Any]:
    """The question that `shown_for` asks, to be put beside another.

    Args:
        feedback, visible: as in `shown_for`.
        columns: what is read of each matter, its decision and its likeness.
    """
    return (
        select(*columns)
        .select_from(Feedback)
        .join(SimilarCase, SimilarCase.other_id == Feedback.id)
        .join(Decision, Decision.feedback_id == Feedback.id)
        .where(SimilarCase.feedback_id == feedback.id, visible)
        .order_by(SimilarCase.likeness.desc(), Feedback.id)
        .limit(SHOWN)
    )


def without_fingerprint(session: Session, encoder: str, limit: int) -> list[int]:
    """The keys of feedback that no fingerprint by this encoder is kept of: what waits first, then
    what was decided last."""
    wanted = (
        select(Feedback.id)
        .outerjoin(
            Fingerprint,
            (Fingerprint.feedback_id == Feedback.id) & (Fingerprint.encoder == encoder),
        )
        .where(Fingerprint.feedback_id.is_(None), Feedback.erased_at.is_(None))
        .order_by(when((Feedback.state == FeedbackState.WAITING, 0), else_=1), Feedback.id.desc())
        .limit(limit)
    )
    return list(session.scalars(wanted))


def keep_fingerprint(work: Work, feedback_id: int, encoder: str, scores: bytes) -> None:
    """Keep a text's fingerprint, in place of one by an earlier encoder, unless it was erased."""
    there = select(Feedback.id).where(Feedback.id == feedback_id, Feedback.erased_at.is_(None))
    if work.session.scalar(there) is None:
        return
    work.session.merge(Fingerprint(feedback_id=feedback_id, encoder=encoder, scores=scores))


def decided_ids(session: Session, encoder: str) -> set[int]:
    """The keys of the decided matters that have a fingerprint. What was linked has none of its own
    decision: it is the other's."""
    wanted = (
        select(Decision.feedback_id)
        .join(Fingerprint, Fingerprint.feedback_id == Decision.feedback_id)
        .where(Decision.outcome != Outcome.LINKED, Fingerprint.encoder == encoder)
    )
    return set(session.scalars(wanted))


def waiting_ids(session: Session, encoder: str) -> list[int]:
    """The keys of waiting feedback that has a fingerprint."""
    wanted = (
        select(Feedback.id)
        .join(Fingerprint, Fingerprint.feedback_id == Feedback.id)
        .where(Feedback.state == FeedbackState.WAITING, Fingerprint.encoder == encoder)
        .order_by(Feedback.id)
    )
    return list(session.scalars(wanted))


def fingerprints(session: Session, ids: Iterable[int]) -> dict[int, bytes]:
    """The fingerprints of some matters, by their keys; one that was just erased is left out."""
    ordered = sorted(ids)
    found: dict[int, bytes] = {}
    for start in range(0, len(ordered), _AT_A_TIME):
        some = ordered[start : start + _AT_A_TIME]
        wanted = select(Fingerprint.feedback_id, Fingerprint.scores)
        rows = session.execute(wanted.where(Fingerprint.feedback_id.in_(some)))
        found.update((key, scores) for key, scores in rows)
    return found


def keep_similar(work: Work, found: Mapping[int, Sequence[tuple[int, float]]]) -> int:
    """Keep the neighbours of some feedback, in place of those found before.

    Args:
        work: the open act.
        found: for each key the keys nearest to it, with how alike they are.

    Returns:
        For how many feedback neighbours are kept.
    """
    ids = {key for key, near in found.items() for key in (key, *(other for other, _ in near))}
    # Somebody may have erased one of them since it was read.
    left = select(Feedback.id).where(Feedback.id.in_(ids), Feedback.erased_at.is_(None))
    there = set(work.session.scalars(left))
    rows: list[dict[str, Any]] = [
        {"feedback_id": key, "other_id": other, "likeness": likeness}
        for key, near in found.items()
        for other, likeness in near
        if likeness >= LEAST_ALIKE and other != key and {key, other} <= there
    ]
    work.session.execute(delete(SimilarCase).where(SimilarCase.feedback_id.in_(found)))
    if rows:
        work.session.execute(insert(SimilarCase), rows)
    return len({row["feedback_id"] for row in rows})


def forget_decided(work: Work) -> int:
    """Take away the neighbours of what is decided by now: they have served. Those of an open case
    stay, because one of them may be the same matter from somebody else."""
    decided = select(Feedback.id).where(
        Feedback.state == FeedbackState.DECIDED,
        ~exists().where(Case.feedback_id == Feedback.id, Case.state == CaseState.OPEN),
    )
    gone = work.session.execute(delete(SimilarCase).where(SimilarCase.feedback_id.in_(decided)))
    return int(gone.rowcount)  # type: ignore[attr-defined]

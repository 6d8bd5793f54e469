"""Erasures: what is due is listed, an officer confirms it; what a person asks for, two agree to."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, defer, load_only

from portal import audit
from portal.cases import retention_facts, years_kept
from portal.cases.acting import signed_in_id
from portal.cases.tokens import make_public_id
from portal.errors import Refused
from portal.procedures.retention import Term, term, why_not_erased
from portal.records.erasure import OPEN, Erasure, ErasureState
from portal.records.feedback import Feedback
from portal.work import Work

# As many as a page shows, and as one officer can answer for at once.
MOST_SHOWN = 100
Listed = Sequence[tuple[Erasure, Feedback]]


class NotToBeErased(Refused):
    """Something is open, or a hold stands."""

    status = 409


class AskedAlready(Refused):
    """One proposal is enough."""

    message = "Its erasure is proposed or confirmed already. Nothing was changed."
    status = 409


class AnsweredAlready(Refused):
    """Somebody was quicker."""

    message = "Somebody may have been quicker. Look at it again. Nothing was changed."
    status = 409


class SecondOfficer(Refused):
    """Whoever proposes it cannot be the one who agrees."""

    message = "Another officer must answer this. You proposed it."


class NothingChosen(Refused):
    """A batch of nothing."""

    message = "Choose at least one matter to erase."


def propose(work: Work, feedback: Feedback, reason: str) -> Erasure:
    """Propose to erase a matter because the person asked for it.

    Args:
        work: the open act.
        feedback: the matter.
        reason: what they asked for, and why it can be done.

    Raises:
        NotToBeErased: something is open, or a hold stands.
        AskedAlready: somebody has proposed or confirmed it.
    """
    work.session.refresh(feedback, with_for_update=True)
    kept = _checked(work, feedback)
    erasure = of(work.session, feedback.id)
    if erasure is not None and erasure.state is not ErasureState.LISTED:
        raise AskedAlready
    if erasure is None:
        erasure = _new(work, feedback.id, kept)
        work.session.add(erasure)
    erasure.state, erasure.asked = ErasureState.ASKED, True
    erasure.reason, erasure.proposed_by_id = reason.strip(), signed_in_id(work)
    audit.note(work, "erasure_proposed", feedback, fields=("reason",))
    return erasure


def agree(work: Work, feedback: Feedback, public_id: str) -> None:
    """Agree to a proposed erasure, as a second officer. The next `flask forget` does it.

    Args:
        work: the open act.
        feedback: the matter.
        public_id: the very proposal that was read.

    Raises:
        AnsweredAlready, SecondOfficer, NotToBeErased: with what stands in the way.
    """
    erasure = _asked(work, feedback, public_id)
    if erasure.proposed_by_id == signed_in_id(work):
        raise SecondOfficer
    _checked(work, feedback)
    erasure.state = ErasureState.CONFIRMED
    erasure.answered_at, erasure.answered_by_id = work.now, signed_in_id(work)
    audit.note(work, "erasure_agreed", feedback)


def decline(work: Work, feedback: Feedback, public_id: str, why: str) -> None:
    """Do not agree, or take one's own proposal back, with the reason.

    Raises:
        AnsweredAlready: with what stands in the way.
    """
    erasure = _asked(work, feedback, public_id)
    erasure.state, erasure.answer = ErasureState.DECLINED, why.strip()
    erasure.answered_at, erasure.answered_by_id = work.now, signed_in_id(work)
    audit.note(work, "erasure_declined", feedback, fields=("answer",))


def confirm(work: Work, public_ids: Collection[str], visible: ColumnElement[bool]) -> int:
    """Confirm a batch of what is due. The next `flask forget` erases it.

    Args:
        work: the open act.
        public_ids: the erasures that the officer saw and chose.
        visible: what the officer may erase, from `portal.access.permission.visible`.

    Returns:
        How many were confirmed.

    Raises:
        NothingChosen: none.
        AnsweredAlready: one of them is not due any more, or somebody confirmed it; nothing is then
            confirmed, because the officer saw another list.
    """
    chosen = frozenset(public_ids)
    if not chosen:
        raise NothingChosen
    rows = (
        select(Erasure, Feedback)
        .join(Feedback, Feedback.id == Erasure.feedback_id)
        .where(Erasure.public_id.in_(chosen), _due(work.today), visible)
        .with_for_update(of=Erasure)
    )
    found = work.session.execute(rows).all()
    facts = retention_facts.facts_of(work.session, [row.Feedback.id for row in found])
    periods = years_kept.in_force(work.session, work.council, work.today)
    if len(found) != len(chosen) or not all(
        row.Feedback.id in facts and term(facts[row.Feedback.id], periods, work.today).may_go
        for row in found
    ):
        raise AnsweredAlready
    for erasure, feedback in found:
        erasure.state = ErasureState.CONFIRMED
        erasure.answered_at, erasure.answered_by_id = work.now, signed_in_id(work)
        audit.note(work, "erasure_confirmed", feedback)
    return len(found)


def of(session: Session, feedback_id: int) -> Erasure | None:
    """The erasure of a matter that may still be done."""
    wanted = select(Erasure).where(Erasure.feedback_id == feedback_id, Erasure.state.in_(OPEN))
    return session.scalar(wanted)


def due(session: Session, today: date, visible: ColumnElement[bool]) -> Listed:
    """What may go, the oldest first."""
    return _listed(session, _due(today), visible, Erasure.due_on)


def coming(session: Session, today: date, visible: ColumnElement[bool]) -> Listed:
    """What may go within the next month."""
    later = (Erasure.state == ErasureState.LISTED) & (Erasure.due_on > today)
    return _listed(session, later, visible, Erasure.due_on)


def asked(session: Session, visible: ColumnElement[bool]) -> Listed:
    """What persons asked for, that waits for a second officer."""
    return _listed(session, Erasure.state == ErasureState.ASKED, visible, Erasure.listed_at)


def confirmed(session: Session, visible: ColumnElement[bool]) -> Listed:
    """What is confirmed and goes with the next `flask forget`."""
    return _listed(session, Erasure.state == ErasureState.CONFIRMED, visible, Erasure.answered_at)


def done(session: Session) -> Listed:
    """What went, the latest first. Nobody's word is in it, so no wall stands before it."""
    wanted = (
        select(Erasure, Feedback)
        .join(Feedback, Feedback.id == Erasure.feedback_id)
        .options(*_NEEDED)
        .where(Erasure.state == ErasureState.DONE)
        .order_by(Erasure.done_at.desc(), Erasure.id.desc())
        .limit(MOST_SHOWN)
    )
    return [(erasure, feedback) for erasure, feedback in session.execute(wanted)]


# A list opens nobody's words.
_NEEDED = (
    load_only(Feedback.public_id, Feedback.reference, Feedback.received_on),
    defer(Erasure.reason),
    defer(Erasure.answer),
)


def _due(today: date) -> ColumnElement[bool]:
    return (Erasure.state == ErasureState.LISTED) & (Erasure.due_on <= today)


def _listed(
    session: Session,
    condition: ColumnElement[bool],
    visible: ColumnElement[bool],
    order: ColumnElement[object] | object,
) -> Listed:
    wanted = (
        select(Erasure, Feedback)
        .join(Feedback, Feedback.id == Erasure.feedback_id)
        .options(*_NEEDED)
        .where(condition, visible)
        .order_by(order, Erasure.id)  # type: ignore[arg-type]
        .limit(MOST_SHOWN)
    )
    return [(erasure, feedback) for erasure, feedback in session.execute(wanted)]


def _asked(work: Work, feedback: Feedback, public_id: str) -> Erasure:
    wanted = select(Erasure).where(
        Erasure.feedback_id == feedback.id, Erasure.public_id == public_id
    )
    found = work.session.scalar(wanted.with_for_update())
    if found is None or found.state is not ErasureState.ASKED:
        raise AnsweredAlready
    return found


def _checked(work: Work, feedback: Feedback) -> Term:
    facts = retention_facts.facts_of(work.session, [feedback.id]).get(feedback.id)
    if facts is None:
        raise NotToBeErased("Nobody has decided on it yet. Decide first.")
    if why := why_not_erased(facts):
        raise NotToBeErased(" ".join(why))
    periods = years_kept.in_force(work.session, work.council, work.today)
    return term(facts, periods, work.today)


def _new(work: Work, feedback_id: int, kept: Term) -> Erasure:
    return Erasure(
        public_id=make_public_id(),
        feedback_id=feedback_id,
        kept_as=kept.kept_as,
        years=kept.years,
        due_on=kept.due_on,
        listed_at=work.now,
    )

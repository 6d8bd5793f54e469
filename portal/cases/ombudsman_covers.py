"""What the Ombudsman's decision is about beside the case that was opened for them.

Complaints that became cases, and refusals and redirections of which no case was made: two tables,
because each points to a record of its own, and one way of adding, taking out and listing.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal import audit
from portal.at_hand import Rows, Wanted
from portal.cases.acting import signed_in_id
from portal.cases.ombudsman_matters import begun
from portal.cases.points import lock
from portal.cases.tokens import make_public_id
from portal.errors import Refused
from portal.matter_rows import CASE, FEEDBACK, OMBUDSMAN_COVERS, OMBUDSMAN_REFUSALS
from portal.procedures.procedure import Track, track_of
from portal.records.case import Case
from portal.records.decision import Decision, Outcome
from portal.records.feedback import Feedback
from portal.records.ombudsman_matter import OmbudsmanCover, OmbudsmanMatter, OmbudsmanRefusal
from portal.work import Work

SAID_NO = (Outcome.DECLINED, Outcome.PASSED_ON)

Cover = TypeVar("Cover", OmbudsmanCover, OmbudsmanRefusal)
Covered = TypeVar("Covered", Case, Feedback)


class CannotBeCovered(Refused):
    """The decision is about complaints and refusals, not about the Ombudsman's own matter."""

    message = (
        "There is no case or refusal with this reference that you may work, or it is covered"
        " already. Check the reference."
    )


class Covers(Generic[Cover, Covered]):
    """One of both tables: `covers` its rows, `key` what each points to, `covered` the rows of that,
    `fits` who may be that."""

    def __init__(
        self,
        covers: Rows[Cover],
        key: InstrumentedAttribute[int],
        covered: Rows[Covered],
        fits: Callable[[Session, Covered], bool],
    ) -> None:
        self._rows: Rows[Cover] = covers
        self._things: Rows[Covered] = covered
        self._covers: type[Cover] = covers.kind
        self._key = key
        self._covered: type[Covered] = covered.kind
        self._fits: Callable[[Session, Covered], bool] = fits

    def add(self, work: Work, case: Case, other: Covered | None) -> Cover:
        """Say that the decision covers one more.

        Args:
            work: the open act.
            case: the case that was opened for the Ombudsman.
            other: the complaint or refusal; None where there is none that the officer may work.

        Raises:
            NotTheOmbudsmans: the first is another kind of case.
            CannotBeCovered: the second is no complaint or refusal, or is covered already.
        """
        row = begun(work, case, None)
        if other is None or not self._fits(work.session, other):
            raise CannotBeCovered
        wanted = select(self._covers.id).where(
            self._covers.matter_id == row.case_id, self._key == other.id
        )
        if work.session.scalar(wanted) is not None:
            raise CannotBeCovered
        made: Cover = self._covers(
            public_id=make_public_id(),
            matter_id=row.case_id,
            added_at=work.now,
            added_by_id=signed_in_id(work),
        )
        setattr(made, self._key.key, other.id)
        work.session.add(made)
        audit.note(work, "ombudsman_covers", case)
        audit.note(work, "ombudsman_covered", other)
        return made

    def take_out(self, work: Work, case: Case, public_id: str) -> bool:
        """Take out again what was put there by mistake.

        Returns:
            Whether it was there.
        """
        lock(work, case)
        wanted = (
            select(self._covers, self._covered)
            .join(self._covered, self._covered.id == self._key)
            .where(self._covers.matter_id == case.id, self._covers.public_id == public_id)
        )
        found = work.session.execute(wanted).one_or_none()
        if found is None:
            return False
        audit.note(work, "ombudsman_uncovered", found[1])
        work.session.delete(found[0])
        return True

    def of(self, session: Session, case: Case) -> list[tuple[Cover, Covered]]:
        """What the decision in a case covers, in the order in which it was added."""
        covers = self._rows.of(session, case.id)
        found = self._things.of_each(session, {self._key_in(one) for one in covers})
        return [(one, found[self._key_in(one)][0]) for one in covers]

    def wanted(self, case: Case) -> Wanted:
        """The rows that `of` asks for first, to be fetched with others."""
        return self._rows, [case.id]

    def wanted_below(self, session: Session, case: Case) -> Wanted:
        """The rows that `of` asks for then."""
        return self._things, {self._key_in(one) for one in self._rows.of(session, case.id)}

    def over(self, session: Session, other: Covered) -> list[tuple[OmbudsmanMatter, Case]]:
        """The Ombudsman's matters that cover one, each with the case where it is worked."""
        rows = session.execute(
            select(OmbudsmanMatter, Case)
            .join(self._covers, self._covers.matter_id == OmbudsmanMatter.case_id)
            .join(Case, Case.id == OmbudsmanMatter.case_id)
            .where(self._key == other.id)
            .order_by(OmbudsmanMatter.case_id)
        )
        return [(row[0], row[1]) for row in rows]

    def _key_in(self, cover: Cover) -> int:
        key: int = getattr(cover, self._key.key)
        return key


def _is_a_complaint(_session: Session, case: Case) -> bool:
    return track_of(case.category, case.procedure) is not Track.OMBUDSMAN


def _said_no(session: Session, feedback: Feedback) -> bool:
    wanted = select(Decision.id).where(
        Decision.feedback_id == feedback.id, Decision.outcome.in_(SAID_NO)
    )
    return session.scalar(wanted) is not None


CASES = Covers(OMBUDSMAN_COVERS, OmbudsmanCover.case_id, CASE, _is_a_complaint)
REFUSALS = Covers(OMBUDSMAN_REFUSALS, OmbudsmanRefusal.feedback_id, FEEDBACK, _said_no)

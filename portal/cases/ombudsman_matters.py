"""The Ombudsman's decision, recorded once, for every case that it is about.

Their letters, findings and remedies are worked in the case that was opened for the Ombudsman; here
stand their own reference, how they decided, and which cases that covers.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.cases.acting import signed_in_id
from portal.cases.points import ChangedMeanwhile, lock
from portal.cases.tokens import make_public_id
from portal.errors import Refused
from portal.procedures.ombudsman_decision import (
    WITHOUT_INVESTIGATION,
    CountedAs,
    Declined,
    OmbudsmanDecision,
    Reached,
    counted,
)
from portal.procedures.procedure import Track, track_of
from portal.records.case import Case
from portal.records.ombudsman_matter import OmbudsmanCover, OmbudsmanMatter
from portal.work import Work

LONGEST_REFERENCE = 50


class NotTheOmbudsmans(Refused):
    """Only a case that was opened for the Ombudsman holds their decision."""

    message = "This case was not opened for the Ombudsman, so their decision is not kept here."
    status = 409


class SayWhyDeclined(Refused):
    """The Ombudsman gives a reason for not investigating."""

    message = "Choose the Ombudsman’s reason for not investigating."


class NotDeclined(Refused):
    """A reason for not investigating, where they did."""

    message = "The Ombudsman investigated, so leave out the reason for not investigating."


class CannotBeCovered(Refused):
    """The decision is about complaints, not about the Ombudsman's own matter."""

    message = (
        "There is no complaint with this reference that you may work, or it is covered already."
        " Check the reference."
    )


@dataclass(frozen=True)
class Said:
    """What the Ombudsman's letters say of the whole matter."""

    reference: str
    decision: OmbudsmanDecision | None = None
    declined: Declined | None = None
    public_report: bool = False
    reached: Reached | None = None


def matter_of(session: Session, case: Case) -> OmbudsmanMatter | None:
    """What is recorded of the Ombudsman's decision in the case that was opened for them."""
    return session.get(OmbudsmanMatter, case.id)


def record(work: Work, case: Case, said: Said, version: int) -> OmbudsmanMatter:
    """Record the Ombudsman's reference and decision, once for all the cases that it covers.

    Args:
        work: the open act.
        case: the case that was opened for the Ombudsman.
        said: what their letters say.
        version: which version the officer saw; 0 for none.

    Raises:
        NotTheOmbudsmans: the case is another kind of case.
        SayWhyDeclined, NotDeclined: decision and reason do not go together.
        ChangedMeanwhile: somebody else changed it.
    """
    row = _begun(work, case, version)
    if said.decision in WITHOUT_INVESTIGATION and said.declined is None:
        raise SayWhyDeclined
    if said.decision not in WITHOUT_INVESTIGATION and said.declined is not None:
        raise NotDeclined
    row.reference, row.decision = said.reference.strip() or None, said.decision
    row.declined, row.public_report = said.declined, said.public_report
    row.reached = said.reached
    row.recorded_at, row.recorded_by_id = work.now, signed_in_id(work)
    audit.note(work, "ombudsman_recorded", case, ["reference", "reached", "decision", "declined"])
    return row


def cover(work: Work, case: Case, other: Case | None) -> OmbudsmanCover:
    """Say that the decision covers one more case.

    Args:
        work: the open act.
        case: the case that was opened for the Ombudsman.
        other: the complaint; None where there is none that the officer may work.

    Raises:
        NotTheOmbudsmans: the first is another kind of case.
        CannotBeCovered: the second is no complaint, or is covered already.
    """
    row = _begun(work, case, None)
    if other is None or track_of(other.category, other.procedure) is Track.OMBUDSMAN:
        raise CannotBeCovered
    wanted = select(OmbudsmanCover.id).where(
        OmbudsmanCover.matter_id == row.case_id, OmbudsmanCover.case_id == other.id
    )
    if work.session.scalar(wanted) is not None:
        raise CannotBeCovered
    made = OmbudsmanCover(
        public_id=make_public_id(),
        matter_id=row.case_id,
        case_id=other.id,
        added_at=work.now,
        added_by_id=signed_in_id(work),
    )
    work.session.add(made)
    audit.note(work, "ombudsman_covers", case)
    audit.note(work, "ombudsman_covered", other)
    return made


def uncover(work: Work, case: Case, public_id: str) -> bool:
    """Take a case out again that was put there by mistake.

    Returns:
        Whether it was there.
    """
    lock(work, case)
    wanted = select(OmbudsmanCover).where(
        OmbudsmanCover.matter_id == case.id, OmbudsmanCover.public_id == public_id
    )
    found = work.session.scalar(wanted)
    if found is None:
        return False
    audit.note(work, "ombudsman_uncovered", work.session.get_one(Case, found.case_id))
    work.session.delete(found)
    return True


def covers(session: Session, case: Case) -> list[tuple[OmbudsmanCover, Case]]:
    """The cases that the decision in a case covers, in the order in which they were added."""
    rows = session.execute(
        select(OmbudsmanCover, Case)
        .join(Case, Case.id == OmbudsmanCover.case_id)
        .where(OmbudsmanCover.matter_id == case.id)
        .order_by(OmbudsmanCover.id)
    )
    return [(row[0], row[1]) for row in rows]


def covering(session: Session, case: Case) -> list[tuple[OmbudsmanMatter, Case]]:
    """The Ombudsman's matters that a case is covered by, each with the case where it is worked."""
    rows = session.execute(
        select(OmbudsmanMatter, Case)
        .join(OmbudsmanCover, OmbudsmanCover.matter_id == OmbudsmanMatter.case_id)
        .join(Case, Case.id == OmbudsmanMatter.case_id)
        .where(OmbudsmanCover.case_id == case.id)
        .order_by(OmbudsmanMatter.case_id)
    )
    return [(row[0], row[1]) for row in rows]


def figures(session: Session) -> Mapping[CountedAs, int]:
    """Count the Ombudsman's decisions as their statistics do: one decision once, however many
    cases it covers."""
    wanted = select(OmbudsmanMatter.decision).where(OmbudsmanMatter.decision.is_not(None))
    return counted(one for one in session.scalars(wanted) if one is not None)


def _begun(work: Work, case: Case, version: int | None) -> OmbudsmanMatter:
    if track_of(case.category, case.procedure) is not Track.OMBUDSMAN:
        raise NotTheOmbudsmans
    lock(work, case)
    row = matter_of(work.session, case)
    if version is not None and version != (row.version if row is not None else 0):
        raise ChangedMeanwhile
    if row is None:
        row = OmbudsmanMatter(
            case_id=case.id, recorded_at=work.now, recorded_by_id=signed_in_id(work)
        )
        work.session.add(row)
        work.session.flush()
    return row

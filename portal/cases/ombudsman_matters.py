"""The Ombudsman's decision, recorded once, for every case that it is about.

Their letters, findings and remedies are worked in the case that was opened for the Ombudsman; here
stand their own reference and how they decided, in `ombudsman_covers.py` what that covers.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.cases.acting import signed_in_id
from portal.cases.points import ChangedMeanwhile, lock
from portal.errors import Refused
from portal.matter_rows import OMBUDSMAN_MATTERS
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
from portal.records.ombudsman_matter import OmbudsmanMatter
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
    return OMBUDSMAN_MATTERS.first(session, case.id)


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
    row = begun(work, case, version)
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


def figures(session: Session) -> Mapping[CountedAs, int]:
    """Count the Ombudsman's decisions as their statistics do: one decision once, however many
    cases it covers."""
    wanted = select(OmbudsmanMatter.decision).where(OmbudsmanMatter.decision.is_not(None))
    return counted(one for one in session.scalars(wanted) if one is not None)


def begun(work: Work, case: Case, version: int | None) -> OmbudsmanMatter:
    """The Ombudsman's matter of a case, made where there is none yet.

    Args:
        work: the open act.
        case: the case that was opened for the Ombudsman.
        version: which version the officer saw, 0 for none; None where it does not matter.

    Raises:
        NotTheOmbudsmans: the case is another kind of case.
        ChangedMeanwhile: somebody else changed it.
    """
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

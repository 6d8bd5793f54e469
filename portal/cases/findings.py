"""What is found on a point: written bit by bit by whoever's turn it is, until the stage is
answered. From then on it stands."""

from sqlalchemy import select

from portal import audit
from portal.cases import gathering, joining
from portal.cases.points import ChangedMeanwhile, NotLive, lock
from portal.errors import Refused
from portal.procedures.completeness import GIVER_IN, MAY_BE_SETTLED
from portal.procedures.finding import LIVE, Finding, Giver
from portal.records.case import Case, CaseStage
from portal.records.point import Point, PointFinding
from portal.work import Work

LONGEST_REASONS = 20_000


class NotTheirTurn(Refused):
    """Where the case stands, these findings are not written, or not any more."""

    title = "This cannot be written now"
    message = (
        "The case has moved on, so this finding cannot be written now. Look at the case again."
        " Nothing was changed."
    )
    status = 409


class WorkedAtLead(Refused):
    """A joined case has its findings from the lead, so that work is done once."""

    title = "This is worked at the lead case"
    message = (
        "This case is joined to a lead case, and what is found is written there. Nothing was"
        " changed. To look into this one by itself, undo the join."
    )
    status = 409


class NothingAgreed(Refused):
    """A point is settled by what was agreed, so that has to be said (regulation 15)."""

    message = "Write what you and the person agreed. The person gets it in writing."


class CannotSettle(Refused):
    """Only the service that answers settles a point with the person."""

    message = "Only the service that answers can settle a point. Choose a finding."


def record_finding(
    work: Work,
    point: Point,
    stage: CaseStage,
    giver: Giver,
    finding: Finding | None,
    reasons: str,
    version: int | None = None,
) -> PointFinding | None:
    """Write what somebody found on a point, or as much of it as they have.

    Args:
        work: the open act.
        point: a live point.
        stage: its case's present stage.
        giver: who found it; their turn is told by where the case stands.
        finding: what was found; None while it is open.
        reasons: why; empty while they are missing.
        version: which version the writer saw, 0 for none; None asks nothing.

    Returns:
        What is kept; None where there was nothing and nothing was given.

    Raises:
        NotTheirTurn: the case does not stand where they write.
        WorkedAtLead: the case is joined to another.
        NotLive: the point needs no answer.
        ChangedMeanwhile: somebody else has written since.
    """
    return _write(work, point, stage, giver, finding, reasons, False, version)


def record_resolution(
    work: Work,
    point: Point,
    stage: CaseStage,
    giver: Giver,
    agreed: str,
    version: int | None = None,
) -> PointFinding:
    """Write that the person agrees that a point is settled, and how (regulation 15). It is counted
    apart from findings, and the next stage stays open to the person.

    Args:
        work, point, stage, giver, version: as in `record_finding`.
        agreed: what was agreed.

    Raises:
        NothingAgreed: it is not said.
        CannotSettle: the giver is not the service that answers.
        NotTheirTurn, WorkedAtLead, NotLive, ChangedMeanwhile: as in `record_finding`.
    """
    if giver is not MAY_BE_SETTLED:
        raise CannotSettle
    if not agreed.strip():
        raise NothingAgreed
    written = _write(work, point, stage, giver, None, agreed, True, version)
    assert written is not None, "What was agreed is never empty."
    return written


def find(work: Work, point: Point, stage: CaseStage, giver: Giver) -> PointFinding | None:
    """What one giver has written on a point in a stage."""
    wanted = select(PointFinding).where(
        PointFinding.point_id == point.id,
        PointFinding.stage_id == stage.id,
        PointFinding.giver == giver,
    )
    return work.session.scalar(wanted)


def _write(
    work: Work,
    point: Point,
    stage: CaseStage,
    giver: Giver,
    finding: Finding | None,
    reasons: str,
    resolved: bool,
    version: int | None,
) -> PointFinding | None:
    case = work.session.get_one(Case, point.case_id)
    lock(work, case)
    work.session.refresh(point)
    present = gathering.current_stage(work.session, case)
    if present.id != stage.id or GIVER_IN.get(case.procedure_state) is not giver:
        raise NotTheirTurn
    if joining.joined_to(work.session, case, stage) is not None:
        raise WorkedAtLead
    if point.state not in LIVE:
        raise NotLive
    row = find(work, point, stage, giver)
    if version is not None and version != (row.version if row is not None else 0):
        raise ChangedMeanwhile
    words = reasons.replace("\r\n", "\n").strip() or None
    if row is None and finding is None and words is None:
        return None
    if row is not None and (row.finding, row.reasons, row.resolved) == (finding, words, resolved):
        return row
    if row is None:
        row = PointFinding(point_id=point.id, stage_id=stage.id, giver=giver)
        work.session.add(row)
    row.finding, row.reasons, row.resolved = finding, words, resolved
    row.written_at, row.written_by_id = work.now, _writer(work)
    work.session.flush()
    audit.note(work, "finding_recorded", row, ["finding", "reasons"])
    return row


def _writer(work: Work) -> int:
    assert work.who.account_id is not None, "Only somebody who is signed in finds."
    return work.who.account_id

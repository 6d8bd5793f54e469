"""The blocks in which findings are written, one a point: on the page of the findings, and on that
of a draft answer."""

from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from portal.cases import findings, gathering, points
from portal.matter_rows import ACCOUNT, FINDINGS
from portal.procedures.finding import Giver
from portal.records.case import Case
from portal.records.point import PointFinding
from portal.web.officer.findings_forms import FindingForm
from portal.work import Work


class Overtaken(Exception):
    """Somebody else has written on this point meanwhile; nothing is saved."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


def write(work: Work, case: Case, giver: Giver, blocks: Mapping[int, FindingForm]) -> None:
    """Keep what was written in any of the blocks.

    Args:
        work: the open act.
        case: the case, at the giver's turn.
        giver: who found it.
        blocks: by the point's number; a block that nobody touched changes nothing.

    Raises:
        Overtaken: a colleague has written on one of the points.
    """
    stage = gathering.current_stage(work.session, case)
    for point in points.live(work.session, case):
        block = blocks.get(point.number)
        if block is None or not block.touched:
            continue
        reasons = block.reasons.data or ""
        try:
            if block.settled:
                findings.record_resolution(work, point, stage, giver, reasons, block.version)
            else:
                findings.record_finding(
                    work, point, stage, giver, block.finding, reasons, block.version
                )
        except points.ChangedMeanwhile:
            raise Overtaken(point.number) from None


def kept(session: Session, case: Case, giver: Giver) -> dict[int, PointFinding]:
    """What one giver has written at the present stage, by the point's key."""
    stage = gathering.current_stage(session, case)
    return {row.point_id: row for row in FINDINGS.of(session, stage.id) if row.giver is giver}


def blame(
    session: Session, case: Case, giver: Giver, blocks: Mapping[int, FindingForm], number: int
) -> None:
    """Say at a point's block that a colleague wrote meanwhile; what was typed stays, and is saved
    over it only on purpose."""
    found = kept(session, case, giver)
    for point in points.live(session, case):
        if point.number == number:
            blocks[number].reasons.errors = [points.ChangedMeanwhile.message]
            blocks[number].note_seen(found.get(point.id))


def writers(session: Session, rows: Iterable[PointFinding]) -> dict[int, str]:
    """Who wrote, by the account's key."""
    written_by = ACCOUNT.of_each(session, {row.written_by_id for row in rows})
    return {key: account.name for key, found in written_by.items() for account in found}

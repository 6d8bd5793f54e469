"""What a draft answer lacks, in sentences, each with the page on which it is mended."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from portal.procedures.answer_check import Gap, Need

SENTENCES: Mapping[Need, str] = {
    Need.POINTS: "No points of complaint are written yet.",
    Need.FINDING: "Point {number} has no finding.",
    Need.REASONS: "Point {number} has no reasons.",
    Need.APOLOGY: "The person was right about something, and nobody says sorry yet.",
    Need.OWNER: "Nobody sees to one of the promises.",
    Need.DATE: "One of the promises has no date.",
    Need.NEXT_STEP: "The letter does not say how the person can go on.",
    Need.ASK_BY: "The letter does not say by when the person can ask for the next stage.",
    Need.OMBUDSMAN: "The letter does not say how to reach the Ombudsman.",
}


@dataclass(frozen=True)
class Missing:
    """One thing that is missing, and where to mend it; no address where it is on this page, or in
    the council's own wording of the letter."""

    sentence: str
    href: str | None


def missing(gap: Gap, public_id: str) -> Missing:
    """Put a gap into words.

    Args:
        gap: what is missing.
        public_id: the matter's, for the address.
    """
    return Missing(SENTENCES[gap.need].format(number=gap.number), _href(gap, public_id))


def _href(gap: Gap, public_id: str) -> str | None:
    if gap.need is Need.POINTS:
        return url_for("officer.case_points", public_id=public_id)
    if gap.need in (Need.FINDING, Need.REASONS):
        page = url_for("officer.case_findings", public_id=public_id)
        return f"{page}#finding-{gap.number}"
    if gap.need is Need.APOLOGY:
        return "#apology"
    if gap.need in (Need.OWNER, Need.DATE):
        return url_for("officer.promise", public_id=public_id, remedy_id=gap.key)
    return None

"""The files of published reports: made after publication, apart from any page, because a PDF of a
whole year takes longer than anybody waits for one."""

import hashlib
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.records.published_report import PublishedReport, ReportFile
from portal.reports import extract
from portal.reports.annual.table import AnnualReport
from portal.work import Work

Waiting = tuple[int, str]


def waiting(session: Session, forms: Collection[str]) -> tuple[Waiting, ...]:
    """The published reports that lack a form, by key, and which.

    Args:
        session: any session.
        forms: the forms that this machine can make.
    """
    rows = session.execute(select(ReportFile.report_id, ReportFile.form))
    kept = {(key, form) for key, form in rows}
    keys = session.scalars(select(PublishedReport.id).order_by(PublishedReport.id))
    return tuple((key, form) for key in keys for form in forms if (key, form) not in kept)


def report_of(session: Session, key: int) -> AnnualReport:
    """What was published, without what leads to anybody."""
    return extract.from_values(session.get_one(PublishedReport, key).extract)


def keep(work: Work, key: int, form: str, content: bytes) -> None:
    """Keep one file beside its report."""
    published = work.session.get_one(PublishedReport, key)
    sha256 = hashlib.sha256(content).hexdigest()
    work.session.add(ReportFile(report_id=key, form=form, content=content, sha256=sha256))
    audit.note(work, "report_filed", published, [form])

"""Whether what was published is still as it was published: each report and each file is hashed anew
and compared with the hash that was kept beside it."""

import hashlib

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.records.published_report import PublishedReport, ReportFile
from portal.reports import extract


def faults(session: Session) -> list[str]:
    """A sentence for each report and each file that is not what was published; empty when all are.

    Args:
        session: any session. Files are read one at a time: together they may be large.
    """
    named: dict[int, str] = {}
    found: list[str] = []
    for key in session.scalars(select(PublishedReport.id).order_by(PublishedReport.id)).all():
        one = session.get_one(PublishedReport, key)
        named[key] = _name(one)
        if extract.fingerprint(one.extract) != one.sha256:
            found.append(_changed(named[key]))
        session.expunge(one)
    kept = select(ReportFile.id).order_by(ReportFile.report_id, ReportFile.form)
    for key in session.scalars(kept).all():
        file = session.execute(
            select(
                ReportFile.report_id, ReportFile.form, ReportFile.content, ReportFile.sha256
            ).where(ReportFile.id == key)
        ).one()
        if hashlib.sha256(file.content).hexdigest() != file.sha256:
            found.append(_changed(f"{named[file.report_id]}, its {file.form} file,"))
    return found


def _name(one: PublishedReport) -> str:
    edition = f"Supplement {one.number} to the" if one.number else "The"
    return f"{edition} annual report of {one.year}"


def _changed(what: str) -> str:
    return (
        f"{what} is not as it was published: it does not match its SHA-256. Restore it from a"
        " backup."
    )

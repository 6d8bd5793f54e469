"""What the background process does for published reports: it makes their files."""

from sqlalchemy.exc import IntegrityError

from portal.db import db
from portal.reports import filing
from portal.reports.forms.form import Form, possible, written
from portal.work import WORKER, begin_work


def file_reports() -> int:
    """Make every form that a published report lacks; gives how many were made."""
    made = 0
    for key, form in filing.waiting(db.session(), [one.value for one in possible()]):
        # Outside any act: setting a PDF is slow, and nobody may wait for it with the lock held.
        content = written(filing.report_of(db.session(), key), Form(form))
        try:
            with begin_work(WORKER) as work:
                filing.keep(work, key, form, content)
        except IntegrityError:
            # Another process was quicker; equal reports are equal files.
            continue
        made += 1
    return made

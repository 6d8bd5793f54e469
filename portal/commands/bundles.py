"""What the background process does for bundles: it reads their files, suggests what must go, and
sets the pages."""

from sqlalchemy.orm.exc import StaleDataError

from portal.correspondence import tagged_pdf
from portal.db import db
from portal.triage import bundle_reading, bundles
from portal.triage.bundle_pdf import CannotBeMade
from portal.triage.redaction import Redactor
from portal.work import WORKER, begin_work


def read_bundles() -> int:
    """Read the PDFs of each bundle that waits for it; gives how many bundles were read."""
    done = 0
    for bundle_id in bundle_reading.to_read(db.session()):
        # Outside any act: reading is slow.
        texts = bundle_reading.read(db.session(), bundle_id)
        if texts is None:
            continue
        with begin_work(WORKER) as work:
            bundle_reading.keep_read(work, bundle_id, texts)
        done += 1
    return done


def redact_bundles(redactor: Redactor | None) -> int:
    """Suggest for each bundle that waits what must go; gives how many."""
    if redactor is None:
        return 0
    done = 0
    for bundle_id, texts in bundles.redacted(db.session(), redactor).items():
        try:
            with begin_work(WORKER) as work:
                done += bundles.keep_redacted(work, bundle_id, texts)
        except StaleDataError:
            # An officer went on without it.
            continue
    return done


def make_bundles() -> int:
    """Make each bundle that was checked, where PDFs can be set; gives how many were made."""
    if not tagged_pdf.is_possible():
        return 0
    made = 0
    for bundle_id in bundles.to_make(db.session()):
        try:
            # Outside any act: setting pages is slow, and nobody may wait for it with the lock held.
            content, pages = bundles.made(db.session(), bundle_id)
        except CannotBeMade as refused:
            with begin_work(WORKER) as work:
                bundles.keep_fault(work, bundle_id, refused.fault)
            continue
        with begin_work(WORKER) as work:
            bundles.keep_made(work, bundle_id, content, pages)
        made += 1
    return made

"""The work process's share of the search: files are read, and what changed is indexed."""

from portal.attachments import reading_apart
from portal.db import db
from portal.records.attachment import Attachment
from portal.triage.find import indexing
from portal.triage.find.kept import forget_ended
from portal.work import WORKER, begin_work

# So that a round ends before anybody waits for the next suggestion.
BATCHES_A_ROUND = 20
FILES_A_ROUND = 20


def index() -> int:
    """Index what waits, batch by batch.

    Returns:
        How many matters were indexed.
    """
    done = files = 0
    for _ in range(BATCHES_A_ROUND):
        due = indexing.due(db.session())
        if not due.notes:
            break
        files += _read_files(due.matters)
        indexed = indexing.read(db.session(), due)
        try:
            with begin_work(WORKER) as work:
                done += indexing.keep(work, indexed)
        except indexing.IndexedMeanwhile:
            break
        if files >= FILES_A_ROUND:
            break
    return done


def note_missing() -> int:
    """Let what nothing told of be indexed."""
    with begin_work(WORKER) as work:
        return indexing.note_missing(work)


def forget_searches() -> int:
    """Forget what was searched for, a day later."""
    with begin_work(WORKER) as work:
        return forget_ended(work)


def _read_files(matters: tuple[int, ...]) -> int:
    """Read the files of what is about to be indexed."""
    ids = [one.id for one in reading_apart.unread(db.session(), matters)]
    for key in ids:
        state, text = reading_apart.read(db.session.get_one(Attachment, key))
        with begin_work(WORKER) as work:
            reading_apart.keep(work, key, state, text)
    return len(ids)

"""What SQLite's full-text search keeps of entries that are gone, until it is made anew."""

from sqlalchemy import text

from portal.records.find_triggers import WORDS_TABLE
from portal.work import Work


def forget_words(work: Work) -> None:
    """Let the full-text table of SQLite forget the hashes of entries that were taken away: it marks
    them as gone and keeps them until its parts are merged. PostgreSQL's index keeps none.

    Args:
        work: the open act.
    """
    if work.session.get_bind().dialect.name == "sqlite":
        merge = f"INSERT INTO {WORDS_TABLE}({WORDS_TABLE}) VALUES ('optimize')"  # noqa: S608
        work.session.execute(text(merge))

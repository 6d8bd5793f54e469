"""Searching: the matters that have every word, best first, among those that the reader may see.

What may be seen is a condition of the very query that finds, so a count tells of nothing else. Of
very many only the newest thousand are ranked: whoever finds so much asks for more.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    String,
    cast,
    column,
    func,
    literal,
    literal_column,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from portal.records.feedback import Feedback
from portal.records.find_entry import FindEntry
from portal.records.find_triggers import WORDS_TABLE
from portal.triage.find import filters, stems
from portal.triage.find.filters import Filters

MOST_RANKED = 1_000
MOST_WORDS = 20
LONGEST_SEARCH = 300
_PHRASE = re.compile(r"[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]")
_WORDS = table(WORDS_TABLE, column("rowid"), column("stems"))


@dataclass(frozen=True)
class Asked:
    """The words that are searched for. `stems` are all that must be there; a phrase is a run of
    plain words that must stand together, which is looked for in what was opened."""

    stems: frozenset[str]
    phrases: tuple[tuple[str, ...], ...] = ()


def read_words(typed: str) -> Asked:
    """Read what somebody typed: words, and phrases in quotation marks.

    Returns:
        No stems at all where nothing in it tells anything.
    """
    text = typed[:LONGEST_SEARCH]
    runs = [_plain(found) for found in _PHRASE.findall(text)]
    phrases = tuple(run for run in runs if len(run) > 1)
    wholes = stems.wholes_in(text)
    rest = text
    if wholes:
        # A number however it is grouped: its groups by themselves are not asked for as well.
        rest = stems.NUMBER.sub(" ", stems.EMAIL.sub(" ", text))
    words = [word for word in stems.plain_words(rest) if stems.tell(word)]
    found = stems.stems_of(words[:MOST_WORDS])
    return Asked(frozenset([*wholes, *found.values()]), phrases)


def ranked(
    session: Session,
    asked: Asked,
    narrowed: Filters,
    visible: ColumnElement[bool],
    today: date,
) -> list[int]:
    """Find the matters that have every word.

    Args:
        session: any session; no text is opened.
        asked: from `read_words`, with at least one stem.
        narrowed: what else must hold.
        visible: what the reader may see, from `portal.access.permission.visible`.
        today: against which a date is overdue.

    Returns:
        Their keys, best first and the newer of two alike first: at most one more than
        `MOST_RANKED`, which tells that there are more.
    """
    keys = sorted(stems.key_of(stem) for stem in asked.stems)
    where = [visible, *filters.conditions(narrowed, today)]
    if session.get_bind().dialect.name == "sqlite":
        wanted = _sqlite(keys, where)
    else:
        wanted = _postgresql(keys, where)
    rows = session.execute(wanted).all()
    return [row.id for row in sorted(rows, key=lambda row: (-row.score, -row.id))]


def listed(
    session: Session,
    narrowed: Filters,
    visible: ColumnElement[bool],
    today: date,
    limit: int,
    after: int | None = None,
) -> list[int]:
    """The newest matters that fit, without any words.

    Args:
        session, narrowed, visible, today: as in `ranked`.
        limit: how many at most.
        after: the key of the last one of the page before.
    """
    wanted = select(Feedback.id).where(visible, *filters.conditions(narrowed, today))
    if after is not None:
        wanted = wanted.where(Feedback.id < after)
    return list(session.scalars(wanted.order_by(Feedback.id.desc()).limit(limit)))


def count(session: Session, narrowed: Filters, visible: ColumnElement[bool], today: date) -> int:
    """How many fit, counted up to one more than `MOST_RANKED`."""
    wanted = select(Feedback.id).where(visible, *filters.conditions(narrowed, today))
    some = wanted.limit(MOST_RANKED + 1).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def _sqlite(keys: list[str], where: list[ColumnElement[bool]]) -> Any:
    """FTS5 gives its matches in the order of the keys, so that it stops where enough are found;
    its own measure is smaller for the better."""
    asked = " ".join(f'"{key}"' for key in keys)
    rank: ColumnElement[float] = func.bm25(column(WORDS_TABLE))
    return (
        select(Feedback.id.label("id"), (-rank).label("score"))
        .select_from(_WORDS)
        # The sign keeps SQLite from asking the table of words for every feedback there is.
        .join(Feedback, Feedback.id == literal_column(f"+{WORDS_TABLE}.rowid"))
        .where(_WORDS.c.stems.match(asked), *where)
        .order_by(_WORDS.c.rowid.desc())
        .limit(MOST_RANKED + 1)
    )


def _postgresql(keys: list[str], where: list[ColumnElement[bool]]) -> Any:
    """The measure is asked of the thousand alone: it opens the whole vector."""
    asked = cast(literal(" & ".join(f"'{key}'" for key in keys), String), TSQUERY)
    some = (
        select(Feedback.id.label("id"))
        .join(FindEntry, FindEntry.feedback_id == Feedback.id)
        .where(FindEntry.stems.bool_op("@@")(asked), *where)
        .order_by(Feedback.id.desc())
        .limit(MOST_RANKED + 1)
        .subquery()
    )
    score = func.ts_rank(FindEntry.stems, asked, 1).label("score")
    return select(some.c.id.label("id"), score).join(FindEntry, FindEntry.feedback_id == some.c.id)


def _plain(phrase: str) -> tuple[str, ...]:
    return tuple(stems.plain_words(phrase))

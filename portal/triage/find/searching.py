"""Searching: the matters that have every word, best first, among those that the reader may see.

What may be seen is a condition of the very query that finds, so a count tells of nothing else. Of
very many only the newest thousand are ranked: whoever finds so much asks for more.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    cast,
    column,
    func,
    literal,
    literal_column,
    select,
    table,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session, aliased

from portal.records.feedback import Feedback
from portal.records.find_entry import FindEntry
from portal.records.find_triggers import WORDS_TABLE
from portal.triage.find import narrowing, stems
from portal.triage.find.filters import Filters

MOST_RANKED = 1_000
MOST_WORDS = 20
LONGEST_SEARCH = 300
_PHRASE = re.compile(r"[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]")
# Greater than the key of any feedback: nothing stands before the first page.
_BEFORE_ALL = 2**31 - 1
_Wanted = Select[*tuple[Any, ...]]
_WORDS = table(WORDS_TABLE, column("rowid"), column("stems"))


@dataclass(frozen=True)
class Asked:
    """The words that are searched for. `stems` are all that must be there; a phrase is a run of
    plain words that must stand together, which is looked for in what was opened. `desk`: also in
    what only the complaints team reads of a matter."""

    stems: frozenset[str]
    phrases: tuple[tuple[str, ...], ...] = ()
    desk: bool = False


class Place(NamedTuple):
    """A matter in the order in which it was found."""

    id: int
    public_id: str


@dataclass(frozen=True)
class Found:
    """Some of what was found, one after the other, and how many there are of all: at most one more
    than `MOST_RANKED`, which tells that there are more."""

    places: tuple[Place, ...]
    total: int


def read_words(typed: str, *, desk: bool = False) -> Asked:
    """Read what somebody typed: words, and phrases in quotation marks.

    Args:
        typed: as it was typed.
        desk: whether they decide on whatever they may read.

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
    return Asked(frozenset([*wholes, *found.values()]), phrases, desk)


def ranked(
    session: Session,
    asked: Asked,
    narrowed: Filters,
    visible: ColumnElement[bool],
    today: date,
    limit: int,
    after: str | None = None,
) -> Found:
    """Find the matters that have every word, rank and count them: one statement, and no more than
    is shown comes back.

    Args:
        session: any session; no text is opened.
        asked: from `read_words`, with at least one stem.
        narrowed: what else must hold.
        visible: what the reader may see, from `portal.access.permission.visible`.
        today: against which a date is overdue.
        limit: how many at most.
        after: the public id of the last one of the page before. What has gone since was before all.

    Returns:
        The best first, and the newer of two alike.
    """
    wanted = ranking(session.get_bind().dialect.name, asked, narrowed, visible, today)
    placed = wanted.cte("placed")
    here = select(placed.c.id, placed.c.public_id, placed.c.total).order_by(placed.c.place)
    if after is not None:
        last = select(placed.c.place).where(placed.c.public_id == after).scalar_subquery()
        here = here.where(placed.c.place > func.coalesce(last, 0))
    rows = session.execute(here.limit(limit)).all()
    if not rows and after is not None:
        return ranked(session, asked, narrowed, visible, today, limit)
    places = tuple(Place(row.id, row.public_id) for row in rows)
    return Found(places, rows[0].total if rows else 0)


def ranking(
    dialect: str,
    asked: Asked,
    narrowed: Filters,
    visible: ColumnElement[bool],
    today: date,
) -> Select[Any]:
    """The query that ranks: of each matter its place and how many there are.

    Args:
        dialect: `sqlite` or `postgresql`.
        asked, narrowed, visible, today: as in `ranked`.
    """
    find = _sqlite if dialect == "sqlite" else _postgresql
    each = [find(asked, [visible, *way]) for way in narrowing.ways(narrowed, today)]
    newest = _newest(each)
    if dialect != "sqlite":
        newest = _measured(asked, newest)
    some = newest.subquery("some")
    order = (some.c.score.desc(), some.c.id.desc())
    return select(
        some.c.id,
        some.c.public_id,
        func.row_number().over(order_by=order).label("place"),
        func.count().over().label("total"),
    )


def listed(
    session: Session,
    narrowed: Filters,
    visible: ColumnElement[bool],
    today: date,
    limit: int,
    after: str | None = None,
) -> Found:
    """The newest matters that fit, without any words, and their number: one statement.

    Args:
        session, narrowed, visible, today, limit, after: as in `ranked`.
    """
    rows = session.execute(listing(narrowed, visible, today, limit, after)).all()
    places = tuple(Place(row.id, row.public_id) for row in rows if row.id is not None)
    return Found(places, rows[0].total)


def listing(
    narrowed: Filters,
    visible: ColumnElement[bool],
    today: date,
    limit: int,
    after: str | None = None,
) -> Select[Any]:
    """The query of `listed`: a row for each matter with the number of all, or the number alone."""
    fits: list[_Wanted] = [
        select(Feedback.id, Feedback.public_id).where(visible, *way)
        for way in narrowing.ways(narrowed, today)
    ]
    # Read once, both for the number and for the first page.
    newest = _newest([_in_order(one) for one in fits]).cte("newest")
    number = select(func.count().label("total")).select_from(newest).subquery("number")
    here = select(newest.c.id, newest.c.public_id)
    if after is not None:
        last = aliased(Feedback, name="last")
        key = select(last.id).where(last.public_id == after).scalar_subquery()
        behind = Feedback.id < func.coalesce(key, _BEFORE_ALL)
        rest = _newest([_in_order(one.where(behind), limit) for one in fits]).subquery("rest")
        here = select(rest.c.id, rest.c.public_id)
    page = here.order_by(here.selected_columns.id.desc()).limit(limit).subquery("page")
    return (
        select(number.c.total, page.c.id, page.c.public_id)
        .select_from(number.outerjoin(page, true()))
        .order_by(page.c.id.desc())
    )


def _in_order(wanted: _Wanted, limit: int = MOST_RANKED + 1) -> _Wanted:
    return wanted.order_by(Feedback.id.desc()).limit(limit)


def _newest(ways: Sequence[_Wanted]) -> _Wanted:
    """The newest that fit in any of some ways, no more than are ranked and one."""
    if len(ways) == 1:
        return ways[0]
    # Each by itself, so that each ends where enough are found.
    each = (select(one.subquery()) for one in ways)
    together = union_all(*each).subquery("together")
    return select(together).order_by(together.c.id.desc()).limit(MOST_RANKED + 1)


def _keys(asked: Asked) -> list[tuple[str, ...]]:
    """For each word the hashes of which one must be there."""
    wheres = (False, True) if asked.desk else (False,)
    return [tuple(stems.key_of(stem, desk=one) for one in wheres) for stem in sorted(asked.stems)]


def _sqlite(asked: Asked, where: list[ColumnElement[bool]]) -> _Wanted:
    """FTS5 gives its matches in the order of the keys, so that it stops where enough are found;
    its own measure is smaller for the better."""
    words = (" OR ".join(f'"{key}"' for key in keys) for keys in _keys(asked))
    rank: ColumnElement[float] = func.bm25(column(WORDS_TABLE))
    return (
        select(Feedback.id, Feedback.public_id, (-rank).label("score"))
        .select_from(_WORDS)
        # The sign keeps SQLite from asking the table of words for every feedback there is.
        .join(Feedback, Feedback.id == literal_column(f"+{WORDS_TABLE}.rowid"))
        .where(_WORDS.c.stems.match(" AND ".join(f"({one})" for one in words)), *where)
        .order_by(_WORDS.c.rowid.desc())
        .limit(MOST_RANKED + 1)
    )


def _postgresql(asked: Asked, where: list[ColumnElement[bool]]) -> _Wanted:
    wanted = (
        select(Feedback.id, Feedback.public_id)
        .join(FindEntry, FindEntry.feedback_id == Feedback.id)
        .where(FindEntry.stems.bool_op("@@")(_tsquery(asked)), *where)
    )
    return _in_order(wanted)


def _measured(asked: Asked, found: _Wanted) -> _Wanted:
    """The measure is asked of the thousand alone: it opens the whole vector."""
    newest = found.subquery("newest")
    score = func.ts_rank(FindEntry.stems, _tsquery(asked), 1).label("score")
    return select(newest.c.id, newest.c.public_id, score).join(
        FindEntry, FindEntry.feedback_id == newest.c.id
    )


def _tsquery(asked: Asked) -> ColumnElement[Any]:
    words = (" | ".join(f"'{key}'" for key in keys) for keys in _keys(asked))
    return cast(literal(" & ".join(f"({one})" for one in words), String), TSQUERY)


def _plain(phrase: str) -> tuple[str, ...]:
    return tuple(stems.plain_words(phrase))

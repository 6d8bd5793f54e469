"""Keeping the search index: what changed is read again, and what nobody told of is found.

Work to do is what the triggers noted, and feedback that has no entry. Texts are read and hashed
outside any act; the act that keeps them takes away exactly the notes that were read before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, delete, func, insert, select, text
from sqlalchemy.orm import Session

from portal import clock
from portal.cases import addresses, near_texts
from portal.cases.near_texts import Traces
from portal.records.feedback import Feedback
from portal.records.find_entry import FindChange, FindEntry
from portal.records.find_triggers import WORDS_TABLE
from portal.records.party import Party
from portal.triage.find import stems
from portal.triage.find.pieces import HEAD, STORY, Piece, pieces_of
from portal.work import Work

MATTERS_AT_A_TIME = 100
NOTES_AT_A_TIME = 2_000
MOST_COUNTED = 1_000
# A matter without a story.
NO_TRACES = Traces()


class IndexedMeanwhile(Exception):
    """Another process has indexed the same; what it kept is newer."""


@dataclass(frozen=True)
class Due:
    """Some matters that wait, by their keys, and the notes about them that were read."""

    matters: tuple[int, ...]
    notes: tuple[int, ...]


@dataclass(frozen=True)
class Indexed:
    """What is to be kept of some matters, by their keys: keyed stems, and that by which stories of
    almost the same words are found. One that was erased has nothing."""

    due: Due
    stems: dict[int, dict[str, int]]
    traces: dict[int, Traces]


def due(session: Session, limit: int = MATTERS_AT_A_TIME) -> Due:
    """The matters that have waited longest to be indexed.

    Args:
        session: any session.
        limit: how many at most.
    """
    wanted = select(FindChange.id, FindChange.feedback_id).order_by(FindChange.id)
    rows = session.execute(wanted.limit(NOTES_AT_A_TIME)).all()
    matters = tuple(dict.fromkeys(row.feedback_id for row in rows))[:limit]
    chosen = frozenset(matters)
    return Due(matters, tuple(row.id for row in rows if row.feedback_id in chosen))


def read(session: Session, found: Due) -> Indexed:
    """Open the texts of what waits and make their keyed stems.

    Args:
        session: any session; what it reads is as new as the notes, or newer.
        found: from `due`.
    """
    there = select(Feedback.id, Feedback.reference).where(
        Feedback.id.in_(found.matters), Feedback.erased_at.is_(None)
    )
    references = {row.id: row.reference for row in session.execute(there)}
    texts = pieces_of(session, references, desk=True)
    return Indexed(
        found,
        _keyed(references, texts),
        {
            key: near_texts.traces_of(one.text)
            for key in references
            for one in texts.get(key, ())
            if one.kind == STORY
        },
    )


def _keyed(
    references: Mapping[int, str], texts: Mapping[int, Sequence[Piece]]
) -> dict[int, dict[str, int]]:
    """The keyed stems of each matter: of what everybody reads in it, and of what the desk does."""
    told = {
        key: [(reference, HEAD), *_weighed(texts.get(key, ()), desk=False)]
        for key, reference in references.items()
    }
    of_desk = {key: _weighed(texts.get(key, ()), desk=True) for key in references}
    more = stems.keys_of({key: some for key, some in of_desk.items() if some}, desk=True)
    return {key: keys | more.get(key, {}) for key, keys in stems.keys_of(told).items()}


def _weighed(texts: Sequence[Piece], *, desk: bool) -> list[tuple[str, int]]:
    return [(one.text, one.weight) for one in texts if one.desk is desk]


def keep(work: Work, indexed: Indexed) -> int:
    """Keep what was read, and take away the notes that asked for it.

    Args:
        work: the open act.
        indexed: from `read`.

    Returns:
        How many matters are indexed anew.

    Raises:
        IndexedMeanwhile: another process was quicker. Nothing is kept.
    """
    notes = indexed.due.notes
    gone = work.session.execute(delete(FindChange).where(FindChange.id.in_(notes)))
    if gone.rowcount != len(notes):  # type: ignore[attr-defined]
        raise IndexedMeanwhile
    keys = list(indexed.stems)
    # Somebody may have erased one of them since it was read.
    left = select(Feedback.id).where(Feedback.id.in_(keys), Feedback.erased_at.is_(None))
    there = set(work.session.scalars(left))
    work.session.execute(delete(FindEntry).where(FindEntry.feedback_id.in_(keys)))
    rows = [
        {
            "feedback_id": key,
            "stems": found,
            "sketch": indexed.traces.get(key, NO_TRACES).sketch,
            "indexed_at": work.now,
        }
        for key, found in indexed.stems.items()
        if key in there
    ]
    if rows:
        work.session.execute(insert(FindEntry), rows)
    near_texts.keep(work, {key: indexed.traces.get(key, NO_TRACES).bands for key in there})
    _give_address_keys(work, keys)
    return len(rows)


def note_missing(work: Work) -> int:
    """Let feedback be indexed of which nothing stands in the index and nothing waits.

    Returns:
        How many there were.
    """
    found = _count_missing(work.session)
    if found:
        work.session.execute(insert(FindChange).from_select(["feedback_id"], _missing()))
    return found


def waiting(session: Session, visible: ColumnElement[bool]) -> int:
    """How many of the matters that somebody may see wait to be indexed, counted up to a thousand.

    Args:
        session: any session.
        visible: what they may see, from `portal.access.permission.visible`.
    """
    return session.scalar(select(number_waiting(visible))) or 0


def number_waiting(visible: ColumnElement[bool]) -> ColumnElement[int]:
    """The same as part of another query.

    Args:
        visible: as in `waiting`.
    """
    noted = select(FindChange.feedback_id).distinct().limit(MOST_COUNTED).subquery()
    wanted = select(func.count()).select_from(Feedback)
    counted: ColumnElement[int] = wanted.where(
        Feedback.id.in_(select(noted)), visible
    ).scalar_subquery()
    return counted


def faults(session: Session) -> list[str]:
    """Sentences about an index that does not hold what it should, for `flask check`."""
    missing = _count_missing(session)
    said = []
    if missing:
        said.append(
            f"The search misses {missing} items of feedback that nothing told it of; `flask work` "
            "adds them within the hour."
        )
    if session.get_bind().dialect.name == "sqlite":
        entries = session.scalar(select(func.count()).select_from(FindEntry)) or 0
        # The sizes of its documents: counting the table itself would count the entries.
        words = session.scalar(text(f"SELECT count(*) FROM {WORDS_TABLE}_docsize"))  # noqa: S608
        if entries != words:
            said.append(
                f"The search has {entries} entries and can find {words} of them. Make "
                f"{WORDS_TABLE} anew in SQLite by its 'rebuild' command."
            )
    return said


def fact(session: Session) -> str:
    """A sentence on how much the search finds."""
    entries = session.scalar(select(func.count()).select_from(FindEntry)) or 0
    noted = session.scalar(select(func.count(FindChange.feedback_id.distinct()))) or 0
    now = clock.in_london(clock.now())
    return f"The search finds {entries} matters; {noted} wait to be read again at {now:%H:%M}."


def _give_address_keys(work: Work, keys: list[int]) -> None:
    """Of people who were named before a postal address had a key."""
    wanted = select(Party).where(
        Party.feedback_id.in_(keys), Party.address.is_not(None), Party.address_key.is_(None)
    )
    for party in work.session.scalars(wanted).all():
        party.address_key = addresses.address_key(party.address or "")


def _count_missing(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(_missing().subquery())) or 0


def _missing() -> Select[int]:
    return (
        select(Feedback.id)
        .outerjoin(FindEntry, FindEntry.feedback_id == Feedback.id)
        .where(
            FindEntry.feedback_id.is_(None),
            Feedback.erased_at.is_(None),
            Feedback.id.not_in(select(FindChange.feedback_id)),
        )
    )

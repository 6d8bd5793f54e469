"""Searches as they are kept: for a day with their words, or for good as a view without any."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from portal import audit
from portal.cases.acting import signed_in_id
from portal.cases.tokens import make_public_id
from portal.errors import Refused
from portal.records.kept_search import KeptSearch
from portal.triage.find.filters import Filters, from_plain
from portal.work import Work

KEPT_FOR = timedelta(days=1)
MOST_VIEWS = 30
LONGEST_NAME = 60


@dataclass(frozen=True)
class View:
    """A saved view, as it is chosen: its address and its name."""

    public_id: str
    name: str


class NoViewName(Refused):
    """A view without a name."""

    message = "Enter a name for this view."


class NothingNarrowed(Refused):
    """A view of everything."""

    message = "Choose at least one filter first: a saved view keeps filters, and never words."


class TooManyViews(Refused):
    """Nobody finds anything among more."""

    message = f"You have {MOST_VIEWS} saved views. Take one away first."


def keep(work: Work, words: str, narrowed: Filters) -> KeptSearch:
    """Keep a search until tomorrow, so that its address holds nothing of it.

    Args:
        work: the open act of whoever searches.
        words: as they were typed.
        narrowed: the filters.
    """
    row = KeptSearch(
        public_id=make_public_id(),
        account_id=signed_in_id(work),
        name=None,
        words=words.strip() or None,
        filters=narrowed.as_plain(),
        ends_at=work.now + KEPT_FOR,
        made_at=work.now,
    )
    work.session.add(row)
    audit.note(work, "search_kept", row, _names(words, narrowed))
    return row


def save_view(work: Work, name: str, narrowed: Filters) -> KeptSearch:
    """Save filters under a name, for oneself. One of the same name is changed.

    Args:
        work: the open act.
        name: how they call it.
        narrowed: the filters.

    Raises:
        NoViewName, NothingNarrowed, TooManyViews.
    """
    plain = " ".join(name.split())
    if not plain:
        raise NoViewName
    if not narrowed.named():
        raise NothingNarrowed
    mine = _saved(work.session, signed_in_id(work))
    row = next((one for one in mine if (one.name or "").casefold() == plain.casefold()), None)
    if row is None:
        if len(mine) >= MOST_VIEWS:
            raise TooManyViews
        row = KeptSearch(
            public_id=make_public_id(), account_id=signed_in_id(work), made_at=work.now
        )
        work.session.add(row)
    row.name, row.words, row.filters, row.ends_at = plain, None, narrowed.as_plain(), None
    audit.note(work, "view_saved", row, narrowed.named())
    return row


def take_away(work: Work, row: KeptSearch) -> None:
    """Take a saved view away."""
    audit.note(work, "view_taken_away", row)
    work.session.delete(row)


def views(session: Session, account_id: int) -> tuple[View, ...]:
    """Somebody's saved views, by name."""
    return _by_name(_saved(session, account_id))


def opened(
    session: Session, public_id: str, account_id: int
) -> tuple[KeptSearch | None, tuple[View, ...]]:
    """The search of an address with all saved views, in one query.

    Args:
        session: any session.
        public_id: of the address.
        account_id: whose.

    Returns:
        Their own search, or None; and their views by name.
    """
    wanted = select(KeptSearch).where(
        KeptSearch.account_id == account_id,
        or_(KeptSearch.public_id == public_id, KeptSearch.ends_at.is_(None)),
    )
    rows = session.scalars(wanted).all()
    found = next((one for one in rows if one.public_id == public_id), None)
    return found, _by_name([one for one in rows if one.ends_at is None])


def find(session: Session, public_id: str, account_id: int) -> KeptSearch | None:
    """The search of an address: somebody's own, or None."""
    wanted = select(KeptSearch).where(
        KeptSearch.public_id == public_id, KeptSearch.account_id == account_id
    )
    return session.scalar(wanted)


def narrowed_by(row: KeptSearch) -> Filters:
    """The filters of a kept search."""
    return from_plain(row.filters)


def forget_ended(work: Work) -> int:
    """Forget the words that were searched for a day ago.

    Returns:
        How many searches there were.
    """
    gone = delete(KeptSearch).where(KeptSearch.ends_at < work.now)
    return int(work.session.execute(gone).rowcount)  # type: ignore[attr-defined]


def _names(words: str, narrowed: Filters) -> list[str]:
    return [*(["words"] if words.strip() else []), *narrowed.named()]


def _saved(session: Session, account_id: int) -> list[KeptSearch]:
    wanted = select(KeptSearch).where(
        KeptSearch.account_id == account_id, KeptSearch.ends_at.is_(None)
    )
    return list(session.scalars(wanted))


def _by_name(rows: Iterable[KeptSearch]) -> tuple[View, ...]:
    views = [View(row.public_id, row.name or "") for row in rows]
    return tuple(sorted(views, key=lambda one: one.name.casefold()))

"""Counts that stop, and lists read page by page by their numbers: a list tells "more than 1,000",
and counts nothing beyond."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ScalarSelect, Select, func, select
from sqlalchemy.orm import Session

# Nobody reads a larger number, and to count on would cost more than the page.
COUNTED = 1_000


@dataclass(frozen=True)
class Part:
    """One page of a list.

    Attributes:
        rows: of the page, as the statement gives them.
        total: how many rows there are, `COUNTED` and one where there are more.
        page: which one it is, from 1.
        pages: how many there are; None where not all is counted.
        more: whether another page follows.
    """

    rows: Sequence[Any]
    total: int
    page: int
    pages: int | None
    more: bool

    @property
    def number(self) -> str:
        """How many rows there are, in words."""
        return number_in_words(self.total)


def number_in_words(number: int) -> str:
    """A number as it is shown: "12", or "more than 1,000"."""
    return f"more than {COUNTED:,}" if number > COUNTED else f"{number:,}"


def counting(wanted: Select[Any], at_most: int | None = None) -> ScalarSelect[int]:
    """Count what a statement finds, and nothing beyond a number.

    Args:
        wanted: the statement; its order is of no account here.
        at_most: the number; `COUNTED` and one when None.
    """
    some = wanted.order_by(None).limit(at_most or COUNTED + 1).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


def part_of(session: Session, wanted: Select[Any], page: int, size: int) -> Part:
    """Read one page of a list.

    Args:
        session: any session.
        wanted: the statement, in its order.
        page: from 1; past the end, the last page that is counted.
        size: how many rows a page has.
    """
    total = session.scalar(select(counting(wanted))) or 0
    last = max(1, -(-min(total, COUNTED) // size))
    page = max(page, 1)
    if total <= COUNTED:
        page = min(page, last)
    found = session.execute(_from(wanted, page, size)).all()
    if not found and page > 1:
        page = last
        found = session.execute(_from(wanted, page, size)).all()
    pages = last if total <= COUNTED else None
    return Part(found[:size], total, page, pages, len(found) > size)


def _from(wanted: Select[Any], page: int, size: int) -> Select[Any]:
    # One more than is shown: whether another page follows.
    return wanted.limit(size + 1).offset((page - 1) * size)

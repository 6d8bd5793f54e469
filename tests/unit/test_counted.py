"""Counts that stop, and pages of lists of which not all is counted."""

from typing import Any

import pytest
from sqlalchemy import Select, literal, select, union_all
from sqlalchemy.orm import Session

from portal import counted
from portal.counted import counting, number_in_words, part_of
from portal.work import Work


@pytest.fixture
def session(work: Work, monkeypatch: pytest.MonkeyPatch) -> Session:
    monkeypatch.setattr(counted, "COUNTED", 10)
    return work.session


def rows(many: int) -> Select[Any]:
    numbers = union_all(*(select(literal(one).label("one")) for one in range(many))).subquery()
    return select(numbers.c.one).order_by(numbers.c.one)


@pytest.mark.parametrize(
    ("there_are", "told"), [(1, "1"), (10, "10"), (11, "more than 10"), (30, "more than 10")]
)
def test_a_count_stops_where_it_says_more(session: Session, there_are: int, told: str) -> None:
    number = session.scalar(select(counting(rows(there_are)))) or 0
    assert number == min(there_are, 11)
    assert number_in_words(number) == told


def test_a_thousand_is_told_as_readers_write_it() -> None:
    assert number_in_words(1_000) == "1,000"
    assert number_in_words(1_001) == "more than 1,000"


@pytest.mark.parametrize(
    ("there_are", "asked", "shown", "page", "pages", "more"),
    [
        (3, 1, [0, 1, 2], 1, 1, False),
        (9, 2, [4, 5, 6, 7], 2, 3, True),
        (9, 99, [8], 3, 3, False),
        (9, 0, [0, 1, 2, 3], 1, 3, True),
        (30, 1, [0, 1, 2, 3], 1, None, True),
        (30, 8, [28, 29], 8, None, False),
        (30, 99, [8, 9, 10, 11], 3, None, True),
    ],
)
def test_pages_are_turned_to_the_end_where_not_all_is_counted(
    session: Session,
    there_are: int,
    asked: int,
    shown: list[int],
    page: int,
    pages: int | None,
    more: bool,
) -> None:
    found = part_of(session, rows(there_are), asked, 4)
    assert [row.one for row in found.rows] == shown
    assert (found.page, found.pages, found.more) == (page, pages, more)


def test_a_list_that_is_empty_has_one_page(session: Session) -> None:
    found = part_of(session, rows(3).where(literal(1) == 2), 5, 4)
    assert (list(found.rows), found.number, found.page, found.pages) == ([], "0", 1, 1)

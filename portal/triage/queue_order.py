"""The orders of the lists, and places in them: a page begins where the one before it ended.

A page that were counted from the start would slow with its number, and would show a row twice, or
never, where a colleague decides something above it meanwhile.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, literal, tuple_

# What a row is ordered by, the row's random id last, so that no two are alike.
Place = tuple[Any, ...]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Order:
    """One order: its columns, all rising or all falling, and the kinds of their values."""

    # Attributes of records and expressions alike.
    columns: tuple[Any, ...]
    kinds: tuple[type, ...]
    falling: bool = False

    def beyond(self, place: Place, *, back: bool = False) -> ColumnElement[bool]:
        """The condition that a row comes after a place; before it, going back."""
        values = tuple_(*(literal(v, c.type) for v, c in zip(place, self.columns, strict=True)))
        return (
            tuple_(*self.columns) < values
            if back != self.falling
            else (tuple_(*self.columns) > values)
        )

    def by(self, *, back: bool = False) -> tuple[ColumnElement[Any], ...]:
        """What to order by; going back, the other way round."""
        down = back != self.falling
        return tuple(column.desc() if down else column.asc() for column in self.columns)

    def read(self, token: str) -> Place | None:
        """Read a place from an address; None where it is none of this order."""
        parts = token.split(".", len(self.kinds) - 1)
        if len(parts) != len(self.kinds):
            return None
        try:
            return tuple(_READ[kind](part) for kind, part in zip(self.kinds, parts, strict=True))
        except (ValueError, OverflowError):
            return None


def written(place: Place) -> str:
    """Write a place for an address. It tells an order and a random id, and nothing of anybody."""
    return ".".join(_WRITE[type(value)](value) for value in place)


def _digits(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise ValueError(text)
    return int(text)


_READ: dict[type, Callable[[str], Any]] = {
    int: lambda text: min(_digits(text), 99),
    date: lambda text: date.fromisoformat(text),
    datetime: lambda text: _EPOCH + _digits(text) * _MICROSECOND,
    str: lambda text: text[:64],
}
_WRITE: dict[type, Callable[[Any], str]] = {
    int: str,
    date: lambda day: day.isoformat(),
    datetime: lambda moment: str((moment - _EPOCH) // _MICROSECOND),
    str: str,
}

"""What a young person agreed that somebody may do in their matter, and until when."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Mapped, mapped_column


class Scope(StrEnum):
    """One thing that somebody may do for a young person. To see is part of every other."""

    SEE = "see"
    SPEAK = "speak"
    LETTERS = "letters"
    DECIDE = "decide"


class Scoped:
    """Columns of a row that holds such an agreement. The last day is a day on which it holds."""

    speaks: Mapped[bool] = mapped_column(default=False)
    gets_letters: Mapped[bool] = mapped_column(default=False)
    decides: Mapped[bool] = mapped_column(default=False)
    last_day: Mapped[date | None]

    @property
    def scope(self) -> frozenset[Scope]:
        """What is agreed, as a set."""
        agreed = {
            Scope.SPEAK: self.speaks,
            Scope.LETTERS: self.gets_letters,
            Scope.DECIDE: self.decides,
        }
        return frozenset({Scope.SEE, *(one for one, is_agreed in agreed.items() if is_agreed)})


def columns_of(scope: Iterable[Scope]) -> dict[str, bool]:
    """Give the columns that a scope is kept in, by name."""
    agreed = frozenset(scope)
    return {
        "speaks": Scope.SPEAK in agreed,
        "gets_letters": Scope.LETTERS in agreed,
        "decides": Scope.DECIDE in agreed,
    }

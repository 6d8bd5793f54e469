"""The Monday view put together: what is in hand, and how the last months went."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from portal.reports.annual.table import Chapter, Check, ReportTable
from portal.reports.monday import dates, in_hand, people
from portal.reports.monday.figure import Made
from portal.reports.monday.week import Week


class Half(StrEnum):
    """The two pages of the view."""

    NOW = "now"
    MONTHS = "months"


FIGURES: Mapping[Half, Mapping[str, tuple[Made, ...]]] = {
    Half.NOW: {
        "What is late": (dates.red_dates, in_hand.ombudsman_due),
        "What is open": (in_hand.by_team, in_hand.by_age, in_hand.elsewhere),
        "What is promised": (people.promises,),
        "What is refused": (people.refusals,),
    },
    Half.MONTHS: {
        "Answers": (dates.in_time, dates.moved, dates.cost),
        "Promises": (people.kept,),
        "Whose voice": (people.voices,),
    },
}
BY_ID: Mapping[str, Made] = {
    made.__name__: made for part in FIGURES.values() for group in part.values() for made in group
}


@dataclass(frozen=True)
class MondayView:
    """One page of the view."""

    chapters: tuple[Chapter, ...]

    @property
    def tables(self) -> tuple[ReportTable, ...]:
        """Every table, in order."""
        return tuple(table for chapter in self.chapters for table in chapter.tables)


def view(week: Week, half: Half) -> MondayView:
    """Count one page of the view.

    Args:
        week: what it is counted from, for one reader.
        half: which page.
    """
    return MondayView(tuple(_chapter(week, title, made) for title, made in FIGURES[half].items()))


def _chapter(week: Week, title: str, figures: tuple[Made, ...]) -> Chapter:
    tables = tuple(
        made(week)
        for made in figures
        # Who opens every team's cases has no other teams.
        if made is not in_hand.elsewhere or week.teams is not None
    )
    return Chapter(title.lower().replace(" ", "-"), title, tables, Check(()))

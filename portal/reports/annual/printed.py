"""What is known of a report that was printed: its day, and where it contradicts itself.

The files are `councils/<slug>/reports/<year>.toml` and, for the ids of tables that are made once
for each leadership, `councils/<slug>/reports/tables.toml`. A council without them has neither.
`printed_checks` reads them all at start.
"""

import tomllib
from datetime import date
from pathlib import Path
from typing import TypeVar

from pydantic import Field, ValidationError

from portal.council import COUNCILS
from portal.council_file import CouncilFileError, in_sentences
from portal.council_values import Entry, Text
from portal.procedures.reporting_year import ReportingYear

TABLE_IDS = "tables"
_Entry = TypeVar("_Entry", bound=Entry)


class Note(Entry):
    """One thing that the printed report says otherwise. `contradiction` is its number in
    reference/procedures.md 6.4."""

    tables: tuple[Text, ...] = Field(min_length=1)
    contradiction: int = Field(ge=1)
    text: Text


class Printed(Entry):
    """One printed report. `as_at` is the day on which its figures were drawn."""

    as_at: date | None = None
    notes: tuple[Note, ...] = ()

    def notes_of(self, table_id: str) -> tuple[str, ...]:
        """The notes that stand under a table."""
        return tuple(note.text for note in self.notes if table_id in note.tables)


class TableIds(Entry):
    """The ids of tables that are made once for each leadership, by its code."""

    statutory_1_teams: dict[str, Text] = Field(default_factory=dict)
    statutory_1_outcomes: dict[str, Text] = Field(default_factory=dict)
    corporate_1_teams: dict[str, Text] = Field(default_factory=dict)
    corporate_1_outcomes: dict[str, Text] = Field(default_factory=dict)


def printed_of(slug: str, year: ReportingYear) -> Printed:
    """Read what is known of a year's printed report.

    Raises:
        CouncilFileError: the file is there and cannot be used.
    """
    return _read(slug, year.name, Printed)


def table_ids(slug: str) -> TableIds:
    """Read the ids of the tables of each leadership.

    Raises:
        CouncilFileError: the file is there and cannot be used.
    """
    return _read(slug, TABLE_IDS, TableIds)


def _read(slug: str, name: str, kind: type[_Entry]) -> _Entry:
    path: Path = COUNCILS / slug / "reports" / f"{name}.toml"
    if not path.exists():
        return kind()
    label = f"councils/{slug}/reports/{name}.toml"
    try:
        return kind.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        raise CouncilFileError(label, in_sentences(error)) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CouncilFileError(label, (f"it cannot be read: {error}.",)) from None

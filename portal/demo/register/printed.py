"""What a printed annual report states, figure by figure: data that nothing is computed from."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Entry(BaseModel):
    """What every entry of a year's file has in common: nothing unknown, nothing changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PrintedRow(Entry):
    """One row as it was printed.

    `line` is its line in the report's text. `right` holds the cells in which the report contradicts
    itself, as a register that adds up has them; `items` number the contradictions.
    """

    line: int = Field(gt=0)
    key: str
    printed: Mapping[str, int]
    right: Mapping[str, int] = {}
    items: tuple[int, ...] = ()

    @model_validator(mode="after")
    def _right_has_its_item(self) -> "PrintedRow":
        if not self.right.keys() <= self.printed.keys():
            raise ValueError(f"{self.key}: a right figure stands beside a printed one.")
        if self.right and not self.items:
            raise ValueError(f"{self.key}: say which contradiction it is.")
        return self

    @property
    def expected(self) -> Mapping[str, int]:
        """What a report that adds up prints in this row."""
        return {**self.printed, **self.right}


class PrintedTable(Entry):
    """One table, chart or block of key numbers."""

    id: str = Field(pattern=r"^T\d\d$")
    title: str
    rows: tuple[PrintedRow, ...]

    def expected(self, key: str, column: str) -> int:
        """One cell as a report that adds up prints it.

        Raises:
            LookupError: the printed report has no such cell.
        """
        for row in self.rows:
            if row.key == key and column in row.expected:
                return row.expected[column]
        raise LookupError(f"{self.id} has no {column} of {key}.")

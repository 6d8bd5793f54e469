"""Numbers that somebody typed into the commentary and that stand in no table of the report: the
printed report of 2019-20 had sentences that its own tables contradicted."""

import re
from collections.abc import Iterator, Mapping

from portal.reports.annual.table import AnnualReport, ReportTable

_NUMBER = re.compile(r"£?\d+(?:,\d{3})*(?:\.\d+)?%?")


def numbers_of(text: str) -> tuple[str, ...]:
    """Every number of a text, each once and as it is written."""
    return tuple(dict.fromkeys(_NUMBER.findall(text)))


def unfounded(report: AnnualReport, texts: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """Find the numbers of texts that no table has.

    Args:
        report: the figures.
        texts: what is written on chapters, by the chapter's key.

    Returns:
        For each text that has such numbers these, each once and as it is written.
    """
    known = {number for table in report.tables for number in _of_table(table)}
    missing = {
        key: tuple(number for number in numbers_of(text) if number not in known)
        for key, text in texts.items()
    }
    return {key: numbers for key, numbers in missing.items() if numbers}


def _of_table(table: ReportTable) -> Iterator[str]:
    """Every number that a reader finds in a table, over it and under it."""
    words = [table.title, table.base, *table.columns, *table.notes]
    words += [cell.text for row in table.rows for cell in row]
    for text in words:
        yield from _NUMBER.findall(text)
    if table.base_count is not None:
        yield f"{table.base_count:,}"

"""What must hold across a council's files on its printed reports, before anything starts."""

import re
from collections.abc import Iterator

from portal.council import COUNCILS, Council
from portal.council_file import CouncilFileError
from portal.procedures.reporting_year import NotAReportingYear, ReportingYear
from portal.reports.annual.printed import TABLE_IDS, Printed, TableIds, printed_of, table_ids

_TABLE = re.compile(r"[TX]\d\d")


def check(council: Council) -> None:
    """Read every file in `councils/<slug>/reports`, so that none is found to be wrong on the day on
    which a report is due.

    Raises:
        CouncilFileError: one cannot be used; its text says which, what is wrong and what to do.
    """
    folder = COUNCILS / council.slug / "reports"
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        if path.name == f"{TABLE_IDS}.toml":
            _refuse(council, path.name, _of_ids(table_ids(council.slug), council))
            continue
        year = _year_of(path.name)
        if year is None:
            fault = (
                f"it is named after no reporting year. Call it 2019-20.toml, or {TABLE_IDS}.toml."
            )
            raise CouncilFileError(_label(council, path.name), (fault,))
        _refuse(council, path.name, _of_printed(printed_of(council.slug, year), year))


def _refuse(council: Council, name: str, faults: Iterator[str]) -> None:
    if found := tuple(faults):
        raise CouncilFileError(_label(council, name), found)


def _label(council: Council, name: str) -> str:
    return f"councils/{council.slug}/reports/{name}"


def _year_of(name: str) -> ReportingYear | None:
    stem, _, ending = name.partition(".")
    try:
        return ReportingYear.named(stem) if ending == "toml" else None
    except NotAReportingYear:
        return None


def _of_ids(ids: TableIds, council: Council) -> Iterator[str]:
    groups = {name: getattr(ids, name) for name in TableIds.model_fields}
    known = ", ".join(council.leaderships)
    for name, group in groups.items():
        for code in group:
            if code not in council.leaderships:
                yield f"{name}.{code} is not a leadership. Use {known}."
    used = [table_id for group in groups.values() for table_id in group.values()]
    for table_id in sorted(set(used)):
        if used.count(table_id) > 1:
            yield f'"{table_id}" is the id of two tables. Give each its own.'
        if not _TABLE.fullmatch(table_id):
            yield f'"{table_id}" is not an id of a table. Write it as T07.'


def _of_printed(printed: Printed, year: ReportingYear) -> Iterator[str]:
    if printed.as_at is not None and printed.as_at < year.first_day:
        yield (
            f"as_at is {printed.as_at}, before the year begins. Write the day on which its figures"
            " were drawn."
        )
    for note in printed.notes:
        for table_id in note.tables:
            if not _TABLE.fullmatch(table_id):
                yield (
                    f'notes: "{table_id}" is not an id of a table (contradiction'
                    f" {note.contradiction}). Write it as T07."
                )

"""A small report of invented figures: every kind of cell, both charts, texts and checks."""

from datetime import date

from portal.procedures.reporting_year import ReportingYear
from portal.reports.annual.table import (
    AnnualReport,
    Cell,
    CellKind,
    Chapter,
    Check,
    Part,
    ReportTable,
    TextBlock,
)

YEAR = ReportingYear.named("2019-20")
AS_AT = date(2020, 4, 9)


def words(text: str) -> Cell:
    return Cell(CellKind.WORDS, None, text)


def count(value: int, *matters: int) -> Cell:
    return Cell(CellKind.COUNT, value, f"{value:,}", matters)


def share(value: int) -> Cell:
    return Cell(CellKind.SHARE, value, f"{value}%")


HIDDEN = Cell(CellKind.COUNT, None, "fewer than 5", suppressed=True)
NOTHING = Cell(CellKind.NOTHING, None, "")


def table(id_: str, title: str, columns, rows, **more) -> ReportTable:  # type: ignore[no-untyped-def]
    given = {
        "base": "Complaints opened in the year",
        "base_count": 1124,
        "definition": "Complaints at stage 1, by the day on which the stage opened.",
        "filter": "Joined cases are counted each.",
        **more,
    }
    return ReportTable(id_, title, tuple(columns), tuple(rows), as_at=AS_AT, **given)


TEAMS = table(
    "T07",
    "Statutory stage 1 complaints by team",
    ("Team", "2018/19", "2019/20"),
    (
        (words("Specialist Safeguarding Units"), count(49), count(73, 1, 2)),
        (words("First Response Team"), count(1), count(3, 3)),
        (words("Emergency Duty Team"), count(1), count(0)),
        (words("Total"), count(51), count(76, 1, 2, 3)),
    ),
    chart="bar",
    notes=("The printed report has 55 in all for 2018/19; the rows add up to 51.",),
)
OUTCOMES = table(
    "T09",
    "Outcomes of statutory stage 1 complaints",
    ("Year", "Upheld", "Partially upheld", "Not upheld", "Withdrawn"),
    (
        (words("2018/19"), share(6), share(56), share(34), share(5)),
        (words("2019/20"), share(2), share(39), share(39), share(7)),
    ),
    chart="stacked",
)
KINDS = table(
    "T02",
    "All feedback",
    ("Kind", "2018/19", "2019/20", "Change"),
    (
        (words("Duty"), count(186), count(212), Cell(CellKind.CHANGE, 14, "14% ↑")),
        (words('=HYPERLINK("x")'), HIDDEN, HIDDEN, NOTHING),
        (words("Payments"), Cell(CellKind.MONEY, 150000, "£1,500"), NOTHING, NOTHING),
    ),
)
EMPTY = table("T19", "Recommendations of panels", ("Service", "Recommendation"), ())
LEARNING = table(
    "T17",
    "Recommendations carried out",
    ("Service", "Recommendation"),
    ((words("Looked after Children"), words("Letters are answered <within> five days & signed.")),),
)
TEXT = TextBlock("T36", "Commentary", ("First words.", "Second <words>."), AS_AT)
SUM = Part("76 stage 1 complaints are 73 and 3.", 76, (73, 3))
WRONG = Part("76 are 73 and 4.", 76, (73, 4))


def report(*, adds_up: bool = True, **more) -> AnnualReport:  # type: ignore[no-untyped-def]
    chapters = (
        Chapter("statutory_1", "Statutory stage 1", (TEAMS, OUTCOMES),
                Check((SUM,) if adds_up else (SUM, WRONG))),
        Chapter("key_numbers", "Key numbers", (KINDS, EMPTY, LEARNING), Check(())),
        Chapter("commentary", "Commentary", (TEXT,), Check(())),
    )  # fmt: skip
    return AnnualReport(YEAR, AS_AT, "Sample County Council", chapters, **more)

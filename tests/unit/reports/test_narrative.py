"""Sentences are made of cells: every number in them stands in a table, or in its columns."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.reports import narrative
from portal.reports.annual import cells
from portal.reports.annual.table import AnnualReport, Cell, CellKind, Chapter, Check, ReportTable
from tests.unit.reports.sample_report import AS_AT, YEAR, count, share, table, words

CHAPTERS = ("statutory_1", "statutory_2", "corporate_1", "commentary")
NOTHING = Cell(CellKind.NOTHING, None, "")
NUMBER = re.compile(r"\d+(?:,\d{3})*%?")


def change(value: int) -> Cell:
    return Cell(
        CellKind.CHANGE, value, f"{abs(value)}% {'↑' if value > 0 else '↓'}" if value else "-"
    )


def figures(numbers: list[int]) -> AnnualReport:
    """A report whose tables hold these numbers, in the order in which they come."""
    at = iter(numbers)
    kinds = ("Duty", "Statutory stage 1 complaints", "Corporate stage 1 complaints", "MP enquiries")
    composition = table(
        "T02", "Composition", ("Kind", "2018/19", "2019/20", "Change"),
        [(words(kind), count(next(at)), count(next(at)), change(next(at) - 50)) for kind in kinds],
    )  # fmt: skip
    teams = table(
        "T07", "By team", ("Team", "2018/19", "2019/20"),
        [(words(name), count(next(at)), count(next(at))) for name in ("First Response", "Total")],
    )  # fmt: skip
    themes = table(
        "T05", "Key themes", ("Theme", "2018/19", "2019/20", "Change"),
        [
            (words(f"{name}: {what}"), share(next(at)), share(next(at)), NOTHING)
            for name in ("Nature", "Resolved", "Relationship")
            for what in ("Case management", "LADO")
        ],
    )  # fmt: skip
    return AnnualReport(
        YEAR, AS_AT, "Sample County Council",
        (
            Chapter("statutory_1", "Statutory", (composition, teams, themes, years("T12", at),
                                                 years("T09", at)), Check(())),
            Chapter("corporate_1", "Corporate", (replace(themes, id="T20"), years("T29", at),
                                                 years("T25", at)), Check(())),
            Chapter("statutory_2", "Stage 2", (progress(at),), Check(())),
        ),
    )  # fmt: skip


def years(key: str, at) -> ReportTable:  # type: ignore[no-untyped-def]
    return table(
        key, key, ("Year", "Within", "Over", "Withdrawn"),
        [(words(label), *(share(next(at)) for _ in range(3))) for label in ("2018/19", "2019/20")],
    )  # fmt: skip


def progress(at) -> ReportTable:  # type: ignore[no-untyped-def]
    return table(
        "T13", "Progression", ("Year", "Stage 1", "Stage 2", "Share"),
        [(words("2019/20"), count(next(at)), count(next(at)), share(next(at)))],
    )  # fmt: skip


def known(report: AnnualReport) -> set[str]:
    """Every number that stands in a table: in its cells, its headings or its columns."""
    texts = [cell.text for one in report.tables for row in one.rows for cell in row]
    texts += [column for one in report.tables for column in one.columns]
    return {number for text in texts for number in NUMBER.findall(text)}


@given(st.lists(st.integers(0, 2000), min_size=70, max_size=70))
def test_every_number_of_a_sentence_stands_in_a_table(numbers: list[int]) -> None:
    report = figures(numbers)
    # "Stage 2" is the name of a stage.
    allowed = known(report) | {"1", "2"}
    told = [words_ for key in CHAPTERS for words_ in narrative.themes(report, key)]
    assert all(text.endswith(".") for text in told)
    missing = {number for text in told for number in NUMBER.findall(text)} - allowed
    assert missing == set()


def test_the_themes_of_a_chapter_are_said() -> None:
    numbers = [186, 212, 64, 103, 124, 70, 113, 169, 100, 74, 69, 43, 49, 73, 55, 77]
    report = figures([*numbers, *range(10, 80)])
    assert narrative.themes(report, "statutory_1") == (
        "Numbers: 124 statutory stage 1 complaints in 2019/20, and 103 in 2018/19: 20% more.",
        "Services: the most were about First Response, 73 in 2019/20 and 49 in 2018/19.",
        "Nature: LADO 13% and case management 11%.",
        "Timescales: of all that opened, 25% were answered within the time limit in 2019/20, and"
        " 22% in 2018/19.",
        "Resolved: LADO 17% and case management 15%.",
        "Findings: of those of 2019/20, 31% within, 32% over and 33% withdrawn.",
        "Relationship: LADO 21% and case management 19%.",
    )
    more, less, *_ = narrative.themes(report, "commentary")
    assert more.startswith("There was more than in the year before of corporate stage 1 complaints")
    assert less == "There was less of MP enquiries (69 after 74, 7%)."


@pytest.mark.parametrize(
    ("last", "this", "said"),
    [
        (49, 105, "105 in 2019/20 after 49 in 2018/19: 114% more."),
        (0, 7, "7 in 2019/20 after 0 in 2018/19."),
        (8, 4, "4 in 2019/20 after 8 in 2018/19: 50% fewer."),
    ],
)
def test_the_team_that_changed_most_is_named(last: int, this: int, said: str) -> None:
    row = (words("Trends: SEND Teams"), count(last), count(this), cells.change(last, this))
    trends = table("T20", "Key themes", ("Theme", "2018/19", "2019/20", "Change"), [row])
    report = AnnualReport(YEAR, AS_AT, "x", (Chapter("corporate_1", "x", (trends,), Check(())),))
    told = narrative.themes(report, "corporate_1")
    assert told == (f"Trends: most changed for SEND Teams, {said}",)


def test_a_quarter_is_named_whole() -> None:
    teams = table(
        "T07", "By team", ("Team", "TOTAL 2018/19, quarter 2", "TOTAL 2019/20, quarter 2"),
        [(words("LADO"), count(1), count(3))],
    )  # fmt: skip
    report = AnnualReport(YEAR, AS_AT, "x", (Chapter("statutory_1", "x", (teams,), Check(())),))
    assert narrative.themes(report, "statutory_1") == (
        "Services: the most were about LADO, 3 in 2019/20, quarter 2 and 1 in 2018/19, quarter 2.",
    )


def test_one_who_fell_is_said_to_be_fewer() -> None:
    report = figures([186, 212, 64, 124, 103, 33, *range(10, 90)])
    assert narrative.themes(report, "statutory_1")[0].endswith(": 17% fewer.")


@pytest.mark.parametrize("chapter", [*CHAPTERS, "duty"])
def test_what_a_report_lacks_is_not_said(chapter: str) -> None:
    empty = AnnualReport(YEAR, AS_AT, "Sample County Council", ())
    assert narrative.themes(empty, chapter) == ()
    hollow = table("T02", "Composition", ("Kind", "2018/19", "2019/20", "Change"), ())
    report = replace(empty, chapters=(Chapter(chapter, "x", (hollow,), Check(())),))
    assert narrative.themes(report, chapter) == ()

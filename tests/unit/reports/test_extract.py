"""What is stored of a report is the report; what differs between two is listed, all of it."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.reports import extract
from portal.reports.annual.table import AnnualReport, Cell, CellKind, ReportTable, TextBlock
from portal.reports.differences import differences
from tests.unit.reports import sample_report
from tests.unit.reports.sample_report import TEAMS, TEXT, count, words

REPORT = sample_report.report()


def stored(report: AnnualReport) -> AnnualReport:
    """A report that went into the database and came back."""
    values = json.loads(json.dumps(extract.as_values(report)))
    return extract.from_values(values, json.loads(json.dumps(extract.behind(report))))


def with_block(report: AnnualReport, block: ReportTable | TextBlock) -> AnnualReport:
    """A report in which one block is another."""
    chapters = [
        replace(one, blocks=tuple(block if old.id == block.id else old for old in one.blocks))
        for one in report.chapters
    ]
    return replace(report, chapters=tuple(chapters))


def test_a_stored_report_comes_back_whole() -> None:
    assert stored(REPORT) == REPORT
    quarter = sample_report.report(quarter=2, teams=("SEND",), adds_up=False)
    assert stored(quarter) == quarter


def test_what_leads_to_people_is_stored_apart() -> None:
    values = json.dumps(extract.as_values(REPORT))
    assert extract.behind(REPORT)["T07"]["0.2"] == [1, 2]
    without = extract.from_values(json.loads(values))
    assert not [cell for table in without.tables for row in table.rows for cell in row
                if cell.matters]  # fmt: skip


@given(st.integers(0, 9999), st.text(max_size=20))
def test_the_fingerprint_changes_with_every_figure_and_word(value: int, text: str) -> None:
    before = extract.fingerprint(extract.as_values(REPORT))
    assert before == extract.fingerprint(extract.as_values(stored(REPORT)))
    rows = ((words(text), count(value), count(73)), *TEAMS.rows[1:])
    other = with_block(REPORT, replace(TEAMS, rows=rows))
    same = (text, value) == ("Specialist Safeguarding Units", 49)
    assert (extract.fingerprint(extract.as_values(other)) == before) is same


def test_equal_reports_do_not_differ() -> None:
    assert differences(REPORT, stored(REPORT)) == ()
    assert differences(REPORT, replace(REPORT, as_at=REPORT.as_at.replace(day=30))) == ()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            {"rows": ((words("Specialist Safeguarding Units"), count(49), count(74)),
                      *TEAMS.rows[1:])},
            "Specialist Safeguarding Units, 2019/20, was 73 and is 74.",
        ),
        ({"rows": TEAMS.rows[1:]}, "“Specialist Safeguarding Units” is left out, 49, 73."),
        ({"rows": (*TEAMS.rows, (words("LADO"), count(2), count(1)))}, "“LADO” is new, 2, 1."),
        ({"base_count": 1125}, "the base was 1124 and is 1125."),
        ({"notes": ()}, "what is said under the table has changed."),
        ({"columns": ("Team", "Before", "Now")}, "has another title or other columns."),
    ],
)  # fmt: skip
def test_each_change_of_a_table_is_a_sentence(changed: dict[str, object], said: str) -> None:
    after = with_block(REPORT, replace(TEAMS, **changed))  # type: ignore[arg-type]
    found = differences(REPORT, after)
    assert len(found) == 1
    assert found[0] == f"T07 ({TEAMS.title}): {said}" or found[0].endswith(said)


def test_rows_of_one_name_are_told_apart() -> None:
    row = (words("SEND"), Cell(CellKind.WORDS, None, "Enquiry"), count(1))
    twice = with_block(REPORT, replace(TEAMS, rows=(row, row)))
    once = with_block(REPORT, replace(TEAMS, rows=(row,)))
    assert differences(once, twice) == (f"T07 ({TEAMS.title}): “SEND” is new, Enquiry, 1.",)


def test_texts_and_whole_tables_are_listed_too() -> None:
    chapter = REPORT.chapters[0]
    without = replace(
        REPORT, chapters=(replace(chapter, blocks=chapter.blocks[1:]), *REPORT.chapters[1:])
    )
    assert differences(REPORT, without) == (f"T07 ({TEAMS.title}) is left out.",)
    assert differences(without, REPORT) == (f"T07 ({TEAMS.title}) is new.",)
    other = with_block(REPORT, replace(TEXT, paragraphs=("Other words.",)))
    assert differences(REPORT, other) == ("The text “Commentary” has changed.",)
    none = with_block(REPORT, replace(TEXT, paragraphs=()))
    assert differences(REPORT, none) == ("The text “Commentary” is left out.",)
    assert differences(none, REPORT) == ("The text “Commentary” is new.",)

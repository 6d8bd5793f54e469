"""`flask annual-report 2019-20 --format json` over the invented register: what somebody gets who
types it, with every figure as it was printed, or the right one."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portal.commands.annual_report import command
from portal.db import db
from portal.demo.register.year_file import PublishedYear, read_year
from portal.work import council
from tests.integration.printed_cells import Texts, as_printed, of_json, our_text
from tests.integration.printed_ombudsman import WITH_FAULT, our_rows, printed_rows

# Writing the report of a whole year takes a while where somebody else works too.
pytestmark = pytest.mark.timeout(600)
SHAPE = {"id", "title", "columns", "rows", "base", "as_at", "notes"}
IN_NOTES = {("T14", "open"), ("T25", "outstanding"), ("T33", "fault"), ("T16", "completed")}
"""What stands in a sentence, or follows from two cells."""
NAMED = {"T02", "T06", "T07", "T08", "T13", "T21", "T22", "T23", "T24", "T30"}
"""Tables of which each printed figure has a cell."""


@pytest.fixture(scope="module")
def year() -> PublishedYear:
    """The printed figures."""
    return read_year("2019-20")


@pytest.fixture(scope="module")
def written(year_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What the command wrote, read by somebody who has nothing but the file."""
    out = tmp_path_factory.mktemp("json") / "2019-20.json"
    words = ["2019-20", "--format", "json", "--out", str(out)]
    done = year_app.test_cli_runner().invoke(command, words)
    assert (done.exit_code, done.output) == (0, f"Written to {out}.\n")
    with year_app.app_context():
        yield json.loads(Path(out).read_text(encoding="utf-8"))
        db.session.remove()


@pytest.fixture(scope="module")
def texts(written: dict[str, Any]) -> dict[str, Texts]:
    """Its tables by their ids."""
    return {table["id"]: of_json(table) for table in written["tables"]}


def test_every_table_has_the_shape_that_was_asked_for(written: dict[str, Any]) -> None:
    assert {f"T{number:02}" for number in range(1, 36)} <= {one["id"] for one in written["tables"]}
    assert written["adds_up"] is True
    for table in written["tables"]:
        assert set(table) == SHAPE, table["id"]
        said = [table["id"], table["title"], table["base"], *table["columns"], *table["notes"]]
        assert all(isinstance(one, str) and one for one in said), table["id"]
        assert table["as_at"] == "2020-03-31"
        assert table["rows"] or not table["id"].startswith("T"), table["id"]
        for row in table["rows"]:
            assert len(row) == len(table["columns"]), table["id"]
            assert all(one is None or isinstance(one, int | str) for one in row)


def test_every_printed_figure_is_in_the_file_or_the_right_one_is(
    texts: dict[str, Texts], year: PublishedYear
) -> None:
    wrong, elsewhere, compared = {}, set(), set()
    for table in year.tables:
        for row in table.rows:
            for column, figure in row.expected.items():
                ours = our_text(texts, council(), table.id, row.key, column)
                printed = as_printed(table.id, row.key, column, figure)
                if ours is None:
                    elsewhere.add((table.id, row.key))
                    continue
                compared.add(table.id)
                if ours != printed:
                    wrong[table.id, row.key, column] = (printed, ours)
    assert wrong == {}
    assert elsewhere == IN_NOTES
    assert compared >= NAMED


def test_the_headings_lead_to_the_published_numbers(texts: dict[str, Texts]) -> None:
    by_kind = {row[0]: row[1:] for row in texts["T02"].rows}
    assert by_kind["Statutory stage 1 complaints"] == ["103", "124", "20% ↑"]
    assert by_kind["Compliments"] == ["242", "225", "7% ↓"]
    assert by_kind["Duty"] == ["186", "212", "14% ↑"]
    keys = {row[0]: row[1] for row in texts["T01"].rows}
    assert (keys["Compliments"], keys["Duty matters"]) == ("225", "212")
    assert (texts["T34"].base, texts["T03"].base) == ("225", "212")
    assert sum(int(row[1]) for row in texts["T34"].rows) == 225
    assert sum(int(row[1]) for row in texts["T03"].rows) == 212


def test_the_ombudsmans_rows_and_their_share_are_in_the_file(
    written: dict[str, Any], texts: dict[str, Texts], year: PublishedYear
) -> None:
    printed = printed_rows(year, council())
    assert our_rows(texts["T33"]) == printed
    assert printed.total() == 47
    (table,) = [one for one in written["tables"] if one["id"] == "T33"]
    assert WITH_FAULT in table["notes"]

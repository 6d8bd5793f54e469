"""A council's files on its printed reports are read at start, and a wrong one stops it."""

from pathlib import Path

import pytest

from portal.app import create_app
from portal.council import COUNCILS, CouncilFileError, load_council
from portal.reports.annual import printed, printed_checks
from tests.conftest import settings_for

COUNCIL = load_council("staffordshire")
NOTE = '[[notes]]\ntables = ["%s"]\ncontradiction = 1\ntext = "Printed otherwise."\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of the council's printed reports."""
    made = tmp_path / "staffordshire" / "reports"
    made.mkdir(parents=True)
    monkeypatch.setattr(printed, "COUNCILS", tmp_path)
    monkeypatch.setattr(printed_checks, "COUNCILS", tmp_path)
    return made


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("2019-20.toml", "as_at = [", "2019-20.toml: it cannot be read: "),
        ("2019-20.toml", 'colour = "red"', "2019-20.toml: colour is not a key we know"),
        ("2019-20.toml", "as_at = 2018-01-01", "as_at is 2018-01-01, before the year begins."),
        ("2019-20.toml", NOTE % "T7", 'notes: "T7" is not an id of a table (contradiction 1).'),
        ("2019-20.toml", NOTE.replace("= 1", "= 0") % "T07", "contradiction"),
        ("2019_20.toml", "", "it is named after no reporting year. Call it 2019-20.toml"),
        ("2019-20.txt", "", "it is named after no reporting year."),
        ("2019-22.toml", "", "it is named after no reporting year."),
        ("tables.toml", '[statutory_1_teams]\nABC = "T07"', "statutory_1_teams.ABC is not a lead"),
        ("tables.toml", '[statutory_1_teams]\nEDU = "T7"', '"T7" is not an id of a table.'),
        (
            "tables.toml",
            '[statutory_1_teams]\nEDU = "T07"\n[corporate_1_teams]\nEDU = "T07"',
            '"T07" is the id of two tables. Give each its own.',
        ),
        ("tables.toml", '[teams]\nEDU = "T07"', "teams is not a key we know"),
    ],
)
def test_a_wrong_file_stops_the_start_with_a_sentence(
    folder: Path, tmp_path: Path, name: str, text: str, said: str
) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(CouncilFileError) as told:
        create_app(settings_for(tmp_path), pages=False)
    assert said in str(told.value)
    assert f"councils/staffordshire/reports/{name}: " in str(told.value)


def test_right_files_and_none_start(folder: Path) -> None:
    assert printed_checks.check(COUNCIL) is None
    for path in (COUNCILS / "staffordshire" / "reports").iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    assert printed_checks.check(COUNCIL) is None
    folder.rename(folder.with_name("elsewhere"))
    assert printed_checks.check(COUNCIL) is None

"""`flask annual-report`: a file, or a sentence and exit code 1."""

import json
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from portal.commands import annual_report
from portal.db import db
from portal.records.audit_event import AuditEvent
from portal.reports import drafting
from portal.reports.forms import pdf_form
from portal.work import WORKER, Who, begin_work
from tests.unit.reports import sample_report
from tests.unit.reports.drafted_year import counted_as, figures
from tests.unit.reports.parts_in_forms import PARTS, text_of
from tests.unit.reports.test_publishing import as_staff, corrected, publish


def run(app: Flask, *words: str) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(annual_report.command, words)
    return done.exit_code, done.output


@pytest.mark.parametrize("form", annual_report.FORMS)
def test_it_writes_each_form_and_leaves_a_trace(
    app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, form: str
) -> None:
    counted_as(monkeypatch, figures)
    out = tmp_path / f"report.{form}"
    assert run(app, "2019-20", "--format", form, "--out", str(out)) == (0, f"Written to {out}.\n")
    assert out.stat().st_size > 1_000
    db.session.rollback()
    noted = db.session.scalars(select(AuditEvent).where(AuditEvent.act == "report_written")).one()
    assert set(noted.fields) == {"2019-20", form}


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("form", annual_report.FORMS)
def test_a_quarter_and_a_team_are_written_in_each_form(
    app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, form: str, part: str
) -> None:
    counted_as(monkeypatch, figures)
    out, (asked, said) = tmp_path / "report", PARTS[part]
    words = ("2019-20", f"--{part}", asked, "--format", form, "--out", str(out))
    assert run(app, *words) == (0, f"Written to {out}.\n")
    assert said in text_of(form, out.read_bytes())


def test_without_a_file_it_prints(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    counted_as(monkeypatch, figures)
    code, printed = run(app, "2019-20", "--format", "json")
    assert code == 0
    assert json.loads(printed)["year"] == "2019-20"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("2019/20",), '"2019/20" is no reporting year. Write it as 2019-20.'),
        (("2019-21",), "is no reporting year"),
        (("1999-00",), "There is no report of 1999-00. There are those from 2012-13 to"),
        (("2098-99",), "There is no report of 2098-99."),
        (("2019-20", "--quarter", "5"), "There is no quarter 5: use 1 to 4."),
        (("2019-20", "--team", "sent"), "There is no team sent. There are"),
    ],
)
def test_what_there_is_not_gets_a_sentence(
    app: Flask, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    out = tmp_path / "report.html"
    code, printed = run(app, *words, "--out", str(out))
    assert code == 1
    assert said in printed
    assert "Traceback" not in printed
    assert not out.exists()


def test_a_report_that_disagrees_is_not_written(
    app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    counted_as(monkeypatch, lambda: sample_report.report(adds_up=False))
    out = tmp_path / "report.html"
    code, printed = run(app, "2019-20", "--out", str(out))
    assert code == 1
    assert "Statutory stage 1: 76 are 73 and 4." in printed
    assert not out.exists()


def test_a_draft_with_a_number_that_no_table_has_is_not_written(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted_as(monkeypatch, figures)
    with begin_work(WORKER) as work:
        as_staff(work)
        drafting.save_passage(work, "2019-20", "statutory_1", "They grew by 20%.", 0)
    code, printed = run(app, "2019-20", "--format", "json")
    assert code == 1
    assert "The commentary has numbers that stand in no table. Statutory stage 1: 20%." in printed
    # A quarter is without the commentary on the year.
    assert run(app, "2019-20", "--format", "json", "--quarter", "1")[0] == 0
    with begin_work(WORKER) as work:
        work.who = Who("staff", 1)
        drafting.save_passage(work, "2019-20", "statutory_1", "They grew by 20%.", 1, ["20%"])
    assert run(app, "2019-20", "--format", "json")[0] == 0


def test_a_published_year_is_written_as_it_was_published(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with begin_work(WORKER) as work:
        as_staff(work)
        publish(work)
    counted_as(monkeypatch, corrected)

    def cell(*more: str) -> object:
        _, printed = run(app, "2019-20", "--format", "json", *more)
        tables = {table["id"]: table for table in json.loads(printed)["tables"]}
        return tables["T07"]["rows"][0][2]

    assert cell() == 73
    assert cell("--anew") == 74
    assert cell("--quarter", "1") == 74


def test_a_folder_that_is_not_there_gets_a_sentence(
    app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    counted_as(monkeypatch, figures)
    code, printed = run(app, "2019-20", "--format", "json", "--out", str(tmp_path / "no" / "x"))
    assert code == 1
    assert "cannot be written (No such file or directory)" in printed


def test_without_pango_a_pdf_gets_a_sentence(
    app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    counted_as(monkeypatch, figures)
    monkeypatch.setattr(pdf_form.tagged_pdf, "is_possible", lambda: False)
    code, printed = run(app, "2019-20", "--format", "pdf", "--out", str(tmp_path / "x.pdf"))
    assert code == 1
    assert "PDF cannot be made here" in printed
    html = run(app, "2019-20", "--format", "html", "--out", str(tmp_path / "x.html"))
    assert html[0] == 0

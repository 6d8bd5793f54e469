"""How long the annual report takes over ten years of cases, and how much memory it needs.

`python -m bench.annual_report --cases 250000` fills a PostgreSQL of its own with the demo's rows,
spread over ten years, puts in findings, later stages, remedies and the Ombudsman's decisions
(`bench/annual_report_rows.py`), and makes the report of the last whole year.
Each round measures one bare SQL count of the cases just before, so that the ratio tells more
than the seconds of a machine that others use too. A report is its figures, its words and its JSON.
The memory is that of a process that did nothing else, at its highest. It ends with 1 where a report
took longer, or needed more, than it may; rounds are added to `bench/results/annual_report.jsonl`.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import flask_migrate
from flask import Flask
from sqlalchemy import func, select, text

from bench import annual_report_rows
from portal.app import create_app
from portal.cases.tokens import make_public_id
from portal.db import db
from portal.demo import accounts, storing
from portal.demo.arrivals import Span, arrivals
from portal.demo.dates import StageDates
from portal.demo.rows import Maker
from portal.demo.stories import stories_for
from portal.procedures.reporting_year import ReportingYear
from portal.records.case import Case
from portal.reports.annual.making import annual_report
from portal.reports.finishing import finished
from portal.reports.forms.form import Form, written
from portal.settings import Settings
from portal.work import COMMAND, begin_work, council
from tests.keys import TEST_KEYS
from tests.services.postgres import postgres

FIRST, LAST = date(2016, 10, 1), date(2026, 9, 30)
MOST_SECONDS, MOST_MEGABYTES = 30.0, 500.0
RESULTS = Path(__file__).parent / "results" / "annual_report.jsonl"
YEAR, AS_AT = ReportingYear(2025), date(2026, 6, 30)
BATCH = 1000


def main() -> None:
    """Fill, then measure in processes of their own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        print(json.dumps(measure(given.measure)))
        return
    with postgres() as server:
        url = server.fresh_database()
        began = time.perf_counter()
        fill(url, given.cases)
        print(f"{given.cases} cases stored in {time.perf_counter() - began:.0f} s")
        found = [in_own_process(url) for _ in range(given.rounds)]
        with RESULTS.open("a", encoding="utf-8") as kept:
            for one in found:
                kept.write(json.dumps({"cases": given.cases, **one}) + "\n")
        for one in found:
            print(
                f"report {one['seconds']:.2f} s, bare count {one['count']:.4f} s, ratio"
                f" {one['seconds'] / one['count']:.0f}, memory {one['megabytes']:.0f} MB at most"
                f" ({one['before']:.0f} MB before), {one['tables']} tables,"
                f" {one['stages']} stages of the year, load {one['load']:.1f}"
            )
        slow = [one for one in found if one["seconds"] > MOST_SECONDS]
        large = [one for one in found if one["megabytes"] > MOST_MEGABYTES]
        sys.exit(1 if slow or large else 0)


def fill(url: str, cases: int) -> None:
    """Store the demo's rows, spread over ten years."""
    with TemporaryDirectory() as folder, app_on(url, folder).app_context():
        flask_migrate.upgrade()
        chance, now = random.Random(1), datetime.combine(LAST, datetime.min.time(), UTC)
        stories = stories_for(cases, chance)
        pairs = iter(zip(stories, arrivals(Span(FIRST, LAST), cases, now, chance), strict=True))
        with begin_work(COMMAND) as work:
            decider = accounts.decider(work).id
        maker = Maker(council(), now, decider, chance, StageDates(council()))
        while batch := list(islice(pairs, BATCH)):
            with begin_work(COMMAND) as work:
                made = [maker.make(story, at, make_public_id()) for story, at in batch]
                storing.store(work, made)
        with begin_work(COMMAND) as work:
            annual_report_rows.put_in(work.session, LAST)
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))
        db.session.remove()
        db.engine.dispose()


def in_own_process(url: str) -> dict[str, float]:
    """One round in a process that does nothing else."""
    command = [sys.executable, "-m", "bench.annual_report", "--measure", url]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def measure(url: str) -> dict[str, float]:
    """One bare count, then one report."""
    with TemporaryDirectory() as folder, app_on(url, folder).app_context():
        began = time.perf_counter()
        db.session.scalar(select(func.count()).select_from(Case))
        counted, before = time.perf_counter() - began, peak()
        began = time.perf_counter()
        report = finished(db.session(), annual_report(db.session(), council(), YEAR, AS_AT))
        written(report, Form.JSON)
        seconds = time.perf_counter() - began
        assert report.disagreements == (), report.disagreements
        return {
            "seconds": seconds, "count": counted, "before": before, "megabytes": peak(),
            "tables": len(report.tables), "load": os.getloadavg()[0],
            "stages": report.table("T01").rows[0][1].value or 0,
        }  # fmt: skip


def peak() -> float:
    """The most memory that this process has held so far, in MB. What `getrusage` says begins with
    that of the process that started it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def app_on(url: str, folder: str) -> Flask:
    """The application on a database."""
    given = {**TEST_KEYS, "DATA_FOLDER": str(Path(folder)), "DATABASE_URL": url}
    return create_app(Settings.from_environment(given))


if __name__ == "__main__":
    main()

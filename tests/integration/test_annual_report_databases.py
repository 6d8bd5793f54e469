"""The annual report is the same on both databases."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from portal.council import load_council
from portal.db import db
from portal.procedures.refusal import RefusalReason
from portal.procedures.reporting_year import ReportingYear
from portal.procedures.vocabulary import Team
from portal.reports.annual.making import annual_report
from tests.conftest import app_for, settings_for
from tests.services.postgres import Postgres
from tests.unit.reports.invented_register import Invented, Matter, store
from tests.unit.reports.test_annual_report import everywhere

COUNCIL = load_council("staffordshire")


def tables(folder: Path, **more: str) -> list[dict[str, Any]]:
    """Every table of a small register's report, as plain values."""
    matters = (Matter(date(2019, 8, 2), Team.LADO, RefusalReason.COURT_DECISION),)
    with app_for(settings_for(folder, **more)).app_context():
        db.create_all()
        store(db.session(), COUNCIL, Invented(everywhere(), matters))
        report = annual_report(db.session(), COUNCIL, ReportingYear(2019), date(2020, 4, 9))
        db.session.remove()
        db.engine.dispose()
    assert report.disagreements == ()
    return [table.as_json() for table in report.tables]


@pytest.mark.service
def test_both_databases_make_the_same_report(postgres_server: Postgres, tmp_path: Path) -> None:
    url = postgres_server.fresh_database()
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    assert tables(tmp_path / "one", DATABASE_URL=url) == tables(tmp_path / "two")
    postgres_server.drop(url)

"""The Code's rule on refusals is looked for in the letters that went out, and can be broken."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from portal.council import load_council
from portal.db import db
from portal.procedures.refusal import RefusalReason
from portal.procedures.reporting_year import ReportingYear
from portal.procedures.vocabulary import Team
from portal.reports.annual.making import annual_report
from portal.reports.annual.table import ReportTable
from tests.unit.reports.invented import Invented, Matter
from tests.unit.reports.invented_register import store

COUNCIL, YEAR = load_council("staffordshire"), ReportingYear(2019)
NAMES = "You can contact the Local Government and\nSocial Care Ombudsman."
SILENT = "We cannot look into it."
REFUSED = Matter(date(2019, 6, 3), Team.SEND, RefusalReason.UNREASONABLE, letter=NAMES)
RULE = "The letter of a refusal names the Ombudsman (2.4)"


def self_assessment(*matters: Matter) -> ReportTable:
    session = db.session()
    try:
        store(session, COUNCIL, Invented((), matters))
        return annual_report(session, COUNCIL, YEAR, date(2020, 3, 31)).table("X70")
    finally:
        session.rollback()


@pytest.mark.parametrize(
    ("matter", "cells"),
    [
        (REFUSED, ("1", "1", "0", "100%")),
        (replace(REFUSED, letter=SILENT), ("1", "0", "1", "0%")),
        (replace(REFUSED, letter=NAMES, went_out=False), ("0", "0", "0", "-")),
        (replace(REFUSED, letter=None), ("0", "0", "0", "-")),
        # What is passed on is no refusal, and this ground is of the statutory procedure alone.
        (replace(REFUSED, reason=RefusalReason.SCHOOL, passed_on=True), ("0", "0", "0", "-")),
        (replace(REFUSED, reason=RefusalReason.OUT_OF_TIME_STATUTORY), ("0", "0", "0", "-")),
    ],
)
def test_the_letter_that_went_out_decides(
    app: Flask, matter: Matter, cells: tuple[str, ...]
) -> None:
    row = self_assessment(matter).rows[0]
    assert row[0].text == RULE
    assert tuple(cell.text for cell in row[1:]) == cells


def test_refusals_without_a_letter_are_counted_in_a_note(app: Flask) -> None:
    table = self_assessment(REFUSED, REFUSED, replace(REFUSED, letter=None))
    assert [cell.value for cell in table.rows[0][1:4]] == [2, 2, 0]
    assert table.notes == (
        "Of 1 of the 3 refusals no letter went out that is kept here. They are left out of the row"
        " on letters.",
    )
    assert self_assessment(REFUSED).notes == ()

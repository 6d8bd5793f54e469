"""The auditors' page: what it shows, how it is narrowed, that it changes nothing, and its file."""

import csv
import io
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from portal import audit, clock, counted
from portal.cases import sign_ins
from portal.db import db
from portal.records.account import Role
from portal.records.audit_event import AuditEvent
from portal.work import COMMAND, Who, begin_work
from tests.matters import STORY, make_account, make_case, make_feedback
from tests.signing_in import let_in
from tests.unit.web.officer_pages import words_of


@pytest.fixture
def auditor(app: Flask) -> FlaskClient:
    with begin_work(COMMAND) as work:
        account = make_account(work, Role.AUDITOR, "femi@council.example", "Femi Lascelles")
        token = sign_ins.begin(work, account, "test")
    browser = app.test_client()
    let_in(browser, token)
    return browser


@pytest.fixture
def reference(app: Flask) -> str:
    """A matter that Olive looked at, and another."""
    with begin_work(COMMAND) as work:
        olive = make_account(work, Role.OFFICER, "olive@council.example", "Olive Officer")
        feedback = make_feedback(work)
        case = make_case(work, feedback)
        make_feedback(work)
        work.who = Who("staff", olive.id)
        audit.note(work, "case_viewed", case)
        return feedback.reference


def rows(page: str) -> int:
    return page.count('<tr class="govuk-table__row"') - 1


def test_it_tells_who_did_what_and_nobodys_words(auditor: FlaskClient, reference: str) -> None:
    page = auditor.get("/audit/")
    assert page.status_code == 200
    shown = words_of(page.text)
    assert "The case was looked at" in shown
    assert "Olive Officer" in shown
    assert reference in shown
    assert STORY not in page.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"act": "case_viewed"}, 1),
        ({"person": " Olive@Council.example"}, 1),
        ({"reference": "7KQM-2XVD"}, 0),
        ({"act": "case_viewed", "person": "femi@council.example"}, 0),
    ],
)
def test_it_is_narrowed(
    auditor: FlaskClient, reference: str, query: dict[str, str], found: int
) -> None:
    answer = auditor.post("/audit/", data=query)
    assert answer.status_code == 303
    assert "@" not in answer.location
    page = auditor.get(answer.location)
    assert max(0, rows(page.text)) == found
    for value in query.values():
        assert value.strip().casefold() in page.text.casefold()


def test_a_page_after_the_first_stays_narrowed_to_the_person(
    auditor: FlaskClient, reference: str
) -> None:
    place = auditor.post("/audit/", data={"person": "olive@council.example"}).location
    by = place.partition("by=")[2]
    assert (
        f"by={by}" in auditor.get(place).text.partition("Save as a file")[0].rpartition("href")[2]
    )
    read = list(csv.DictReader(io.StringIO(auditor.get(f"/audit/trail.csv?by={by}").text)))
    assert {row["by"] for row in read} == {"Olive Officer"}
    assert auditor.get("/audit/?by=nobody-of-ours").status_code == 404


def test_an_address_of_nobody_is_told(auditor: FlaskClient, reference: str) -> None:
    page = auditor.post("/audit/", data={"person": "nobody@council.example"})
    assert page.status_code == 422
    assert "Nobody has an account here with this e-mail address" in page.text
    assert "nobody@council.example" in page.text


def test_a_matters_rows_are_found_by_its_reference(auditor: FlaskClient, reference: str) -> None:
    page = auditor.get(f"/audit/?reference={reference.lower()}")
    # Received, opened, looked at, whatever record each row is about.
    assert rows(page.text) >= 3
    assert "Nothing of its own" not in page.text


def test_days_narrow_it_in_london_time(auditor: FlaskClient, reference: str) -> None:
    today = clock.today()
    for day, some in ((today, True), (today + timedelta(days=1), False)):
        query = f"first_day={day.day}&first_day={day.month}&first_day={day.year}"
        assert ("Nothing in the trail fits" not in auditor.get(f"/audit/?{query}").text) is some


def test_a_date_that_is_none_is_told_and_narrows_nothing(
    auditor: FlaskClient, reference: str
) -> None:
    page = auditor.get("/audit/?first_day=40&first_day=1&first_day=2026")
    assert page.status_code == 422
    assert "real date" in page.text


def test_reading_is_noted_with_the_names_of_the_filters_only(
    auditor: FlaskClient, reference: str
) -> None:
    auditor.get(f"/audit/?reference={reference}")
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.act == "audit_read")).one()
    assert event.fields == ["reference"]


def test_its_file_holds_every_row_once_in_order(auditor: FlaskClient, reference: str) -> None:
    read = list(csv.DictReader(io.StringIO(auditor.get("/audit/trail.csv").text)))
    keys = [int(row["row"]) for row in read]
    assert keys == sorted(set(keys))
    assert len(keys) == db.session.scalar(select(func.count(AuditEvent.id)))
    assert STORY not in str(read)


def test_many_rows_come_in_pages(auditor: FlaskClient, reference: str) -> None:
    with begin_work(COMMAND) as work:
        for _ in range(120):
            audit.note(work, "something_small")
    first = auditor.get("/audit/?act=something_small")
    assert "Page 1 of 3" in words_of(first.text)
    assert rows(auditor.get("/audit/?act=something_small&page=3").text) == 20
    assert "Page 3 of 3" in words_of(auditor.get("/audit/?act=something_small&page=99").text)


def test_rows_are_not_counted_beyond_a_thousand_and_pages_go_on(
    auditor: FlaskClient, reference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counted, "COUNTED", 100)
    with begin_work(COMMAND) as work:
        for _ in range(120):
            audit.note(work, "something_small")
    second = words_of(auditor.get("/audit/?act=something_small&page=2").text)
    assert "More than 100 rows" in second
    assert "Page 2 of" not in second
    assert "Next" in second
    last = auditor.get("/audit/?act=something_small&page=3").text
    assert rows(last) == 20
    assert "Next" not in words_of(last)

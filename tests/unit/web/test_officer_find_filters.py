"""The filters on the page of the search: in groups, in words, in views and in the file."""

import csv
import io

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.cases import organisations
from portal.db import db
from portal.procedures.refusal import RefusalReason
from portal.procedures.vocabulary import Category, ProcedureCode
from portal.records.account import Account, Role
from portal.records.decision import Outcome
from portal.records.kept_search import KeptSearch
from portal.triage.find.filters import Filters
from portal.web.officer.find_form import GROUPS, NAMES
from portal.work import WORKER, begin_work
from tests.matters import decide, make_account, make_feedback
from tests.unit.web.officer_pages import signed_in, words_of
from tests.unit.web.test_officer_find import a_matter, searched

NO = {"outcome": "declined", "reason": "school"}


@pytest.fixture
def officer(client: FlaskClient) -> FlaskClient:
    return signed_in(client)


def declined() -> str:
    """One that was declined because a school deals with it; its reference."""
    with begin_work(WORKER) as work:
        feedback = make_feedback(work, story="The teacher would not listen.")
        decision = decide(work, feedback, Outcome.DECLINED, ProcedureCode.DUTY, Category.COMPLAINT)
        decision.reason = RefusalReason.SCHOOL
        return feedback.reference


def test_each_filter_has_a_name_and_stands_in_one_group() -> None:
    grouped = [name for names in GROUPS.values() for name in names]
    assert sorted(grouped) == sorted(NAMES) == sorted(Filters.__dataclass_fields__)


def test_what_was_decided_is_found_told_kept_and_saved(officer: FlaskClient) -> None:
    reference, other = declined(), a_matter(case=True).reference
    page = searched(officer, **NO)
    assert reference in page
    assert other not in page
    told = words_of(page)
    assert "Narrowed by: What was decided: No formal investigation; Reason for a no: " in told
    assert "Filters: how it came out (2)" in told
    sent = officer.post("/officers/find", data=NO).location
    lines = list(csv.DictReader(io.StringIO(officer.get(sent.replace("?", ".csv?")).text)))
    assert [line["reference"] for line in lines] == [reference]
    assert (lines[0]["outcome"], lines[0]["reason"]) == ("declined", "school")
    view = {"search": sent.partition("search=")[2], "name": "Schools"}
    assert reference in officer.post("/officers/find/views", data=view, follow_redirects=True).text
    row = db.session.scalars(select(KeptSearch).where(KeptSearch.ends_at.is_(None))).one()
    assert row.filters == NO


def test_only_lists_with_something_to_choose_are_offered(officer: FlaskClient) -> None:
    page = officer.get("/officers/find").text
    assert 'name="organisation"' not in page
    assert 'name="manager"' not in page
    with begin_work(WORKER) as work:
        organisations.create(work, "Heard Together")
        manager = make_account(work, Role.TEAM_MANAGER, "manager@council.example", "Mo Keane")
        key = manager.public_id
    page = officer.get("/officers/find").text
    assert "Heard Together" in page
    assert 'name="manager"' in page
    assert "Narrowed by: Given to: Mo Keane." in words_of(searched(officer, manager=key))
    # Whoever answers is no named officer for it.
    named = page.split('name="officer"')[1].split("</select>")[0]
    assert (
        db.session.scalars(select(Account.name).where(Account.public_id == key)).one() not in named
    )


@pytest.mark.parametrize("period", ["received", "answered", "closed"])
def test_a_period_that_ends_before_it_begins_is_refused_where_it_stands(
    officer: FlaskClient, period: str
) -> None:
    days = {f"{period}_from": ["2", "6", "2026"], f"{period}_to": ["1", "6", "2026"]}
    answer = officer.post("/officers/find", data=days)
    assert answer.status_code == 422
    assert "The last day must not be before the first" in answer.text
    opened = [one for one in answer.text.split("<details")[1:] if " open" in one.split(">")[0]]
    assert [f'name="{period}_to' in one for one in opened] == [True]

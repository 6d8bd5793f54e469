"""Findings point by point: saved in parts, told kindly of a colleague, drafts kept from others."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.cases import gathering
from portal.db import db
from portal.procedures.finding import Finding
from portal.procedures.state import Doer, Event
from portal.records.account import Role
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.point import PointFinding
from portal.work import WORKER, Who, Work, begin_work
from tests import matters
from tests.unit.cases.procedure_world import case_with_points, let
from tests.unit.web.officer_pages import signed_in, words_of
from tests.unit.web.test_officer_points import a_manager


@pytest.fixture
def base() -> str:
    with begin_work(WORKER) as work:
        case, _ = case_with_points(work, 2)
        return f"/officers/cases/{work.session.get_one(Feedback, case.feedback_id).public_id}"


@pytest.fixture
def manager(client: FlaskClient) -> FlaskClient:
    return signed_in(client, a_manager)


def typed(page: str, **blocks: tuple[str, str]) -> dict[str, str]:
    """A post of the page's form: what each block was shown with, and what is typed in some."""
    seen = dict(re.findall(r'name="(point-\d+-seen)"[^>]*value="([^"]*)"', page))
    data = dict(seen)
    for prefix in (name.removesuffix("-seen") for name in seen):
        found = re.search(rf'name="{prefix}-found"[^>]*value="(\w+)"[^>]*checked', page)
        reasons = re.search(rf'(?s)name="{prefix}-reasons"[^>]*>(.*?)</textarea>', page)
        data[f"{prefix}-found"] = found[1] if found else ""
        data[f"{prefix}-reasons"] = unescape(reasons[1]) if reasons else ""
    for name, (found_now, reasons_now) in blocks.items():
        prefix = name.replace("_", "-")
        data[f"{prefix}-found"], data[f"{prefix}-reasons"] = found_now, reasons_now
    return data


def rows() -> list[PointFinding]:
    db.session.expire_all()
    return list(db.session.scalars(select(PointFinding).order_by(PointFinding.point_id)))


def test_a_manager_answers_in_parts_and_sees_what_is_missing(
    manager: FlaskClient, base: str
) -> None:
    page = manager.get(f"{base}/findings").text
    assert "Point 1: a finding, or what the person agreed" in words_of(page)
    post = typed(page, point_1=("upheld", ""))
    assert manager.post(f"{base}/findings/service", data=post).status_code == 303
    page = manager.get(f"{base}/findings").text
    assert "Point 1: the reasons" in words_of(page)
    assert "no apology is promised yet" in words_of(page)
    post = typed(page, point_1=("upheld", "We moved it."), point_2=("settled", "A new worker."))
    assert manager.post(f"{base}/findings/service", data=post).status_code == 303
    page = words_of(manager.get(f"{base}/findings").text)
    assert "Every point is answered. Taken together: upheld." in page
    assert [(row.finding, row.resolved, row.reasons) for row in rows()] == [
        (Finding.UPHELD, False, "We moved it."), (None, True, "A new worker."),
    ]  # fmt: skip


def test_bad_input_keeps_what_was_typed(manager: FlaskClient, base: str) -> None:
    page = manager.get(f"{base}/findings").text
    post = typed(page, point_1=("upheld", "Kept words."), point_2=("settled", " "))
    answer = manager.post(f"{base}/findings/service", data=post)
    assert answer.status_code == 422
    assert "Write what you and the person agreed" in answer.text
    assert "Kept words." in answer.text
    post = typed(page, point_1=("perhaps", "Kept words."))
    answer = manager.post(f"{base}/findings/service", data=post)
    assert answer.status_code == 422
    assert "Choose what was found" in answer.text
    assert rows() == []


def test_two_who_write_on_one_point_are_told_and_nothing_is_lost(
    manager: FlaskClient, base: str
) -> None:
    page = manager.get(f"{base}/findings").text
    first = typed(page, point_1=("not_upheld", "My colleague's reasons."))
    assert manager.post(f"{base}/findings/service", data=first).status_code == 303
    mine = typed(page, point_1=("upheld", "My own reasons."), point_2=("upheld", "Also mine."))
    answer = manager.post(f"{base}/findings/service", data=mine)
    assert answer.status_code == 409
    shown = words_of(answer.text)
    assert "Bryony T saved this: Not upheld" in shown
    for words in ("My colleague's reasons.", "My own reasons.", "Also mine."):
        assert words in shown
    assert len(rows()) == 1
    again = typed(answer.text)
    assert manager.post(f"{base}/findings/service", data=again).status_code == 303
    assert [row.reasons for row in rows()] == ["My own reasons.", "Also mine."]


def test_a_block_that_nobody_touched_is_not_saved_over_a_colleague(
    manager: FlaskClient, base: str
) -> None:
    page = manager.get(f"{base}/findings").text
    theirs = typed(page, point_1=("upheld", "Theirs."))
    manager.post(f"{base}/findings/service", data=theirs)
    mine = typed(page, point_2=("not_upheld", "Mine."))
    assert manager.post(f"{base}/findings/service", data=mine).status_code == 303
    assert [row.reasons for row in rows()] == ["Theirs.", "Mine."]


def test_only_whose_turn_it_is_can_post_and_only_where_the_case_stands(
    manager: FlaskClient, base: str
) -> None:
    post = typed(manager.get(f"{base}/findings").text, point_1=("upheld", "x"))
    for giver in ("investigator", "adjudicator", "panel", "council", "ombudsman"):
        assert manager.post(f"{base}/findings/{giver}", data=post).status_code == 404
    officer = signed_in(manager.application.test_client())
    assert officer.post(f"{base}/findings/panel", data=post).status_code == 409
    assert rows() == []


def test_an_investigators_draft_is_closed_to_the_service_until_it_is_told(
    manager: FlaskClient, base: str
) -> None:
    with begin_work(WORKER) as work:
        to_the_investigation(work)
        investigator = matters.make_account(work, Role.INVESTIGATOR, "io@outside.example", "C N")
        let_see(work, investigator.id)
    browser = manager.application.test_client()
    from tests.signing_in import sign_in

    assert sign_in(browser, "io@outside.example").status_code == 302
    mine = base.replace("/officers/cases/", "/investigators/")
    assert browser.get(f"{base}/findings").status_code == 404
    page = browser.get(f"{mine}/findings").text
    post = typed(page, point_1=("partially_upheld", "A draft of mine."))
    assert browser.post(f"{mine}/findings", data=post).status_code == 303
    assert "A draft of mine." in browser.get(f"{mine}/findings").text
    assert "A draft of mine." not in manager.get(f"{base}/findings").text
    post = typed(browser.get(f"{mine}/findings").text, point_2=("upheld", "The second."))
    browser.post(f"{mine}/findings", data=post)
    with begin_work(WORKER) as work:
        let(work, work.session.scalars(select(Case)).one(), Event.REPORTS_RECEIVED)
    assert "A draft of mine." not in manager.get(f"{base}/findings").text
    assert "A draft of mine." in browser.get(mine).text
    assert browser.get(f"{mine}/findings").status_code == 409


def to_the_investigation(work: Work) -> None:
    """Bring the case of these tests to where it is investigated."""
    from portal.procedures.state import MUST_DECLARE, AppointedAs

    account = matters.make_account(work, Role.OFFICER, "conducts@council.example")
    work.who = Who("staff", account.id)
    case = work.session.scalars(select(Case)).one()
    let(work, case, Event.STAGE_1_SKIPPED, agreed_by_person=True, agreed_by_council=True,
        words="Both agree.")  # fmt: skip
    for event, role in (
        (Event.INVESTIGATOR_APPOINTED, AppointedAs.INVESTIGATOR),
        (Event.INDEPENDENT_PERSON_APPOINTED, AppointedAs.INDEPENDENT_PERSON),
    ):
        let(work, case, event, appointee_name=f"A {role.value}",
            declared=MUST_DECLARE[role])  # fmt: skip
    let(work, case, Event.STATEMENT_SENT)
    let(work, case, Event.STATEMENT_AGREED, Doer.PERSON)
    let(work, case, Event.INVESTIGATION_BEGUN)
    assert gathering.current_stage(work.session, case).key == "stage_2"


def let_see(work: Work, account_id: int) -> None:
    """Open the case of these tests to somebody."""
    from portal.cases import grants
    from portal.records.account import Account

    case = work.session.scalars(select(Case)).one()
    feedback = work.session.get_one(Feedback, case.feedback_id)
    grants.give(work, feedback, work.session.get_one(Account, account_id), work.today)

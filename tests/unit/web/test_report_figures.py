"""Behind the report's figures: every case on a page of its list. And numbers of officers' own that
stand in no table."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.db import db
from portal.records.account import Role
from portal.records.feedback import Feedback
from portal.records.report_draft import ReportPassage
from portal.web.officer import report_pages
from portal.work import WORKER, begin_work
from tests.unit.web.officer_pages import as_another, words_of
from tests.unit.web.report_desk import URL, acts, chosen, confirmed, desk


@pytest.fixture
def manager(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """A complaints manager at their desk."""
    return desk(client, monkeypatch)


def test_a_figure_leads_to_its_cases(manager: FlaskClient) -> None:
    page = manager.get(URL).text
    assert f'href="{URL}/figure/T07/0/2"' in page
    behind = manager.get(f"{URL}/figure/T07/0/2")
    references = db.session.scalars(select(Feedback.reference).where(Feedback.id.in_((1, 2)))).all()
    assert all(reference in behind.text for reference in references)
    assert "Specialist Safeguarding Units, 2019/20: 73" in words_of(behind.text)
    assert acts().count("listed_behind_figure") == 2
    for wrong in ("T99/0/2", "T07/9/2", "T07/0/9"):
        assert manager.get(f"{URL}/figure/{wrong}").status_code == 404


def test_every_case_behind_a_figure_is_on_a_page_of_its_list(
    manager: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_pages, "MOST_SHOWN", 1)
    wanted = select(Feedback.reference).where(Feedback.id.in_((1, 2))).order_by(Feedback.id)
    references, listed = db.session.scalars(wanted).all(), []
    address = f"{URL}/figure/T07/0/2"
    while address:
        page = manager.get(address).text
        listed += [one for one in references if one in page]
        further = re.search(r'href="([^"]+)" rel="next"', page)
        address = further[1].replace("&amp;", "&") if further else ""
    assert listed == references
    assert "2 to 2 of 2 are listed here. This is page 2 of 2." in words_of(page)
    assert f'href="{URL}/figure/T07/0/2?page=1" rel="prev"' in page
    assert acts().count("listed_behind_figure") == 2
    for last in ("9", "0", "x", "99999999"):
        shown = words_of(manager.get(f"{URL}/figure/T07/0/2?page={last}").text)
        assert f"This is page {2 if last == '9' else 1} of 2." in shown


def test_walls_stand_before_figures(manager: FlaskClient) -> None:
    head = as_another(manager, Role.HEAD_OF_SERVICE)
    page = words_of(head.get(f"{URL}/figure/T07/0/2").text)
    references = db.session.scalars(select(Feedback.reference)).all()
    assert "2 of them are not open to you." in page
    assert not [one for one in references if one in page]
    with begin_work(WORKER) as work:
        for feedback in work.session.scalars(select(Feedback).where(Feedback.id == 1)):
            feedback.persons_unsettled = True
    assert "1 of them" not in words_of(manager.get(f"{URL}/figure/T07/0/2").text)


def test_a_typed_number_that_no_table_has_is_named(manager: FlaskClient) -> None:
    words = {"statutory_1-text": "They grew by 20% to 73.", "statutory_1-seen": "0"}
    saved = manager.post(f"{URL}/words/statutory_1", data=words, follow_redirects=True)
    assert "In no table of this report: 20%." in words_of(saved.text)
    chosen(manager)
    page = manager.get(f"{URL}/publish").text
    assert "Your commentary has numbers that stand in no table of this report." in words_of(page)
    assert "Statutory stage 1: 20%" in words_of(page)
    assert 'name="sure"' not in page


def test_a_number_that_no_table_has_is_not_published_until_it_is_no_figure(
    manager: FlaskClient,
) -> None:
    chosen(manager)
    words = {"statutory_1-text": "The limit is 65 days, and 20% more came.",
             "statutory_1-seen": "0"}  # fmt: skip
    manager.post(f"{URL}/words/statutory_1", data=words)
    refused = manager.post(f"{URL}/publish", data=confirmed(manager))
    assert refused.status_code == 422
    assert "Statutory stage 1: 65, 20%." in words_of(refused.text)
    ticked = {**words, "statutory_1-not_figures": ["65", "7"], "statutory_1-seen": "1"}
    saved = manager.post(f"{URL}/words/statutory_1", data=ticked, follow_redirects=True)
    assert "In no table of this report: 20%." in words_of(saved.text)
    assert re.search(r'value="65" checked', saved.text)
    assert db.session.scalars(select(ReportPassage)).one().excused == ("65",)
    assert manager.post(f"{URL}/publish", data=confirmed(manager)).status_code == 422
    ticked |= {"statutory_1-not_figures": ["65", "20%"], "statutory_1-seen": "2"}
    assert manager.post(f"{URL}/words/statutory_1", data=ticked).status_code == 303
    page = manager.get(f"{URL}/publish").text
    assert "say are not figures of this report: Statutory stage 1: 65, 20%" in words_of(page)
    assert manager.post(f"{URL}/publish", data=confirmed(manager)).status_code == 303
    assert "report_published" in acts()

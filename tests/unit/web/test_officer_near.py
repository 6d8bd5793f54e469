"""What was seen before stands on the page of a case as well, and leads to the act it proposes."""

from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, true

from portal.cases import linking
from portal.cases.receiving import NewParty
from portal.db import db
from portal.procedures.state import State
from portal.records.account import Account
from portal.records.case import Case, CaseState
from portal.records.feedback import Feedback
from portal.records.party import PartyRole
from portal.records.wall import NamedPerson
from portal.web.officer import lead_view
from portal.work import WORKER, begin_work
from tests.unit.cases.test_seen_before import STORY
from tests.unit.web.officer_pages import signed_in, words_of
from tests.unit.web.test_officer_find import a_matter
from tests.unit.web.test_officer_find_queries import statements

JOIN_PAGE = "/do/joined?lead="


@pytest.fixture
def officer(client: FlaskClient) -> FlaskClient:
    return signed_in(client)


@pytest.fixture
def two(officer: FlaskClient) -> tuple[Feedback, Feedback]:
    """Two cases of almost the same words, from two people."""
    return sent(STORY, "ann"), sent(STORY.replace("eleven", "seven"), "ben")


def sent(story: str, by: str) -> Feedback:
    """A case of what somebody wrote from an address of their own."""
    who = NewParty(PartyRole.COMPLAINANT, name=f"{by} Larkspur", email=f"{by}@home.example")
    return a_matter(story, case=True, parties=(who,))


def case_page(officer: FlaskClient, feedback: Feedback) -> str:
    answer = officer.get(f"/officers/cases/{feedback.public_id}")
    assert answer.status_code == 200
    return answer.text


def test_a_case_shows_what_is_near_and_leads_to_the_join(
    officer: FlaskClient, two: tuple[Feedback, Feedback]
) -> None:
    first, second = two
    page = case_page(officer, second)
    said = words_of(page)
    assert f"{first.reference}, " in said
    assert linking.SAME_TEXT in said
    assert "ann Larkspur" not in said
    assert "Join this case to it" in said
    link = unescape(page.partition(JOIN_PAGE)[0].rpartition('href="')[2]) + JOIN_PAGE
    asked = officer.get(link + first.public_id).text
    chosen = asked.partition(f'value="{first.reference}"')[2].partition(">")[0]
    assert "checked" in chosen
    # Of something else an address chooses nothing.
    assert "checked" not in officer.get(link + "nothing").text


def test_what_is_not_open_is_no_lead(officer: FlaskClient, two: tuple[Feedback, Feedback]) -> None:
    first, second = two
    with begin_work(WORKER) as work:
        found = work.session.scalars(select(Case).where(Case.feedback_id == first.id)).one()
        found.state = CaseState.CLOSED
    page = case_page(officer, second)
    assert first.reference in page
    assert JOIN_PAGE not in page


def test_nothing_behind_a_wall_is_near(
    officer: FlaskClient, two: tuple[Feedback, Feedback]
) -> None:
    first, second = two
    with begin_work(WORKER) as work:
        me = work.session.scalars(select(Account)).first()
        assert me is not None
        work.session.add(
            NamedPerson(
                public_id="named", feedback_id=first.id, account_id=me.id,
                for_designated=False, linked_at=work.now, linked_by_id=me.id,
            )
        )  # fmt: skip
    page = case_page(officer, second)
    assert first.reference not in page
    assert "Perhaps belongs with this" not in page


def test_who_is_joined_already_is_not_proposed_again(
    officer: FlaskClient, two: tuple[Feedback, Feedback], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = two
    state = next(iter(State))
    lead = lead_view.Near(first.public_id, 1, first.reference, state, first.received_on)
    monkeypatch.setattr(lead_view, "beside", lambda *_: (lead, []))
    monkeypatch.setattr("portal.web.officer.presence.of", lambda *_: {"joined"})
    assert "Perhaps belongs with this" not in case_page(officer, second)


def test_the_same_sender_leads_to_naming_the_child(officer: FlaskClient) -> None:
    sent("Nobody rang me back.", "ann")
    second = sent("The school has changed again.", "ann")
    page = case_page(officer, second)
    assert f"/officers/feedback/{second.public_id}/children" in page
    assert "Name the child, if it is the same" in words_of(page)


def test_sent_twice_leads_to_one_of_them(officer: FlaskClient) -> None:
    sent(STORY, "ann")
    second = sent(STORY, "ann")
    said = words_of(case_page(officer, second))
    assert "Perhaps sent twice" in said
    assert "Join it, then close it as a duplicate" in said


def test_however_much_is_near_two_statements_find_it(officer: FlaskClient) -> None:
    for _ in range(8):
        a_matter(STORY)
    key = a_matter(STORY).id
    feedback = db.session.get_one(Feedback, key)
    story = feedback.story

    with statements() as seen:
        found = linking.near_matches(db.session(), feedback, true())
    assert story
    assert len(found) == 8
    assert len(seen) <= 2

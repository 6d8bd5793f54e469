"""Pages on which an answer is tried out and taken back ask a dozen times at most, wherever it
stands."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.cases import answer_drafts, findings, gathering, passwords, points, sign_ins, signing
from portal.procedures.finding import Finding, Giver
from portal.procedures.procedure import Track
from portal.records.account import Account
from portal.records.case import Case
from portal.work import WORKER, Who, Work, begin_work
from tests.architecture.walked_pages import reads
from tests.matters import LOW_COSTS
from tests.signing_in import let_in
from tests.unit.cases.managed_case import managed
from tests.unit.cases.parted_world import find_on, join, parent_and_mp, split
from tests.unit.cases.procedure_world import officer_of
from tests.unit.web.officer_pages import signed_in
from tests.unit.web.parted_pages import a_matter, act, in_two_parts

MOST = 12
OFFICER, MANAGER = "points@council.example", "bryony@council.example"
Browser = Callable[[str], FlaskClient]


@pytest.fixture
def browser(client: FlaskClient) -> Browser:
    def open_(email: str) -> FlaskClient:
        other = client.application.test_client()
        with begin_work(WORKER) as work:
            let_in(other, sign_ins.begin(work, account(work, email), "a test"))
        return other

    return open_


@pytest.fixture
def officer(client: FlaskClient) -> FlaskClient:
    client.application.config[passwords.COSTS] = LOW_COSTS
    return signed_in(client, officer_of)


def account(work: Work, email: str) -> Account:
    return next(one for one in work.session.scalars(select(Account)) if one.email == email)


def asked(browser: FlaskClient, url: str) -> int:
    """How often a page asks on the second look, and that it is shown."""
    browser.get(url)
    with reads(browser.application) as statements:
        answer = browser.get(url)
    assert answer.status_code == 200
    return len(statements)


def test_a_draft_answer(browser: Browser) -> None:
    with begin_work(WORKER) as work:
        url = f"/officers/cases/{managed(work).feedback.public_id}/answer"
    officer = browser(OFFICER)
    officer.post(url.replace("/answer", "/acknowledged"), data={"text": "1. Nobody came."})
    manager = browser(MANAGER)
    with begin_work(WORKER) as work:
        who = account(work, MANAGER)
        officer.post(url.replace("/answer", "/answering"), data={"person": who.public_id})
    found = [asked(manager, url)]
    with begin_work(WORKER) as work:
        work.who = Who("staff", account(work, MANAGER).id)
        case = work.session.scalars(select(Case)).one()
        stage = gathering.current_stage(work.session, case)
        for point in points.live(work.session, case):
            findings.record_finding(
                work, point, stage, Giver.SERVICE, Finding.UPHELD, "The notes say so."
            )
        draft = answer_drafts.write(work, case, "I met you.", "We are sorry.", 0)
    found.append(asked(manager, url))
    with begin_work(WORKER) as work:
        work.who = Who("staff", account(work, MANAGER).id)
        case = work.session.scalars(select(Case)).one()
        signing.send(work, case, draft.version)
    found += [asked(manager, url), asked(officer, url)]
    assert "Sign it" in officer.get(url).text
    assert max(found) <= MOST, found


def test_one_letter_for_two_parts(officer: FlaskClient) -> None:
    url = f"/officers/cases/{a_matter(in_two_parts)}/one-letter"
    found = [asked(officer, url)]

    def find(work: Work) -> None:
        for case in work.session.scalars(select(Case)):
            find_on(work, case)

    act(find)
    found.append(asked(officer, url))
    assert max(found) <= MOST, found


def a_lead(work: Work) -> Case:
    """A complaint that leads an MP's, ready to be answered."""
    lead, mp = parent_and_mp(work)
    join(work, mp, lead)
    find_on(work, lead)
    return lead


def test_an_answer_that_is_held_against_what_others_wrote(officer: FlaskClient) -> None:
    url = f"/officers/cases/{a_matter(a_lead)}/answer"
    assert asked(officer, url) <= MOST


def a_lead_in_two_parts(work: Work) -> Case:
    """The same, of which one point belongs to the other procedure."""
    lead, mp = parent_and_mp(work)
    (bus,) = points.add(work, lead, ["The bus is late."])
    join(work, mp, lead)
    split(work, lead, bus.number, track=Track.STATUTORY)
    for case in work.session.scalars(select(Case).where(Case.id != mp.id)).all():
        find_on(work, case)
    return lead


def test_one_letter_that_is_held_against_what_others_wrote(officer: FlaskClient) -> None:
    url = f"/officers/cases/{a_matter(a_lead_in_two_parts)}/one-letter"
    assert asked(officer, url) <= MOST
    assert "The letter goes by e-mail" in officer.get(url).text

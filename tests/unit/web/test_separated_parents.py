"""Two parents of one child, who live apart; one hides where, and from whom.

Every page that the other parent, their advocate, their supporter and officers see of the other's
matter is walked, every letter, list and file: what one parent told stands on their own alone.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.access.acts import MATTER_ACTS
from portal.cases import advocacy, children, messages, sign_ins, suggested_links, supporters
from portal.cases.receiving import NewParty
from portal.cases.safe_contact_rules import ContactRule
from portal.commands import finding
from portal.db import db
from portal.procedures.state import Event
from portal.procedures.vocabulary import Relationship
from portal.records.account import Role
from portal.records.agreed_scope import Scope
from portal.records.case import Case
from portal.records.feedback import ContactWay, Door, Feedback
from portal.records.message import Sender
from portal.records.outbox_letter import OutboxLetter
from portal.records.party import PartyRole
from portal.records.suggested_link import LinkGround
from portal.web.access import Access, rule_of
from portal.work import PUBLIC, WORKER, Who, Work, begin_work
from tests import matters
from tests.architecture.access_world import views
from tests.signing_in import let_in
from tests.unit.cases.parted_world import find_on, happens, join
from tests.unit.web.advocate_pages import at_track
from tests.unit.web.parted_pages import today

CHILD = "Ivy Larkspur"
ADDRESS = "17 Kestrel Mews\nStafford\nZZ99 7ZZ"
HERS = "The taxi for Ivy has a quillow in it that we chose, and since May it has come too late."
HIS = "The taxi for Ivy came late on eleven days, and the driver left her at the wrong gate."
SAID = "Please write quintain on the envelope."
# What she told, and what stands nowhere but on her own matter.
SECRETS = (
    "Kestrel", "ZZ99 7ZZ", "quillow", "quintain", "07700 900111", "07700900111", "Hazel",
    "hazel@", "Basil must never",
)  # fmt: skip


@dataclass
class Family:
    """Both matters, and who acts in them."""

    app: Flask
    hers: Feedback
    his: Feedback
    officer: FlaskClient
    advocate: FlaskClient
    supporter: FlaskClient


@pytest.fixture
def family(app: Flask) -> Family:
    with begin_work(WORKER) as work:
        made = _matters(work)
        keys = [one.id for one in made]
        officer = matters.make_account(work, Role.OFFICER, "o@council.example", "Olive Officer")
        advocate = matters.make_account(work)
        work.who = Who("staff", officer.id)
        _live_through(work, *made)
        advocacy.join(work, advocate.id, made[1], matters.AGREED)
        tokens = [sign_ins.begin(work, one, "a test") for one in (officer, advocate)]
    with begin_work(PUBLIC) as work:
        his = work.session.get_one(Feedback, keys[1])
        last_day = work.today + timedelta(days=7)
        _, link = supporters.offer(work, his, "Jo", frozenset(Scope), last_day)
    finding.index()
    browsers = [app.test_client() for _ in range(3)]
    for browser, token in zip(browsers, tokens, strict=False):
        let_in(browser, token)
    assert browsers[2].post(f"/supporter/link/{link}").status_code == 303
    both = [db.session.get_one(Feedback, key) for key in keys]
    return Family(app, *both, *browsers)


def _matters(work: Work) -> tuple[Feedback, Feedback]:
    hers = matters.make_feedback(
        work,
        door=Door.EVERYONE,
        story=HERS,
        relationship_said=Relationship.PARENT,
        contact_way=ContactWay.POST,
        contact_rule=ContactRule(neutral=True, not_to_see="Basil must never see a letter"),
        parties=(
            NewParty(
                PartyRole.COMPLAINANT, "Hazel Larkspur", "hazel@home.example", "07700 900111",
                ADDRESS,
            ),
        ),
    )  # fmt: skip
    his = matters.make_feedback(
        work,
        door=Door.EVERYONE,
        story=HIS,
        relationship_said=Relationship.PARENT,
        contact_way=ContactWay.EMAIL,
        parties=(NewParty(PartyRole.COMPLAINANT, "Basil Thornby", "basil@home.example"),),
    )
    for one in (hers, his):
        children.add(work, one, CHILD)
    return hers, his


def _live_through(work: Work, hers: Feedback, his: Feedback) -> None:
    """Cases of both; hers leads his, and each is written to and answered."""
    suggested_links.suggest(work, his, hers, LinkGround.SUBJECT_REFERENCE)
    messages.add(work, hers, Sender.PERSON, SAID)
    messages.add(work, his, Sender.PERSON, "When may I ring you?")
    lead, case = (matters.make_case(work, one) for one in (hers, his))
    work.session.flush()
    from portal.cases import points

    points.add(work, lead, (HERS,))
    points.add(work, case, (HIS,))
    join(work, case, lead)
    find_on(work, lead, "The taxi was late.")
    happens(work, lead, Event.ANSWERED, words="The taxi comes on time from Monday.")


def told_in(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret.casefold() in text.casefold()]


def pages_of(app: Flask, feedback: Feedback) -> list[tuple[str, str]]:
    """Every address about one matter that needs no more than its id, and those of no matter."""
    found = []
    for endpoint, method, rule in views(app):
        # What stands first in the queue is opened by its name, and may well be hers.
        if method != "GET" or endpoint == "officer.next_item":
            continue
        for route in app.url_map.iter_rules(endpoint):
            arguments = route.arguments
            if arguments - {"public_id"} or (arguments and rule.needs not in MATTER_ACTS):
                continue
            values = dict.fromkeys(arguments, feedback.public_id)
            found.append((endpoint, app.url_map.bind("localhost").build(endpoint, values)))
    return found


@pytest.mark.parametrize("who", ["officer", "advocate"])
def test_no_page_of_his_matter_tells_of_her(family: Family, who: str) -> None:
    browser, looked = getattr(family, who), 0
    for endpoint, address in pages_of(family.app, family.his):
        answer = browser.get(address, follow_redirects=True)
        assert told_in(answer.text) == [], endpoint
        looked += answer.status_code == 200
    assert looked > (20 if who == "officer" else 2)


def test_his_own_pages_and_his_supporters_tell_nothing(family: Family) -> None:
    visitors = {
        Access.TRACKER: at_track(family.app, family.his),
        Access.SUPPORTER: family.supporter,
    }
    looked = dict.fromkeys(visitors, 0)
    for route in family.app.url_map.iter_rules():
        rule = rule_of(family.app, route.endpoint)
        needs = rule.needs if rule is not None else None
        if needs not in visitors or route.arguments or "GET" not in (route.methods or ()):
            continue
        assert isinstance(needs, Access)
        if "leave" in route.endpoint:
            continue
        page = visitors[needs].get(str(route.rule), follow_redirects=True)
        assert told_in(page.text) == [], route.endpoint
        looked[needs] += page.status_code == 200
    assert looked[Access.TRACKER] > 2
    assert looked[Access.SUPPORTER] >= 1


def test_no_letter_but_hers_tells_of_her(family: Family) -> None:
    base = f"/officers/cases/{family.his.public_id}"
    answer = {**today(), "words": "The taxi comes on time from Monday."}
    assert family.officer.post(f"{base}/did/answered", data=answer).status_code == 303
    written = family.officer.post(f"{base}/message", data={"body": "We ring you on Friday."})
    assert written.status_code == 302
    db.session.rollback()
    letters = db.session.scalars(select(OutboxLetter)).all()
    his = [one for one in letters if one.feedback_id == family.his.id]
    assert len(his) >= 2
    for letter in letters:
        if letter.feedback_id == family.hers.id:
            continue
        whole = "\n".join(
            [letter.subject, letter.body, letter.to_email or "", letter.to_address or ""]
        )
        assert told_in(whole) == [], letter.kind
        assert family.hers.reference not in whole, letter.kind


def lines_of(page: str) -> dict[str, str]:
    """What the page of a search shows of each matter, by its reference."""
    found = {}
    for line in re.findall(r'(?s)<li class="govuk-!-margin-bottom-6">(.*?)</li>', page):
        reference = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}(?=</a>)", line)
        assert reference is not None
        found[reference[0]] = line
    return found


def searched(browser: FlaskClient, words: str) -> dict[str, str]:
    page = browser.post("/officers/find", data={"words": words}, follow_redirects=True)
    assert page.status_code == 200
    return lines_of(page.text)


@pytest.mark.parametrize("words", ["17 Kestrel Mews", "quillow", "07700900111", "quintain"])
def test_what_she_told_finds_her_matter_alone(family: Family, words: str) -> None:
    found = searched(family.officer, words)
    assert set(found) == {family.hers.reference}


@pytest.mark.parametrize("words", ["Ivy", "taxi late", '"taxi for Ivy"', "Larkspur"])
def test_what_both_told_finds_both_and_mixes_nothing(family: Family, words: str) -> None:
    found = searched(family.officer, words)
    assert set(found) == {family.hers.reference, family.his.reference}
    assert told_in(found[family.his.reference]) == []
    assert "Basil" not in found[family.hers.reference]
    assert "wrong gate" not in found[family.hers.reference]


def test_files_of_lists_tell_nothing_of_either(family: Family) -> None:
    kept = family.officer.post("/officers/find", data={"words": "Ivy"}).location
    for address in (kept.replace("/find?", "/find.csv?"), "/officers/list.csv"):
        file = family.officer.get(address)
        assert file.mimetype == "text/csv"
        assert family.his.reference in file.text
        assert told_in(file.text) == []
        assert "Basil" not in file.text


def test_officers_learn_that_they_are_near_and_why_and_nothing_else(family: Family) -> None:
    page = family.officer.get(f"/officers/feedback/{family.his.public_id}/children").text
    assert family.hers.reference in page
    assert "a child of the same name" in page
    assert "Tell neither of the other" in page
    assert told_in(page) == []
    case = db.session.scalars(select(Case).where(Case.feedback_id == family.his.id)).one()
    shown = family.officer.get(f"/officers/cases/{family.his.public_id}")
    assert shown.status_code == 200
    assert case.officer_id
    assert told_in(shown.text) == []

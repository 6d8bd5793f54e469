"""What one of two separated parents told stands on their own matter alone.

Every page that the other parent, their advocate, their supporter, officers, a manager and an
investigating officer see of the other's matter is walked, every letter, list, file and bundle.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import product

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.access.acts import MATTER_ACTS
from portal.cases import messages
from portal.correspondence import tagged_pdf
from portal.db import db
from portal.procedures.state import Event
from portal.records.attachment import Attachment
from portal.records.bundle import Bundle, BundleFor
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.message import Sender
from portal.records.outbox_letter import OutboxLetter
from portal.web.access import Access, Of, rule_of
from portal.work import WORKER, begin_work
from tests.architecture.access_world import views
from tests.journeys.tour.addresses import IDS
from tests.unit.web.advocate_pages import at_track
from tests.unit.web.parted_pages import today
from tests.unit.web.separated_family import Family, a_bundle, family_of, told_in

needs_pdf = pytest.mark.skipif(not tagged_pdf.is_possible(), reason="no Pango here")


@pytest.fixture
def family(app: Flask) -> Family:
    return family_of(app)


def pages_of(family: Family) -> Iterator[tuple[str, str]]:
    """Every address about his matter with each id that may stand in it, hers too where it is not
    the first, and those of no matter."""
    choices = ids(family)
    for endpoint, method, rule in views(family.app):
        # What stands first in the queue is opened by its name, and may well be hers.
        if method != "GET" or endpoint == "officer.next_item":
            continue
        for route in family.app.url_map.iter_rules(endpoint):
            names = sorted(route.arguments)
            if names and rule.needs not in MATTER_ACTS:
                continue
            own = choices[rule.of] if names else []
            build = family.app.url_map.bind("localhost").build
            for values in product(
                *(own if name == "public_id" else choices[name] for name in names)
            ):
                yield endpoint, build(endpoint, dict(zip(names, values, strict=True)))


def ids(family: Family) -> Mapping[str, Sequence[str]]:
    """What may stand in an address: of his the first, of both what stands below it."""
    session, his = db.session, family.his.id
    files = session.scalars(select(Attachment.public_id).where(Attachment.feedback_id == his)).all()
    wanted = select(OutboxLetter.public_id).where(OutboxLetter.feedback_id == his)
    letters = session.scalars(wanted).all()
    below = {
        name: [one for one in session.scalars(select(column)) if one]
        for name, column in IDS.items()
    }
    return {
        Of.FEEDBACK: [family.his.public_id],
        Of.FILE: files,
        Of.THEIR_FILE: files,
        Of.LETTER: letters,
        Of.THEIR_LETTER: letters,
        "number": ["1"],
        "code": [event.value for event in Event],
        # No report was made of either matter.
        "report_id": ["none"],
        **below,
    }


def words_in(answer: TestResponse) -> str:
    """What a reader of a page or of a file reads."""
    if answer.mimetype == "application/pdf":
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)
    return answer.get_data().decode("utf-8", "replace")


# Pages with a second id that each has to show, and how many addresses it opens at least.
SHOWN = {
    "officer": (
        {
            "officer.bundle", "officer.bundle_file", "officer.case_point", "officer.event",
            "officer.party", "officer.promise", "officer.taking", "officer.file",
            "officer.file_look", "officer.check_person",
        },
        50,
    ),
    "advocate": ({"advocate.matter"}, 3),
    "manager": ({"officer.case", "officer.promise", "officer.file", "officer.event"}, 15),
    "investigator": (
        {"investigator.case", "investigator.paper", "investigator.bundle"}, 5,
    ),
}  # fmt: skip


@needs_pdf
@pytest.mark.parametrize("who", SHOWN)
def test_no_page_of_his_matter_tells_of_her(family: Family, who: str) -> None:
    for feedback, for_whom in product((family.his, family.hers), BundleFor):
        a_bundle(feedback, for_whom)
    browser, shown, looked = getattr(family, who), set(), 0
    for endpoint, address in list(pages_of(family)):
        answer = browser.get(address, follow_redirects=True)
        assert told_in(words_in(answer)) == [], address
        if answer.status_code == 200:
            shown.add(endpoint)
            looked += 1
    expected, least = SHOWN[who]
    assert expected - shown == set()
    assert looked >= least


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


@needs_pdf
@pytest.mark.parametrize("for_whom", BundleFor)
def test_a_bundle_of_his_joined_matter_tells_nothing_of_her(
    family: Family, for_whom: BundleFor
) -> None:
    with begin_work(WORKER) as work:
        his = work.session.get_one(Feedback, family.his.id)
        messages.add(
            work, his, Sender.PERSON, "She hides at 17 Kestrel Mews, ring her: 07700-900 111."
        )
    said = read_bundle(a_bundle(family.his, for_whom))
    assert "wrong gate" in said, "His own words."
    assert "She hides at [kept private], ring her: [kept private]." in said
    assert told_in(said) == []
    assert family.hers.reference not in said
    assert "joined" not in said.casefold()


@needs_pdf
@pytest.mark.parametrize("for_whom", BundleFor)
def test_a_bundle_of_hers_tells_how_to_reach_nobody_and_nothing_of_him(
    family: Family, for_whom: BundleFor
) -> None:
    said = read_bundle(a_bundle(family.hers, for_whom))
    assert "quillow" in said, "Her own words."
    assert "The taxi was late." in said, "What was found."
    assert set(told_in(said)) <= {"quillow", "quintain", "Hazel"}
    for his in ("wrong gate", "basil", "thornby", family.his.reference.casefold()):
        assert his.casefold() not in said.casefold()


def read_bundle(bundle_id: str) -> str:
    bundle = db.session.scalars(select(Bundle).where(Bundle.public_id == bundle_id)).one()
    assert bundle.content is not None
    pages = PdfReader(BytesIO(bundle.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())

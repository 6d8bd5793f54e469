"""The accessibility statement: the model's order and words, and a list that the tests wrote."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.web.information import pages, tested
from portal.web.information.criteria import CRITERIA
from portal.web.information.tested import NOT_LOOKED_AT, criteria_told, results
from tests.journeys.test_every_page import NO_PAGES
from tests.journeys.tour.addresses import patterns

# SI 2018/952 and the model statement: these headings in this order.
HEADINGS = (
    "Accessibility statement for Heard",
    "How accessible this website is",
    "Feedback and contact information",
    "Reporting accessibility problems with this website",
    "Enforcement procedure",
    "Contacting us by phone or visiting us in person",
    "Technical information about this website’s accessibility",
    "Compliance status",
    "Non-accessible content",
    "Non-compliance with the accessibility regulations",
    "Disproportionate burden",
    "Content that’s not within the scope of the accessibility regulations",
    "What we’re doing to improve accessibility",
    "Preparation of this accessibility statement",
)
PRESCRIBED = (
    "This accessibility statement applies to",
    "The Equality and Human Rights Commission (EHRC) is responsible for enforcing the Public "
    "Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018 (the "
    "‘accessibility regulations’).",
    "is committed to making its website accessible, in accordance with the Public Sector Bodies "
    "(Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018.",
    "This website is partially compliant with the",
    "AA standard, due to the non-compliances listed below.",
    "The content listed below is non-accessible for the following reasons.",
)


def words_of(page: str) -> str:
    """The words of a page, without its elements."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_tests_saw_todays_pages_and_no_others(app: Flask) -> None:
    assert sorted(results().pages) == patterns(app, NO_PAGES), "Run `make accessibility`."


def test_every_page_was_looked_at_or_it_is_said_why_not() -> None:
    not_seen = set(results().pages_not_seen)
    # What is new is put into the tour's world, and only what cannot be there is put into the list.
    unsaid = sorted(not_seen - set(NOT_LOOKED_AT))
    assert unsaid == [], "Let tests/journeys/tour reach these, and run `make accessibility`."
    assert sorted(set(NOT_LOOKED_AT) - not_seen) == [], "Take these out of NOT_LOOKED_AT."
    assert all(NOT_LOOKED_AT.values()), "Each needs its reason."


def test_a_page_that_no_test_reaches_is_told_with_its_reason(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tested, "NOT_LOOKED_AT", {"/somewhere": "It opens to machines only."})
    found = results()
    seen = dict.fromkeys(found.pages, 1)
    monkeypatch.setattr(pages, "results", lambda: replace(found, pages={**seen, "/somewhere": 0}))
    said = words_of(client.get("/accessibility").text)
    assert "/somewhere: It opens to machines only." in said
    assert f"{len(seen)} of the {len(seen) + 1} pages of this website were looked at" in said
    assert "Every page was tested" not in said
    monkeypatch.setattr(pages, "results", lambda: replace(found, pages=seen))
    said = words_of(client.get("/accessibility").text)
    assert "Every page was tested, not a sample." in said
    assert "no test looked at" not in said


def test_the_order_and_the_prescribed_words_are_the_models(client: FlaskClient) -> None:
    page = client.get("/accessibility").text
    headings = [words_of(one) for one in re.findall(r"<h[123][^>]*>(.*?)</h[123]>", page, re.S)]
    assert [one for one in headings if one in HEADINGS] == list(HEADINGS)
    said = words_of(page)
    for sentence in PRESCRIBED:
        assert sentence in said, sentence
    assert "fully compliant" not in said


def test_every_criterion_is_told_of_and_none_twice(client: FlaskClient) -> None:
    told = criteria_told(results())
    assert [one.number for one in told] == list(CRITERIA)
    assert len(CRITERIA) == 55, "31 of level A and 24 of level AA"
    assert set(results().axe) | set(results().own) <= set(CRITERIA)
    said = words_of(client.get("/accessibility").text)
    for one in told:
        assert f"{one.number} {one.name}" in said
        if not one.how:
            assert f"{one.number} ({one.name})" in said, "what was not tested counts as not met"


@pytest.mark.parametrize("kept", [True, False])
def test_a_fault_and_an_unseen_page_are_told(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, kept: bool
) -> None:
    found = results()
    if not kept:
        found = replace(
            found,
            axe={**found.axe, "1.4.3": "failed"},
            failures=["color-contrast (1.4.3)"],
            pages={**found.pages, "/somewhere/<public_id>": 0},
        )
    monkeypatch.setattr(pages, "results", lambda: found)
    said = client.get("/accessibility").text
    assert ("color-contrast (1.4.3)" in said) is not kept
    assert ("/somewhere/&lt;public_id&gt;" in said) is not kept
    assert ("The tests by computer found no fault" in said) is kept
    assert tested.FILE.exists()


def test_what_was_not_done_is_said(client: FlaskClient) -> None:
    said = words_of(client.get("/accessibility").text)
    assert "JAWS" in said
    assert "with disabled people" in said
    for sentence in results().not_done:
        assert sentence in said

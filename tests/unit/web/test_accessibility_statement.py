"""The accessibility statement: the model's order and words, and a list that the tests wrote."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.council_accessibility import AccessibilityEntry
from portal.web import layout
from portal.web.information import pages, tested
from portal.web.information.criteria import CRITERIA
from portal.web.information.tested import NOT_LOOKED_AT, criteria_told, results
from tests.journeys.accessibility_report import OWN
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


Promise = Callable[..., None]


@pytest.fixture
def promise(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Promise:
    """Let the council's file promise something else."""

    def changed(**said: object) -> None:
        heard = app.extensions["heard"]
        council = replace(heard.council, accessibility=AccessibilityEntry.model_validate(said))
        monkeypatch.setitem(app.extensions, "heard", replace(heard, council=council))

    return changed


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


def test_what_our_own_tests_look_at_is_what_the_report_would_write() -> None:
    assert results().own == OWN


@pytest.mark.parametrize(("days", "words"), [(7, "in 7 days."), (1, "in one day.")])
def test_who_asks_for_another_format_reads_when_they_hear(
    client: FlaskClient, promise: Promise, days: int, words: str
) -> None:
    assert "get back to you in 10 days." in words_of(client.get("/accessibility").text)
    promise(format_days=days)
    assert f"get back to you {words}" in words_of(client.get("/accessibility").text)


def test_the_day_of_mending_is_told_where_something_fails_and_only_there(
    client: FlaskClient, promise: Promise, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, told = replace(results(), axe={}, failures=[]), "We plan to mend them by 31 March 2027."
    promise(mended_by=date(2027, 3, 31))
    monkeypatch.setattr(pages, "results", lambda: found)
    assert told not in words_of(client.get("/accessibility").text)
    faulty = replace(found, axe={"1.4.3": "failed"}, failures=["color-contrast (1.4.3)"])
    monkeypatch.setattr(pages, "results", lambda: faulty)
    assert told in words_of(client.get("/accessibility").text)
    promise()
    said = words_of(client.get("/accessibility").text)
    assert "We mend them before the next version." in said
    assert "We plan to mend" not in said


def test_the_one_page_that_needs_scripts_is_named(client: FlaskClient) -> None:
    said = words_of(client.get("/accessibility").text)
    assert "use every page without scripts, but for the one" in said
    assert "A passkey cannot be added without scripts." in said


def test_the_languages_that_are_offered_are_named(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    only = "the pages are in English only"
    assert only in words_of(client.get("/accessibility").text)
    monkeypatch.setattr(layout, "languages", lambda: ("en", "cy", "pl"))
    said = words_of(client.get("/accessibility").text)
    assert only not in said
    assert "Beside English, the pages for the public are in: Cymraeg, polski." in said


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

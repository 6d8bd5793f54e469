"""What needs no sign-in, and an officer's decision, in every state and in every way in which people
look at it: small, zoomed in, dark, in forced colours, on paper; empty, filled with much, with
mistakes, at each step of a procedure."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.looking import Looker
from tests.journeys.tour import officers, walks
from tests.journeys.tour.opening import Open, opened

# A hundred states: minutes, not the seconds that a test has otherwise.
pytestmark = [pytest.mark.service, pytest.mark.timeout(3600)]


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    """One world for the whole tour: making it takes longer than walking."""
    with opened(tmp_path_factory.mktemp("tour")) as one:
        yield one


def test_every_page_where_nobody_signs_in(tour: Open, browser: Browser) -> None:
    looker = Looker()
    walks.outside(tour.world, browser, tour.home, looker.look)
    assert len(looker.urls) > 60
    assert looker.faults == []


def test_an_officer_decides(tour: Open, browser: Browser) -> None:
    looker = Looker()
    walks.with_browser(browser, tour.home, looker.look, officers.decide)
    assert looker.titles["error-sign-in-code"].startswith("Error: ")
    assert looker.faults == []


def test_the_second_opinion_finds_no_fault_in_the_html_of_any_of_them(tour: Open) -> None:
    assert sorted(set(tour.faults)) == []

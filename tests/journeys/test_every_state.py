"""Every page in its states against WCAG: the walk of `make accessibility` where nobody signs in,
and each page behind the sign-in as it opens, on a phone, on a desk and in forced colours."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.looking import Looker
from tests.journeys.test_every_page import NO_PAGES
from tests.journeys.tour import officers, walks
from tests.journeys.tour.opening import Open, opened

# Each state is looked at in seven ways, and there are some two hundred of them.
pytestmark = [pytest.mark.service, pytest.mark.timeout(2400)]
CASES = 12


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    """One world for all walks: what one of them changes in it, the next meets as it is."""
    with opened(tmp_path_factory.mktemp("tour"), CASES) as found:
        yield found
    assert sorted(set(found.faults)) == []


def test_pages_that_are_open_to_all_in_every_state(tour: Open, browser: Browser) -> None:
    looker = Looker()
    lost = walks.outside(tour.world, browser, tour.home, looker.look)
    assert lost == []
    assert looker.faults == []
    wrong = {
        name: title
        for name, title in looker.titles.items()
        if name.startswith("error-") and not title.startswith("Error: ")
    }
    assert {name for name in wrong if not name.endswith(("-404", "-ended", "-link"))} == set()


def test_pages_behind_the_sign_in(tour: Open, browser: Browser) -> None:
    looker = Looker()
    at, home = looker.glance, tour.home
    lost = walks.with_browser(browser, home, at, "decide", officers.decide)
    lost += walks.inside(tour.world, browser, home, at, NO_PAGES, with_errors=False)
    assert lost == []
    assert looker.faults == []

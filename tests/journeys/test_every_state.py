"""Every public page in its states against WCAG: the walk of `make accessibility` where nobody signs
in. What is behind the sign-in has a file of its own, so that both can run at once."""

import pytest
from playwright.sync_api import Browser

from tests.journeys.looking import Looker
from tests.journeys.tour import walks
from tests.journeys.tour.opening import Open

# Each state is looked at in seven ways, and there are some two hundred of them.
pytestmark = [pytest.mark.service, pytest.mark.timeout(2400)]


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

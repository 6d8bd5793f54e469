"""Each page behind the sign-in against WCAG as it opens: on a phone, on a desk and in forced
colours."""

import pytest
from playwright.sync_api import Browser

from tests.journeys.looking import Looker
from tests.journeys.test_every_page import NO_PAGES
from tests.journeys.tour import officers, walks
from tests.journeys.tour.opening import Open

# Some hundred and seventy pages, each looked at in four ways.
pytestmark = [pytest.mark.service, pytest.mark.timeout(2400)]


def test_pages_behind_the_sign_in(tour: Open, browser: Browser) -> None:
    looker = Looker()
    at, home = looker.glance, tour.home
    lost = walks.with_browser(browser, home, at, "decide", officers.decide)
    lost += walks.inside(tour.world, browser, home, at, NO_PAGES, with_errors=False)
    assert lost == []
    assert looker.faults == []

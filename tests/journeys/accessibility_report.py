"""What the accessibility statement says of the tests: `make accessibility` walks the whole tour,
looks at every state and writes down what was found, criterion by criterion.

The file is part of the program. It is written anew whenever a page is added; a test says so.
"""

import json
import sys
import tempfile
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Browser
from werkzeug.exceptions import HTTPException

from portal import clock
from portal.web.information.criteria import CRITERIA
from portal.web.information.tested import FILE
from tests.journeys.looking import Looker
from tests.journeys.test_every_page import NO_PAGES
from tests.journeys.tour import officers, walks
from tests.journeys.tour.addresses import patterns
from tests.journeys.tour.opening import Open, opened
from tests.services.chromium import chromium

# What tests of ours look at, by criterion; each sentence says what, so that it is not read as more.
OWN = {
    "1.3.1": "A test reads the HTML of each page seen: headings in order, a label for every box",
    "1.3.2": "A test reads pages without styles: the text is there, in the same order",
    "1.4.4": "A test zooms each page that is looked at to 400%: nothing sticks out",
    "1.4.10": "A test opens each page that is looked at 320 pixels wide: nothing sticks out",
    "1.4.12": "A test spaces the text of each page seen: nothing is cut off or sticks out",
    "2.1.1": "Tests go both doors and come back by keyboard alone",
    "2.1.2": "The same tests get out of every box by keyboard",
    # test_door.test_a_warning_before_the_time_ends_keeps_what_is_typed
    "2.2.1": "A test is warned before the time for a form ends, and asks for more by keyboard",
    "2.4.1": "A test presses Tab once and skips to the content",
    "2.4.2": "A test reads the title of each page, and that a mistake is told in it",
    "2.4.3": "Tests follow the focus through both doors, and to the list of mistakes",
    "2.4.7": "Tests compare each thing on the way with and without the focus",
    "2.4.11": "Tests look whether each thing that has the focus is in sight",
    "2.5.8": "A test measures the links, buttons and boxes of each page that is looked at",
    "3.1.1": "A test reads the language of each page",
    "3.3.1": "Tests send forms empty and look at what the page says",
    "3.3.2": "A test looks for a label with words at every box",
    "3.3.4": "Tests read the page that shows everything again before it is sent",
    # test_young_door.test_a_microphone_that_is_refused_is_said_and_blocks_nothing, and
    # test_signing_in, where codes are copied.
    "4.1.3": "Tests find what the recorder and a copying button say in a part with the role status",
}
NOT_DONE = (
    "an audit by an expert of this installation",
    "tests with screen readers such as JAWS, NVDA, VoiceOver and TalkBack",
    "tests with voice control, magnifiers and switches",
    "tests with other browsers than Chromium",
    "tests with disabled people, with children in care, and with people who find reading hard",
    "tests of the “Leave this page” button with people who need it",
    "tests of the letters as PDF with people who use a screen reader",
)


def results(tour: Open, looker: Looker, browser: Browser) -> dict[str, object]:
    """What is written down.

    Args:
        tour: the world that was walked through.
        looker: what was seen.
        browser: what it was seen with.
    """
    seen = Counter(
        pattern for url in looker.urls if (pattern := pattern_of(tour.world.app, url)) is not None
    )
    tried = looker.passed | looker.failed
    return {
        "tested_on": clock.today().isoformat(),
        "tools": [
            f"axe-core {looker.axe_version}",
            f"html5lib {version('html5lib')} with rules of our own",
            f"Chromium {browser.version}",
        ],
        "pages": {pattern: seen[pattern] for pattern in patterns(tour.world.app, NO_PAGES)},
        "axe": {
            number: "failed" if number in looker.failed else "passed"
            for number in CRITERIA
            if number in tried
        },
        "own": OWN,
        "by_hand": {number: looker.undecided[number] for number in CRITERIA
                    if looker.undecided[number]},
        "failures": sorted(looker.failures),
        "not_done": NOT_DONE,
    }  # fmt: skip


def pattern_of(app: Flask, url: str) -> str | None:
    """The pattern of an address, whether it was opened or posted to; None for no page of ours."""
    adapter = app.url_map.bind("localhost")
    for method in ("GET", "POST"):
        try:
            rule, _ = adapter.match(urlsplit(url).path, method, return_rule=True)
        except HTTPException:
            continue
        return str(rule.rule)
    return None


def main() -> None:
    """Walk, look, write; faults of pages are printed, and end it with code 1."""
    looker = Looker()
    with (
        tempfile.TemporaryDirectory() as folder,
        opened(Path(folder)) as tour,
        chromium() as browser,
    ):
        at, home = looker.look, tour.home
        lost = walks.outside(tour.world, browser, home, at)
        lost += walks.with_browser(browser, home, at, "decide", officers.decide)
        lost += walks.inside(tour.world, browser, home, at, NO_PAGES)
        found = results(tour, looker, browser)
        faults = [*looker.faults, *sorted(set(tour.faults)), *lost]
    FILE.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print("\n".join(faults))
    print(f"{len(looker.urls)} states were looked at; {len(faults)} faults.")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()

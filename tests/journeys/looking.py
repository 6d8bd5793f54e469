"""How one state of a page is looked at: small and wide, zoomed in, in other colours, on paper.

One load of the page serves all of it, because loading and running axe are what takes time.
"""

from collections import Counter
from dataclasses import dataclass, field

from playwright.sync_api import Page

from tests.journeys import accessibility
from tests.journeys.accessibility import LOOKS, Outcome
from tests.journeys.visitor import DESK, HEIGHT

# 1.4.10: 320 pixels is 1280 at 400 %, and 256 is 1024 at 400 %.
NARROW, SHORT = 320, 256
# A4 less its margins, at 96 dots an inch.
PAPER = 718


@dataclass
class Looker:
    """Looks at pages and keeps what is wrong with them, and what axe said of each criterion."""

    faults: list[str] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    passed: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)
    failures: set[str] = field(default_factory=set)
    undecided: Counter[str] = field(default_factory=Counter)
    axe_version: str = ""

    def look(self, page: Page, name: str, first: bool) -> None:
        """Look at a page as it stands, and leave it at the width of a phone.

        axe goes through all of its rules once, on a phone, where it is hardest; at other widths and
        in other colours through those that can come out otherwise there.

        Args:
            page: the page.
            name: what to call it in a fault.
            first: also on paper and with its text spaced, where it is the first state of its page.
        """
        self.glance(page, name, first)
        page.emulate_media(color_scheme="dark")
        self._axe(name, "in the dark", accessibility.outcome(page, LOOKS))
        page.emulate_media(color_scheme="null")
        if first:
            self._on_paper(page, name)
            _size(page, NARROW)
            self._say(name, "with text spaced", accessibility.lost_when_spaced(page))
        _size(page, NARROW)

    def glance(self, page: Page, name: str, _first: bool) -> None:
        """Look at a page zoomed in, on a phone, on a desk and in forced colours; as `look`."""
        self.urls.append(page.url)
        self.titles[name] = page.title()
        _size(page, NARROW, SHORT)
        self._say(name, "at 400 %", accessibility.sticking_out(page))
        self._say(name, "in its errors", accessibility.out_of_order(page))
        if not page.locator("h1").first.is_visible():
            self._say(name, "at 400 %", ["no heading to be seen"])
        _size(page, NARROW)
        self._measure(page, name, f"at {NARROW} px")
        self._axe(name, f"at {NARROW} px", accessibility.outcome(page))
        _size(page, DESK)
        self._measure(page, name, f"at {DESK} px")
        self._axe(name, f"at {DESK} px", accessibility.outcome(page, LOOKS))
        page.emulate_media(forced_colors="active")
        self._axe(name, "in forced colours", accessibility.outcome(page, LOOKS))
        page.emulate_media(forced_colors="null")

    def _on_paper(self, page: Page, name: str) -> None:
        page.emulate_media(media="print")
        _size(page, PAPER)
        self._say(name, "on paper", accessibility.sticking_out(page))
        if not page.locator("h1").first.is_visible():
            self._say(name, "on paper", ["no heading to be seen"])
        self._axe(name, "on paper", accessibility.outcome(page, ("color-contrast",)))
        page.emulate_media(media="null")

    def _measure(self, page: Page, name: str, how: str) -> None:
        self._say(name, how, accessibility.sticking_out(page))
        self._say(name, how, [f"small: {one}" for one in accessibility.small_targets(page)])

    def _axe(self, name: str, how: str, found: Outcome) -> None:
        self.axe_version = found.version
        self._say(name, how, list(found.violations))
        for tags in found.passed.values():
            self.passed.update(accessibility.criteria_of(tags))
        for rule, tags in found.failed.items():
            broken = list(accessibility.criteria_of(tags))
            self.failed.update(broken)
            self.failures.update(f"{rule} ({number})" for number in broken)
        for tags, places in found.undecided.values():
            self.undecided.update(dict.fromkeys(accessibility.criteria_of(tags), places))

    def _say(self, name: str, how: str, faults: list[str]) -> None:
        self.faults.extend(f"{name} {how}: {fault}" for fault in faults)


def _size(page: Page, width: int, height: int = HEIGHT) -> None:
    page.set_viewport_size({"width": width, "height": height})

"""Whoever is shown round: a browser, and what is done at each stop."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Error, Page

# What is done at a stop: with the page, the stop's name, and whether it is the first of its page.
At = Callable[[Page, str, bool], None]


@dataclass
class Guide:
    """One browser of one person. `lost` gets the places where a walk could not go on: the rest of
    it is walked all the same, and whoever sent it asks whether the list is empty."""

    page: Page
    at: At
    lost: list[str] = field(default_factory=list)

    def stop(self, name: str, *, first: bool = True) -> None:
        """Stop at the page as it stands.

        Args:
            name: of the stop; also of its picture.
            first: whether it is the first state of its page, or one more of the same.
        """
        self.at(self.page, name, first)

    def go(self, name: str, path: str, *, first: bool = True) -> None:
        """Open an address and stop there."""
        self.page.goto(path)
        self.stop(name, first=first)

    def press(self, name: str) -> None:
        """Press a button that leads to a page."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).first.click()

    def follow(self, selector: str) -> None:
        """Follow the first link that a selector finds."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()

    @contextmanager
    def leg(self, name: str) -> Iterator[None]:
        """A part of the walk that may fail by itself: the next begins at an address of its own."""
        try:
            yield
        except (Error, AssertionError) as reason:
            self.lost.append(f"{name} at {self.page.url}: {str(reason).strip()[:400]}")

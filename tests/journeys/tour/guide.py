"""Whoever is shown round: a browser, and what is done at each stop."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

# What is done at a stop: with the page, the stop's name, and whether it is the first of its page.
At = Callable[[Page, str, bool], None]


@dataclass
class Guide:
    """One browser of one person."""

    page: Page
    at: At

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

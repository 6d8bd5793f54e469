"""Debian's Chromium, driven by Playwright: nothing is downloaded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from tests.services.missing import program

# Root has no sandbox to use, and the rest keeps the browser from looking for the network.
_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run a browser until the block ends; make a `new_context()` for each test."""
    path = program("chromium", "Chromium", "/usr/bin")
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=path, headless=True, args=_ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()

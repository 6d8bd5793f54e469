"""Every page on a phone and on a desk, as pictures: `python -m tests.journeys.screenshots`.

They go into `screenshots/`, from invented data; with `--docs` the two of the README are made anew.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from portal.demo.sign_ins import AUTHENTICATOR, OFFICER, SignIn
from tests.journeys.test_every_page import NO_PAGES
from tests.journeys.tour import officers, walks
from tests.journeys.tour.opening import opened
from tests.journeys.visitor import DESK, HEIGHT, PHONE
from tests.services.chromium import chromium
from tests.signing_in import code_for

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "screenshots"
DOCS = ROOT / "docs" / "images"
CASES = 200
DOCS_LIMIT = 250_000


def take(page: Page, name: str, first: bool) -> None:
    """Take a picture of a whole page at both widths, and leave it at the phone's."""
    for width in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True)


def sign_in(page: Page, person: SignIn) -> None:
    """Sign in as somebody of the demo."""
    page.goto("/sign-in")
    page.get_by_label("Email").first.fill(person.email)
    page.get_by_label("Password", exact=True).fill(person.password)
    for button in ("Sign in", "Continue"):
        if button == "Continue":
            page.get_by_label("Code").first.fill(code_for(person.email, AUTHENTICATOR))
        with page.expect_navigation():
            page.get_by_role("button", name=button, exact=True).first.click()


def for_the_readme(browser: Browser, home: str) -> None:
    """The two pictures of the README: the first screen of each page, in few colours."""
    DOCS.mkdir(parents=True, exist_ok=True)
    for name, width in (("queue", DESK), ("young-people", PHONE)):
        context = browser.new_context(base_url=home, viewport={"width": width, "height": HEIGHT})
        page = context.new_page()
        if name == "queue":
            sign_in(page, OFFICER)
        else:
            page.goto("/young-people/")
        path = DOCS / f"{name}.png"
        page.screenshot(path=path)
        Image.open(path).convert("P", palette=Image.Palette.ADAPTIVE, colors=64).save(
            path, optimize=True
        )
        assert path.stat().st_size < DOCS_LIMIT, path
        context.close()


def main() -> None:
    """Take every picture."""
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir()
    with (
        tempfile.TemporaryDirectory() as folder,
        opened(Path(folder), CASES) as tour,
        chromium() as browser,
    ):
        if "--docs" in sys.argv:
            for_the_readme(browser, tour.home)
        lost = walks.outside(tour.world, browser, tour.home, take)
        lost += walks.with_browser(browser, tour.home, take, "decide", officers.decide)
        lost += walks.inside(tour.world, browser, tour.home, take, NO_PAGES)
    print("\n".join(lost))
    print(f"{len(list(PICTURES.glob('*.png')))} pictures are in {PICTURES.name}/.")


if __name__ == "__main__":
    main()

"""One browser of one person that takes pictures of whole pages."""

from pathlib import Path

from playwright.sync_api import Browser, Page

from portal.demo.sign_ins import AUTHENTICATOR, SignIn
from tests.journeys.visitor import HEIGHT
from tests.signing_in import code_for

PICTURES = Path(__file__).resolve().parents[2] / "screenshots"


class Camera:
    """One browser of one person, and where its pictures go."""

    def __init__(self, browser: Browser, home: str, width: int) -> None:
        """Open the browser at a width."""
        self.width = width
        self.context = browser.new_context(
            base_url=home, viewport={"width": width, "height": HEIGHT}
        )
        self.page: Page = self.context.new_page()

    def take(self, name: str) -> None:
        """Take a picture of the whole page as it stands."""
        self.page.screenshot(path=PICTURES / f"{name}-{self.width}.png", full_page=True)

    def go(self, name: str, path: str) -> None:
        """Open an address and take a picture of it."""
        self.page.goto(path)
        self.take(name)

    def press(self, name: str) -> None:
        """Press a button that leads to a page."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).first.click()

    def sign_in(self, person: SignIn) -> None:
        """Sign in as somebody of the demo."""
        self.page.goto("/sign-in")
        self.page.get_by_label("Email").first.fill(person.email)
        self.page.get_by_label("Password", exact=True).fill(person.password)
        self.press("Sign in")
        self.take(f"code-{person.role.value}")
        self.page.get_by_label("Code").first.fill(code_for(person.email, AUTHENTICATOR))
        self.press("Continue")

"""A person with a browser: goes, fills, presses, and looks at every page as it must be."""

import re
from dataclasses import dataclass, field
from typing import Literal

from playwright.sync_api import (
    Browser,
    BrowserContext,
    CDPSession,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
)

from portal.web.public.pages import AWAY
from tests.journeys import accessibility
from tests.matters import AUTHENTICATOR, PASSWORD
from tests.signing_in import code_for

HEIGHT = 800
PHONE, DESK = 390, 1280
# Nothing of a journey may come from elsewhere, so what is not on loopback meets a closed port.
NOWHERE = "http://127.0.0.1:9"


@dataclass
class Visitor:
    """One browser of one person. `complaints` gathers what a page asked of other hosts, and
    what its scripts and its content policy complained of."""

    context: BrowserContext
    page: Page
    home: str
    width: int
    scripts: bool
    complaints: list[str] = field(default_factory=list)
    _switch: CDPSession | None = None

    @classmethod
    def of(cls, browser: Browser, home: str, *, width: int, scripts: bool) -> "Visitor":
        """Open a new browser at a portal's address."""
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHT},
            base_url=home,
            proxy={"server": NOWHERE, "bypass": "127.0.0.1"},
        )
        context.set_default_timeout(20_000)
        made = cls(context, context.new_page(), home, width, scripts)
        made._let_scripts_run(scripts)
        context.on("request", made._asked)
        context.on("console", made._said)
        context.on("weberror", lambda error: made.complaints.append(str(error.error)))
        return made

    def come_back(self) -> None:
        """Close the page and open a new one in the same browser."""
        self.page.close()
        self.page, self._switch = self.context.new_page(), None
        self._let_scripts_run(self.scripts)

    def go(self, path: str, status: int = 200) -> Response:
        """Open an address and look at the page.

        Args:
            path: an address of the portal.
            status: what it must answer.
        """
        response = self.page.goto(path)
        assert response is not None
        assert response.status == status, (path, response.status)
        self.look()
        return response

    def press(self, name: str, *, look: bool = True, status: int = 200, last: bool = False) -> None:
        """Press a button that leads to a page, and look at that page.

        Args:
            name: the button's whole name.
            look: whether the page is looked at; not where another test looks at the same.
            status: what the page must answer, after redirects.
            last: take the last button of that name.
        """
        button = self.button(name)
        with self.page.expect_navigation() as moved:
            (button.last if last else button).click()
        self._arrived(moved.value, status, look)

    def follow(self, name: str, *, look: bool = True, status: int = 200) -> None:
        """Follow a link, and look at the page."""
        with self.page.expect_navigation() as moved:
            self.page.get_by_role("link", name=name).first.click()
        self._arrived(moved.value, status, look)

    def button(self, name: str) -> Locator:
        """The button with that whole name."""
        return self.page.get_by_role("button", name=re.compile(rf"^\s*{re.escape(name)}\s*$"))

    def choose(self, label: str) -> None:
        """Choose one of several by its whole label."""
        self.page.get_by_label(label, exact=True).check()

    def fill(self, label: str, text: str) -> None:
        """Fill the box with a label, of which the beginning is enough."""
        self.page.get_by_label(label).first.fill(text)

    def sees(self, *texts: str) -> None:
        """Assert that the page shows these texts."""
        shown = " ".join(self.page.locator("body").inner_text().split())
        # Which of the person's words are marked, and as what, is the model's affair.
        shown = re.sub(r" \(points to [^)]*\)", "", shown)
        missing = [text for text in texts if text not in shown]
        assert not missing, f"{self.page.url} lacks {missing}: {shown[:1500]}"

    def sees_not(self, *texts: str) -> None:
        """Assert that the page has these texts nowhere, not even hidden."""
        found = [text for text in texts if text in self.page.content()]
        assert not found, f"{self.page.url} has {found}"

    def heading(self) -> str:
        """The page's first heading."""
        return self.page.locator("h1").inner_text()

    def look(self) -> None:
        """Assert that the page is whole for everybody, on a phone and on a desk."""
        # A button may still be on its way to the page: a heading comes with what it leads to.
        self.page.wait_for_load_state()
        self.page.locator("h1").first.wait_for(state="attached")
        heading = self.page.locator("h1").count()
        assert heading == 1, f"{self.page.url} has {heading} first headings"
        assert accessibility.out_of_order(self.page) == []
        widths: tuple[int, ...] = (PHONE, DESK) if self.width in (PHONE, DESK) else (
            self.width, PHONE, DESK,
        )  # fmt: skip
        self._let_scripts_run(True)
        for width in widths:
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
            accessibility.overflow(self.page)
            faults = accessibility.check(self.page)
            assert faults == [], f"{self.page.url} at {width} px:\n" + "\n".join(faults)
        self.page.set_viewport_size({"width": self.width, "height": HEIGHT})
        self._let_scripts_run(self.scripts)

    def sign_in(
        self,
        email: str,
        password: str = PASSWORD,
        secret: str = AUTHENTICATOR,
        *,
        look: bool = True,
    ) -> None:
        """Sign in with password and code, from wherever the portal asked for it."""
        self.fill("Email", email)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.press("Sign in", look=False)
        self.fill("Code", code_for(email, secret))
        self.press("Continue", look=look)

    def track(self, reference: str, words: str, *, look: bool = True) -> None:
        """Open what somebody told us, with reference and secret words."""
        self.page.goto("/track")
        self.fill("Your reference", reference)
        self.fill("Your secret words", words)
        self.press("Continue", look=look)

    def kept(self) -> tuple[str, str]:
        """Reference and secret words as the page shows them."""
        words = self.page.locator(".heard-words__word").all_inner_texts()
        return self.page.locator(".heard-reference").inner_text(), " ".join(words)

    def _let_scripts_run(self, let: bool) -> None:
        """The page was loaded without scripts; axe needs them to wait for itself."""
        if self._switch is None and not self.scripts:
            self._switch = self.context.new_cdp_session(self.page)
        if self._switch is not None:
            self._switch.send("Emulation.setScriptExecutionDisabled", {"value": not let})

    def _arrived(self, response: Response, status: int, look: bool) -> None:
        assert response.status == status, (response.url, response.status, self.heading())
        if look:
            self.look()

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.home, AWAY, "data:", "blob:")):
            self.complaints.append(f"asked another host: {request.url}")

    def _said(self, message: ConsoleMessage) -> None:
        kind: Literal["error"] | str = message.type
        # A refused form is an answer like others; Chromium remarks on its status.
        if kind == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

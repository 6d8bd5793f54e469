"""The stops of an officer who signs in as people do, and decides: lists, the check, the letter."""

from playwright.sync_api import Page

from portal.demo.sign_ins import AUTHENTICATOR, FOLLOWED, OFFICER, REFUSAL_WAITS
from portal.triage.queue import View
from tests.journeys.tour.guide import Guide
from tests.signing_in import code_for

FIRST_ROW = "tbody a"
# Messages and cases stand in the same list.
FIRST_TO_DECIDE = "tbody a[href*='/officers/feedback/']"


def decide(guide: Guide) -> None:
    """From signing in to the acknowledgement of a case."""
    _sign_in(guide)
    for view in View:
        guide.go(f"officer-list-{view.value}", f"/officers/?view={view.value}", first=False)
    guide.go("officer-list-none", "/officers/?reference=ZZZZ", first=False)
    guide.page.goto("/officers/")
    guide.follow(FIRST_TO_DECIDE)
    guide.press("Check what will happen")
    guide.stop("officer-item-errors", first=False)
    _fill_decision(guide.page)
    guide.press("Check what will happen")
    guide.stop("officer-check")
    guide.press("Confirm")
    guide.stop("officer-next", first=False)
    if not guide.page.url.endswith("/done"):
        # It asked for nothing more, and another waits: that one came at once.
        guide.follow("a:text-matches('^see what was done')")
    guide.stop("officer-done")
    guide.follow("a:text-matches('^Look at')")
    guide.press("Write the acknowledgement")
    guide.stop("officer-acknowledge")
    for name, opening in (("case-followed", FOLLOWED), ("item-waits", REFUSAL_WAITS)):
        guide.page.goto(f"/officers/?reference={opening.reference}")
        guide.follow(FIRST_ROW)
        guide.stop(f"officer-{name}", first=False)


def _sign_in(guide: Guide) -> None:
    guide.page.goto("/sign-in")
    guide.page.get_by_label("Email").first.fill(OFFICER.email)
    guide.page.get_by_label("Password", exact=True).fill(OFFICER.password)
    guide.press("Sign in")
    guide.stop("sign-in-code")
    guide.press("Continue")
    guide.stop("error-sign-in-code", first=False)
    guide.page.get_by_label("Code").first.fill(code_for(OFFICER.email, AUTHENTICATOR))
    guide.press("Continue")


def _fill_decision(page: Page) -> None:
    for name, value in {
        "category": "complaint",
        "procedure": "statutory",
        "risk": "now",
        "outcome": "case_opened",
    }.items():
        page.locator(f"input[name={name}][value={value}]").check()
    page.locator("select[name=team]").select_option("care_planning_court")
    page.locator("select[name=nature]").select_option("communication")
    page.locator("select[name=relationship]").select_option("parent")

"""Passkeys in a real browser with a virtual authenticator: added, used alone, used for a code."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, CDPSession, Page

from portal.app import create_app
from portal.records.account import Role
from portal.work import COMMAND, begin_work
from tests import matters
from tests.journeys import accessibility, live, validity
from tests.journeys.visitor import DESK, HEIGHT, NOWHERE, PHONE
from tests.services.missing import free_port
from tests.services.smtp_sink import SmtpSink
from tests.signing_in import code_for

pytestmark = pytest.mark.service
EMAIL = "bryony@council.example"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def url(migrated: Path, tmp_path: Path, sink: SmtpSink) -> Iterator[str]:
    """A portal at localhost: browsers make no passkeys for an address that is a number."""
    shutil.copy(migrated, tmp_path / "heard.db")
    port = free_port()
    settings = live.settings_of(tmp_path, port, sink)
    app = create_app(replace(settings, public_url=f"http://localhost:{port}"))
    app.config["PASSWORD_COSTS"] = matters.LOW_COSTS
    with app.app_context(), begin_work(COMMAND) as work:
        matters.make_account(work, Role.OFFICER, EMAIL, "Bryony Tarrant")
    faults: list[str] = []
    app.after_request(validity.keep_faults(faults))
    with live.serving(app, port):
        yield f"http://localhost:{port}"
    assert faults == []


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    """A browser whose device has an authenticator; its scripts may complain of nothing."""
    context = browser.new_context(
        viewport={"width": PHONE, "height": HEIGHT},
        base_url=url,
        proxy={"server": NOWHERE, "bypass": "localhost"},
    )
    context.set_default_timeout(20_000)
    said: list[str] = []
    context.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    context.on("weberror", lambda error: said.append(str(error.error)))
    yield context.new_page()
    context.close()
    assert said == []


@pytest.fixture
def device(page: Page) -> CDPSession:
    """The device that answers the page."""
    found = page.context.new_cdp_session(page)
    found.send("WebAuthn.enable")
    return found


def plugged_in(device: CDPSession, **more: bool) -> str:
    """Give the device an authenticator; gives its id."""
    made = device.send("WebAuthn.addVirtualAuthenticator", {"options": {**DEVICE, **more}})
    return str(made["authenticatorId"])


def look(page: Page) -> None:
    """The page is whole for everybody, on a phone and on a desk."""
    for width in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        accessibility.overflow(page)
        assert accessibility.check(page) == []


def with_password(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(matters.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def with_code(page: Page) -> None:
    with_password(page)
    page.get_by_label("Code").fill(code_for(EMAIL))
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/officers/")


def add(page: Page) -> None:
    page.goto("/account/passkeys/new")
    look(page)
    assert not page.get_by_text("This browser cannot make a passkey").is_visible()
    page.get_by_label("Name of this passkey").fill("My phone")
    page.get_by_role("button", name="Make a passkey").click()
    page.wait_for_url("**/account/")
    assert page.get_by_role("heading", name="My phone").is_visible()


def sign_out(page: Page) -> None:
    page.goto("/account/")
    page.get_by_role("button", name="Sign out", exact=True).first.click()
    page.wait_for_url("**/sign-in")


def test_added_then_used_alone_then_for_a_code_then_removed(page: Page, device: CDPSession) -> None:
    plugged_in(device)
    with_code(page)
    add(page)
    look(page)
    sign_out(page)
    look(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/officers/")
    sign_out(page)
    with_password(page)
    page.wait_for_url("**/sign-in/code")
    look(page)
    page.get_by_role("button", name="Use a passkey instead").click()
    page.wait_for_url("**/officers/")
    page.goto("/account/")
    page.get_by_role("link", name="Remove the passkey My phone").click()
    look(page)
    page.get_by_role("button", name="Remove it").click()
    page.wait_for_url("**/account/")
    assert not page.get_by_role("heading", name="My phone").is_visible()


def test_a_device_without_it_says_so_and_the_other_way_stands(
    page: Page, device: CDPSession
) -> None:
    first = plugged_in(device)
    with_code(page)
    add(page)
    sign_out(page)
    device.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": first})
    plugged_in(device, isUserVerified=False)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("That did not work. Try again, or sign in with your password").wait_for()
    assert page.get_by_role("button", name="Sign in with a passkey").is_enabled()
    with_code(page)
    assert page.url.endswith("/officers/")

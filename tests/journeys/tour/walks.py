"""The whole way round, in walks that each begin with a browser of its own."""

from collections.abc import Callable, Iterator
from functools import partial

from playwright.sync_api import Browser, Page
from sqlalchemy import select

from portal.cases import sign_ins
from portal.cases.addresses import email_key
from portal.records.account import Account, Role
from portal.work import COMMAND, begin_work
from tests.journeys.tour import doors, joining
from tests.journeys.tour.addresses import Address, addresses
from tests.journeys.tour.guide import At, Guide
from tests.journeys.tour.world import World
from tests.journeys.visitor import PHONE

Walk = Callable[[Guide], None]
OUTSIDE: dict[str, Walk] = {
    "open to all": doors.open_to_all,
    "everyone": doors.everyone,
    "young": doors.young,
    "tracking": doors.tracking,
}
# A form of a page is sent empty where somebody could have typed or chosen something in it.
FORMS = """() => [...document.querySelectorAll('main form[method=post]')].map(form =>
    [...form.elements].filter(box => box.matches(
        'input[type=text], input[type=email], input[type=radio], input[type=checkbox], '
        + 'input[type=password], textarea, select'
    )).length > 0)"""
EMPTY = """index => {
    const form = document.querySelectorAll('main form[method=post]')[index];
    for (const box of form.elements) {
        if (box.matches('input[type=text], input[type=email], textarea')) box.value = '';
        if (box.matches('input[type=radio], input[type=checkbox]')) box.checked = false;
        if (box.matches('select')) box.selectedIndex = 0;
    }
    const button = form.querySelector('button:not([name=skip])');
    form.requestSubmit(button);
}"""
UNPROCESSABLE, MISTAKES = 422, ".govuk-error-summary"


def outside(world: World, browser: Browser, home: str, at: At) -> None:
    """Walk where nobody signs in."""
    for walk in OUTSIDE.values():
        with_browser(browser, home, at, walk)
    for of_the_world in (followed, joining.invited, joining.linked):
        with_browser(browser, home, at, partial(of_the_world, world))


def followed(world: World, guide: Guide) -> None:
    """The same complaint at /track, from one state of its procedure to the next."""
    page = guide.page
    for state, (reference, words) in world.followed.items():
        page.goto("/track")
        page.get_by_label("Your reference").fill(reference)
        page.get_by_label("Your secret words").fill(words)
        guide.press("Continue")
        guide.stop(f"track-{state}".replace(" ", "-").replace("_", "-"), first=False)


def inside(world: World, browser: Browser, home: str, at: At, no_pages: set[str]) -> None:
    """Walk through every page that needs signing in, as somebody of each role: each as it opens,
    and then with its forms sent empty, to see what it says of that.

    Args:
        world: the tour's world, served at `home`.
        browser: any browser.
        home: the portal's address.
        at: what is done at each stop.
        no_pages: endpoints that are no pages.
    """
    seen: set[str] = set()
    for role in Role:
        sign_in(world, role)
        found = list(addresses(world, role, seen, no_pages))
        if found:
            with_browser(browser, home, at, partial(_as, world, role, found))


def with_browser(browser: Browser, home: str, at: At, walk: Walk) -> None:
    """Give a walk a browser of its own."""
    context = browser.new_context(base_url=home, viewport={"width": PHONE, "height": 800})
    context.set_default_timeout(30_000)
    try:
        walk(Guide(context.new_page(), at))
    finally:
        context.close()


def _as(world: World, role: Role, found: list[Address], guide: Guide) -> None:
    let_in(world, role, guide.page)
    for address in found:
        guide.go(address.name, address.path, first=address.first)
    if role is Role.ADVOCATE:
        joining.joined(world, guide)
    # Last, because a form that takes an empty answer changes something.
    let_in(world, role, guide.page)
    for address in found:
        for number in _with_boxes(guide.page, address):
            _send_empty(guide, address, number)


def _with_boxes(page: Page, address: Address) -> Iterator[int]:
    if page.goto(address.path).status != 200:  # type: ignore[union-attr]
        return
    yield from (number for number, has in enumerate(page.evaluate(FORMS)) if has)


def _send_empty(guide: Guide, address: Address, number: int) -> None:
    answered = guide.page.goto(address.path)
    if answered is None or answered.status != 200:
        return
    with guide.page.expect_navigation() as moved:
        guide.page.evaluate(EMPTY, number)
    if moved.value.status == UNPROCESSABLE or guide.page.locator(MISTAKES).count():
        guide.stop(f"error-{address.name}-{number}", first=False)


def let_in(world: World, role: Role, page: Page) -> None:
    """Put a new sign-in into a browser: the walk is not about signing in, and some pages want one
    of the last ten minutes."""
    sign_in(world, role)
    cookie = world.people.browser(role).get_cookie("heard")
    assert cookie is not None
    page.context.add_cookies(
        [{"name": "heard", "value": cookie.value, "domain": "127.0.0.1", "path": "/"}]
    )


def sign_in(world: World, role: Role) -> None:
    """Begin a sign-in of whoever has that role."""
    with world.app.app_context(), begin_work(COMMAND) as work:
        wanted = select(Account).where(
            Account.email_key == email_key(f"{role.value}@people.example")
        )
        account = work.session.scalars(wanted).one()
        world.people.tokens[role] = sign_ins.begin(work, account, "a tour")

"""The whole way round, in walks that each begin with a browser of its own."""

from collections.abc import Callable
from functools import partial

from playwright.sync_api import Browser, Page
from sqlalchemy import select

from portal.cases import sign_ins
from portal.cases.addresses import email_key
from portal.records.account import Account, Role
from portal.work import COMMAND, begin_work
from tests.journeys.tour import doors, drafts_and_reports, joining
from tests.journeys.tour.addresses import EACH, Address, addresses
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
    // One that shows what is in a box sends nothing.
    const button = form.querySelector(
        'button:not([type=button]):not([name=skip]):not([name=remove]):not([name=add])'
    );
    form.requestSubmit(button);
}"""
UNPROCESSABLE, MISTAKES = 422, ".govuk-error-summary"


def outside(world: World, browser: Browser, home: str, at: At) -> list[str]:
    """Walk where nobody signs in.

    Returns:
        Where a walk could not go on.
    """
    lost: list[str] = []
    for name, walk in OUTSIDE.items():
        lost += with_browser(browser, home, at, name, walk)
    for of_the_world in (followed, published, joining.invited, joining.linked, joining.asked):
        name = of_the_world.__name__
        lost += with_browser(browser, home, at, name, partial(of_the_world, world))
    return lost


def followed(world: World, guide: Guide) -> None:
    """The same complaint at /track, from one state of its procedure to the next."""
    page = guide.page
    for state, (reference, words) in world.followed.items():
        with guide.leg(state):
            page.goto("/track")
            page.get_by_label("Your reference").fill(reference)
            page.get_by_label("Your secret words").fill(words)
            guide.press("Continue")
            guide.stop(f"track-{state}".replace(" ", "-").replace("_", "-"), first=False)


def published(_world: World, guide: Guide) -> None:
    """The annual report that was published, and its edition."""
    guide.go("annual-report", drafts_and_reports.REPORT)
    guide.go("annual-report-edition", f"{drafts_and_reports.REPORT}/editions/0")


def inside(
    world: World,
    browser: Browser,
    home: str,
    at: At,
    no_pages: set[str],
    *,
    with_errors: bool = True,
) -> list[str]:
    """Walk through every page that needs signing in, as somebody of each role: each as it opens,
    and then with its forms sent empty, to see what it says of that.

    Args:
        world: the tour's world, served at `home`.
        browser: any browser.
        home: the portal's address.
        at: what is done at each stop.
        no_pages: endpoints that are no pages.
        with_errors: whether forms are sent empty, and pages of one pattern are all looked at.

    Returns:
        Where a walk could not go on.
    """
    seen: set[str] = set()
    lost: list[str] = []
    for role in Role:
        sign_in(world, role)
        found = list(addresses(world, role, seen, no_pages))
        if not with_errors:
            found = [address for address in found if address.first]
        if found:
            walk = partial(_as, world, role, found, with_errors)
            lost += with_browser(browser, home, at, role.value, walk)
    return lost


def with_browser(browser: Browser, home: str, at: At, name: str, walk: Walk) -> list[str]:
    """Give a walk a browser of its own.

    Returns:
        Where it could not go on.
    """
    context = browser.new_context(base_url=home, viewport={"width": PHONE, "height": 800})
    context.set_default_timeout(30_000)
    guide = Guide(context.new_page(), at)
    try:
        with guide.leg(name):
            walk(guide)
    finally:
        context.close()
    return guide.lost


def _as(world: World, role: Role, found: list[Address], with_errors: bool, guide: Guide) -> None:
    let_in(world, role, guide.page)
    forms: list[tuple[Address, int]] = []
    for address in found:
        with guide.leg(address.name):
            guide.go(address.name, address.path, first=address.first)
            if address.first or address.endpoint not in EACH:
                has_boxes = enumerate(guide.page.evaluate(FORMS))
                forms += [(address, number) for number, has in has_boxes if has]
    if role is Role.ADVOCATE:
        with guide.leg("joining"):
            joining.joined(world, guide)
    if not with_errors:
        return
    # Last, because a form that takes an empty answer changes something.
    let_in(world, role, guide.page)
    for address, number in forms:
        with guide.leg(f"empty {address.name}"):
            _send_empty(guide, address, number)


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

"""A year's report as the manager makes it and as the public reads it: real figures, every chart,
on a phone, on a desk, in other colours and on paper."""

import pytest

from portal.commands import reports
from portal.commands.demo_data import command
from portal.records.account import Role
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal
from tests.journeys.looking import Looker
from tests.journeys.visitor import DESK, PHONE, Visitor

pytestmark = [pytest.mark.service, pytest.mark.timeout(1200)]
PATIENCE = 240_000
MANAGER = "manager@council.example"
REPORT = "/officers/annual-report/2019-20"
PUBLIC = "/annual-reports/2019-20"
COMMENTARY = "Thank you to everybody who took the time to say something good."
# Pictures that the browser could not draw, or that are wider than what they stand in.
BAD_PICTURES = """() => [...document.images].filter(one => !one.complete || one.naturalWidth < 100
    || one.getBoundingClientRect().width > one.parentElement.getBoundingClientRect().width + 1
).map(one => one.alt)"""


def test_a_year_is_read_published_and_read_by_everybody(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    load_the_year(web_portal)
    manager = sit_down(web_portal, visitor)
    the_manager_reads(manager)
    the_manager_chooses(manager)
    the_manager_publishes(manager)
    with web_portal.app.app_context():
        assert reports.file_reports() == 5

    person = visitor(web_portal, width=PHONE)
    person.go("/annual-reports")
    person.follow("2019/20")
    person.sees(
        "Feedback and complaints: annual report 2019/20",
        COMMENTARY, "It adds up.", "Fault was found in 13 of 47 matters (28%)",
    )  # fmt: skip
    person.sees_not("/officers/", "look at the cases")
    looker = Looker()
    looker.look(person.page, "the published report", first=True)
    assert looker.faults == []
    for width in (PHONE, DESK):
        person.page.set_viewport_size({"width": width, "height": 800})
        assert person.page.evaluate(BAD_PICTURES) == []
    for form in ("html", "pdf", "docx", "csv", "json"):
        saved = person.context.request.get(f"{web_portal.url}{PUBLIC}/editions/0/{form}")
        assert saved.status == 200


def load_the_year(portal: Portal) -> None:
    """The invented register of 2019-20, as the command puts it in."""
    with portal.app.app_context():
        done = portal.app.test_cli_runner().invoke(command, ["--year", "2019-20"])
    assert done.exit_code == 0, done.output


def sit_down(portal: Portal, visitor: NewVisitor) -> Visitor:
    """A complaints manager at a desk."""
    portal.account(Role.COMPLAINTS_MANAGER, MANAGER, "Ash Reed")
    manager = visitor(portal, width=DESK)
    # Counting a year and drawing its charts takes longer than a page may where others work too.
    manager.context.set_default_timeout(PATIENCE)
    manager.page.goto("/officers/annual-report")
    manager.sign_in(MANAGER, look=False)
    return manager


def the_manager_reads(manager: Visitor) -> None:
    """The report, a quarter of it, one team's, and what is behind a figure."""
    manager.go("/officers/annual-report")
    # What axe has to say of its tables it says of the published page below.
    manager.page.goto(REPORT)
    manager.sees("Every chapter adds up.", "Each number leads to the cases that it counts")
    assert manager.page.evaluate(BAD_PICTURES) == []
    manager.page.goto(f"{REPORT}?quarter=2&team=send")
    manager.sees("July to September of 2019/20", "SEND Teams")
    manager.go(f"{REPORT}/figure/T07/0/2")
    manager.sees("Specialist Safeguarding Units, TOTAL 2019/20: 73")
    manager.go(f"{REPORT}/figure/X80/0/1")
    manager.sees("Its numbers lead to no cases")


def the_manager_chooses(manager: Visitor) -> None:
    """What the report tells of cases, and what the manager has to say."""
    manager.go(f"{REPORT}/learning")
    boxes = manager.page.locator("input[name=picked]")
    assert boxes.count() > 2
    boxes.nth(0).check()
    manager.press("Save what is printed")
    manager.sees("Saved what the report tells of things learned.")
    manager.go(f"{REPORT}/compliments")
    manager.press("Save what is printed")
    manager.go(f"{REPORT}/words")
    manager.fill("Your commentary on “Compliments”", COMMENTARY)
    manager.press("Save Compliments")
    manager.sees("Saved as a draft.")


def the_manager_publishes(manager: Visitor) -> None:
    """First unsure, then sure."""
    manager.go(f"{REPORT}/publish")
    manager.press("Publish the report", status=422)
    manager.sees("There is a problem", "Read the report, then tick that you have")
    manager.choose("I have read the whole report, and it names nobody")
    manager.press("Publish the report", look=False)
    manager.sees("Published. Everybody can read it now")

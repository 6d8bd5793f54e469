"""An officer finds what somebody said, narrows it, saves the view and tags what was found."""

import pytest

from portal.records.account import Role
from portal.work import Work
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal
from tests.matters import make_case, make_feedback

pytestmark = pytest.mark.service
TAXI = "The taxi to school came late again, and the drawings she lost in it are still there."


def matters_of(work: Work) -> list[str]:
    """Two matters with a taxi, one of them a case, and one without."""
    made = [make_feedback(work, story=story) for story in (TAXI, f"{TAXI} Twice.", "No answer.")]
    make_case(work, made[0])
    return [feedback.reference for feedback in made]


def test_what_somebody_said_is_found_and_tagged(web_portal: Portal, visitor: NewVisitor) -> None:
    case, waiting, other = web_portal.act(matters_of)
    assert web_portal.work_once().done["indexed"] == 3
    web_portal.account(Role.OFFICER, "sam@office.example")
    officer = visitor(web_portal, width=1280)
    officer.page.goto("/sign-in")
    officer.sign_in("sam@office.example")
    officer.page.goto("/officers/find")
    officer.look()
    officer.fill("Words", "drawings taxis")
    officer.press("Find")
    officer.sees("2 found", case, waiting, "In their own words:")
    officer.sees_not(other)
    assert "taxi" not in officer.page.url
    officer.page.locator("summary", has_text="Filters: where it stands").click()
    officer.page.get_by_label("How far it is").select_option("open")
    officer.press("Find")
    officer.sees("1 found", case, "Narrowed by: How far it is: Open case.")
    officer.page.locator("summary", has_text="Save these filters").click()
    officer.fill("Name of the view", "Open ones")
    officer.press("Save this view")
    officer.sees("Open ones", "1 found")
    officer.page.get_by_label(f"Choose {case}").check(force=True)
    officer.page.locator("summary", has_text="Tag or assign").click()
    officer.press("Put the tag on")
    officer.sees("Look before it is done", "1 will change", case)
    officer.press("Do it")
    officer.sees("Done for 1 matter.", "Transport changes of 2026")

"""The officers' desk by keyboard alone: an officer decides, acknowledges and gives a complaint to a
manager, who takes and answers it; an officer finds and tags; an administrator gives a role."""

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from portal.cases import points
from portal.db import db
from portal.records.account import Role
from portal.records.allocation import Allocation
from portal.records.answer_draft import AnswerDraft
from portal.records.case import Case
from portal.records.matter_tag import MatterTag
from portal.work import Who, Work
from tests import matters
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal
from tests.journeys.test_administration import ADMIN, standing
from tests.journeys.test_find import TAXI
from tests.journeys.test_first_day import MANAGER, a_complaint, a_manager
from tests.journeys.test_keyboard import MOST_TABS, tab_to, write
from tests.journeys.test_keyboard_doors import go_on
from tests.journeys.visitor import DESK, Visitor
from tests.signing_in import code_for

pytestmark = pytest.mark.service
OFFICER = "olive@council.example"
POINT = "Nobody rang me back for three weeks."
REASONS = "We looked at the log. Nobody rang."
OPENING = "I read the log of calls."
APOLOGY = "I am sorry that nobody rang you."


def sign_in(person: Visitor, email: str, path: str) -> Page:
    """With password and code; returns the page that follows."""
    page = person.page
    page.goto(path)
    write(page, "Email", email)
    write(page, "Password", matters.PASSWORD)
    go_on(page, "Sign in")
    write(page, "Code", code_for(email, matters.AUTHENTICATOR))
    go_on(page, "Continue")
    return page


def pick(page: Page, group: str, value: str) -> None:
    """Choose one of several: Tab to where the group lets in, then the arrows."""
    at = "[document.activeElement.name, document.activeElement.value]"
    for _ in range(MOST_TABS):
        if page.evaluate(at)[0] == group:
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for _ in range(MOST_TABS):
        if page.evaluate(at) == [group, value]:
            break
        page.keyboard.press("ArrowDown")
    assert page.locator(f"input[name={group}][value={value}]").is_checked(), page.url


def open_details(page: Page, name: str) -> None:
    """Open what is folded away."""
    tab_to(page, name)
    page.keyboard.press("Enter")


def test_from_signing_in_to_a_manager_who_is_asked(web_portal: Portal, visitor: NewVisitor) -> None:
    a_complaint(web_portal)
    web_portal.act(a_manager)
    web_portal.account(Role.OFFICER, OFFICER, "Olive Ashdown")
    page = sign_in(visitor(web_portal, width=DESK), OFFICER, "/officers/")
    go_on(page, "Start with the first")
    go_on(page, "Go to the decision")
    pick(page, "procedure", "statutory")
    pick(page, "risk", "none")
    go_on(page, "Open a case")
    go_on(page, "Confirm and acknowledge now")
    go_on(page, "Send it")
    go_on(page, "Give it to them")
    assert "Bryony Tarrant has it now" in page.locator("main").inner_text()
    assert web_portal.ask(lambda: db.session.scalar(select(Allocation.state))) == "asked"
    assert web_portal.ask(lambda: db.session.scalar(select(Case.acknowledged_on))) is not None


def a_case_with_a_point(work: Work) -> str:
    """A young person's case, and the officer who wrote its one point; returns its address."""
    officer = matters.make_account(work, Role.OFFICER, OFFICER, "Olive Ashdown")
    a_manager(work)
    feedback = matters.make_feedback(work)
    case = matters.make_case(work, feedback)
    work.who = Who("staff", officer.id)
    points.add(work, case, [POINT])
    return f"/officers/cases/{feedback.public_id}"


def test_a_manager_takes_answers_and_hands_in(web_portal: Portal, visitor: NewVisitor) -> None:
    base = web_portal.act(a_case_with_a_point)
    officer = sign_in(visitor(web_portal, width=DESK), OFFICER, f"{base}/answering")
    go_on(officer, "Give it to them")
    page = sign_in(visitor(web_portal, width=DESK), MANAGER, "/officers/my-work")
    go_on(page, "Take a case, or hand it back")
    go_on(page, "Take it")
    go_on(page, "Write what you found on each point")
    pick(page, "point-1-found", "upheld")
    write(page, "The reasons", REASONS)
    go_on(page, "Save")
    page.goto("/officers/my-work")
    go_on(page, "Write the answer")
    write(page, "How the answer begins", OPENING)
    write(page, "What we are sorry for", APOLOGY)
    go_on(page, "Send it to be signed")
    assert "Sent. A complaints officer signs it." in page.locator("body").inner_text()
    assert web_portal.ask(lambda: db.session.scalar(select(AnswerDraft.state))) == "waiting"


def two_matters(work: Work) -> None:
    """Two that are found by the same words."""
    for story in (TAXI, f"{TAXI} Twice."):
        matters.make_feedback(work, story=story)


def tags() -> list[str]:
    """Every tag that was put on; asked inside the application."""
    return list(db.session.scalars(select(MatterTag.tag)))


def test_an_officer_finds_and_tags_several(web_portal: Portal, visitor: NewVisitor) -> None:
    web_portal.act(two_matters)
    assert web_portal.work_once().done["indexed"] == 2
    web_portal.account(Role.OFFICER, OFFICER, "Olive Ashdown")
    page = sign_in(visitor(web_portal, width=DESK), OFFICER, "/officers/find")
    write(page, "Words", "drawings taxis")
    go_on(page, "Find")
    for _ in range(2):
        tab_to(page, "Choose")
        page.keyboard.press("Space")
    open_details(page, "Tag or assign those that are ticked")
    go_on(page, "Put the tag on")
    assert "2 will change" in page.locator("main").inner_text()
    go_on(page, "Do it")
    assert len(web_portal.ask(tags)) == 2


def test_an_administrator_gives_a_role(web_portal: Portal, visitor: NewVisitor) -> None:
    web_portal.account(Role.ADMINISTRATOR, ADMIN, "Ada Minton")
    web_portal.account(Role.TEAM_MANAGER, MANAGER, "Bryony Tarrant")
    page = sign_in(visitor(web_portal, width=DESK), ADMIN, "/administration/")
    write(page, "Any part of a name", "bryony")
    go_on(page, "Show")
    go_on(page, "Bryony Tarrant")
    go_on(page, "Give a role")
    pick(page, "role", "investigator")
    go_on(page, "Continue")
    go_on(page, "Give the role")
    in_force, _ = web_portal.ask(lambda: standing(MANAGER))
    assert in_force == {Role.TEAM_MANAGER, Role.INVESTIGATOR}

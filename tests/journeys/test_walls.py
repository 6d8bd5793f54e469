"""Walls and emergencies as the people on both sides of them meet them."""

import pytest

from portal.cases import roles
from portal.procedures.vocabulary import Team
from portal.records.account import Role
from portal.records.feedback import Feedback
from portal.work import Work
from tests import matters
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal
from tests.journeys.visitor import DESK, PHONE, Visitor

pytestmark = pytest.mark.service
OFFICER, MANAGER = "olive@council.example", "bryony@council.example"
DUTY, BOSS = "dev@council.example", "asha@council.example"
REASON = "A carer rang at ten tonight: the child ran back to this address and is not safe."


@pytest.fixture
def reference(web_portal: Portal) -> str:
    """A case about a manager, whom nobody has linked yet, and everybody around it."""
    people = (
        (Role.OFFICER, OFFICER, "Olive Ashdown"),
        (Role.TEAM_MANAGER, MANAGER, "Bryony Tarrant"),
        (Role.DUTY_TEAM, DUTY, "Dev Marchbank"),
        (Role.COMPLAINTS_MANAGER, BOSS, "Asha Pemberton"),
    )

    def make(work: Work) -> str:
        for role, email, name in people:
            account = matters.make_account(work, role, email, name)
            if role is Role.TEAM_MANAGER:
                roles.join_team(work, account, Team.CARE_PLANNING_COURT, work.today)
        feedback: Feedback = matters.make_feedback(work)
        feedback.about_whom = "the manager, Bryony"
        feedback.persons_unsettled = True
        matters.make_case(work, feedback)
        return feedback.reference

    return web_portal.act(make)


def signed_in(portal: Portal, visitor: NewVisitor, email: str, width: int = DESK) -> Visitor:
    person = visitor(portal, width=width)
    person.page.goto("/officers/")
    person.sign_in(email, look=False)
    return person


def find(person: Visitor, reference: str) -> None:
    """Look a reference up in the lists."""
    person.fill("Find a reference", reference)
    person.press("Find", look=False)


def test_a_case_about_a_manager_closes_to_her(
    web_portal: Portal, visitor: NewVisitor, reference: str
) -> None:
    officer = signed_in(web_portal, visitor, OFFICER)
    find(officer, reference)
    officer.follow(reference)
    officer.sees("Until you say who, only complaints officers can see this")
    officer.follow("Say whom it is about")
    officer.sees("They wrote: “the manager, Bryony”", "Nobody is linked")
    officer.fill("Find them on the staff list", "bryony")
    officer.press("Find", look=True)
    officer.follow("Bryony Tarrant")
    officer.sees("can never open it or be given it")
    officer.press("Yes, link them")
    officer.press("Everybody it is about is linked")
    officer.sees_not("Only complaints officers see this until")

    bryony = signed_in(web_portal, visitor, MANAGER, PHONE)
    bryony.sees_not(reference)
    find(bryony, reference)
    bryony.sees("Nothing is here with that reference")
    case_address = officer.page.url.replace("/feedback/", "/cases/").removesuffix("/people")
    closed = bryony.page.goto(case_address)
    assert closed is not None
    assert closed.status == 404
    bryony.sees("Page not found")


def test_the_duty_team_opens_it_in_an_emergency_and_the_manager_looks(
    web_portal: Portal, visitor: NewVisitor, reference: str
) -> None:
    duty = signed_in(web_portal, visitor, DUTY, PHONE)
    duty.button("Menu").click()
    duty.follow("Emergency")
    duty.fill("Reference", reference)
    duty.press("Open it", status=422)
    duty.sees("Write why you need it now")
    duty.fill("Why do you need it now?", REASON)
    duty.press("Open it")
    duty.sees("You opened this in an emergency", matters.STORY)
    assert duty.button("Send this message").count() == 0

    (letter,) = [
        one for one in letters(web_portal) if one.message["To"] and BOSS in one.message["To"]
    ]
    body = str(letter.message.get_content())
    assert "Dev Marchbank" in body
    assert reference not in body

    boss = signed_in(web_portal, visitor, BOSS)
    boss.follow("Danger", look=False)
    boss.follow("Opened in emergencies")
    boss.sees("Dev Marchbank", REASON)
    boss.press("I have looked at it")
    boss.sees("Noted that you have looked at it")
    boss.follow(reference)
    boss.follow("Who has looked at it")
    boss.sees("Dev Marchbank", "opened it in an emergency")


def letters(portal: Portal):  # type: ignore[no-untyped-def]
    portal.sink.clear()
    portal.work_once()
    return list(portal.sink.letters)

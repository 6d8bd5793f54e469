"""Path g: the manager complained about is the default; the manager above answers on a phone."""

import pytest

from portal.cases import points, roles
from portal.procedures.vocabulary import Team
from portal.records.account import Role
from portal.records.feedback import Feedback
from portal.work import Who, Work
from tests import matters
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal
from tests.journeys.test_walls import find, letters, signed_in
from tests.journeys.visitor import PHONE

pytestmark = pytest.mark.service
OFFICER, NAMED, ABOVE = "olive@council.example", "bryony@council.example", "asif@council.example"
POINT = "The manager shouted at me and hung up."


@pytest.fixture
def reference(web_portal: Portal) -> str:
    """A case of Bryony's team about Bryony, who reports to Asif."""

    def make(work: Work) -> str:
        officer = matters.make_account(work, Role.OFFICER, OFFICER, "Olive Ashdown")
        named = matters.make_account(work, Role.TEAM_MANAGER, NAMED, "Bryony Tarrant")
        above = matters.make_account(work, Role.TEAM_MANAGER, ABOVE, "Asif Marlowe")
        roles.join_team(work, named, Team.CARE_PLANNING_COURT, work.today)
        named.reports_to_id = above.id
        feedback: Feedback = matters.make_feedback(work)
        feedback.about_whom = "the manager, Bryony"
        feedback.persons_unsettled = True
        case = matters.make_case(work, feedback)
        work.who = Who("staff", officer.id)
        points.add(work, case, [POINT])
        return feedback.reference

    return web_portal.act(make)


def test_path_g(web_portal: Portal, visitor: NewVisitor, reference: str) -> None:
    officer = signed_in(web_portal, visitor, OFFICER)
    find(officer, reference)
    officer.follow(reference)
    officer.follow("Who answers it")
    officer.sees("Say first whom it is about", "Nobody can be given it now")
    officer.follow("Whom it is about")
    officer.fill("Find them on the staff list", "bryony")
    officer.press("Find")
    officer.follow("Bryony Tarrant")
    officer.press("Yes, link them")
    officer.press("Everybody it is about is linked")

    find_again(officer, reference)
    officer.follow("Who answers it")
    officer.sees(
        "The matter is about Bryony Tarrant, so they cannot answer it.",
        "Offered in their place: Asif Marlowe.",
    )
    officer.press("Give it to them")
    officer.sees("Asif Marlowe has it now")

    nothing_is_told_in_the_letter(web_portal)
    the_named_manager_sees_nothing(web_portal, visitor, officer.page.url)
    the_manager_above_answers_on_a_phone(web_portal, visitor)


def nothing_is_told_in_the_letter(portal: Portal) -> None:
    """One letter, with a link and none of the words."""
    sent = [one for one in letters(portal) if ABOVE in str(one.message["To"])]
    assert len(sent) == 1
    words = str(sent[0].message.get_content()) + str(sent[0].message["Subject"])
    assert POINT not in words
    assert "Robin" not in words


def the_named_manager_sees_nothing(portal: Portal, visitor: NewVisitor, address: str) -> None:
    """Neither in her list nor by its address."""
    named = signed_in(portal, visitor, NAMED, PHONE)
    named.page.goto("/officers/my-work")
    named.sees("Nothing waits for you")
    closed = named.page.goto(address)
    assert closed is not None
    assert closed.status == 404


def the_manager_above_answers_on_a_phone(portal: Portal, visitor: NewVisitor) -> None:
    """Three steps: the list, the case's page, the button."""
    above = signed_in(portal, visitor, ABOVE, PHONE)
    above.go("/officers/my-work")
    above.follow("Take a case, or hand it back")
    above.sees(POINT)
    above.press("Take it")
    above.sees("It is yours to answer")
    above.go("/officers/my-work")
    above.follow("Write the answer")
    above.sees("Point 1 has no finding.")


def find_again(officer, reference: str) -> None:  # type: ignore[no-untyped-def]
    officer.page.goto("/officers/")
    find(officer, reference)
    officer.follow(reference)

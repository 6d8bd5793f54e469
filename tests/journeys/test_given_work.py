"""Path g: the manager complained about is the default; the manager above answers on a phone, an
officer signs, and the person reads the answer."""

import pytest
from sqlalchemy import select

from portal.cases import points, roles
from portal.procedures.state import State
from portal.procedures.vocabulary import Team
from portal.records.account import Account, Role
from portal.records.answer_draft import AnswerDraft
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.work import Who, Work
from tests import matters
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal
from tests.journeys.test_walls import find, letters, signed_in
from tests.journeys.visitor import PHONE, Visitor

pytestmark = pytest.mark.service
OFFICER, NAMED, ABOVE = "olive@council.example", "bryony@council.example", "asif@council.example"
POINT = "The manager shouted at me and hung up."
REASONS = "We heard two people who were in the room. The call ended in the way you say."
OPENING = "I manage the manager. I spoke to everybody who was in the room."
APOLOGY = "I am sorry that you were shouted at, and that the call was ended."


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
    above = the_manager_above_answers_on_a_phone(web_portal, visitor)
    an_officer_signs_and_it_goes(officer, above)
    the_person_reads_it(visitor(web_portal), reference)
    the_named_manager_sees_nothing(web_portal, visitor, officer.page.url)
    answered, by = web_portal.act(how_it_ended)
    assert (answered, by) == (State.ANSWERED, ABOVE)


def how_it_ended(work: Work) -> tuple[State, str]:
    """Where the case stands, and whose answer it was."""
    case = work.session.scalars(select(Case)).one()
    draft = work.session.scalars(select(AnswerDraft)).one()
    return case.procedure_state, work.session.get_one(Account, draft.written_by_id).email


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


def the_manager_above_answers_on_a_phone(portal: Portal, visitor: NewVisitor) -> Visitor:
    """Takes it, finds on the point, writes the words, and hands them in to be signed."""
    above = signed_in(portal, visitor, ABOVE, PHONE)
    above.go("/officers/my-work")
    above.follow("Take a case, or hand it back")
    above.sees(POINT)
    above.press("Take it")
    above.sees("It is yours to answer")
    above.go("/officers/my-work")
    above.follow("Write the answer")
    above.sees("Point 1 has no finding.")
    above.follow("Findings, point by point")
    above.page.locator("[name=point-1-found][value=upheld]").check()
    above.page.locator("[name=point-1-reasons]").fill(REASONS)
    above.press("Save")
    above.sees("Every point is answered.", "Taken together: upheld.")
    above.go("/officers/my-work")
    above.follow("Write the answer")
    above.fill("How the answer begins", OPENING)
    above.press("Send it to be signed", status=409)
    above.sees("Still missing")
    above.fill("What we are sorry for", APOLOGY)
    above.press("Send it to be signed")
    above.sees("Sent. A complaints officer signs it.")
    return above


def an_officer_signs_and_it_goes(officer: Visitor, above: Visitor) -> None:
    """The officer finds it in their list; signed, the manager sends it from theirs."""
    officer.go("/officers/my-work")
    officer.follow("Sign an answer")
    officer.sees("Asif Marlowe sent it.", OPENING, APOLOGY, REASONS)
    officer.press("Sign it")
    above.go("/officers/my-work")
    above.follow("Send the signed answer")
    above.press("Send the answer")
    above.press("Look at the letter", look=False)
    above.sees(OPENING, APOLOGY)
    above.press("Send it", look=False)


def the_person_reads_it(person: Visitor, reference: str) -> None:
    """With their reference and secret words."""
    person.track(reference, matters.words_of())
    person.sees("Our answer", OPENING, APOLOGY, POINT, "We agree.", REASONS)


def find_again(officer, reference: str) -> None:  # type: ignore[no-untyped-def]
    officer.page.goto("/officers/")
    find(officer, reference)
    officer.follow(reference)

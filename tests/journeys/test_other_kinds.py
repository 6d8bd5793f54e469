"""Other kinds than complaints, each to its end: thanks that are published, a worry that somebody
took, a complaint about personal data, and a request to see it."""

import pytest
from sqlalchemy import select

from portal.commands.background import run_round
from portal.commands.work import _load_redactor
from portal.db import db
from portal.procedures.vocabulary import Category
from portal.records.account import Role
from portal.records.feedback import Feedback
from portal.records.publication import Publication, PublicationState
from portal.work import Work
from tests import matters
from tests.journeys import office, telling
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal
from tests.journeys.office import choose, confirm, letters_after_work, text_of
from tests.journeys.visitor import DESK, Visitor

pytestmark = pytest.mark.service
SECOND = "second@council.example"
WORKER = "kim.shaw@council.example"
GOVERNANCE = "ira.grant@council.example"
THANKS = "Kim Shaw from the bus team helped my daughter Robin every morning. Thank you, Kim Shaw."


def give_thanks(person: Visitor) -> None:
    """Tell something good at the public door, and let it be published."""
    person.page.goto("/")
    person.follow("I am a parent, carer or someone else", look=False)
    person.press("Start now", look=False)
    person.choose("Something was good")
    person.fill("What was good?", THANKS)
    person.press("Continue")
    person.sees("May we publish your words")
    person.choose("Yes, without names")
    person.press("Send", look=False)


def a_worker_with_a_manager(work: Work) -> None:
    """Somebody of the staff list to praise."""
    manager = matters.make_account(work, Role.TEAM_MANAGER, "lee@council.example", "Lee Marsh")
    kim = matters.make_account(work, Role.AUDITOR, WORKER, "Kim Shaw")
    kim.reports_to_id = manager.id


def publication() -> Publication:
    """The one text; asked inside the application."""
    return db.session.scalars(select(Publication)).one()


def offer(web_portal: Portal, officer: Visitor, public_id: str) -> None:
    """Let the words be redacted, and offer them to a second officer, shortened."""
    officer.go(f"/officers/feedback/{public_id}/publication")
    officer.sees("Yes, their words may be published: said on the form")
    officer.press("Offer for publication")
    with web_portal.app.app_context():
        assert run_round(None, redactor=_load_redactor()).done["redacted"] == 1
    officer.go(f"/officers/feedback/{public_id}/publication")
    draft = officer.page.locator("textarea[name=text]").input_value()
    assert "Kim" not in draft
    assert "Robin" not in draft
    officer.sees(THANKS)
    officer.page.locator("textarea[name=text]").fill("X helped my daughter Y every morning.")
    officer.press("Offer this to a second officer")
    officer.sees("Another officer must look at it")


def test_thanks_reach_the_worker_and_are_published_by_two_officers(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    give_thanks(visitor(web_portal))
    (feedback,) = web_portal.ask(telling.every_feedback)
    web_portal.act(a_worker_with_a_manager)
    officer = office.sit_down(web_portal, visitor)
    officer.follow(feedback.reference, look=False)
    choose(
        officer,
        category="compliment", team="admissions_transport", relationship="parent",
        procedure="none", risk="none", outcome="thanked",
    )  # fmt: skip
    confirm(officer, look=False)
    officer.follow("Pass it on to the worker whom it praises")
    officer.fill("Find them on the staff list", "shaw")
    officer.press("Find")
    officer.press("Send it to them to Kim Shaw")
    officer.sees("Who was told", "Kim Shaw", "with their manager")
    told = {letter.recipients[0] for letter in letters_after_work(web_portal)}
    assert {"admissions-transport@staffordshire.example", WORKER, "lee@council.example"} <= told
    offer(web_portal, officer, feedback.public_id)
    second = office.sit_down(web_portal, visitor, SECOND, "Sasha Beech")
    second.follow("Work", look=False)
    second.follow("For publication")
    second.sees("Waits for a second officer")
    second.follow(feedback.reference)
    second.sees(THANKS, "X helped my daughter Y every morning.", "Offered by Robin Ashdown")
    second.press("I agree: it says nothing of who they are")
    second.sees("Agreed for publication", "Agreed by Sasha Beech")
    found = web_portal.ask(publication)
    assert found.state is PublicationState.AGREED
    assert found.text == "X helped my daughter Y every morning."
    assert web_portal.ask(lambda: db.session.scalars(select(Feedback.story)).one()) == THANKS


def test_a_worry_stays_in_sight_until_somebody_took_it_and_the_complaint_stays_open(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    reference = office.write_in(web_portal, "Nobody rang back. And a neighbour hits the child.")
    officer = office.sit_down(web_portal, visitor)
    officer.follow(reference, look=False)
    officer.follow("Pass on a worry or a request")
    officer.press("Pass it on, and tell the person", status=422)
    officer.sees("Choose what you pass on", "Choose to whom it is passed on")
    officer.choose("A worry about somebody’s safety")
    officer.page.locator("select[name=team]").select_option("first_response")
    officer.fill("What you tell them", "A neighbour hits the child.")
    officer.press("Pass it on, and tell the person")
    officer.sees("Passed on, not yet taken")
    (letter,) = letters_after_work(web_portal)
    assert "Today we passed it on" in text_of(letter)
    assert "still open with us" in " ".join(text_of(letter).split())
    officer.go("/officers/?view=passed_on")
    officer.sees("Passed on, not yet taken (1)", reference)
    officer.go("/officers/")
    officer.sees("Waiting for an officer (1)", reference)
    officer.follow(reference)
    officer.sees("Passed on, not yet taken: a worry about somebody’s safety")
    officer.follow("Record who took it")
    officer.page.get_by_role("button", name="Record who took it").click()
    officer.look()
    officer.fill("Name of whoever took it", "Kim Shaw")
    officer.press("Record this", status=422)
    officer.sees("Enter their role", "Choose how they took it")
    officer.fill("Their role", "Duty social worker")
    officer.choose("By telephone")
    officer.press("Record this")
    officer.sees("Kim Shaw, Duty social worker", "Taken")
    officer.go("/officers/?view=passed_on")
    officer.sees("Passed on, not yet taken (0)", "Waiting for an officer (1)")


def test_a_complaint_about_data_is_acknowledged_and_answered_with_the_commissioner(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    reference = office.write_in(web_portal, "A letter about my son went to the old house.")
    officer = office.sit_down(web_portal, visitor)
    officer.follow(reference, look=False)
    choose(
        officer,
        category="complaint", team="send", relationship="parent", nature="data",
        procedure="data_protection", risk="none", outcome="case_opened",
    )  # fmt: skip
    officer.press(office.CHECK)
    officer.sees("Acknowledgement letter by", "Data protection: acknowledged within 30 days")
    officer.press("Confirm", look=False)
    officer.follow(f"Look at {reference}")
    officer.sees("Acknowledgement", "Answer by")
    officer.page.get_by_role("button", name="Write the acknowledgement").click()
    officer.page.locator("textarea[name=text]").fill("1. A letter went to the old house.")
    officer.press("Look at the letter")
    officer.press("Send it", look=False)
    officer.sees("Acknowledged.")
    officer.page.goto(f"/officers/cases/{the_matter(web_portal)}/do/answered")
    officer.page.locator("textarea[name=words]").fill("You are right. We are sorry.")
    officer.press("Look at the letter")
    letter = officer.page.locator("textarea[name=letter]").input_value()
    assert "You are right. We are sorry." in letter
    officer.press("Send it")
    officer.sees("Closed")
    texts = [" ".join(text_of(letter).split()) for letter in letters_after_work(web_portal)]
    assert len(texts) == 3
    assert all("Information Commissioner" in text and "0303 123 1113" in text for text in texts)


def the_matter(portal: Portal) -> str:
    """The id in addresses of the one matter."""
    return portal.ask(lambda: db.session.scalars(select(Feedback.public_id)).one())


def test_a_request_to_see_data_is_answered_by_who_governs_information(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    story = "Nobody rang back. And please send me all that you wrote about my son."
    reference = office.write_in(web_portal, story, category_said=Category.COMPLAINT)
    web_portal.account(Role.INFORMATION_GOVERNANCE, GOVERNANCE, "Ira Grant")
    officer = office.sit_down(web_portal, visitor)
    officer.follow(reference, look=False)
    officer.follow("They ask to see what is held about them")
    officer.press("Pass it on", status=422)
    officer.sees("Write what they ask to see")
    officer.fill("What do they ask to see?", "All that you wrote about my son.")
    officer.press("Pass it on")
    officer.sees("Nobody yet", "The rest of this goes its own way")
    letters = {one.recipients[0]: text_of(one) for one in letters_after_work(web_portal)}
    assert set(letters) == {office.EMAIL, GOVERNANCE}
    assert "my son" not in letters[GOVERNANCE]
    assert reference not in letters[GOVERNANCE]

    ira = visitor(web_portal, width=DESK)
    ira.page.goto("/officers/access-requests")
    ira.sign_in(GOVERNANCE, look=False)
    ira.page.goto("/officers/access-requests")
    ira.look()
    ira.follow(reference)
    ira.sees("All that you wrote about my son.", office.NAME)
    ira.sees_not("Nobody rang back")
    ira.press("I see to this")
    ira.fill("Why is more time needed?", "There are nine files.")
    ira.press("Take more time, and tell them")
    ira.sees("There are nine files.", "More time was taken")
    ira.press("Record as answered")
    ira.sees("Recorded as answered")
    (told,) = letters_after_work(web_portal)
    assert "There are nine files." in text_of(told)
    officer.go("/officers/")
    officer.sees("Waiting for an officer (1)", reference)

"""From a story to a promise kept: an officer draws up the points, the young person says what is
wrong with one, the service answers each, and the promise is seen to be kept."""

import pytest
from sqlalchemy import select

from portal.cases import roles
from portal.db import db
from portal.procedures.vocabulary import Team
from portal.records.account import Role
from portal.records.feedback import Feedback
from portal.work import Work
from tests import matters
from tests.journeys import office
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal
from tests.journeys.visitor import DESK, Visitor

pytestmark = pytest.mark.service
MANAGER = "manager@council.example"
STORY = (
    "My review was moved to a school day and nobody asked me. I saw it in my carer's diary.\n\n"
    "My new worker was meant to come on the 3rd and did not come.\n\n"
    "Nobody tells me who my social worker is now."
)
WRONG = "She did not come twice: on the 3rd and on the 10th."
MENDED = "My new worker was meant to come on the 3rd and on the 10th and did not come."
REASONS = "We looked at the diary of the team. The visit was moved and nobody wrote to you."
AGREED = "Your worker is Jo Marsh. You met her on Monday."
OPENING = "I spoke to the team and read its diary for that month."
APOLOGY = "I am sorry that nobody asked you, and that nobody came."
PROMISE = "Ask you before a review is moved, in writing."


def test_points_from_the_story_to_a_promise_kept(web_portal: Portal, visitor: NewVisitor) -> None:
    reference, base = web_portal.act(a_case)
    officer = office.sit_down(web_portal, visitor)
    officer.go(f"{base}/points")
    officer.press("Draft from their words")
    boxes = officer.page.locator("textarea[name^=draft-]")
    assert [box.input_value() for box in boxes.all()] == [*STORY.split("\n\n"), ""]
    officer.press("Keep these points")
    send(officer)

    young = visitor(web_portal)
    young.track(reference, matters.words_of())
    young.sees("Is this what you told us?", "Nobody tells me who my social worker is now.")
    disputed_and_mended(officer, young, base)

    young.go("/track/matter")
    young.sees(MENDED)
    young.press("Yes, this is right")
    young.sees("Thank you. We will look into these things now.", "You said yes")

    manager = answered_by_the_manager(web_portal, visitor, officer, base)
    young.go("/track/matter")
    young.sees(
        "Our answer",
        OPENING,
        APOLOGY,
        "We agree.",
        REASONS,
        "You told us that this is put right now.",
    )
    young.sees(AGREED, "What we said we would do", PROMISE, "We will do this by")

    manager.go(f"{base}/promises")
    manager.follow("Record put right")
    manager.fill("How do we know?", "The rule is in the team's handbook since today.")
    manager.press("Save as done")
    manager.sees("Saved as done.", "The person reads it at “follow your feedback”.")
    young.go("/track/matter")
    young.sees("We did it on", "We did what we said")
    young.sees_not("handbook")


def disputed_and_mended(officer: Visitor, young: Visitor, base: str) -> None:
    """The young person says what is wrong with the second point; the officer mends it."""
    young.page.get_by_text("This isn’t what I said").nth(1).click()
    young.page.locator("#point-1-2-wrong").fill(WRONG)
    young.page.locator("details[open] button").click()
    young.look()
    young.sees("We will change it and show it to you again.", WRONG)

    officer.go(f"{base}/points")
    officer.sees("The person says that something is not what they said.", WRONG)
    with officer.page.expect_navigation():
        officer.page.locator("a", has_text="Change, split or withdraw").nth(1).click()
    officer.look()
    officer.fill("What went wrong", MENDED)
    officer.press("Save the words")
    send(officer)


def answered_by_the_manager(
    portal: Portal, visitor: NewVisitor, officer: Visitor, base: str
) -> Visitor:
    """The team's manager finds on each point on a phone, promises something, writes the answer,
    and sends it once an officer has signed it."""
    portal.act(a_manager)
    manager = visitor(portal)
    manager.page.goto(f"{base}/findings")
    manager.sign_in(MANAGER)
    manager.sees("Still missing", "Point 3: a finding, or what the person agreed")
    for number, (found, why) in enumerate(
        (("upheld", REASONS), ("partially_upheld", REASONS), ("settled", AGREED)), start=1
    ):
        manager.page.locator(f"#point-{number}-found input, [name=point-{number}-found]").locator(
            f"xpath=self::*[@value='{found}']"
        ).check()
        manager.page.locator(f"[name=point-{number}-reasons]").fill(why)
    manager.press("Save")
    manager.sees("Every point is answered.", "Taken together: partly upheld.")
    manager.follow("Promise an apology")
    manager.page.get_by_label("What kind of thing is it?").select_option("record_corrected")
    manager.page.get_by_label("Who sees to it?").select_option(label="Bryony Tarrant")
    manager.fill("What will be done", PROMISE)
    manager.choose("Some time after the answer goes out")
    manager.fill("How long", "10")
    manager.press("Save")
    manager.sees("10 working days after the answer")
    signed_by_an_officer(manager, officer, base)
    manager.go(f"{base}/answer")
    manager.press("Send the answer")
    manager.press("Look at the letter", look=False)
    manager.sees(OPENING, APOLOGY)
    manager.press("Send it", look=False)
    return manager


def signed_by_an_officer(manager: Visitor, officer: Visitor, base: str) -> None:
    """A manager cannot send an answer of their own: they write it, and an officer signs it."""
    manager.go(f"{base}/do/answered")
    manager.press("Look at the letter", look=False, status=409)
    manager.sees("A manager’s answer is signed before it goes.")
    manager.go(f"{base}/answer")
    manager.fill("How the answer begins", OPENING)
    manager.press("Send it to be signed", status=409)
    manager.sees("Still missing")
    manager.fill("What we are sorry for", APOLOGY)
    manager.press("Send it to be signed", look=False)
    manager.sees("Sent. A complaints officer signs it.")
    officer.go(f"{base}/answer")
    officer.sees("Waits to be signed", OPENING, APOLOGY)
    officer.press("Sign it")


def send(officer: Visitor) -> None:
    """Send the points to the person, from their page."""
    officer.press("Send these to the person to agree", look=False)
    officer.press("Look at the letter", look=False)
    officer.press("Send it", look=False)


def a_case(work: Work) -> tuple[str, str]:
    """A young person's case; its reference and the address of its pages."""
    feedback = matters.make_feedback(work, story=STORY)
    matters.make_case(work, feedback)
    return feedback.reference, f"/officers/cases/{feedback.public_id}"


def a_manager(work: Work) -> None:
    """Somebody who manages the team of these cases."""
    account = matters.make_account(work, Role.TEAM_MANAGER, MANAGER, "Bryony Tarrant")
    roles.join_team(work, account, Team.CARE_PLANNING_COURT, work.today)


def test_whoever_writes_in_two_windows_loses_nothing(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    _, base = web_portal.act(a_case)
    officer = office.sit_down(web_portal, visitor)
    officer.page.goto(f"{base}/points")
    officer.fill("What went wrong", "My bag is gone.")
    officer.press("Add this point", look=False)
    officer.page.goto(f"{base}/points/1")
    other = officer.context.new_page()
    other.goto(f"{base}/points/1")
    other.locator("#text").fill("My bag with my drawings is gone.")
    other.get_by_role("button", name="Save the words").click()
    officer.fill("What went wrong", "My blue bag is gone.")
    officer.press("Save the words", status=409)
    officer.sees("Somebody else changed this while you were writing.", "with my drawings")
    assert officer.page.locator("#text").input_value() == "My blue bag is gone."
    assert officer.width == DESK
    story = web_portal.ask(lambda: db.session.scalar(select(Feedback.story)))
    assert story == STORY

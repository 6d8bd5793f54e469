"""A manager on a phone, from the link of the letter to a finished answer with whoever signs it, in
three presses: what was found, the words, a promise and handing in are one page."""

import pytest
from sqlalchemy import select

from portal.cases import points
from portal.db import db
from portal.records.account import Role
from portal.records.answer_draft import AnswerDraft
from portal.records.remedy import Remedy
from portal.work import Who, Work
from tests import matters
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal
from tests.journeys.office import sit_down, text_of
from tests.journeys.test_first_day import MANAGER, Counted, a_manager
from tests.journeys.test_points import AGREED, APOLOGY, OPENING, PROMISE, REASONS
from tests.journeys.test_walls import letters
from tests.journeys.visitor import PHONE

pytestmark = pytest.mark.service
MOST_PRESSES = 3


def a_case(work: Work) -> str:
    """A case of two points; returns its address."""
    a_manager(work)
    who = matters.make_account(work, Role.OFFICER, "olive@council.example", "Olive Ashdown")
    feedback = matters.make_feedback(work)
    case = matters.make_case(work, feedback)
    work.who = Who("staff", who.id)
    points.add(work, case, ["Nobody came on the 3rd.", "Nobody tells me who my worker is."])
    return f"/officers/cases/{feedback.public_id}"


def link_of_the_letter(portal: Portal) -> str:
    """Where the manager's letter leads."""
    (sent,) = [one for one in letters(portal) if MANAGER in str(one.message["To"])]
    return next(line for line in text_of(sent).splitlines() if line.endswith("/answering"))


def test_an_answer_is_finished_in_three_presses(web_portal: Portal, visitor: NewVisitor) -> None:
    base = web_portal.act(a_case)
    officer = sit_down(web_portal, visitor)
    officer.go(f"{base}/answering")
    officer.press("Give it to them")
    manager = visitor(web_portal, width=PHONE)
    manager.page.goto(link_of_the_letter(web_portal))
    manager.sign_in(MANAGER)
    steps = Counted(manager)
    steps.press("Take it")
    steps.press("Write the answer")
    manager.sees("Nobody came on the 3rd.", "Nobody tells me who my worker is.")
    for number, (found, why) in enumerate((("upheld", REASONS), ("settled", AGREED)), start=1):
        steps.choose(f"point-{number}-found", found)
        manager.page.locator(f"[name=point-{number}-reasons]").fill(why)
    manager.fill("How the answer begins", OPENING)
    manager.fill("What we are sorry for", APOLOGY)
    manager.page.locator("summary", has_text="Promise something").click()
    manager.fill("What will be done", PROMISE)
    manager.page.get_by_label("What kind of thing is it?").select_option("record_corrected")
    manager.fill("Within how many working days", "10")
    steps.press("Send it to be signed")
    manager.sees("Sent. A complaints officer signs it.")
    pressed = [one for one in steps.did if one.startswith("press")]
    assert len(pressed) <= MOST_PRESSES, pressed
    assert web_portal.ask(lambda: db.session.scalar(select(AnswerDraft.state))) == "waiting"
    assert web_portal.ask(lambda: db.session.scalars(select(Remedy.text)).all()) == [PROMISE]
    officer.go(f"{base}/answer")
    officer.sees("Bryony Tarrant sent it.", OPENING, APOLOGY, REASONS, AGREED, PROMISE)
    officer.press("Sign it")


def test_what_is_missing_keeps_what_was_written_and_promises_once(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    base = web_portal.act(a_case)
    officer = sit_down(web_portal, visitor)
    officer.go(f"{base}/answering")
    officer.press("Give it to them", look=False)
    manager = visitor(web_portal, width=PHONE)
    manager.page.goto(f"{base}/answering")
    manager.sign_in(MANAGER, look=False)
    manager.press("Take it", look=False)
    manager.press("Write the answer", look=False)
    manager.page.locator("[name=point-1-found][value=upheld]").check()
    manager.page.locator("[name=point-1-reasons]").fill(REASONS)
    manager.page.locator("summary", has_text="Promise something").click()
    manager.fill("What will be done", PROMISE)
    manager.press("Send it to be signed", status=422)
    manager.sees("Choose what kind of thing it is", "Enter how many working days")
    manager.page.get_by_label("What kind of thing is it?").select_option("record_corrected")
    manager.fill("Within how many working days", "10")
    manager.press("Send it to be signed", status=409)
    manager.sees("Point 2 has no finding.", "Promised already:", PROMISE)
    assert manager.page.locator("[name=point-1-reasons]").input_value() == REASONS
    manager.page.locator("[name=point-2-found][value=settled]").check()
    manager.page.locator("[name=point-2-reasons]").fill(AGREED)
    manager.fill("What we are sorry for", APOLOGY)
    manager.press("Send it to be signed", look=False)
    manager.sees("Sent. A complaints officer signs it.")
    assert web_portal.ask(lambda: db.session.scalars(select(Remedy.text)).all()) == [PROMISE]

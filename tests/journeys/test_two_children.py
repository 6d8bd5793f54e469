"""An e-mail from a parent about two children: two points, and the brother and sister are found
again."""

import pytest
from sqlalchemy import select

from portal.cases import tracking
from portal.db import db
from portal.records.account import Account
from portal.records.feedback import Feedback
from portal.work import Work
from tests.integration.mailing import mail
from tests.journeys import office
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal
from tests.journeys.office import choose
from tests.journeys.test_points import send
from tests.journeys.test_procedure import open_case
from tests.journeys.visitor import PHONE, Visitor
from tests.unit.triage.matters import acting

pytestmark = pytest.mark.service
IVY = "Ivy Larkspur has had no visit from her social worker since March."
NED = "Ned Larkspur was moved twice and his bags were left on the step."


def test_two_children_in_one_email_are_two_points_and_each_leads_to_the_other(
    whole_portal: Portal, visitor: NewVisitor
) -> None:
    assert whole_portal.mail_server is not None
    whole_portal.mail_server.deliver(mail("My two", f"{IVY}\n\n{NED}\n"))
    assert whole_portal.take_mail_in().new == 1
    reference = whole_portal.ask(lambda: db.session.query(Feedback.reference).scalar())
    earlier = office.write_in(
        whole_portal, "Ned's school says he is not on their list.", parties=()
    )

    officer = office.sit_down(whole_portal, visitor)
    for one, names in ((earlier, ["Ned Larkspur"]), (reference, ["Ivy Larkspur", "Ned Larkspur"])):
        officer.page.goto("/officers/")
        officer.follow(one, look=False)
        officer.follow("Which children it is about", look=False)
        for name in names:
            officer.fill("Name of a child or young person", name)
            officer.press("Name this child")
    officer.sees("Ivy Larkspur", "Ned Larkspur", earlier, "a child of the same name")
    officer.follow("Back", look=False)
    officer.sees("Perhaps belongs with this", earlier)
    choose(
        officer, category="complaint", team="care_planning_court", relationship="parent",
        nature="case_management", procedure="statutory", risk="none", outcome="case_opened",
    )  # fmt: skip
    office.confirm(officer, look=False)
    two_points_are_sent(officer, reference)

    words = whole_portal.act(lambda work: new_words(work, reference))
    parent = visitor(whole_portal, width=PHONE)
    parent.track(reference, words)
    parent.sees("Is this what you told us?", IVY, NED)
    # That there is something else about Ned is for officers alone.
    parent.sees_not(earlier)


def two_points_are_sent(officer: Visitor, reference: str) -> None:
    """The story's two paragraphs are the draft, and go to the person to agree."""
    open_case(officer, reference)
    officer.follow("Points of complaint")
    officer.press("Draft from their words")
    boxes = officer.page.locator("textarea[name^=draft-]")
    assert [box.input_value() for box in boxes.all()] == [IVY, NED, ""]
    officer.press("Keep these points")
    send(officer)


def new_words(work: Work, reference: str) -> str:
    """Secret words as an officer gives them to somebody who wrote by e-mail."""
    officer = work.session.scalars(select(Account).order_by(Account.id)).one()
    wanted = select(Feedback).where(Feedback.reference == reference)
    feedback = work.session.scalars(wanted).one()
    return tracking.give_new_words(acting(work, officer), feedback)

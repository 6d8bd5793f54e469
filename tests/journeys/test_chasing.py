"""A date comes near: an officer finds the holding letter, sends it, and the young person reads it;
promises and reminders stand on pages of their own."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.cases import holding, remedies, reminding
from portal.cases.chasing import Dated
from portal.cases.remedies import NewRemedy
from portal.cases.remedy_dates import Counting
from portal.procedures.finding import Giver
from portal.procedures.remedy import Base, RemedyKind
from portal.procedures.vocabulary import Team
from portal.records.case import CaseStage
from portal.records.feedback import Feedback
from portal.records.reminder import ReminderState
from portal.work import Who, Work
from tests import matters
from tests.journeys import office
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal

pytestmark = pytest.mark.service
WHY = "The worker who knows you is away until Monday."


def test_a_holding_letter_from_the_draft_to_the_person(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    reference = web_portal.act(a_case_that_is_due)
    officer = office.sit_down(web_portal, visitor)
    officer.go("/officers/?view=open")
    officer.sees("Holding letter to look at", "1 reminder did not arrive")
    officer.follow("Holding letter to look at")
    officer.sees("It moves no date.", "Do not contact this person.")
    officer.press("Look at the letter", status=422)
    officer.sees("There is a problem", "Write why it is late")
    officer.fill("Why is it late?", WHY)
    officer.press("Look at the letter")
    officer.sees("Check the holding letter", "No e-mail may be sent to this person")
    officer.press("Send it")
    officer.sees("No date has moved.", "A holding letter went to the person")

    young = visitor(web_portal)
    young.track(reference, matters.words_of())
    young.sees("We will be late", WHY, "We are sorry.")

    officer.go("/officers/promises")
    officer.sees("1 open, 1 overdue", "Apology", "Nobody is named")
    officer.go("/officers/reminders")
    officer.sees("Something that was promised", "Whoever must act")
    with officer.page.expect_navigation():
        officer.page.locator("button", has_text="They know now").click()
    officer.sees("Noted: they know.")


def a_case_that_is_due(work: Work) -> str:
    """A young person's case due tomorrow without an answer, with its draft; and a promise that was
    to be kept yesterday, of which nobody could be reminded."""
    feedback = matters.make_feedback(work)
    case = matters.make_case(work, feedback)
    stage = work.session.scalars(select(CaseStage)).one()
    stage.due_on = work.today + timedelta(days=1)
    work.session.flush()
    assert holding.draft(work, stage.id) is not None
    doer, work.who = work.who, Who("staff", case.officer_id)
    promise = remedies.add(
        work,
        case,
        NewRemedy(
            Giver.SERVICE, RemedyKind.APOLOGY, "Say sorry.", Team.SEND,
            Counting(Base.DAY, day=work.today),
        ),
    )  # fmt: skip
    work.who, promise.due_on = doer, work.today - timedelta(days=1)
    work.session.flush()
    nobody_told(work, Dated(case.id, work.today, promise.due_on, remedy_id=promise.id))
    return work.session.get_one(Feedback, feedback.id).reference


def nobody_told(work: Work, one: Dated) -> None:
    """A reminder as it is kept where nobody has an address."""
    row = reminding._row(work, one, "after_1", ReminderState.UNTOLD)
    row.told = {"accounts": [], "untold": ["whoever_must_act"]}
    work.session.add(row)

"""A case through its procedure, seen by the officer and by the person: the wrong route found on
day 6, a request for stage 2 inside a thank-you, proceedings that begin, and the next step asked."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from portal import bank_holidays, clock
from portal.cases import counting, gathering
from portal.cases.tokens import make_public_id
from portal.procedures.finding import Finding, Giver
from portal.procedures.procedure import Track
from portal.procedures.vocabulary import ProcedureCode
from portal.procedures.working_days import Unit, after, in_full
from portal.records.account import Account, Role
from portal.records.case import Case, CaseStage
from portal.records.feedback import Feedback
from portal.records.point import Point, PointFinding
from tests import matters
from tests.journeys import office
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal
from tests.journeys.office import letters_after_work
from tests.journeys.visitor import PHONE, Visitor

pytestmark = pytest.mark.service
STORY = "My short breaks were stopped. Nobody asked me. They lost my form as well."
POINTS = ("My short breaks were stopped and nobody asked me.", "You lost my form.")


def a_case(portal: Portal, procedure: ProcedureCode, days_ago: int) -> str:
    """A case with two points that came in some days ago; its reference."""

    def make(work: Any) -> str:
        feedback = matters.make_feedback(work, story=STORY)
        feedback.received_on = work.today - timedelta(days=days_ago)
        case = matters.make_case(work, feedback, procedure=procedure)
        for number, text in enumerate(POINTS, 1):
            work.session.add(
                Point(
                    public_id=make_public_id(), case_id=case.id, number=number, text=text,
                    made_at=work.now,
                )
            )  # fmt: skip
        counting.recount(work, case, gathering.current_stage(work.session, case), "made")
        return feedback.reference

    return portal.act(make)


def find(portal: Portal) -> None:
    """The service's finding on each point."""

    def write(work: Any) -> None:
        officer = work.session.scalars(select(Account.id).order_by(Account.id)).first()
        stage_id = work.session.scalars(select(CaseStage.id).order_by(CaseStage.id)).first()
        for point in work.session.scalars(select(Point)):
            work.session.add(
                PointFinding(
                    point_id=point.id, stage_id=stage_id, giver=Giver.SERVICE,
                    finding=Finding.UPHELD, reasons="You are right. We are sorry.",
                    written_at=work.now, written_by_id=officer,
                )
            )  # fmt: skip

    portal.act(write)


def open_case(officer: Visitor, reference: str, *, look: bool = False) -> None:
    officer.page.goto("/officers/?view=open")
    officer.follow(reference, look=look)


def do(officer: Visitor, name: str, last: str = "Send it", **boxes: str) -> None:
    """Make something happen: fill its boxes, read the letter, confirm."""
    link = officer.page.get_by_role("link", name=name, exact=True)
    if not link.is_visible():
        officer.page.get_by_text("Something else has happened").click()
    officer.follow(name)
    for label, text in boxes.items():
        officer.fill(label.replace("_", " "), text)
    officer.press("Look at the letter" if last == "Send it" else "Go on")
    officer.press(last)


def test_the_wrong_route_is_found_on_day_6_and_no_time_is_lost(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    reference = a_case(web_portal, ProcedureCode.CORPORATE, days_ago=6)
    officer = office.sit_down(web_portal, visitor)
    open_case(officer, reference, look=True)
    officer.page.get_by_text("Something else has happened").click()
    officer.follow("Move to the other procedure")
    officer.press("Look at the letter", status=422)
    officer.sees("There is a problem", "Choose the other procedure", "Write the reason")
    officer.choose("The statutory procedure")
    officer.fill("Why, in words to the person", "Short breaks belong to the law on children.")
    officer.press("Look at the letter")
    assert "You lose no time" in officer.page.get_by_label("The letter").input_value()
    officer.press("Send it")
    received = clock.today() - timedelta(days=6)
    due = after(received, 10, Unit.WORKING_DAYS, bank_holidays.bundled()).due
    officer.sees("Statutory", f"{in_full(due)}", "Move to the other procedure")
    person = visitor(web_portal, width=PHONE)
    person.track(reference, matters.words_of())
    person.sees("How we deal with it has changed", in_full(due))


def test_a_request_inside_a_thank_you_opens_stage_2_on_the_day_it_came(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    reference = a_case(web_portal, ProcedureCode.STATUTORY, days_ago=3)
    officer = office.sit_down(web_portal, visitor)
    find(web_portal)
    open_case(officer, reference)
    do(officer, "Send the answer")
    officer.sees("Answered: the person may ask for the next stage")
    person = visitor(web_portal, width=PHONE)
    person.track(reference, matters.words_of())
    person.sees("We have sent you our answer.", "You are right. We are sorry.")
    person.sees("Are you not happy with this?")
    open_case(officer, reference)
    do(
        officer, "They ask for the next stage",
        What_they_said="Thank you for the new bag! But I would like somebody else to look.",
    )  # fmt: skip
    due = after(clock.today(), 25, Unit.WORKING_DAYS, bank_holidays.bundled()).due
    officer.sees("Stage 2 is open", in_full(due), "thirteen weeks from the request")
    person.page.reload()
    person.look()
    person.sees("Two people from outside are looking into it.", in_full(due))

    def opened(work: Any) -> list[Any]:
        return list(work.session.scalars(select(CaseStage.opened_on).order_by(CaseStage.id)))

    assert web_portal.act(opened)[1:] == [clock.today()]


def test_proceedings_begin_and_a_part_waits_with_a_second_officer(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    reference = a_case(web_portal, ProcedureCode.STATUTORY, days_ago=3)
    officer = office.sit_down(web_portal, visitor)
    open_case(officer, reference)
    officer.page.get_by_text("Something else has happened").click()
    officer.follow("Part: not considered while proceedings run")
    officer.page.get_by_label(POINTS[0]).check()
    officer.fill("Which proceedings?", "A judge is looking at your short breaks now.")
    officer.fill("Why might looking", "The same people would have to answer twice.")
    until = clock.today() + timedelta(days=400)
    for part, value in (("day", until.day), ("month", until.month), ("year", until.year)):
        officer.page.locator(f"#new_date-{part}").fill(str(value))
    officer.press("Look at the letter")
    officer.press(office.ASK, status=422)
    officer.sees("Choose what kind of proceedings they are.")
    typed = officer.page.get_by_label("Which proceedings?").input_value()
    assert typed == "A judge is looking at your short breaks now.", "nothing typed is lost"
    officer.page.get_by_label("Court proceedings are under way or planned").check()
    officer.press("Look at the letter", look=False)
    officer.press(office.ASK)
    officer.sees("Another officer has to answer this: a complaints manager")
    role = Role.COMPLAINTS_MANAGER
    manager = office.second_officer(web_portal, visitor, reference, role)
    manager.sees(POINTS[0], "The same people would have to answer twice.")
    manager.press("I agree")
    person = visitor(web_portal, width=PHONE)
    person.track(reference, matters.words_of())
    person.sees("What we cannot look into now, and why", POINTS[0], in_full(until))
    assert letters_after_work(web_portal) == [], "this person is not written to by e-mail"


def test_the_next_step_is_one_press_and_without_scripts(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    reference = a_case(web_portal, ProcedureCode.STATUTORY, days_ago=3)
    officer = office.sit_down(web_portal, visitor)
    find(web_portal)
    open_case(officer, reference)
    do(officer, "Send the answer")
    person = visitor(web_portal, width=PHONE, scripts=False)
    person.track(reference, matters.words_of())
    person.press("Ask for the next step")
    person.sees("You have asked for the next step. It counts from today.")

    def stands(work: Any) -> tuple[str, Track]:
        case = work.session.scalars(
            select(Case).join(Feedback, Feedback.id == Case.feedback_id)
        ).one()
        latest = work.session.scalars(select(CaseStage).order_by(CaseStage.id.desc())).first()
        return latest.key, gathering.track_for(case)

    assert web_portal.act(stands) == ("stage_2", Track.STATUTORY)
    open_case(officer, reference)
    officer.sees("They ask for the next stage", "the person")

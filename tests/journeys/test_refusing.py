"""A no, as all who meet it see it: a complaint of 13 months ago that two officers refuse, and a
young person's, which the manager sends back."""

from calendar import monthrange
from datetime import date

import pytest

from portal import clock
from portal.cases.receiving import NewParty
from portal.records.account import Role
from portal.records.feedback import Door
from portal.records.party import PartyRole
from tests import matters
from tests.journeys import office
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal
from tests.journeys.office import ASK, CHECK, EMAIL, choose, letters_after_work, text_of, write_day
from tests.journeys.visitor import PHONE, Visitor

pytestmark = pytest.mark.service
OMBUDSMAN, OMBUDSMAN_PHONE = "Local Government and Social Care Ombudsman", "0300 061 0614"
STORY = "Last year nobody came to the meeting about my son, and nobody has said why."
LATE = "The meeting was 13 months ago. Nobody who was there is with us now, and no notes were kept."
COULD_HAVE = "You wrote to us about other things in the same month."
GONE = "All three workers have left. The team has looked, and there are no notes."
TRIP = "I was not allowed on the school trip."
NO_TRIP = "It was your school that decided about the trip."
WHY_BACK = "She lives in one of our homes, and our staff signed the form. Look into it."


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or its last."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def weigh(officer: Visitor, arose: date) -> None:
    """Record both halves of the test for a late complaint, in the tab that the link opens."""
    with officer.context.expect_page() as opened:
        officer.page.get_by_role("link", name="weigh both halves").click()
    form = officer.page
    officer.page = opened.value
    officer.page.wait_for_load_state()
    officer.page.locator("input[name=procedure][value=corporate]").check()
    write_day(officer, "arose_on", arose)
    officer.page.locator("input[name=no_sooner][value=no]").check()
    officer.fill("The reasons for the first half", COULD_HAVE)
    officer.page.locator("input[name=still_fair][value=no]").check()
    officer.press("Record both halves", status=422)
    officer.sees("Write the reasons for the second half")
    officer.fill("The reasons for the second half", GONE)
    officer.press("Record both halves")
    officer.page.close()
    officer.page = form


def propose_for_lateness(officer: Visitor, today: date) -> None:
    """Propose it, with one more thing at each try, from the open item."""
    choose(
        officer,
        category="complaint", team="send", relationship="parent", nature="communication",
        procedure="duty", risk="none", outcome="declined",
        declined_reason="out_of_time_corporate", declined_explanation=LATE,
    )  # fmt: skip
    officer.press(CHECK, status=422)
    officer.sees(
        "A late complaint is weighed before it is refused. Record both halves",
        "Say whom in the service you asked about the facts.",
        "Write what you looked at.",
    )
    weigh(officer, months_before(today, 13))
    office.rest_on(officer, today)
    officer.press(CHECK)
    officer.sees("a second officer must agree", office.EVIDENCE, "More than 12 months have passed")
    box = officer.page.get_by_label("The letter", exact=True)
    letter = box.input_value()
    assert LATE in letter
    box.fill(letter.replace(OMBUDSMAN_PHONE, ""))
    officer.press(ASK, look=False, status=422)
    officer.sees(f"Put back “{OMBUDSMAN}” and {OMBUDSMAN_PHONE}.")
    box.fill(letter)
    officer.press(ASK)


def test_a_complaint_of_13_months_ago_is_weighed_and_refused_by_two(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    today = clock.today()
    reference = office.write_in(web_portal, STORY)
    officer = office.sit_down(web_portal, visitor)
    officer.follow(reference, look=False)
    propose_for_lateness(officer, today)
    officer.sees("Nothing was decided, and nothing went out.", "Another officer has to answer this")
    assert officer.page.get_by_role("button", name="I agree").count() == 0
    assert letters_after_work(web_portal) == []

    second = office.second_officer(web_portal, visitor, reference, width=PHONE)
    second.sees(STORY, COULD_HAVE, GONE, office.CONSULTED, "Complaint Handling Code 2.2", LATE)
    second.press("I agree")
    assert second.heading() == f"No formal investigation: {reference}"
    second.sees(f"{office.SECOND}, {today.day} {today:%B %Y}", "Robin Ashdown")
    (sent,) = letters_after_work(web_portal)
    assert sent.recipients == (EMAIL,)
    assert LATE in " ".join(text_of(sent).split())

    person = visitor(web_portal)
    person.track(reference, matters.words_of())
    assert person.heading() == "We cannot look into this as a complaint."
    person.sees("More than 12 months have passed", LATE, OMBUDSMAN, OMBUDSMAN_PHONE)


def propose_for_the_school(officer: Visitor) -> None:
    """Propose to send a young person to their school, from the open item."""
    choose(
        officer,
        category="complaint", team="care_planning_court", relationship="young_person",
        nature="case_management", procedure="duty", risk="none", outcome="passed_on",
        passed_on_reason="school", passed_on_explanation=NO_TRIP,
        redirected_to="Your school’s head teacher.",
    )  # fmt: skip
    officer.press(CHECK)
    officer.sees("This says no to a young person, so a complaints manager must agree.")
    officer.press(ASK)


def may_only_read(colleague: Visitor, reference: str) -> None:
    """An officer like the first one finds it, and no button."""
    colleague.page.goto("/officers/?view=second-officer")
    colleague.follow(reference, look=False)
    colleague.follow("Read it")
    colleague.sees("so a complaints manager has to answer it")
    assert colleague.page.get_by_role("button", name="I agree").count() == 0


def test_a_young_persons_no_is_sent_back_by_the_manager(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    reference = office.write_in(
        web_portal,
        TRIP,
        door=Door.YOUNG_PEOPLE,
        parties=(NewParty(PartyRole.COMPLAINANT, "Kit Farrow", "kit@home.example"),),
    )
    officer = office.sit_down(web_portal, visitor)
    officer.follow(reference, look=False)
    propose_for_the_school(officer)
    colleague = office.sit_down(web_portal, visitor, "colleague@council.example", "Ines Calder")
    may_only_read(colleague, reference)
    manager = office.second_officer(web_portal, visitor, reference, Role.COMPLAINTS_MANAGER)
    manager.press("Send it back", status=422)
    manager.sees("Write why it comes back")
    manager.fill("Or send it back: why?", WHY_BACK)
    manager.press("Send it back")
    manager.sees("Sent back. Nothing went out")
    (notice,) = letters_after_work(web_portal)
    assert notice.recipients == (office.OFFICER,)
    assert reference not in notice.raw.decode() + text_of(notice)
    young = visitor(web_portal)
    young.track(reference, matters.words_of())
    young.sees_not(NO_TRIP, WHY_BACK)

    officer.go("/officers/")
    officer.sees("Sent back")
    officer.follow(reference)
    officer.sees("Sent back by the second officer", WHY_BACK, office.SECOND)
    choose(officer, procedure="statutory", outcome="case_opened")
    office.confirm(officer, look=False)
    assert officer.heading() == f"Case opened: {reference}"
    (letter,) = letters_after_work(web_portal)
    assert letter.recipients == ("kit@home.example",)

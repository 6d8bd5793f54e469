"""What does not come by itself: a call entered by hand, mail to look at, and two at one item."""

from collections.abc import Iterator
from datetime import date, timedelta

import holidays
import pytest

from portal import clock
from tests.integration.mailing import mail
from tests.journeys import office
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal
from tests.journeys.office import CHECK, choose, letters_after_work, text_of, to_outsiders
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.service
SATURDAY = 5
CALL = "She rang twice about the taxi and was told to ring somebody else each time."
UNDERSTOOD = "1. You rang twice about the taxi, and nobody helped."
AWAY = "I am away until Monday. The lift at the centre is broken again and he cannot get in.\n"
TYPED = "We asked the school, and it was never told that he needs the ramp at the side door."


def working_days_after(start: date, count: int) -> date:
    """Counted here with another calendar than the portal's."""
    england = holidays.country_holidays("GB", subdiv="ENG")

    def days() -> Iterator[date]:
        day = start
        while True:
            day += timedelta(days=1)
            if day.weekday() < SATURDAY and day not in england:
                yield day

    following = days()
    return [next(following) for _ in range(count)][-1]


def in_full(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def enter_a_call(officer: Visitor, received: date) -> str:
    """Enter a telephone call; returns its reference."""
    officer.follow("Mail and post", look=False)
    officer.follow("Enter a call or letter")
    officer.press("Enter it", status=422)
    officer.sees("There is a problem", "Write what they said")
    officer.page.locator("input[name=channel][value=phone]").check()
    for box, part in zip(
        officer.page.locator("input[name=received_on]").all(),
        (received.day, received.month, received.year),
        strict=True,
    ):
        box.fill(str(part))
    officer.page.locator("textarea[name=story]").fill(CALL)
    for name, value in {
        "relationship": "relative", "category": "complaint", "contact_way": "email",
    }.items():  # fmt: skip
        officer.page.locator(f"input[name={name}][value={value}]").check()
    officer.page.locator("input[name=name]").fill(office.NAME)
    officer.page.locator("input[name=email]").fill(office.EMAIL)
    officer.press("Enter it")
    officer.sees("Entered under", CALL, "Telephone")
    return officer.heading().removeprefix("Feedback ")


def test_a_call_of_last_saturday_is_counted_without_its_weekend_and_moves_with_the_letter(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    today = clock.today()
    saturday = today - timedelta(days=(today.weekday() - SATURDAY) % 7)
    last_day = working_days_after(saturday, 5)
    first_due = working_days_after(last_day, 10)
    due = working_days_after(min(today, last_day), 10)
    officer = office.sit_down(web_portal, visitor)
    reference = enter_a_call(officer, saturday)
    (receipt,) = letters_after_work(web_portal)
    assert receipt.recipients == (office.EMAIL,)
    assert "taxi" not in text_of(receipt)

    open_corporate(officer, last_day, first_due)
    officer.follow(f"Look at {reference}", look=False)
    officer.sees("The acknowledgement letter is due on", in_full(last_day))
    acknowledge(officer, due)
    officer.page.get_by_text("How the date was worked out").click()
    moved = f"the date moved from {in_full(first_due)} to {in_full(due)}"
    stayed = f"the date stayed {in_full(due)}"
    officer.sees("weekend", f"Answer by {in_full(due)}", stayed if due == first_due else moved)
    letters = [text_of(letter) for letter in letters_after_work(web_portal)]
    (acknowledgement,) = [words for words in letters if UNDERSTOOD in words]
    assert in_full(due) in " ".join(acknowledgement.split())


def open_corporate(officer: Visitor, last_day: date, first_due: date) -> None:
    """Decide it, and read the dates with their working before anything is done."""
    choose(
        officer,
        category="complaint", team="admissions_transport", relationship="other",
        nature="communication", procedure="corporate", risk="none", outcome="case_opened",
    )  # fmt: skip
    officer.press(CHECK)
    officer.page.get_by_text("How the date was worked out").click()
    officer.sees(
        f"Acknowledgement letter by {in_full(last_day)}",
        f"Answer by {in_full(first_due)}",
        "weekend",
        "whichever is earlier",
    )
    officer.press("Confirm", look=False)


def acknowledge(officer: Visitor, due: date) -> None:
    officer.press("Write the acknowledgement")
    officer.sees(f"The letter states the answer’s date: {in_full(due)}.")
    officer.fill("What you understand", UNDERSTOOD)
    officer.press("Look at the letter", look=False)
    officer.press("Send it")


def test_mail_that_answers_nothing_is_looked_at_and_taken_on_or_settled(
    whole_portal: Portal, visitor: NewVisitor
) -> None:
    two_machines_answer(whole_portal)
    officer = office.sit_down(whole_portal, visitor)
    officer.follow("Mail and post")
    assert officer.heading() == "Mail to look at"
    listed = officer.page.locator("tbody a")
    assert listed.count() == 2
    officer.sees("Sent by a machine")
    officer.sees_not("away", "lift", "jo@example.org")
    open_first(officer)
    officer.sees("Jo Marsh", "Out of office: your news", "he cannot get in", "answers nothing")
    officer.press("Take it on as feedback")
    officer.sees("he cannot get in", "E-mail")
    reference = officer.heading().removeprefix("Feedback ")
    officer.go("/officers/")
    officer.sees(reference)
    officer.go("/officers/mail")
    assert listed.count() == 1
    open_first(officer)
    colleague = officer.context.new_page()
    colleague.goto(officer.page.url)
    officer.press("Nothing to do", status=422)
    officer.sees("Choose why there is nothing to do")
    officer.choose("A machine sent it, and nobody waits for an answer")
    officer.press("Nothing to do")
    officer.sees("The message is off the list.", f"Feedback {reference}")
    officer.go("/officers/mail")
    officer.sees("There is none.")
    with colleague.expect_navigation() as answered:
        colleague.get_by_role("button", name="Take it on as feedback").click()
    assert answered.value.status == 409
    assert "Somebody has dealt with this message already." in colleague.inner_text("main")
    officer.page.goto(colleague.url.removesuffix("/take-on"))
    officer.sees("This message has been dealt with.")
    assert to_outsiders(letters_after_work(whole_portal)) == [], "A machine was answered."


def two_machines_answer(portal: Portal) -> None:
    """Two messages that answer nothing, in the mailbox and taken in."""
    assert portal.mail_server is not None
    for subject, body in (("Out of office: your news", AWAY), ("Out of office", "I am away.\n")):
        portal.mail_server.deliver(mail(subject, body, Auto_Submitted="auto-replied"))
    assert portal.take_mail_in().automatic == 2


def open_first(officer: Visitor) -> None:
    with officer.page.expect_navigation():
        officer.page.locator("tbody a").first.click()
    officer.look()


def test_the_second_of_two_officers_is_told_kindly_and_keeps_every_word(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    reference = office.write_in(web_portal, "The side door has no ramp.")
    first = office.sit_down(web_portal, visitor)
    second = office.sit_down(web_portal, visitor, "second@council.example", "Wren Oakley")
    for officer in (first, second):
        officer.follow(reference, look=False)
        choose(
            officer,
            category="complaint", team="specialist_safeguarding_unit", relationship="parent",
            nature="communication", procedure="duty", risk="none", outcome="passed_on",
            passed_on_reason="service_request", passed_on_explanation=TYPED,
        )  # fmt: skip
        officer.press(CHECK, look=False)
    box = second.page.get_by_label("The letter", exact=True)
    added = "I am Wren, and I will see to it that you hear from them."
    box.fill(f"{box.input_value()}\n{added}")
    first.press("Confirm", look=False)
    second.press("Confirm", status=409)
    second.sees("A decision has already been made on this", "What you typed", TYPED, added)
    letters = letters_after_work(web_portal)
    assert len(letters) == 1
    assert added not in text_of(letters[0])
    # Nothing is left to decide; it stays until somebody is known to have taken it.
    second.page.goto(f"/officers/?reference={reference}")
    second.sees(reference, "Passed on, not yet taken")

"""The officer's other answers: thanks, no, passed on, joined, and cases of their own kind."""

import pytest

from portal.procedures.vocabulary import Category
from tests import matters
from tests.integration.mailing import mail
from tests.journeys import office
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal
from tests.journeys.office import CHECK, EMAIL, NAME, PHONE, choose, letters_after_work, text_of

pytestmark = pytest.mark.service
THROUGHCARE = "throughcare@staffordshire.example"
PRAISE = "Whoever ran the moving-in day was patient and funny, and stayed until the lamp worked."


def test_a_compliment_is_thanked_and_the_team_reads_it(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    note = "Never call after six."
    reference = office.write_in(
        web_portal, PRAISE, category_said=Category.COMPLIMENT, contact_note=note
    )
    officer = office.sit_down(web_portal, visitor)
    officer.follow(reference, look=False)
    choose(
        officer,
        category="complaint", team="throughcare", relationship="parent", procedure="none",
        risk="none", outcome="thanked",
    )  # fmt: skip
    officer.press(CHECK, status=422)
    officer.sees("Only a compliment can be closed with thanks.")
    choose(officer, category="compliment")
    officer.press(CHECK)
    officer.sees("The team gets the compliment by e-mail.")
    letter = officer.page.get_by_label("The letter", exact=True).input_value()
    assert "Thank you for taking the time" in letter
    officer.press("Confirm")
    assert officer.heading() == f"Thanked: {reference}"
    officer.sees("Thanks: waiting to be sent", "Compliment for the team: waiting to be sent")

    letters = {letter.recipients: letter for letter in letters_after_work(web_portal)}
    assert set(letters) == {(EMAIL,), (THROUGHCARE,)}
    assert PRAISE not in text_of(letters[EMAIL,])
    for_team = letters[THROUGHCARE,]
    assert PRAISE in " ".join(text_of(for_team).split())
    whole = for_team.raw.decode() + text_of(for_team)
    for private in (NAME, EMAIL, PHONE, note):
        assert private not in whole, private


def test_a_request_and_a_worry_about_safety_are_passed_on(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    request = office.write_in(web_portal, "Could the hall have a ramp for his chair?")
    worry = office.write_in(web_portal, "The boy next door is out alone at night.")
    officer = office.sit_down(web_portal, visitor)
    common = {"relationship": "parent", "nature": "standard_of_service", "procedure": "duty"}
    officer.follow(request, look=False)
    choose(
        officer, category="complaint", team="occupational_therapy", **common, risk="none",
        outcome="passed_on", passed_on_reason="service_request",
    )  # fmt: skip
    officer.press(CHECK, look=False, status=422)
    officer.sees("Explain it to the person in your own words.")
    choose(officer, passed_on_explanation="Jules in the equipment team will ring you this week.")
    officer.press(CHECK)
    officer.press("Confirm")
    assert officer.heading() == f"Passed on: {request}"
    officer.press(f"Open {worry}", look=False)
    choose(
        officer, category="complaint", team="first_response", **common, risk="now",
        outcome="passed_on", passed_on_reason="safeguarding",
        passed_on_explanation="We told the first contact team by telephone today.",
    )  # fmt: skip
    officer.press(CHECK, look=False, status=422)
    officer.sees("A complaint stays open when a worry in it is passed on.")
    choose(officer, category="comment")
    officer.press(CHECK)
    officer.sees("Tell the duty team by voice, today.", "until you record who took it")
    officer.press("Confirm", look=False)
    # What was passed on stays in the queue until somebody is known to have taken it.
    officer.sees(f"Passed on: {worry}", "Nobody has taken it yet.", f"Open {request}")
    first, second = letters_after_work(web_portal)
    assert "Jules in the equipment team will ring you" in text_of(first)
    assert "Today we passed it on" in text_of(second)
    person = visitor(web_portal)
    person.track(worry, matters.words_of())
    assert person.heading() == "We have passed it on to the people who can help."


def test_a_second_email_of_the_same_person_is_joined_to_the_first(
    whole_portal: Portal, visitor: NewVisitor
) -> None:
    assert whole_portal.mail_server is not None
    whole_portal.mail_server.deliver(mail("The bus", "The bus came late on Monday.\n"))
    whole_portal.mail_server.deliver(mail("The bus again", "And it came late on Friday.\n"))
    other = office.write_in(whole_portal, "Nobody rang about the form.")
    assert whole_portal.take_mail_in().new == 2
    letters_after_work(whole_portal)
    officer = office.sit_down(whole_portal, visitor)
    references = officer.page.locator("tbody a").all_inner_texts()
    first, second = (reference for reference in references if reference != other)
    officer.follow(second)
    officer.sees("Perhaps belongs with this", first, "same e-mail address")
    officer.sees_not(other)
    choose(
        officer,
        category="complaint", team="admissions_transport", relationship="parent",
        nature="standard_of_service", procedure="corporate", risk="none", outcome="linked",
        linked_reference=second,
    )  # fmt: skip
    officer.press(CHECK, look=False, status=422)
    officer.sees("This is its own reference.")
    choose(officer, linked_reference=first.lower().replace("-", " "))
    office.confirm(officer)
    officer.sees(f"Linked: {second}", "Here is the next one.")
    officer.follow(f"Look at {second}")
    officer.sees(f"Linked to {first}")
    (letter,) = letters_after_work(whole_portal)
    assert letter.recipients == ("jo@example.org",)
    assert f"under your reference {first}" in " ".join(text_of(letter).split())


def test_an_mps_and_the_ombudsmans_letters_are_cases_of_their_kind(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    officer = office.sit_down(web_portal, visitor)
    for category, stage, days in (
        ("mp_enquiry", "Answer", 10), ("ombudsman", "Answer to the Ombudsman", 20),
    ):  # fmt: skip
        reference = office.write_in(
            web_portal, "Please tell me what was done.", category_said=Category(category)
        )
        officer.page.goto("/officers/")
        officer.follow(reference, look=False)
        choose(
            officer,
            category=category, team="send", relationship="professional", procedure="duty",
            risk="none", outcome="case_opened",
            **({"enquirer": "mp"} if category == "mp_enquiry" else {}),
        )  # fmt: skip
        officer.press(CHECK)
        officer.sees("Answer by", stage)
        officer.press("Confirm", look=False)
        officer.sees(f"Case opened: {reference}")
        officer.follow(f"Look at {reference}")
        officer.page.get_by_text("How the date was worked out").click()
        officer.sees(stage, f"{days} working days later is")
        due = officer.page.locator(".heard-facts time").first.get_attribute("datetime")
        officer.go("/officers/?view=open")
        assert officer.page.locator(f'tr:has-text("{reference}") time[datetime="{due}"]').count()

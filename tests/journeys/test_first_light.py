"""From a parent's form and a real e-mail to a confirmed case, and the answer to whoever wrote."""

import re
from datetime import date

import pytest

from portal.records.account import Role
from portal.records.feedback import ContactWay
from tests import matters
from tests.integration.mailing import mail
from tests.journeys import telling
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal
from tests.journeys.telling import EMAIL, STORY
from tests.journeys.visitor import DESK, Visitor
from tests.services.smtp_sink import TakenLetter

pytestmark = pytest.mark.service
OFFICER = "officer@council.example"
NARROWEST = 320


def text_of(letter: TakenLetter) -> str:
    return letter.message.get_content()  # type: ignore[no-any-return]


def test_a_parent_complains_without_scripts_on_a_small_phone(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    parent = visitor(web_portal, width=NARROWEST, scripts=False)
    telling.give_feedback(parent)
    parent.sees(STORY, telling.WANTED, "letter.jpg", EMAIL)
    second_tab = parent.context.new_page()
    second_tab.goto("/give-feedback/check")
    parent.press("Send")
    reference, words = parent.kept()
    assert len(words.split()) == 5
    parent.sees("What happens next", "By ")

    second_tab.get_by_role("button", name="Send").click()
    assert second_tab.locator(".heard-reference").inner_text() == reference
    parent.page.go_back()
    parent.page.goto("/give-feedback/sent")
    assert parent.kept() == (reference, words)

    web_portal.work_once()
    web_portal.work_once()
    (receipt,) = web_portal.sink.wait_for(1)
    assert receipt.recipients == (EMAIL,)
    whole = receipt.raw.decode() + text_of(receipt)
    for told in ("missed", "daughter", telling.PARENT, "omplain", words):
        assert told not in whole, told
    (feedback,) = web_portal.ask(telling.every_feedback)
    assert (feedback.reference, feedback.contact_way) == (reference, ContactWay.EMAIL)

    parent.track(reference, words)
    parent.sees(reference)


def test_a_person_emails_and_follows_the_link_of_the_receipt(
    whole_portal: Portal, visitor: NewVisitor
) -> None:
    mail_server = whole_portal.mail_server
    assert mail_server is not None
    mail_server.deliver(mail("Late transport", "The taxi to school came late all week.\n"))
    assert whole_portal.take_mail_in().new == 1
    whole_portal.work_once()
    (receipt,) = whole_portal.sink.wait_for(1)
    assert receipt.recipients == ("jo@example.org",)
    assert "taxi" not in text_of(receipt)
    found = re.search(rf"{re.escape(whole_portal.url)}(/track/link/\S+)", text_of(receipt))
    assert found is not None, text_of(receipt)

    sender = visitor(whole_portal)
    sender.go(found[1])
    sender.go(found[1])
    sender.press("Open it now")
    reference, words = sender.kept()
    sender.press("I have kept them")
    sender.page.get_by_text("What you told us").first.click()
    sender.sees("The taxi to school came late all week.")
    sender.press("Close this")
    sender.track(reference, words)
    sender.sees(reference)
    sender.go(found[1], status=410)


def urgent_and_late(portal: Portal) -> str:
    """Somebody else's feedback, received after the parent's, with somebody in danger."""
    urgent = portal.act(
        lambda work: (
            matters.make_feedback(
                work, story="He hits us. I am scared to go home tonight.", danger_said=True
            ).reference
        )
    )
    portal.work_once()
    return urgent


def decide_statutory(officer: Visitor, reference: str) -> None:
    officer.follow(reference)
    officer.sees("missed three visits", "Suggested", "Procedure")
    assert officer.page.locator(".heard-suggestion__row").count() >= 4
    reasons = officer.page.locator(".heard-panel li").all_inner_texts()
    assert reasons, "The suggestion gives no reason."
    assert officer.page.locator("mark").count() > 0, "No word is marked."
    assert officer.page.get_by_label("Statutory", exact=False).first.is_checked() is False
    officer.press("Check what will happen", status=422)
    officer.page.locator("input[name=category][value=complaint]").check()
    officer.page.locator("select[name=team]").select_option("care_planning_court")
    officer.page.locator("select[name=nature]").select_option("communication")
    officer.page.locator("select[name=relationship]").select_option("parent")
    officer.page.locator("input[name=procedure][value=statutory]").check()
    officer.page.locator("input[name=risk][value=none]").check()
    officer.page.locator("input[name=outcome][value=case_opened]").check()
    officer.press("Check what will happen")
    officer.sees("Answer by", "The letter to the person")
    officer.press("Confirm")
    officer.sees(reference, "Answer by")


def test_an_officer_decides_and_the_parent_gets_a_date_and_an_answer(
    whole_portal: Portal, visitor: NewVisitor
) -> None:
    parent = visitor(whole_portal)
    telling.give_feedback(parent, look=False)
    parent.press("Send")
    reference, words = parent.kept()
    whole_portal.account(Role.OFFICER, OFFICER, "Robin Ashdown")
    urgent = urgent_and_late(whole_portal)

    officer = visitor(whole_portal, width=DESK)
    officer.go("/officers/")
    officer.sign_in(OFFICER, matters.PASSWORD)
    listed = officer.page.locator("tbody a").all_inner_texts()
    assert listed == [urgent, reference]
    decide_statutory(officer, reference)
    officer.follow(f"Look at {reference}")
    due = case_has_its_date(officer)
    acknowledge(officer)

    letters = letters_after_work(whole_portal, EMAIL)
    assert any("You were not visited three times" in letter for letter in letters)
    parent_sees_and_writes(parent, reference, words, due)
    officer_answers(officer, reference)
    (notice,) = letters_after_work(whole_portal, EMAIL)
    assert "Priya" not in notice
    parent.track(reference, words, look=False)
    parent.sees("Priya will come on Monday.")


def case_has_its_date(officer: Visitor) -> date:
    officer.sees("Stage 1: answer from the service", "Answer by", "Not yet")
    officer.page.get_by_text("How the date was worked out").click()
    officer.sees("working days")
    machine = officer.page.locator(".heard-facts time").first.get_attribute("datetime")
    assert machine is not None
    return date.fromisoformat(machine)


def acknowledge(officer: Visitor) -> None:
    officer.press("Write the acknowledgement")
    officer.sees("In your own words:")
    officer.fill("What you understand", "")
    officer.press("Look at the letter", status=422)
    officer.fill("What you understand", "1. You were not visited three times, and nobody called.")
    officer.press("Look at the letter")
    officer.sees("Subject:")
    officer.press("Send it")
    officer.sees("Acknowledged.")


def letters_after_work(portal: Portal, recipient: str) -> list[str]:
    """What a round of work sends to somebody."""
    portal.sink.clear()
    portal.work_once()
    return [text_of(one) for one in portal.sink.letters if recipient in one.recipients]


def parent_sees_and_writes(parent: Visitor, reference: str, words: str, due: date) -> None:
    parent.track(reference, words)
    assert parent.page.locator(f'time[datetime="{due.isoformat()}"]').count() > 0
    parent.press("Send message", status=422)
    parent.fill("Write to us", "When will somebody come to see her?")
    parent.press("Send message")
    parent.sees("We have got your message.", "When will somebody come to see her?")


def officer_answers(officer: Visitor, reference: str) -> None:
    officer.go("/officers/?view=replies")
    officer.sees("New reply")
    officer.follow(reference)
    officer.sees("When will somebody come to see her?")
    officer.fill("Your message", "Priya will come on Monday.")
    officer.press("Send this message")
    officer.sees("A notice without its words goes by e-mail.")

"""A young person sends a photo at 23:40 and says "don't phone": nobody does, and nothing tells."""

from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import select

from portal.records.account import Role
from portal.records.attachment import Attachment
from portal.records.feedback import ContactWay, Feedback
from portal.records.outbox_letter import LetterState, OutboxLetter
from portal.records.phone_notice import PhoneNotice
from tests.journeys import office, telling
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal
from tests.journeys.office import letters_after_work, text_of, to_outsiders
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.service
NIGHT = datetime(2026, 11, 26, 23, 40, tzinfo=UTC)  # A Thursday.
MORNING = datetime(2026, 11, 27, 9, 5, tzinfo=UTC)
EMAIL = "sky@mail.example"
NOT_TO_SEE = "My foster mum must not see it. Don't phone."


def tell_by_photo(young: Visitor) -> tuple[str, str]:
    """Send a photo and no words; e-mail at school times only; returns reference and words."""
    page = young.page
    page.goto("/young-people/what-happened")
    page.locator("input[type=file]").first.set_input_files(telling.photo())
    young.press("Add this file", look=False)
    page.goto("/young-people/contact")
    young.choose("Email me")
    young.fill("Your email", EMAIL)
    young.press("Next", look=False)
    young.choose("Do not say who you are, and leave no message")
    young.choose("On school days, 9am to 3pm")
    young.fill("Is there anyone who must not see or hear it?", NOT_TO_SEE)
    young.press("Next")
    page.goto("/young-people/check")
    young.sees(NOT_TO_SEE, "On school days, 9am to 3pm")
    young.press("Send it", look=False)
    return young.kept()


def letters_of(portal: Portal) -> list[tuple[LetterState, str | None]]:
    def read() -> list[tuple[LetterState, str | None]]:
        from portal.db import db

        rows = db.session.scalars(select(OutboxLetter).order_by(OutboxLetter.id))
        return [(one.state, one.to_email) for one in rows]

    return portal.ask(read)


def test_a_photo_at_night_and_nobody_phones(web_portal: Portal, visitor: NewVisitor) -> None:
    with time_machine.travel(NIGHT, tick=True) as clock:
        young = visitor(web_portal)
        reference, words = tell_by_photo(young)
        (feedback,) = web_portal.ask(telling.every_feedback)
        assert feedback.contact_way is ContactWay.EMAIL
        assert to_outsiders(letters_after_work(web_portal)) == [], "nothing goes at night"
        assert letters_of(web_portal) == [(LetterState.WAITING, EMAIL)]

        officer = office.sit_down(web_portal, visitor)
        officer.page.goto(f"/officers/?reference={reference}")
        officer.follow(reference)
        officer.sees(NOT_TO_SEE, "Only 9am to 3pm, Monday to Friday.", "Leave no message.")
        officer.fill("Your message", "We have your photo. Shall we meet?")
        officer.press("Send this message", look=False)
        officer.page.goto("/officers/post")
        officer.sees("Nobody waits for a call or a text.")

        clock.move_to(MORNING)
        letters = to_outsiders(letters_after_work(web_portal))
        assert [list(one.recipients) for one in letters] == [[EMAIL], [EMAIL]]
        for letter in letters:
            told = f"{letter.message['Subject']} {letter.message['From']} {text_of(letter)}"
            for word in ("photo", "omplain", "ouncil", "Feedback", reference, words):
                assert word not in told, told
        young.track(reference, words, look=False)
        young.sees("Shall we meet?", "Only at these times: 9am to 3pm, Monday to Friday.")


def test_the_young_person_changes_it_and_a_manager_is_needed_for_more(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    young = visitor(web_portal)
    reference, words = tell_by_photo(young)
    young.track(reference, words)
    young.follow("Change how we reach you")
    young.press("Change it")
    young.press("Stop contacting me")
    young.sees("We do not contact you. You read our letters here.")

    officer = office.sit_down(web_portal, visitor)
    officer.page.goto(f"/officers/?reference={reference}")
    officer.follow(reference)
    officer.sees("Do not contact this person.", f"{EMAIL} (not to be used)")
    officer.fill("Your message", "Your room is ready.")
    officer.press("Send this message", look=False)
    officer.follow("Change how we may reach them")
    officer.follow("Send one letter past this")
    officer.page.locator("input[name=letter]").first.check()
    officer.page.locator("input[name=by]").first.check()
    officer.press("Ask a complaints manager", status=422)
    officer.fill("Why must it go", "She has nowhere to sleep tonight.")
    officer.press("Ask a complaints manager")
    officer.sees("You proposed this, so another person must agree")

    web_portal.account(Role.COMPLAINTS_MANAGER, "manager@council.example", "Wren Oakley")
    manager = visitor(web_portal, width=1280)
    manager.page.goto("/officers/")
    manager.sign_in("manager@council.example", look=False)
    manager.page.goto(officer.page.url)
    manager.look()
    manager.press("Agree: this letter goes")
    letters = to_outsiders(letters_after_work(web_portal))
    assert [list(one.recipients) for one in letters] == [[EMAIL]], "this one letter, no other"
    assert web_portal.ask(lambda: kept(PhoneNotice)) == 0
    assert web_portal.ask(lambda: kept(Attachment)) == 1
    assert web_portal.ask(lambda: kept(Feedback)) == 1


def kept(record: type[PhoneNotice] | type[Attachment] | type[Feedback]) -> int:
    """How many of a record there are."""
    from portal.db import db

    return len(db.session.scalars(select(record)).all())

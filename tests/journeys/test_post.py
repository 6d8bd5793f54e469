"""A call from somebody who wants post: the letters are printed and posted, and count from then."""

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from portal import bank_holidays, clock
from portal.procedures.working_days import Unit, after, in_full
from portal.records.feedback import ContactWay
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.records.party import PartyRole
from tests import matters
from tests.journeys import office
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal
from tests.journeys.office import CHECK, choose, letters_after_work, to_outsiders
from tests.journeys.visitor import PHONE, Visitor

pytestmark = pytest.mark.service
CALL = "The taxi did not come on three days. I have no e-mail. Write to me, please."
UNDERSTOOD = "1. The taxi did not come on three days."
STREET = "12 Elm Row"


def fill_day(officer: Visitor, name: str, day: date) -> None:
    boxes = officer.page.locator(f"input[name={name}]").all()
    for box, part in zip(boxes, (day.day, day.month, day.year), strict=True):
        box.fill(str(part))


def enter_the_call(officer: Visitor, received: date) -> str:
    """Write the call down; returns its reference."""
    officer.follow("Mail and post", look=False)
    officer.follow("Enter a call or letter", look=False)
    officer.page.locator("input[name=channel][value=phone]").check()
    fill_day(officer, "received_on", received)
    officer.page.locator("textarea[name=story]").fill(CALL)
    for name, value in (
        ("relationship", "relative"), ("category", "complaint"), ("contact_way", "post"),
    ):  # fmt: skip
        officer.page.locator(f"input[name={name}][value={value}]").check()
    officer.page.locator("input[name=name]").fill(office.NAME)
    officer.press("Enter it", status=422)
    officer.sees("Enter the address that we may write to")
    officer.page.locator("textarea[name=address]").fill(f"{STREET}\nStafford\nZZ99 2ZZ")
    officer.press("Enter it")
    officer.sees("By post only", STREET)
    return officer.heading().removeprefix("Feedback ")


def written_days_ago(portal: Portal, days: int) -> None:
    """Let the letters have been written some days ago, as letters that lie on a desk were."""

    def move(work: Any) -> None:
        for letter in work.session.scalars(select(OutboxLetter)):
            letter.written_at -= timedelta(days=days)

    portal.act(move)


def open_and_acknowledge(officer: Visitor, reference: str) -> None:
    """Open a corporate case and write its acknowledgement."""
    choose(
        officer, category="complaint", team="send", nature="communication",
        relationship="relative", procedure="corporate", risk="none", outcome="case_opened",
    )  # fmt: skip
    officer.press(CHECK, look=False)
    officer.sees("The letter goes by post")
    officer.press("Confirm", look=False)
    officer.follow(f"Look at {reference}", look=False)
    officer.press("Write the acknowledgement", look=False)
    officer.fill("What you understand", UNDERSTOOD)
    officer.press("Look at the letter", look=False)
    officer.press("Send it")


def print_everything(officer: Visitor) -> PdfReader:
    """Tick every letter, and read the file that comes."""
    officer.press("Print the chosen letters", status=422)
    officer.sees("Choose the letters to print")
    for box in officer.page.locator("input[name=letter]").all():
        box.check()
    with officer.page.expect_download() as printed:
        officer.button("Print the chosen letters").click()
    return PdfReader(BytesIO(Path(printed.value.path()).read_bytes()))


def test_a_letter_by_post_is_printed_and_posted_and_the_clock_starts_from_that_day(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    today, calendar = clock.today(), bank_holidays.bundled()
    received, posted = today - timedelta(days=3), today - timedelta(days=1)
    officer = office.sit_down(web_portal, visitor)
    reference = enter_the_call(officer, received)
    open_and_acknowledge(officer, reference)
    last_day = after(received, 5, Unit.WORKING_DAYS, calendar).due
    unposted = after(last_day, 10, Unit.WORKING_DAYS, calendar).due
    officer.sees("Written, not posted yet", "waits to be printed and posted", in_full(unposted))
    assert to_outsiders(letters_after_work(web_portal)) == [], "nothing goes by e-mail"

    written_days_ago(web_portal, 2)
    officer.follow("Mail and post", look=False)
    officer.follow("Letters to post")
    officer.sees(f"{reference}: Acknowledgement", f"{reference}: Case opened")
    pdf = print_everything(officer)
    assert len(pdf.outline) == 2
    paper = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    for said in (office.NAME, STREET, UNDERSTOOD):
        assert said in paper

    officer.page.goto("/officers/post")
    officer.follow(f"{reference}: Acknowledgement")
    fill_day(officer, "on", today + timedelta(days=1))
    officer.press("It was posted on this day", status=422)
    officer.sees("must be today or in the past")
    fill_day(officer, "on", posted)
    officer.press("It was posted on this day")
    officer.sees(f"Posted on {in_full(posted)}")

    due = after(min(posted, last_day), 10, Unit.WORKING_DAYS, calendar).due
    officer.page.goto("/officers/?view=open")
    officer.follow(reference)
    officer.sees(f"Acknowledged {in_full(posted)}", f"Answer by {in_full(due)}")
    officer.sees(f"By post, posted on {in_full(posted)}.")


def test_a_person_who_wants_calls_is_told_by_hand_and_reads_how_each_letter_went(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    def write(work: Any) -> str:
        from portal.correspondence import outbox

        party = matters.NewParty(PartyRole.COMPLAINANT, office.NAME, phone=office.PHONE)
        feedback = matters.make_feedback(work, contact_way=ContactWay.PHONE, parties=(party,))
        outbox.post(work, LetterKind.THANKS, feedback)
        return feedback.reference

    reference = web_portal.act(write)
    officer = office.sit_down(web_portal, visitor)
    officer.follow("Mail and post", look=False)
    officer.follow("Letters to post")
    officer.sees("To be told by phone or text by hand", f"{reference}: call")
    officer.press(f"I have told them about {reference}")
    officer.sees("Nobody waits for a call or a text.")
    person = visitor(web_portal, width=PHONE)
    person.track(reference, matters.words_of())
    person.sees(f"It is read here. Somebody said so on {in_full(clock.today())}.")

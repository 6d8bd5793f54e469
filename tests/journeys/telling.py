"""What people tell in the journeys, and the pages that lead there."""

from io import BytesIO

from PIL import Image
from playwright.sync_api import FilePayload
from sqlalchemy import select

from portal.db import db
from portal.records.feedback import Feedback
from tests.journeys.visitor import Visitor

PARENT = "Alex Marlowe"
EMAIL = "alex.marlowe@home.example"
STORY = (
    "Our social worker missed three visits to my daughter in a row and did not call. "
    "We were told that a new worker would come in March. Nobody came."
)
WANTED = "I want somebody to come, and an apology to her."


def photo(name: str = "letter.jpg") -> FilePayload:
    """A small photo, as a phone makes one."""
    made = BytesIO()
    Image.new("RGB", (320, 240), (120, 140, 160)).save(made, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": made.getvalue()}


def add_photo(person: Visitor, *, look: bool = True) -> None:
    """Add a photo: with scripts it is sent as soon as it is chosen."""
    person.page.locator("input[type=file]").set_input_files(photo())
    if person.scripts:
        person.page.get_by_text("letter.jpg is added.").wait_for()
    else:
        person.press("Add this file", look=look)


def give_feedback(person: Visitor, *, look: bool = True) -> None:
    """Answer every question of the form for everyone, as far as "check your answers"."""
    person.go("/") if look else person.page.goto("/")
    person.follow("I am a parent, carer or someone else", look=look)
    person.press("Start now", look=look)
    person.choose("Something is wrong")
    person.press("Continue", look=look)
    person.press("Continue", look=look)
    person.fill("What happened?", STORY)
    add_photo(person, look=look)
    person.press("Continue", look=look)
    person.press("Continue", look=look)
    person.fill("What would put it right?", WANTED)
    person.press("Continue", look=look)
    person.choose("I’m not sure")
    person.press("Continue", look=look)
    person.choose("Parent or person with parental responsibility")
    person.fill("Your name", PARENT)
    person.press("Continue", look=look)
    person.press("Continue", look=look)
    person.choose("Email")
    person.fill("Email address", EMAIL)
    person.press("Continue", look=look)
    person.choose("No, only me")
    person.press("Continue", look=look)
    person.press("Continue", look=look)
    person.choose("No")
    person.press("Continue", look=look)


def every_feedback() -> list[Feedback]:
    """What has been received, oldest first; ask it inside the application."""
    return list(db.session.scalars(select(Feedback).order_by(Feedback.id)))

"""An officer's desk in the journeys: what lies on it, signing in, deciding, and what is sent."""

from datetime import date
from typing import Any

from portal.cases.receiving import NewParty
from portal.procedures.vocabulary import Category
from portal.records.account import Role
from portal.records.feedback import ContactWay, Door
from portal.records.party import PartyRole
from tests import matters
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal
from tests.journeys.visitor import DESK, Visitor
from tests.services.smtp_sink import TakenLetter

OFFICER = "officer@council.example"
CHECK = "Check what will happen"
ASK = "Ask for a second officer’s agreement"
SECOND = "Wren Oakley"
CONSULTED, EVIDENCE = "The team manager", "The notes of that year and both letters."
NAME, EMAIL, PHONE = "Noor Whitfield", "noor.whitfield@home.example", "07700 900461"


def write_in(portal: Portal, story: str, **more: Any) -> str:
    """Let a grown-up who may be reached by e-mail tell something; returns its reference.

    Args:
        portal: the running portal.
        story: what they tell.
        more: what differs, as in `NewFeedback`.
    """
    given: dict[str, Any] = {
        "door": Door.EVERYONE,
        "contact_way": ContactWay.EMAIL,
        "category_said": Category.COMPLAINT,
        "parties": (NewParty(PartyRole.COMPLAINANT, NAME, EMAIL, PHONE),),
        **more,
    }

    def tell(work: Any) -> str:
        return matters.make_feedback(work, story=story, **given).reference

    return portal.act(tell)


def sit_down(
    portal: Portal, visitor: NewVisitor, email: str = OFFICER, name: str = "Robin Ashdown"
) -> Visitor:
    """Give an officer an account and a desk, with the queue open on it."""
    portal.account(Role.OFFICER, email, name)
    officer = visitor(portal, width=DESK)
    officer.page.goto("/officers/")
    officer.sign_in(email, look=False)
    return officer


def choose(officer: Visitor, **chosen: str) -> None:
    """Fill the decision form in by the names of its fields, in this order: what stands under an
    outcome is open only after it."""
    for name, value in chosen.items():
        field = officer.page.locator(f"#decide ~ form [name={name}]")
        kind = field.first.evaluate("field => field.type")
        if kind == "radio":
            officer.page.locator(f"input[name={name}][value={value}]").check()
        elif kind == "select-one":
            field.select_option(value)
        else:
            field.fill(value)


def confirm(officer: Visitor, *, look: bool = True) -> None:
    """Go from the filled decision form to the page that says what was done."""
    officer.press(CHECK, look=look)
    officer.press("Confirm", look=look)


def write_day(officer: Visitor, name: str, day: date) -> None:
    """Fill a date in by the name of its three boxes."""
    boxes = officer.page.locator(f"input[name={name}]").all()
    for box, part in zip(boxes, (day.day, day.month, day.year), strict=True):
        box.fill(str(part))


def rest_on(officer: Visitor, day: date) -> None:
    """Write down what a no rests on."""
    choose(officer, consulted=CONSULTED, evidence=EVIDENCE)
    write_day(officer, "consulted_on", day)


def second_officer(
    portal: Portal,
    visitor: NewVisitor,
    reference: str,
    role: Role = Role.OFFICER,
    width: int = DESK,
) -> Visitor:
    """Let somebody else sit down and open what waits for a second officer."""
    email = f"second.{role.value}@council.example"
    portal.account(role, email, SECOND)
    second = visitor(portal, width=width)
    second.page.goto("/officers/")
    second.sign_in(email, look=False)
    second.page.goto("/officers/?view=second-officer")
    second.follow(reference, look=False)
    second.follow("Read it and answer")
    return second


def letters_after_work(portal: Portal) -> list[TakenLetter]:
    """What a round of work sends."""
    portal.sink.clear()
    portal.work_once()
    return list(portal.sink.letters)


def to_outsiders(letters: list[TakenLetter]) -> list[TakenLetter]:
    """Those that went to anybody but the council's own: reminders and alerts go to staff."""
    own = ("@council.example", "@staffordshire.example")
    return [one for one in letters if not all(to.endswith(own) for to in one.recipients)]


def text_of(letter: TakenLetter) -> str:
    """A letter's words."""
    return str(letter.message.get_content())

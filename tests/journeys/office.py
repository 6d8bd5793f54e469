"""An officer's desk in the journeys: what waits on it, signing in, and deciding."""

from typing import Any

from portal.cases.receiving import NewParty
from portal.procedures.vocabulary import Category
from portal.records.account import Role
from portal.records.feedback import Channel, ContactWay, Door
from portal.records.party import PartyRole
from tests import matters
from tests.journeys.live import Portal
from tests.journeys.visitor import DESK, Visitor
from tests.services.smtp_sink import TakenLetter

OFFICER = "officer@council.example"
CHECK = "Check what will happen"


def write_in(portal: Portal, email: str, story: str, **more: Any) -> str:
    """Let a grown-up who reads e-mail tell something on the web; returns its reference."""
    given: dict[str, Any] = {
        "story": story,
        "channel": Channel.WEB,
        "door": Door.EVERYONE,
        "contact_way": ContactWay.EMAIL,
        "category_said": Category.COMPLAINT,
        "parties": (NewParty(PartyRole.COMPLAINANT, "Noor Whitfield", email),),
    }
    return portal.act(
        lambda work: matters.make_feedback(work, **{**given, **more}).reference  # type: ignore[no-any-return, unused-ignore]
    )


def sit_down(officer: Visitor, portal: Portal, email: str = OFFICER) -> Visitor:
    """Make an officer's account and sign in with it; the queue is open then."""
    portal.account(Role.OFFICER, email, "Robin Ashdown")
    officer.page.goto("/officers/")
    officer.fill("Email", email)
    officer.page.get_by_label("Password", exact=True).fill(matters.PASSWORD)
    officer.press("Sign in", look=False)
    return officer


def choose(officer: Visitor, **chosen: str) -> None:
    """Choose on the decision form, by the fields' names; text goes into boxes."""
    for name, value in chosen.items():
        field = officer.page.locator(f"#decide ~ form [name={name}]")
        kind = field.first.evaluate("field => field.type")
        if kind == "radio":
            officer.page.locator(f"input[name={name}][value={value}]").check()
        elif kind.startswith("select"):
            field.select_option(value)
        else:
            field.fill(value)


def letters_after_work(portal: Portal) -> list[TakenLetter]:
    """What a round of work sends."""
    portal.sink.clear()
    portal.work_once()
    return list(portal.sink.letters)


def text_of(letter: TakenLetter) -> str:
    """A letter's words."""
    return letter.message.get_content()  # type: ignore[no-any-return]


__all__ = ["DESK"]

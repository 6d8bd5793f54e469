"""An officer's first day: from signing in to an acknowledged complaint that a manager is asked to
answer, each action counted; and the keys, which do nothing that a control of the page does not do,
and send nothing."""

from dataclasses import dataclass, field

import pytest
from sqlalchemy import func, select

from portal.cases import roles
from portal.cases.receiving import NewParty
from portal.db import db
from portal.procedures.vocabulary import Team
from portal.records.account import Role
from portal.records.allocation import Allocation
from portal.records.case import Case
from portal.records.feedback import ContactWay, Door, Feedback, FeedbackState
from portal.records.outbox_letter import OutboxLetter
from portal.records.party import PartyRole
from portal.triage import sight, suggesting
from portal.work import Work
from tests import matters
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal
from tests.journeys.office import NAME, OFFICER, letters_after_work, sit_down, to_outsiders
from tests.journeys.visitor import DESK, Visitor
from tests.signing_in import code_for
from tests.unit.triage.matters import a_result

pytestmark = pytest.mark.service
MOST_ACTIONS, MOST_TYPED = 12, 3
MANAGER = "bryony@council.example"
STORY = "Nobody rang me back for three weeks. I want one person who knows us."


@dataclass
class Counted:
    """What an officer does, one thing at a time."""

    officer: Visitor
    did: list[str] = field(default_factory=list)
    typed: int = 0

    def write(self, label: str, text: str) -> None:
        """Fill a box."""
        # A password has a button that shows it, whose label has the word as well.
        self.officer.page.get_by_label(label, exact=label == "Password").first.fill(text)
        self.did.append(f"type {label}")
        self.typed += 1

    def press(self, name: str) -> None:
        """Press a button."""
        self.officer.press(name)
        self.did.append(f"press {name}")

    def key(self, key: str) -> None:
        """Press a key that leads to a page."""
        with self.officer.page.expect_navigation():
            self.officer.page.keyboard.press(key)
        self.officer.look()
        self.did.append(f"key {key}")

    def choose(self, name: str, value: str) -> None:
        """Choose one of several."""
        self.officer.page.locator(f"input[name={name}][value={value}]").check()
        self.did.append(f"choose {name}")


def a_manager(work: Work) -> None:
    """Who manages the team that the suggestion names."""
    manager = matters.make_account(work, Role.TEAM_MANAGER, MANAGER, "Bryony Tarrant")
    roles.join_team(work, manager, Team.CARE_PLANNING_COURT, work.today)


def a_complaint(portal: Portal) -> str:
    """A complaint with its suggestion, which is not one of those that are decided first."""

    def tell(work: Work) -> Feedback:
        feedback = matters.make_feedback(
            work, story=STORY, door=Door.EVERYONE, contact_way=ContactWay.EMAIL,
            parties=(NewParty(PartyRole.COMPLAINANT, NAME, "noor@home.example"),),
        )  # fmt: skip
        suggesting.store(work, feedback, a_result())
        return feedback

    while True:
        told = portal.act(lambda work: _not_held_back(tell(work)))
        if told:
            return told


def _not_held_back(feedback: Feedback) -> str:
    if sight.is_blind(feedback):
        # It is left to itself, behind all others.
        feedback.state = FeedbackState.DECIDED
        feedback.unread = False
        return ""
    return feedback.reference


def test_the_first_complaint_of_a_first_day(web_portal: Portal, visitor: NewVisitor) -> None:
    reference = a_complaint(web_portal)
    web_portal.act(a_manager)
    web_portal.account(Role.OFFICER, OFFICER, "Robin Ashdown")
    officer = visitor(web_portal, width=DESK)
    officer.page.goto("/officers/")
    day = Counted(officer)
    day.write("Email", OFFICER)
    day.write("Password", matters.PASSWORD)
    day.press("Sign in")
    day.write("Code", code_for(OFFICER))
    day.press("Continue")
    officer.sees("Waiting for an officer (1)", reference, "A decision")
    day.key("Enter")
    officer.sees("Nobody rang me back", "Suggested")
    day.choose("procedure", "statutory")
    day.choose("risk", "none")
    day.key("Enter")
    officer.sees("Check what will happen", "Answer by", "The letter to the person")
    assert web_portal.ask(lambda: db.session.scalar(select(func.count(Case.id)))) == 0
    day.press("Confirm and acknowledge now")
    officer.sees("drafted from their own words", "“Nobody rang me back for three weeks.”")
    day.press("Send it")
    officer.sees("Acknowledged.", reference, "Who answers it", "Offered: Bryony Tarrant.")
    day.press("Give it to them")
    officer.sees("Bryony Tarrant has it now", "was asked on")
    assert len(day.did) <= MOST_ACTIONS, day.did
    assert day.typed <= MOST_TYPED, day.did
    letters = letters_after_work(web_portal)
    asked = [one for one in letters if MANAGER in str(one.message["To"])]
    assert len(asked) == 1, "The manager is told once."
    assert "Nobody rang me back" not in str(asked[0].message.get_content())
    assert len(to_outsiders(letters)) >= 2, (
        "The letter of the decision and the acknowledgement go out."
    )
    assert web_portal.ask(lambda: db.session.scalar(select(Allocation.state))) == "asked"
    assert web_portal.ask(lambda: db.session.scalar(select(Case.acknowledged_on))) is not None


def undecided(portal: Portal) -> tuple[int, int]:
    """How many wait, and how many letters there are."""
    waiting = select(func.count(Feedback.id)).where(Feedback.state == FeedbackState.WAITING)
    letters = select(func.count(OutboxLetter.id))
    return portal.ask(lambda: (db.session.scalar(waiting) or 0, db.session.scalar(letters) or 0))


def chosen(officer: Visitor, name: str) -> str:
    """Which radio of a name is chosen."""
    return str(officer.page.locator(f"input[name={name}]:checked").input_value())


def focused(officer: Visitor) -> str:
    """The name of the field that has the focus."""
    return str(officer.page.evaluate("document.activeElement.name || ''"))


def test_keys_lead_to_controls_and_send_nothing(web_portal: Portal, visitor: NewVisitor) -> None:
    reference = a_complaint(web_portal)
    officer = sit_down(web_portal, visitor)
    officer.follow(reference, look=False)
    before = undecided(web_portal)
    keys = officer.page.keyboard
    keys.press("c")
    assert focused(officer) == "category"
    keys.press("d")
    assert (chosen(officer, "outcome"), focused(officer)) == ("linked", "linked_reference")
    keys.press("s")
    assert chosen(officer, "outcome") == "linked", "A letter that is typed is no key."
    officer.page.locator("h1").click()
    keys.press("s")
    assert (chosen(officer, "outcome"), focused(officer)) == ("passed_on", "passed_on_explanation")
    assert officer.page.locator("select[name=passed_on_reason]").input_value() == "service_request"
    officer.page.locator("h1").click()
    keys.press("h")
    assert (chosen(officer, "outcome"), focused(officer)) == ("declined", "declined_reason")
    assert undecided(web_portal) == before


def test_the_keys_are_told_and_can_be_switched_off(web_portal: Portal, visitor: NewVisitor) -> None:
    reference = a_complaint(web_portal)
    officer = sit_down(web_portal, visitor)
    officer.follow(reference, look=False)
    keys = officer.page.keyboard
    keys.press("?")
    officer.sees("Keys on this page", "Keys are on.")
    officer.look()
    keys.press("c")
    assert focused(officer) != "category", "Behind an open dialog nothing happens."
    officer.button("Turn keys off").click()
    officer.sees("Keys are off.")
    keys.press("Escape")
    keys.press("c")
    assert focused(officer) != "category"
    officer.page.reload()
    keys.press("?")
    assert officer.page.locator("dialog[open]").count() == 0
    officer.button("Keys").click()
    officer.button("Turn keys on").click()
    officer.button("Close").click()
    officer.page.locator("h1").click()
    keys.press("c")
    assert focused(officer) == "category"


def test_without_scripts_there_are_buttons_and_no_keys(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    reference = a_complaint(web_portal)
    web_portal.account(Role.OFFICER, OFFICER, "Robin Ashdown")
    officer = visitor(web_portal, width=DESK, scripts=False)
    officer.page.goto("/officers/")
    officer.sign_in(OFFICER, look=False)
    assert officer.button("Keys").count() == 0
    officer.follow(reference, look=False)
    for name, value in (("procedure", "statutory"), ("risk", "none")):
        officer.page.locator(f"input[name={name}][value={value}]").check()
    officer.press("Open a case: look at it first")
    officer.sees("Check what will happen", "Answer by")

"""A complaint about the complaints team: it leaves them, and the officer whom the council's file
names is told, decides, acknowledges and answers it, by pages alone."""

import pytest
from sqlalchemy import select

from portal.cases import accounts
from portal.db import db
from portal.records.account import Role
from portal.records.feedback import Feedback
from portal.work import Work
from tests import matters
from tests.journeys import office
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal
from tests.journeys.test_first_day import STORY, a_complaint
from tests.journeys.test_walls import find, letters, signed_in
from tests.journeys.visitor import DESK, Visitor

pytestmark = pytest.mark.service
OFFICER, NAMED = "olive@council.example", "oscar@council.example"
REASONS = "I read the log of calls. Nobody rang you back, as you say."


def a_designated_officer(work: Work) -> str:
    """Somebody without any role, who has the address of the council's file; returns it."""
    email = work.council.designated_officer
    account = accounts.create(work, "Mona Vane", email)
    accounts.set_password(work, account, matters.PASSWORD)
    account.totp_secret, account.totp_confirmed_at = matters.AUTHENTICATOR, work.now
    return email


def test_about_an_officer_it_goes_the_whole_way_without_the_team(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    reference = a_complaint(web_portal)
    email = web_portal.act(a_designated_officer)
    web_portal.account(Role.OFFICER, OFFICER, "Olive Ashdown")
    web_portal.account(Role.OFFICER, NAMED, "Oscar Pell")
    address = an_officer_names_a_colleague(web_portal, visitor, reference)
    link = told_by_a_letter_without_content(web_portal, email, reference)
    assert link.endswith(address)

    mona = visitor(web_portal, width=DESK)
    mona.page.goto(link)
    mona.sign_in(email)
    mona.sees("Nobody rang me back")
    mona.go("/officers/")
    mona.sees("Waiting for an officer (1)", reference)
    mona.go("/officers/my-work")
    mona.sees("Decide on what goes to you alone", reference)
    decided_and_acknowledged(mona)
    given_and_answered(mona, reference)
    person = visitor(web_portal)
    person.track(reference, matters.words_of(), look=False)
    person.sees("Our answer", REASONS)

    olive = signed_in(web_portal, visitor, OFFICER)
    find(olive, reference)
    olive.sees("Nothing is here with that reference")


def an_officer_names_a_colleague(portal: Portal, visitor: NewVisitor, reference: str) -> str:
    """Returns where the matter was; the officer who named them is shut out with the colleague."""
    olive = signed_in(portal, visitor, OFFICER)
    olive.follow(reference, look=False)
    olive.follow("Whom it is about, and who may see it")
    olive.fill("Find them on the staff list", "oscar")
    olive.press("Find", look=False)
    olive.follow("Oscar Pell", look=False)
    olive.press("Yes, link them")
    olive.sees("you cannot open it any more")
    olive.sees_not(reference)
    return "/officers/feedback/" + portal.ask(lambda: matters_id(reference))


def matters_id(reference: str) -> str:
    """The id that addresses have for a matter; asked inside the application."""
    found = db.session.scalar(select(Feedback.public_id).where(Feedback.reference == reference))
    assert found is not None
    return found


def told_by_a_letter_without_content(portal: Portal, email: str, reference: str) -> str:
    """One letter with a link, and no word of what it is about; returns the link."""
    (sent,) = [one for one in letters(portal) if email in str(one.message["To"])]
    text = str(sent.message["Subject"]) + office.text_of(sent)
    for closed in ("Nobody rang", "Oscar", reference, office.NAME):
        assert closed not in text
    assert "Something that goes to you alone waits for you." in text
    return next(line for line in text.splitlines() if "/officers/feedback/" in line).strip()


def decided_and_acknowledged(mona: Visitor) -> None:
    """As an officer would, from the next of the queue."""
    with mona.page.expect_navigation():
        mona.page.goto("/officers/next")
    mona.sees(STORY.split(".")[0], "Suggested")
    office.choose(mona, procedure="statutory", risk="none", outcome="case_opened")
    mona.press(office.CHECK)
    mona.press("Confirm and acknowledge now")
    mona.press("Send it")
    mona.sees("Acknowledged.", "Offered: Mona Vane.")


def given_and_answered(mona: Visitor, reference: str) -> None:
    """Nobody of the teams may have it, so it is theirs to answer, and no one's to sign."""
    mona.press("Give it to them")
    mona.press("Take it")
    mona.sees("It is yours to answer")
    mona.go("/officers/my-work")
    mona.follow("Write the answer")
    base = mona.page.url.removesuffix("/answer")
    mona.go(f"{base}/points")
    mona.fill("What went wrong", "Nobody rang me back for three weeks.")
    mona.press("Add this point", look=False)
    mona.go(f"{base}/findings")
    mona.page.locator("[name=point-1-found][value=not_upheld]").check()
    mona.page.locator("[name=point-1-reasons]").fill(REASONS)
    mona.press("Save")
    mona.sees("Every point is answered.")
    mona.go(f"{base}/do/answered")
    mona.press("Look at the letter", look=False)
    assert REASONS in mona.page.get_by_label("The letter").input_value()
    mona.press("Send it", look=False)
    mona.go("/officers/my-work")
    mona.sees_not(reference)

"""An advocate records what a young person agreed to, and the young person takes it back: seen by
the advocate, by the young person and by the officer. And somebody helps by a link."""

import re

import pytest
from sqlalchemy import select

from portal.db import db
from portal.records.account import Role
from portal.records.message import Message, Sender
from tests import matters
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal
from tests.journeys.visitor import DESK, PHONE, Visitor

pytestmark = pytest.mark.service
MINA, OLIVE = "mina@advocates.example", "olive@council.example"
THEIRS = "They moved me in the night and nobody packed my drawings."
HOW = "Face to face in their room: you can write for me and read my letters."


def advocate(portal: Portal, visitor: NewVisitor) -> Visitor:
    portal.account(Role.ADVOCATE, MINA, "Mina Fairfax")
    mina = visitor(portal, width=DESK)
    mina.page.goto("/advocates/")
    mina.sign_in(MINA, look=False)
    return mina


def officer(portal: Portal, visitor: NewVisitor) -> Visitor:
    portal.account(Role.OFFICER, OLIVE, "Olive Ashdown")
    olive = visitor(portal, width=DESK)
    olive.page.goto("/officers/")
    olive.sign_in(OLIVE, look=False)
    return olive


def tell(mina: Visitor) -> tuple[str, str]:
    """Write a draft, leave it, come back and send it; gives reference and secret words."""
    mina.follow("Tell us for someone")
    mina.fill("What is the young person called?", "Kim")
    mina.press("Save for later")
    mina.sees("Your draft is saved. Nobody else can see it.")
    mina.follow("Who I support", look=True)
    mina.sees("Your drafts")
    mina.page.get_by_role("link", name=re.compile("^Draft ")).click()
    mina.press("Check it", status=422)
    mina.fill("What happened, in the young person’s words", THEIRS)
    mina.choose("Write to us for them")
    mina.choose("Get copies of their letters")
    mina.fill("How did they tell you", HOW)
    mina.choose("The young person has read this, or I have read it to them")
    mina.press("Check it")
    mina.sees(THEIRS, "You may see it, write to us and read the letters")
    mina.press("Send it")
    return mina.kept()


def test_consent_is_added_and_the_young_person_takes_it_back(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    mina, olive = advocate(web_portal, visitor), officer(web_portal, visitor)
    olive.sees_not("Kim")
    reference, words = tell(mina)
    mina.follow(f"Go to {reference}")
    mina.sees("You may see it, write to us and read the letters")
    mina.fill("Write to us", "Kim asks when the drawings come.")
    mina.press("Send message")

    olive.fill("Find a reference", reference)
    olive.press("Find", look=False)
    olive.follow(reference, look=False)
    olive.sees(THEIRS, "From the advocates’ pages")
    matter = olive.page.url.partition("?")[0].partition("#")[0]
    olive.go(f"{matter.removeprefix(olive.home)}/advocates")
    olive.sees("Mina Fairfax", HOW, "see it, write to us and read the letters")

    kim = visitor(web_portal, width=PHONE)
    kim.track(reference, words)
    kim.sees("Mina Fairfax", "They can see this and write to us for you.")
    kim.page.get_by_text("What they can do").click()
    kim.page.get_by_label("Write to us for me").uncheck()
    kim.press("Change this")
    kim.sees("We have changed what they can do.")
    mina.page.reload()
    mina.look()
    mina.sees("You may see it and read the letters", "You do not write to us for them")

    kim.press("Stop them seeing this : Mina Fairfax")
    closed = mina.page.reload()
    assert closed is not None
    assert closed.status == 404
    mina.go("/advocates/")
    mina.sees(f"{reference}: the young person stopped this on")
    olive.page.reload()
    olive.sees("The young person stopped this on", "Recorded by the young person")


def test_a_friend_helps_by_a_link_that_works_once(web_portal: Portal, visitor: NewVisitor) -> None:
    reference = web_portal.act(lambda work: matters.make_feedback(work).reference)
    young = visitor(web_portal, width=PHONE, scripts=False)
    young.track(reference, matters.words_of(), look=False)
    young.follow("Let someone you trust help you")
    young.fill("What is their name?", "Jo")
    young.press("Make a link for them", status=422)
    young.choose("Write to us for you")
    young.choose("1 week")
    young.press("Make a link for them")
    link = young.page.locator("strong.heard-answer").inner_text()

    jo = visitor(web_portal, width=PHONE)
    jo.go(link.removeprefix(jo.home))
    jo.sees_not(matters.STORY)
    jo.press("Open it on this device")
    jo.sees("You may see it and write to us until")
    jo.fill("Write to us", "Robin says that it was two bags.")
    jo.press("Send message")
    thief = visitor(web_portal, width=PHONE)
    thief.go(link.removeprefix(thief.home), status=410)

    young.go("/track/matter")
    young.sees("Robin says that it was two bags.", "Jo helps you.")
    young.press("Stop them seeing this : Jo")
    jo.go("/supporter/matter", status=410)
    (said,) = web_portal.ask(lambda: db.session.scalars(select(Message)).all())
    assert (said.sender, said.body) == (Sender.SUPPORTER, "Robin says that it was two bags.")

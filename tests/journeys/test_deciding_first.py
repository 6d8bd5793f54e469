"""An officer decides before the suggestion is shown, sees it afterwards, and finds the figures."""

from typing import Any

import pytest
from sqlalchemy import select

from portal.records.decision import Decision, Sight
from portal.records.feedback import Feedback
from portal.triage import suggesting
from tests.journeys import office
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal
from tests.journeys.office import CHECK, choose, confirm
from tests.learning import by_lot, switch_on
from tests.unit.triage.matters import a_result, label

pytestmark = pytest.mark.service
DANGER = {"risk": {**label("now", 0.7), "reasons": ["Wording: left alone at night."]}}


def suggest_for(portal: Portal, reference: str, *, drawn: bool, **result: Any) -> None:
    """Store a suggestion for something that came in, and let the lot fall on it or not."""

    def act(work: Any) -> None:
        wanted = select(Feedback).where(Feedback.reference == reference)
        feedback = by_lot(work.session.scalars(wanted).one(), drawn)
        work.session.flush()
        suggesting.store(work, feedback, a_result(**result))

    portal.act(act)


def test_what_is_decided_first_shows_its_suggestion_afterwards(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    switch_on(web_portal.app)
    blind = office.write_in(web_portal, "Nobody rang me back about the visits for three weeks.")
    danger = office.write_in(web_portal, "The boy in the flat above is left alone at night.")
    suggest_for(web_portal, blind, drawn=True, category=label("comment", 0.9), nature=None)
    suggest_for(web_portal, danger, drawn=True, **DANGER)
    officer = office.sit_down(web_portal, visitor)
    officer.sees("you decide first")
    officer.follow(danger)
    officer.sees("You decide this one first.", "somebody may be in danger now", "left alone")
    officer.page.goto("/officers/")
    officer.follow(blind)
    officer.sees("You decide this one first.")
    officer.sees_not("very sure", "Find out first", "What the program had suggested")
    assert officer.page.locator("mark").count() == 0
    choose(
        officer,
        category="complaint", team="care_planning_court", relationship="parent",
        nature="communication", procedure="statutory", risk="none", outcome="case_opened",
    )  # fmt: skip
    confirm(officer)
    officer.sees("What the program had suggested", "decided: Complaint", "as decided")
    sights = web_portal.ask(lambda: [one.sight for one in _decisions()])
    assert sights == [Sight.BLIND]

    officer.page.goto("/officers/suggestions")
    officer.sees("Nothing has been compared yet.")
    web_portal.work_once()
    officer.follow("Suggestions")
    officer.sees("How good the suggestions are", "Decided first", "0 of 1")
    officer.page.get_by_label("Look closely at").select_option("team")
    officer.press("Show")
    officer.sees("Team, the first suggested", "1 of 1", "Can its confidence be believed?")


def test_figures_fit_a_phone(web_portal: Portal, visitor: NewVisitor) -> None:
    reference = office.write_in(web_portal, "Nobody rang me back about the visits.")
    suggest_for(web_portal, reference, drawn=False)
    officer = office.sit_down(web_portal, visitor)
    officer.follow(reference, look=False)
    officer.sees("Find out first", "Ask the person in a message")
    choose(
        officer,
        procedure="statutory", risk="none", outcome="case_opened", nature="communication",
    )  # fmt: skip
    officer.press(CHECK, look=False)
    officer.press("Confirm", look=False)
    web_portal.work_once()
    phone = visitor(web_portal)
    phone.page.goto("/officers/suggestions")
    phone.sign_in(office.OFFICER, look=False)
    phone.page.goto("/officers/suggestions?question=category")
    phone.look()
    phone.sees("Suggestion in view", "1 of 1")
    assert web_portal.ask(lambda: [one.sight for one in _decisions()]) == [Sight.SHOWN]


def _decisions() -> list[Decision]:
    from portal.db import db

    return list(db.session.scalars(select(Decision)))

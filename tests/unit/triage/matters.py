"""Invented feedback, officers and suggestions for the tests of triage and of officers' pages."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from portal import clock
from portal.cases.receiving import NewFeedback, NewParty, receive
from portal.procedures.screening import Screening
from portal.procedures.vocabulary import (
    Category,
    Nature,
    ProcedureCode,
    Relationship,
    Risk,
    Team,
)
from portal.records.account import Account, Role
from portal.records.decision import Decision, Outcome
from portal.records.feedback import Channel, ContactWay, Feedback
from portal.records.party import PartyRole
from portal.triage import refusing, second_officer
from portal.triage.choice import Choice
from portal.work import Who, Work
from tests.matters import make_account

DAY = date(2026, 6, 10)
ASKED = Screening(
    consulted="The team manager",
    consulted_on=DAY,
    evidence="The order of May and the notes.",
    redirected_to="The school’s office, 01632 960111.",
    resubmit_by=date(2099, 6, 10),
)
STORY = "Nobody rang me back for three weeks. I want one person who knows us."


def an_officer(work: Work, email: str = "officer@heard.example") -> Account:
    """An account that decides."""
    return _account(work, Role.OFFICER, email)


def an_advocate(work: Work) -> Account:
    """An account that must not see officers' pages."""
    return _account(work, Role.ADVOCATE, "advocate@heard.example")


def _account(work: Work, role: Role, email: str) -> Account:
    return make_account(work, role, email, "Rowan Ashby")


def acting(work: Work, account: Account, on: date | None = None) -> Work:
    """The same open act, done by an officer and, where asked, on another day."""
    work.who = Who("staff", account.id)
    if on is not None:
        work.today = on
        work.now = datetime.combine(on, time(10), tzinfo=clock.LONDON)
    return work


def a_feedback(work: Work, **said: Any) -> Feedback:
    """Feedback from a parent who may be written to by e-mail, unless said otherwise."""
    party = said.pop("party", NewParty(PartyRole.COMPLAINANT, "Dana Whitlock", "dana@home.example"))
    received = said.pop("received", work.now - timedelta(days=1))
    if isinstance(received, date) and not isinstance(received, datetime):
        received = datetime.combine(received, time(10), tzinfo=clock.LONDON)
    new = NewFeedback(
        channel=said.pop("channel", Channel.WEB),
        story=said.pop("story", STORY),
        contact_way=said.pop("contact_way", ContactWay.EMAIL),
        parties=(party,) if party is not None else (),
        received_at=received,
        **said,
    )
    feedback = receive(work, new)
    work.session.flush()
    return feedback


def a_choice(**other: Any) -> Choice:
    """A statutory complaint to open a case for, unless said otherwise."""
    chosen: dict[str, Any] = {
        "category": Category.COMPLAINT,
        "team": Team.CARE_PLANNING_COURT,
        "procedure": ProcedureCode.STATUTORY,
        "relationship": Relationship.PARENT,
        "risk": Risk.NONE,
        "outcome": Outcome.CASE_OPENED,
        "nature": Nature.COMMUNICATION,
    }
    return Choice(**{**chosen, **other})


def refuse(work: Work, feedback: Feedback, choice: Choice, second: Account) -> Decision:
    """Propose a no as whoever acts, and agree to it as another officer; gives the decision."""
    first = work.who
    seen = refusing.propose_decision(work, feedback, choice).public_id
    acting(work, second)
    second_officer.agree(work, feedback, seen)
    work.who = first
    wanted = select(Decision).where(Decision.feedback_id == feedback.id)
    return work.session.scalars(wanted).one()


def label(code: str, confidence: float = 0.8, unsure: bool = False) -> dict[str, Any]:
    """A label object of the classifier's contract."""
    return {"label": code, "confidence": confidence, "unsure": unsure}


def a_result(**other: Any) -> dict[str, Any]:
    """A whole answer of the classifier's contract."""
    result: dict[str, Any] = {
        "id": 1,
        "category": label("complaint", 0.93),
        "area": label("lac_disability"),
        "team": [label("care_planning_court"), label("fostering", 0.1), label("disability", 0.1)],
        "procedure": {
            **label("statutory"),
            "reasons": [{"text": "A parent of a child in care.", "source": "section 26(3)"}],
            "missing": ["Whether a court is deciding it"],
        },
        "nature": label("communication", 0.4, True),
        "relationship": label("parent"),
        "risk": {**label("none"), "reasons": []},
        "why": [{"start": 0, "end": 19, "label": "nature:communication", "weight": 0.9}],
        "model": "test-1",
    }
    return {**result, **other}

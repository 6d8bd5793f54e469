"""Invented matters for tests: feedback with secret words, decisions, cases and accounts."""

from datetime import date, datetime
from typing import Any

from flask import Flask, g
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.access.table import OUTSIDE
from portal.cases import accounts, organisations, roles
from portal.cases.advocacy_consent import Agreed
from portal.cases.opening import open_case
from portal.cases.receiving import NewFeedback, NewParty, receive
from portal.cases.tokens import make_public_id
from portal.procedures.procedure import Track
from portal.procedures.vocabulary import (
    Area,
    Category,
    Nature,
    ProcedureCode,
    Relationship,
    Risk,
    Team,
)
from portal.records.access_request import AccessRequest
from portal.records.account import Account, Role
from portal.records.agreed_scope import Scope
from portal.records.case import Case
from portal.records.decision import Decision, Outcome
from portal.records.feedback import Channel, ContactWay, Door, Feedback, FeedbackState
from portal.records.outbox_letter import LetterKind, LetterState, OutboxLetter
from portal.records.party import PartyRole
from portal.work import Work

STORY = "My bag with my drawings was lost when I moved to the new house."
PASSWORD = "lantern Gravel 9 teapot"
AUTHENTICATOR = "TESTTESTTESTTESTTESTTESTTESTTEST"
SINCE = date(2020, 1, 1)
# What a young person agreed to for an advocate: everything, for as long as they like.
AGREED = Agreed(frozenset(Scope), "Face to face on Monday: they can do all of it.")
# argon2 at full cost would make a suite of sign-ins slow; what it costs is not what is tested.
LOW_COSTS = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}


def words_of(count: int = 5) -> str:
    """Words that are on the list, whatever the list is."""
    from portal.cases.secret_words import word_list

    return " ".join(word_list()[at * 97] for at in range(count))


def enter(
    client: FlaskClient, reference: str, words: str | None = None, **more: str
) -> TestResponse:
    """Show a reference and words at /track; the right words when None."""
    typed = words_of() if words is None else words
    return client.post("/track", data={"reference": reference, "words": typed, **more})


def forget_between_requests(app: Flask) -> None:
    """Empty `g` before each request. The application context of the `app` fixture outlives the
    requests of a test, and with it whoever flask-login found signed in during the last one."""

    def forget() -> None:
        for name in list(g):
            g.pop(name)

    app.before_request_funcs.setdefault(None, []).insert(0, forget)


def make_feedback(work: Work, name: str | None = "Robin Example", **more: Any) -> Feedback:
    """Feedback of a young person, with secret words `words_of()`."""
    given: dict[str, Any] = {
        "channel": Channel.WEB,
        "door": Door.YOUNG_PEOPLE,
        "story": STORY,
        "contact_way": ContactWay.PORTAL_ONLY,
        "category_said": Category.COMPLAINT,
        "words": words_of(),
        "parties": (NewParty(PartyRole.COMPLAINANT, name=name),) if name else (),
    }
    return receive(work, NewFeedback(**{**given, **more}))


def make_account(
    work: Work,
    role: Role = Role.ADVOCATE,
    email: str = "sam@advocates.example",
    name: str = "Sam Sample",
) -> Account:
    """An account that can sign in with `PASSWORD`."""
    outside = None
    if role in OUTSIDE:
        outside = organisations.find_or_create(work, "Brightside Advocacy")
        work.session.flush()
    account = accounts.create(work, name, email, organisation=outside)
    accounts.set_password(work, account, PASSWORD)
    account.totp_secret = AUTHENTICATOR
    account.totp_confirmed_at = work.now
    work.session.flush()
    roles.give_role(work, account, role, SINCE)
    return account


def decide(
    work: Work,
    feedback: Feedback,
    outcome: Outcome = Outcome.CASE_OPENED,
    procedure: ProcedureCode = ProcedureCode.STATUTORY,
    category: Category = Category.COMPLAINT,
    officer: Account | None = None,
    chosen_track: Track | None = None,
) -> Decision:
    """An officer's decision on feedback; a new officer's when none is given."""
    if officer is None:
        email = f"{make_public_id()}@council.example".lower()
        officer = make_account(work, Role.OFFICER, email)
    decision = Decision(
        feedback_id=feedback.id,
        decided_at=work.now,
        decided_by_id=officer.id,
        outcome=outcome,
        category=category,
        area=Area.LAC_DISABILITY,
        team=Team.CARE_PLANNING_COURT,
        procedure=procedure,
        chosen_track=chosen_track,
        nature=Nature.STANDARD_OF_SERVICE,
        relationship=Relationship.YOUNG_PERSON,
        risk=Risk.NONE,
        changed=[],
    )
    feedback.state = FeedbackState.DECIDED
    work.session.add(decision)
    work.session.flush()
    return decision


def make_case(work: Work, feedback: Feedback, **more: Any) -> Case:
    """A case opened today by an officer."""
    return open_case(work, feedback, decide(work, feedback, **more))


def access_request(work: Work, feedback: Feedback, officer: Account) -> AccessRequest:
    """A request to see what is held, passed on by an officer."""
    return AccessRequest(
        public_id=make_public_id(),
        feedback_id=feedback.id,
        from_whom="Robin Example",
        reach_by="robin@home.example",
        asked_for="Everything that was written about me since 2020.",
        received_on=feedback.received_on,
        due_on=work.today,
        first_due_on=work.today,
        passed_at=work.now,
        passed_by_id=officer.id,
    )


def make_letter(
    work: Work,
    feedback: Feedback,
    kind: LetterKind = LetterKind.CASE_OPENED,
    at: datetime | None = None,
    **more: Any,
) -> OutboxLetter:
    """A letter in the outbox, readable at /track."""
    given: dict[str, Any] = {
        "state": LetterState.WITHHELD,
        "subject": "News about your message",
        "body": f"Words of the {kind.value} letter.",
        **more,
    }
    letter = OutboxLetter(
        public_id=make_public_id(),
        feedback_id=feedback.id,
        kind=kind,
        message_id=f"<{make_public_id()}@council.example>",
        written_at=at or work.now,
        next_try_at=work.now,
        **given,
    )
    work.session.add(letter)
    work.session.flush()
    return letter

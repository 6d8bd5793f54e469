"""Advocates with a browser each, and young people at /track, for the tests of advocates' pages."""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.cases import advocacy, sign_ins
from portal.cases.addresses import email_key
from portal.cases.advocacy_consent import Agreed
from portal.db import db
from portal.records.account import Account, Role
from portal.records.agreed_scope import Scope
from portal.records.audit_event import AuditEvent
from portal.records.decision import Outcome
from portal.records.feedback import Feedback
from portal.work import WORKER, Who, begin_work
from tests.matters import decide, enter, make_account, make_feedback
from tests.signing_in import let_in

SAM, ALEX = "sam@advocates.example", "alex@advocates.example"
HOW = "Face to face on Monday, in these words: you can say it for me."


def signed_in(
    app: Flask, email: str = SAM, name: str = "Sam Sample", role: Role = Role.ADVOCATE
) -> FlaskClient:
    """A browser of somebody who signs in; their account is made where there is none."""
    with begin_work(WORKER) as work:
        account = work.session.scalar(select(Account).where(Account.email_key == email_key(email)))
        account = account or make_account(work, role, email, name)
        token = sign_ins.begin(work, account, "a test")
    client = app.test_client()
    let_in(client, token)
    return client


def account_of(email: str = SAM) -> Account:
    """Somebody's account."""
    return db.session.scalars(select(Account).where(Account.email_key == email_key(email))).one()


def followed(*scope: Scope, email: str = SAM, **more: Any) -> Feedback:
    """Robin's matter, which an advocate follows with a scope."""
    agreed = {"how": HOW, **{name: more.pop(name) for name in ("last_day",) if name in more}}
    account_id = account_of(email).id
    with begin_work(Who("advocate", account_id)) as work:
        feedback = make_feedback(work, **more)
        advocacy.join(work, account_id, feedback, Agreed(frozenset(scope), **agreed))
    return db.session.get_one(Feedback, feedback.id)


def over(feedback: Feedback) -> Feedback:
    """The same matter, of which nothing more is to come."""
    with begin_work(WORKER) as work:
        decide(work, work.session.get_one(Feedback, feedback.id), Outcome.THANKED)
    return db.session.get_one(Feedback, feedback.id)


def at_track(app: Flask, feedback: Feedback) -> FlaskClient:
    """The browser of the person whose matter it is."""
    person = app.test_client()
    assert enter(person, feedback.reference).status_code == 302
    return person


def page_of(client: FlaskClient, feedback: Feedback, rest: str = "") -> TestResponse:
    """An advocate's page of a matter."""
    return client.get(f"/advocates/{feedback.public_id}{rest}")


def acts() -> list[str]:
    """The trail, oldest first."""
    return list(db.session.scalars(select(AuditEvent.act).order_by(AuditEvent.id)))

"""How the mailboxes are, on a page: read well or not, and what stands in the way."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from intake import pulse
from portal.cases import sign_ins
from portal.cases.tokens import make_public_id
from portal.records.account import Role
from portal.records.audit_event import AuditEvent
from portal.records.heartbeat import Heartbeat
from portal.records.mail import Mail, MailPoll, MailState
from portal.work import WORKER, begin_work
from tests.matters import make_account
from tests.signing_in import let_in

NAME = "feedback@council.example/INBOX"


@pytest.fixture
def officer(app: Flask) -> FlaskClient:
    client = app.test_client()
    with begin_work(WORKER) as work:
        account = make_account(work, Role.OFFICER, "ash@council.example", "Ash Reed")
        let_in(client, sign_ins.begin(work, account, "a test"))
    return client


def test_without_a_mailbox_it_says_so(officer: FlaskClient) -> None:
    assert "No mailbox is set up" in officer.get("/officers/mailboxes").text


def test_a_mailbox_that_is_well(app: Flask, officer: FlaskClient) -> None:
    pulse.worked(app, NAME)
    with begin_work(WORKER) as work:
        work.session.add(
            MailPoll(mailbox=NAME, began_at=work.now, ended_at=work.now, found=3, new=2, known=1)
        )
    page = officer.get("/officers/mailboxes").text
    assert NAME in page
    assert "Well" in page
    assert "just now" in page
    assert "3 found: 2 new" in page
    assert "Needs somebody" not in page
    with begin_work(WORKER) as work:
        assert "mailboxes_viewed" in set(work.session.scalars(select(AuditEvent.act)))


def test_a_refused_token_and_what_nobody_could_read(app: Flask, officer: FlaskClient) -> None:
    sentence = "The server does not take the token. Ask for a new one."
    pulse.worked(app, NAME)
    pulse.in_trouble(app, NAME, sentence)
    with begin_work(WORKER) as work:
        beat = work.session.get_one(Heartbeat, f"intake {NAME}")
        beat.at = work.now - timedelta(minutes=50)
        for days in (1, 3, 30):
            began = work.now - timedelta(days=days)
            work.session.add(
                MailPoll(mailbox=NAME, began_at=began, ended_at=began, error="MailboxUnreachable")
            )
        work.session.add(
            Mail(
                public_id=make_public_id(),
                mailbox=NAME,
                uid_validity=1,
                uid=1,
                sha256="0" * 64,
                size=10,
                arrived_at=work.now,
                stored_at=work.now,
                state=MailState.QUARANTINED,
            )
        )
    page = " ".join(officer.get("/officers/mailboxes").text.split())
    assert "Needs somebody" in page
    assert sentence in page
    assert "50 minutes ago" in page
    failed = page.split("ended early in 7 days")[1][:200]
    assert ">2<" in failed.replace(" ", "")
    assert '<a class="govuk-link" href="/officers/mail">1</a>' in page


def test_a_mailbox_that_was_never_read_is_missed(app: Flask, officer: FlaskClient) -> None:
    from dataclasses import replace

    heard = app.extensions["heard"]
    app.extensions["heard"] = replace(
        heard, settings=replace(heard.settings, mailbox_urls=("imaps://a@b/INBOX",))
    )
    assert "only 0 have been read" in officer.get("/officers/mailboxes").text

"""The search finds mail that became no feedback, by its sender and subject, while it waits."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.commands import finding
from portal.db import db
from portal.records.account import Role
from portal.records.audit_event import AuditEvent
from portal.records.mail import Mail, MailState, Settled
from portal.records.mail_head import MailHead, MailWord
from portal.triage import left_mail
from portal.work import WORKER, begin_work
from tests.unit.web.officer_pages import as_another, signed_in, words_of
from tests.unit.web.test_officer_find import searched
from tests.unit.web.test_officer_find_queries import statements
from tests.unit.web.test_officer_mail import RAW, keep
from tests.unit.web.test_officer_queries import MOST

HEADING = "Mail that became no feedback"


@pytest.fixture
def officer(client: FlaskClient) -> FlaskClient:
    with begin_work(WORKER) as work:
        keep(work, state=MailState.QUARANTINED)
        keep(work, RAW.replace(b"bus", b"train"), MailState.AUTOMATIC)
        keep(work, RAW.replace(b"bus", b"ship"), MailState.NEW)
        keep(work, b"no head at all", MailState.QUARANTINED)
    finding.index()
    return signed_in(client)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("bus", 1), ("train marsh", 1), ("jo@example.org", 2), ("“son’s train”", 1),
        ("“train son”", 0), ("bus train", 0), ("ship", 0), ("never", 0),
    ],
)  # fmt: skip
def test_it_is_found_by_its_head(officer: FlaskClient, typed: str, number: int) -> None:
    page = searched(officer, typed)
    assert page.count("/officers/mail/mail-") == number
    assert (HEADING in words_of(page)) is bool(number)


def test_each_look_at_a_head_is_in_the_trail_and_asks_no_oftener(officer: FlaskClient) -> None:
    address = officer.post("/officers/find", data={"words": "bus"}).location
    with statements() as seen:
        assert HEADING in officer.get(address).text
    assert len(seen) <= MOST, "\n\n".join(seen)
    wanted = select(AuditEvent.about_kind, AuditEvent.about_id).where(
        AuditEvent.act == "mail_found"
    )
    first = db.session.scalars(select(Mail.id).order_by(Mail.id)).first()
    assert [tuple(row) for row in db.session.execute(wanted)] == [("mail", first)]


def test_filters_and_whoever_may_not_look_at_mail_find_none(officer: FlaskClient) -> None:
    assert HEADING not in searched(officer, "bus", channel="email")
    manager = as_another(officer, Role.TEAM_MANAGER)
    assert HEADING not in searched(manager, "bus")


def test_what_somebody_dealt_with_is_found_no_more(officer: FlaskClient) -> None:
    with begin_work(WORKER) as work:
        mail = work.session.scalars(select(Mail).order_by(Mail.id)).first()
        assert mail is not None
        left_mail.settle(work, mail, Settled.NOT_FOR_US)
    assert HEADING not in searched(officer, "bus")


def test_a_head_is_read_once_and_its_words_are_hashes(officer: FlaskClient) -> None:
    heads = db.session.scalars(select(MailHead).order_by(MailHead.mail_id)).all()
    assert [one.subject for one in heads] == ["My son’s bus", "My son’s train", ""]
    keys = set(db.session.scalars(select(MailWord.key)))
    assert keys
    assert not any("bus" in key or "train" in key for key in keys)
    db.session.rollback()
    with statements() as seen:
        finding.index()
    assert not any("raw_mail" in one for one in seen)

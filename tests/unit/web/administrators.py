"""An administrator at work, and people for them to work on."""

import re
from html import unescape
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from portal.cases import roles
from portal.db import Record, db
from portal.procedures.vocabulary import Team
from portal.records.account import Account, Role
from portal.records.audit_event import AuditEvent
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.records.role_grant import RoleGrant
from portal.work import WORKER, begin_work
from tests.matters import make_account
from tests.signing_in import sign_in

ADMIN = "admin@council.example"
MANAGER = "manager@council.example"
BRYONY = "bryony@council.example"


def signed_in(app: Flask, email: str = ADMIN) -> FlaskClient:
    """A browser in which somebody is signed in, freshly."""
    client = app.test_client()
    answer = sign_in(client, email)
    assert answer.status_code == 302, answer.text
    return client


def words_of(page: str) -> str:
    """What a reader sees, in one line, with a space between one element and the next."""
    body = re.sub(r"(?s)<(script|style|head).*?</\1>", " ", page)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def an_office() -> None:
    """An administrator and a complaints manager, without whom nothing works."""
    with begin_work(WORKER) as work:
        make_account(work, Role.ADMINISTRATOR, ADMIN, "Ada Minton")
        make_account(work, Role.COMPLAINTS_MANAGER, MANAGER, "Cass Mallory")


def a_person(email: str, name: str, role: Role) -> str:
    """Somebody with a role who signs in; gives their public id."""
    with begin_work(WORKER) as work:
        return make_account(work, role, email, name).public_id


def the_account(email: str) -> Account:
    """Somebody, as the database has them now."""
    db.session.rollback()
    db.session.expire_all()
    return next(one for one in db.session.scalars(select(Account)) if one.email == email)


def address(email: str, rest: str = "") -> str:
    """The address of somebody's page, or of what is under it."""
    return f"/administration/people/{the_account(email).public_id}{rest}"


def step(client: FlaskClient, path: str, step: str, **given: Any) -> TestResponse:
    """Press one of the buttons of a change."""
    return client.post(path, data={"step": step, **given})


def checked(client: FlaskClient, path: str, **given: Any) -> str:
    """The words of the page that says what will happen."""
    answer = step(client, path, "check", **given)
    assert answer.status_code == 200, words_of(answer.text)
    return words_of(answer.text)


def done(client: FlaskClient, path: str, **given: Any) -> str:
    """Carry a change out as its check page would, and read the page after it."""
    page = step(client, path, "check", **given).text
    kept = [
        (unescape(name), unescape(value))
        for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    ]
    data: dict[str, list[str]] = {"step": ["do"]}
    for name, value in kept:
        data.setdefault(name, []).append(value)
    answer = client.post(path, data=data)
    assert answer.status_code == 303, words_of(answer.text)
    return words_of(client.get(answer.headers["Location"]).text)


def refusal(client: FlaskClient, path: str, **given: Any) -> tuple[int, str]:
    """Status and words of a page that refuses."""
    answer = step(client, path, "check", **given)
    return answer.status_code, words_of(answer.text)


def acts(email: str) -> list[tuple[str, list[str]]]:
    """What the trail says was done to somebody's account, with the names of the fields."""
    key = the_account(email).id
    wanted = select(AuditEvent.act, AuditEvent.fields).where(
        AuditEvent.about_kind == "account", AuditEvent.about_id == key
    )
    return [
        (act, list(fields)) for act, fields in db.session.execute(wanted.order_by(AuditEvent.id))
    ]


def letters(kind: LetterKind) -> list[OutboxLetter]:
    """Letters of a kind, the oldest first."""
    db.session.rollback()
    wanted = select(OutboxLetter).where(OutboxLetter.kind == kind).order_by(OutboxLetter.id)
    return list(db.session.scalars(wanted))


def day(of: Any) -> list[str]:
    """A day as the three boxes post it."""
    return [str(of.day), str(of.month), str(of.year)]


def a_team_manager() -> None:
    """Bryony, who manages Fostering."""
    a_person(BRYONY, "Bryony Tarrant", Role.TEAM_MANAGER)
    key = the_account(BRYONY).id
    with begin_work(WORKER) as work:
        account = work.session.get_one(Account, key)
        roles.join_team(work, account, Team.FOSTERING, work.today)


def everything() -> dict[str, int]:
    """How many rows each table has."""
    db.session.rollback()
    return {
        table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in Record.metadata.sorted_tables
    }


def grant(email: str) -> RoleGrant:
    """The one role that somebody was ever given."""
    key = the_account(email).id
    return db.session.scalars(select(RoleGrant).where(RoleGrant.account_id == key)).one()

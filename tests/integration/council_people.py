"""People who come in with the council’s own account, and how they do it, for tests."""

from dataclasses import replace

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.cases import council_identities, roles
from portal.cases.addresses import email_key
from portal.council_sign_in import CouncilSignInEntry, LinkBy
from portal.records.account import Account, Role
from portal.records.audit_event import AuditEvent
from portal.settings import OpenIdClient
from portal.work import WORKER, Work, begin_work
from tests.services.openid_server import OpenIdServer

OLA, ADA, ADVOCATE = "ola@council.example", "ada@council.example", "sam@advocates.example"


ENTRY = CouncilSignInEntry(
    name="Sample account",
    link_by=LinkBy.EMAIL,
    roles={"desk": "officer", "heads": "head_of_service", "keys": "administrator"},
    second_factor_acr=("two-factors",),
    second_factor_amr=("mfa",),
)


def connect(app: Flask, provider: OpenIdServer, entry: CouncilSignInEntry) -> None:
    heard = app.extensions["heard"]
    client = OpenIdClient(provider.issuer, provider.client_id, provider.client_secret)
    app.extensions["heard"] = replace(
        heard,
        settings=replace(heard.settings, openid=client),
        council=replace(heard.council, council_sign_in=entry),
    )


def come_in(client: FlaskClient, provider: OpenIdServer, to: str = "") -> TestResponse:
    """All the way there and back; gives the portal's answer to what came back."""
    left = client.get(f"/sign-in/council{to}")
    assert left.status_code == 302, left.text
    return client.get(provider.approve(left.headers["Location"]))


def is_in(client: FlaskClient) -> bool:
    return client.get("/account/").status_code == 200


def found(work: Work, email: str = OLA) -> Account:
    wanted = select(Account).where(Account.email_key == email_key(email))
    return work.session.scalars(wanted).one()


def roles_today(email: str = OLA) -> set[Role]:
    with begin_work(WORKER) as work:
        account = found(work, email)
        return set(roles.roles_between(work.session, account.id, work.today, work.today))


def acts() -> list[str]:
    with begin_work(WORKER) as work:
        return list(work.session.scalars(select(AuditEvent.act).order_by(AuditEvent.id)))


def link(subject: str = "0f3c-22", email: str = OLA) -> None:
    with begin_work(WORKER) as work:
        council_identities.link(work, found(work, email), subject)

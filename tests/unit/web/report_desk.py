"""What tests of the report's pages share: a complaints manager with a year of sample figures."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.db import db
from portal.records.account import Role
from portal.records.audit_event import AuditEvent
from tests.matters import make_account
from tests.unit.reports.drafted_year import THANKS, a_matter, a_remedy, counted_as, figures, thanks
from tests.unit.web.officer_pages import signed_in

URL = "/officers/annual-report/2019-20"


def desk(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """A complaints manager, three matters of the year, learning and thanks."""
    counted_as(monkeypatch, figures)

    def manages(work):  # type: ignore[no-untyped-def]
        account = make_account(work, Role.COMPLAINTS_MANAGER, "manager@heard.example", "Ash Reed")
        first, *_ = [a_matter(work, account) for _ in range(3)]
        a_remedy(work, first, account)
        for text in THANKS:
            thanks(work, account, text)
        return account

    return signed_in(client, manages)


def acts() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(AuditEvent.act).order_by(AuditEvent.id)))


def fields(page: str) -> dict[str, str]:
    """What the form's hidden fields hold."""
    return dict(re.findall(r'name="([^"]*seen)"[^>]*value="([^"]*)"', page))


def confirmed(manager: FlaskClient, **more: str) -> dict[str, str]:
    """What the confirmation sends."""
    return {**fields(manager.get(f"{URL}/publish").text), "sure": "y", **more}


def chosen(manager: FlaskClient) -> None:
    """Somebody has read what was learned."""
    assert manager.post(f"{URL}/learning", data={}).status_code == 303

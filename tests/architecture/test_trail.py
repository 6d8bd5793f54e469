"""Nothing about a matter is shown without a row in the trail: every view is tried, and every form
of it sent empty, because a form that is shown again shows its matter as well."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.access.acts import MATTER_ACTS
from portal.db import db
from portal.records.account import Role
from portal.records.audit_event import AuditEvent
from tests.architecture.access_world import OWN, build, views
from tests.architecture.test_access_matrix import expected

# The statuses of pages that show a matter.
SHOWN = {"GET": (200,), "POST": (200, 422)}


@pytest.mark.parametrize("role", [Role.OFFICER, Role.TEAM_MANAGER, Role.ADVOCATE])
def test_every_page_about_a_matter_leaves_a_row(app: Flask, role: Role) -> None:
    world = build(app)
    silent, shown = [], 0
    for endpoint, method, rule in views(app):
        if rule.needs not in MATTER_ACTS or not expected(role, rule, OWN):
            continue
        before = rows()
        answer = world.browser(role).open(world.address(endpoint, OWN), method=method)
        db.session.rollback()
        if answer.status_code in SHOWN[method]:
            shown += 1
            if rows() == before:
                silent.append((endpoint, method, answer.status_code))
    assert silent == []
    assert shown > 1


# Pages without anybody's data, or with the reader's own alone: forms to be filled in, figures.
# The queue tells references and dates; what is searched in it and opened from it is noted.
TELL_NOTHING = {
    "account.new_passkey", "account.own", "account.password", "account.recovery_codes",
    "account.second_factor_page", "administration.add_many", "administration.add_organisation",
    "administration.add_person", "administration.organisations_page", "advocacy_lead.invite",
    "advocate.ask_officer", "advocate.join", "advocate.start", "officer.add_day_off",
    "officer.days_off", "officer.emergency", "officer.enter", "officer.queue",
    "officer.suggestions", "sign_in.again",
}  # fmt: skip


@pytest.mark.parametrize(
    "role",
    [Role.COMPLAINTS_MANAGER, Role.ADMINISTRATOR, Role.AUDITOR, Role.ADVOCACY_LEAD, Role.DUTY_TEAM],
)
def test_every_other_page_that_tells_of_somebody_leaves_a_row(app: Flask, role: Role) -> None:
    world = build(app)
    silent, shown = [], 0
    for endpoint, method, rule in views(app):
        if rule.needs in MATTER_ACTS or method != "GET" or not expected(role, rule, OWN):
            continue
        before = rows()
        answer = world.browser(role).get(world.address(endpoint, OWN))
        db.session.rollback()
        if answer.status_code == 200 and endpoint not in TELL_NOTHING:
            shown += 1
            if rows() == before:
                silent.append(endpoint)
    assert silent == []
    assert shown > 0


def rows() -> int:
    """How long the trail is."""
    return db.session.scalar(select(func.count(AuditEvent.id))) or 0

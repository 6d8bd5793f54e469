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


def rows() -> int:
    """How long the trail is."""
    return db.session.scalar(select(func.count(AuditEvent.id))) or 0

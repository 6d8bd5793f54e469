"""Two administrators who end each other at the same moment: one is told, and one stays."""

import threading
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from portal.cases import leaving, passwords, roles
from portal.cases.roles import LastOne
from portal.db import db
from portal.errors import Refused
from portal.records.account import Account, Role
from portal.records.role_grant import RoleGrant
from portal.work import WORKER, Who, begin_work
from tests.conftest import app_for, settings_for
from tests.matters import LOW_COSTS, make_account


@pytest.fixture
def made(tmp_path: Path, database_url: str) -> Flask:
    """A portal with two administrators, on each kind of database."""
    app = app_for(settings_for(tmp_path, DATABASE_URL=database_url))
    app.config[passwords.COSTS] = LOW_COSTS
    with app.app_context(), begin_work(WORKER) as work:
        make_account(work, Role.ADMINISTRATOR, "ada@council.example", "Ada Minton")
        make_account(work, Role.ADMINISTRATOR, "sid@council.example", "Sid Marsh")
    return app


def end_role(app: Flask, mine: int, theirs: int) -> None:
    with app.app_context(), begin_work(Who("staff", mine)) as work:
        wanted = select(RoleGrant).where(RoleGrant.account_id == theirs)
        roles.end_role(work, work.session.scalars(wanted).one(), work.today)


def leave(app: Flask, mine: int, theirs: int) -> None:
    with app.app_context(), begin_work(Who("staff", mine)) as work:
        leaving.leave(work, work.session.get_one(Account, theirs))


@pytest.mark.parametrize("deed", [end_role, leave])
def test_one_of_two_who_end_each_other_stays(made: Flask, deed: object) -> None:
    with made.app_context():
        first, second = db.session.scalars(select(Account.id).order_by(Account.id)).all()
    together = threading.Barrier(2)
    refused: list[Refused] = []

    def act(mine: int, theirs: int) -> None:
        together.wait(20)
        try:
            deed(made, mine, theirs)  # type: ignore[operator]
        except Refused as refusal:
            refused.append(refusal)

    threads = [
        threading.Thread(target=act, args=pair) for pair in ((first, second), (second, first))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    with made.app_context():
        standing = select(RoleGrant.id).where(RoleGrant.last_day.is_(None))
        assert len(db.session.scalars(standing).all()) == 1
        db.session.remove()
        db.engine.dispose()
    assert [type(one) for one in refused] == [LastOne]

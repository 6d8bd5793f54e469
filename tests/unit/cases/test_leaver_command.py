"""`flask leaver`: somebody's account ends from the command line, and what was theirs goes on."""

import pytest
from flask import Flask
from sqlalchemy import select

from portal.cases import sign_ins
from portal.cases.addresses import email_key
from portal.commands import leaver
from portal.records.account import Account, Role
from portal.records.audit_event import AuditEvent
from portal.records.case import Case
from portal.work import WORKER, Work, begin_work
from tests.matters import make_account, make_case, make_feedback

OLIVE, PERRY = "olive@council.example", "perry@council.example"


def run(app: Flask, *words: str) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(leaver.command, words)
    return done.exit_code, done.output


def found(work: Work, email: str) -> Account:
    wanted = select(Account).where(Account.email_key == email_key(email))
    return work.session.scalars(wanted).one()


@pytest.fixture(autouse=True)
def people(app: Flask) -> None:
    with begin_work(WORKER) as work:
        olive = make_account(work, Role.OFFICER, OLIVE, "Olive Dray")
        make_account(work, Role.OFFICER, PERRY, "Perry Holt")
        make_case(work, make_feedback(work), officer=olive)
        sign_ins.begin(work, olive, "a browser")


def test_open_cases_need_somebody_and_then_everything_ends(app: Flask) -> None:
    code, said = run(app, OLIVE)
    assert code == 1
    assert "named officer of 1 open case" in said
    assert run(app, OLIVE, "--successor", PERRY) == (
        0,
        "Olive Dray has left. 1 open case handed over.\n",
    )
    with begin_work(WORKER) as work:
        olive, perry = found(work, OLIVE), found(work, PERRY)
        assert not olive.active
        assert olive.left_on == work.today
        assert sign_ins.open_ones(work.session, olive.id, work.now) == []
        assert work.session.scalars(select(Case.officer_id)).all() == [perry.id]
        assert "account_left" in set(work.session.scalars(select(AuditEvent.act)))
    assert run(app, OLIVE, "--successor", PERRY)[1] == "Error: This person has left already.\n"


def test_nobody_of_that_address(app: Flask) -> None:
    code, said = run(app, "nobody@council.example")
    assert (code, said) == (1, "Error: Nobody has the address nobody@council.example.\n")

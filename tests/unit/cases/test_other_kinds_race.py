"""Two officers at the same moment, on both databases: one does it, and one is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from flask import Flask
from sqlalchemy import true

from portal.app import create_app
from portal.cases import access_requests, handing_over
from portal.cases.access_requests import Asked
from portal.cases.handing_over import Taken
from portal.db import db
from portal.errors import Refused
from portal.procedures.handing_over import HandedOver
from portal.procedures.vocabulary import Team
from portal.records.account import Role
from portal.records.feedback import Feedback
from portal.records.handover import Handover, TakenBy
from portal.triage import queue
from portal.triage.queue import View
from portal.work import WORKER, Who, Work, begin_work
from tests.conftest import settings_for
from tests.matters import make_account
from tests.unit.triage.matters import a_feedback, an_officer


def both_at_once(app: Flask, account_id: int, act: Callable[[Work, str], object]) -> list[str]:
    """Let two do the same; what came of each."""
    together = Barrier(2)

    def do(name: str) -> str:
        with app.app_context():
            together.wait()
            try:
                with begin_work(Who("staff", account_id)) as work:
                    act(work, name)
            except Refused:
                return "told"
            return "did it"

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(do, ("Kim Shaw", "Lee Marsh")))


def test_of_two_at_the_same_moment_one_does_it(database_url: str, tmp_path: Path) -> None:
    app = create_app(settings_for(tmp_path, DATABASE_URL=database_url))
    with app.app_context():
        with begin_work(WORKER) as work:
            officer = an_officer(work)
            make_account(work, Role.INFORMATION_GOVERNANCE, "ig@heard.example")
            feedback_id, account_id = a_feedback(work).id, officer.id
        with begin_work(Who("staff", account_id)) as work:
            feedback = work.session.get_one(Feedback, feedback_id)
            handover, _ = handing_over.pass_on(
                work, feedback, HandedOver.SAFEGUARDING, Team.LADO, "About a coach."
            )
            rows = queue.rows(
                work.session, work.council, work.today, View.PASSED_ON, visible=true()
            )
            assert [row.not_taken for row in rows.rows] == [True]
            handover_id = handover.id

    def take(work: Work, name: str) -> None:
        found = work.session.get_one(Handover, handover_id)
        feedback = work.session.get_one(Feedback, feedback_id)
        proof = Taken(name, "Duty", TakenBy.PHONE, work.today)
        handing_over.take(work, feedback, found, proof)

    def pass_request(work: Work, name: str) -> None:
        feedback = work.session.get_one(Feedback, feedback_id)
        asked = Asked(name, "By e-mail", "All of it.", work.today)
        access_requests.pass_to_governance(work, feedback, asked)

    assert both_at_once(app, account_id, take) == ["did it", "told"]
    assert both_at_once(app, account_id, pass_request) == ["did it", "told"]
    with app.app_context():
        assert db.session.get_one(Handover, handover_id).taken_by in ("Kim Shaw", "Lee Marsh")
        assert len(access_requests.listed(db.session(), true())) == 1
        db.session.remove()
        db.engine.dispose()

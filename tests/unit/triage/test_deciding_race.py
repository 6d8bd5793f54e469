"""Two officers who decide at the same moment, on both databases: one decides, one is told."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from sqlalchemy import func, select

from portal.app import create_app
from portal.db import db
from portal.procedures.vocabulary import Category, ProcedureCode
from portal.records.decision import Decision, Outcome
from portal.records.feedback import Feedback
from portal.records.outbox_letter import OutboxLetter
from portal.triage import deciding
from portal.triage.choice import Choice
from portal.triage.deciding import AlreadyDecided
from portal.work import WORKER, Who, begin_work
from tests.conftest import settings_for
from tests.unit.triage.matters import a_choice, a_feedback, an_officer

COMPLIMENT = {
    "category": Category.COMPLIMENT,
    "procedure": ProcedureCode.NONE,
    "nature": None,
    "outcome": Outcome.THANKED,
}


def test_of_two_at_the_same_moment_one_decides(database_url: str, tmp_path: Path) -> None:
    app = create_app(settings_for(tmp_path, DATABASE_URL=database_url))
    together = Barrier(2)
    with app.app_context(), begin_work(WORKER) as work:
        officer_id, feedback_id = an_officer(work).id, a_feedback(work).id

    def decide(choice: Choice) -> str:
        with app.app_context():
            together.wait()
            try:
                with begin_work(Who("staff", officer_id)) as work:
                    deciding.confirm(work, work.session.get_one(Feedback, feedback_id), choice)
            except AlreadyDecided:
                return "told"
            return "decided"

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(decide, (a_choice(), a_choice(**COMPLIMENT))))
    assert sorted(results) == ["decided", "told"]
    with app.app_context():
        decision = db.session.scalars(select(Decision)).one()
        # Thanks go to the person and to the team; a case that is opened has one letter.
        letters = 2 if decision.outcome is Outcome.THANKED else 1
        assert db.session.scalar(select(func.count(OutboxLetter.id))) == letters
        db.session.remove()
        db.engine.dispose()

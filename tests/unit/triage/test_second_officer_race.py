"""Two second officers at the same moment, on both databases: one act wins, the other is told."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from sqlalchemy import func, select

from portal.app import create_app
from portal.db import db
from portal.procedures.refusal import RefusalReason
from portal.procedures.vocabulary import ProcedureCode
from portal.records.account import Role
from portal.records.decision import Decision, Outcome
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.records.refusal_proposal import ProposalState, RefusalProposal
from portal.triage import refusing, second_officer
from portal.triage.second_officer import AnsweredAlready
from portal.work import WORKER, Who, begin_work
from tests.conftest import settings_for
from tests.matters import make_account
from tests.unit.triage.matters import ASKED, a_choice, a_feedback

DECLINED = a_choice(
    outcome=Outcome.DECLINED,
    procedure=ProcedureCode.DUTY,
    reason=RefusalReason.COURT_DECISION,
    explanation="Only the court can change its order.",
    screening=ASKED,
)


def test_of_two_at_the_same_moment_one_answers(database_url: str, tmp_path: Path) -> None:
    app = create_app(settings_for(tmp_path, DATABASE_URL=database_url))
    together = Barrier(2)
    with app.app_context(), begin_work(WORKER) as work:
        people = [
            make_account(work, Role.OFFICER, f"{name}@heard.example", name).id
            for name in ("ada", "ben", "cleo")
        ]
        feedback_id = a_feedback(work).id
    with app.app_context(), begin_work(Who("staff", people[0])) as work:
        feedback = work.session.get_one(Feedback, feedback_id)
        seen = refusing.propose_decision(work, feedback, DECLINED).public_id

    def answer(agrees: bool) -> str:
        with app.app_context():
            together.wait()
            try:
                with begin_work(Who("staff", people[1 if agrees else 2])) as work:
                    feedback = work.session.get_one(Feedback, feedback_id)
                    if agrees:
                        second_officer.agree(work, feedback, seen)
                    else:
                        second_officer.send_back(work, feedback, seen, "Ask the service first.")
            except AnsweredAlready:
                return "told"
            return "answered"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(answer, (True, False))) == ["answered", "told"]
    with app.app_context():
        agreed = db.session.scalars(select(RefusalProposal.state)).one() is ProposalState.AGREED
        assert db.session.scalar(select(func.count(Decision.id))) == int(agreed)
        letters = db.session.scalars(select(OutboxLetter.kind)).all()
        assert letters == [LetterKind.DECLINED if agreed else LetterKind.REFUSAL_SENT_BACK]
        db.session.remove()
        db.engine.dispose()

"""Taking a case through its procedure on the pages: what the tests of events share."""

from datetime import date

from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock
from portal.db import db
from portal.procedures.finding import Finding, Giver
from portal.procedures.state import Event
from portal.procedures.vocabulary import ProcedureCode, Team
from portal.records.account import Account
from portal.records.case import Case, CaseStage
from portal.records.feedback import Feedback
from portal.records.outbox_letter import OutboxLetter
from portal.records.point import Point, PointFinding
from portal.triage import deciding
from portal.work import WORKER, Who, begin_work
from tests.unit.triage.matters import a_choice, an_officer
from tests.unit.web.officer_pages import made, words_of

STATUTORY = {"procedure": ProcedureCode.STATUTORY, "team": Team.DISABILITY}
EVERYTHING = ["no_member", "no_officer", "no_spouse", "no_part_in_case"]
CORPORATE = {"procedure": ProcedureCode.CORPORATE, "team": Team.SEND}


def opened(choice: dict[str, object], **said: object) -> Feedback:
    """A case with two points, opened just now."""
    feedback = made(**said)
    with begin_work(WORKER) as work:
        account_id = an_officer(work, "other@heard.example").id
    with begin_work(Who("staff", account_id)) as work:
        deciding.confirm(work, work.session.get_one(Feedback, feedback.id), a_choice(**choice))
        case = work.session.scalars(select(Case)).one()
        for number, text in ((1, "Nobody rang back."), (2, "The bag was lost.")):
            work.session.add(
                Point(
                    public_id=f"point{number}", case_id=case.id, number=number, text=text,
                    made_at=work.now, made_by_id=account_id,
                )
            )  # fmt: skip
    return db.session.get_one(Feedback, feedback.id)


def find(giver: Giver, stage: str = "stage_1") -> None:
    """A finding with reasons on every point."""
    with begin_work(WORKER) as work:
        account_id = work.session.scalars(select(Account.id)).first()
        stage_id = work.session.scalars(
            select(CaseStage.id).where(CaseStage.key == stage).order_by(CaseStage.id.desc())
        ).first()
        for point in work.session.scalars(select(Point)):
            work.session.add(
                PointFinding(
                    point_id=point.id, stage_id=stage_id, giver=giver, finding=Finding.UPHELD,
                    reasons="We saw the notes. We are sorry.", written_at=work.now,
                    written_by_id=account_id,
                )
            )  # fmt: skip


def on_day(day: date) -> dict[str, object]:
    return {"on": [str(day.day), str(day.month), str(day.year)]}


def until(day: date, name: str = "new_date") -> dict[str, object]:
    return {name: [str(day.day), str(day.month), str(day.year)]}


def do(
    client: FlaskClient, feedback: Feedback, event: Event, status: int = 303, **more: object
) -> str:
    """Look at it, then let it happen; the page that answers."""
    data = {**on_day(clock.today()), **more}
    url = f"/officers/cases/{feedback.public_id}"
    page = client.get(f"{url}/do/{event.value}")
    assert page.status_code == 200, page.text
    before = db.session.scalars(select(Case.procedure_state)).one()
    looked = client.post(f"{url}/do/{event.value}", data=data)
    if status == 303:
        assert looked.status_code == 200, words_of(looked.text)
    db.session.expire_all()
    assert db.session.scalars(select(Case.procedure_state)).one() is before, "looking is no act"
    answer = client.post(f"{url}/did/{event.value}", data=data)
    assert answer.status_code == status, words_of(answer.text)
    db.session.expire_all()
    return words_of(answer.text)


def case() -> Case:
    return db.session.scalars(select(Case)).one()


def latest_letter() -> OutboxLetter:
    wanted = select(OutboxLetter).order_by(OutboxLetter.id.desc()).limit(1)
    return db.session.scalars(wanted).one()

"""A report is made in a handful of statements, whatever there is to count and to open."""

from datetime import date

from flask import Flask
from sqlalchemy import event

from portal.council import load_council
from portal.db import db
from portal.procedures.finding import Finding, Giver
from portal.procedures.procedure import StageKey, Track
from portal.procedures.refusal import RefusalReason
from portal.procedures.remedy import RemedyKind, RemedyState
from portal.procedures.reporting_year import ReportingYear
from portal.procedures.vocabulary import Relationship, Team
from portal.reports import asking
from portal.reports.asking import Question
from tests.unit.reports.invented import Complaint, Invented, Matter, Money, Step
from tests.unit.reports.invented_register import store

COUNCIL, YEAR = load_council("staffordshire"), ReportingYear(2019)
# Whether it is published; the stages, what stands beside them, what is opened of that, the clocks;
# what officers wrote and chose; what was published of earlier years.
MOST = 7


def register(many: int) -> Invented:
    """Complaints with something learned, and refusals by letter."""
    learned = Money(
        RemedyKind.TRAINING, RemedyState.DONE, giver=Giver.SERVICE, for_report=True, made=5
    )
    answered = Step(StageKey.STAGE_1, "answered", 10, (Finding.UPHELD,), (learned,))
    day = date(2019, 6, 3)
    complaint = Complaint(day, Track.STATUTORY, Team.SEND, None, Relationship.PARENT, (answered,))
    refused = Matter(day, Team.SEND, RefusalReason.UNREASONABLE, letter="No.")
    return Invented((complaint,) * many, (refused,) * many)


def test_a_report_asks_as_often_of_much_as_of_little(app: Flask) -> None:
    asked: list[str] = []

    def keep(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    for many in (0, 1, 30):
        session = db.session()
        store(session, COUNCIL, register(many))
        session.flush()
        asked.clear()
        event.listen(db.engine, "before_cursor_execute", keep)
        report = asking.answer(session, COUNCIL, Question(YEAR), date(2020, 3, 31), unread=True)
        event.remove(db.engine, "before_cursor_execute", keep)
        assert len(asked) <= MOST
        assert len(report.table("X70").rows) > 0
        assert report.disagreements == ()
        if many:
            assert len(asked) == MOST, "All of it was opened."
        session.rollback()

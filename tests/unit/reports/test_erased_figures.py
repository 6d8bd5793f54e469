"""The annual report has the same figures before and after the people of its year are erased."""

from datetime import date

from flask import Flask
from sqlalchemy import select, update

from portal.cases import erasing, retention_facts
from portal.cases.tokens import make_public_id
from portal.council import load_council
from portal.procedures.finding import Finding
from portal.procedures.procedure import StageKey, Track
from portal.procedures.refusal import RefusalReason
from portal.procedures.reporting_year import ReportingYear
from portal.procedures.retention import KeptAs, why_not_erased
from portal.procedures.vocabulary import Nature, Relationship, Team
from portal.records.case import Case, CaseState
from portal.records.erasure import Erasure, ErasureState
from portal.records.feedback import Feedback
from portal.reports.annual.making import annual_report
from portal.reports.extract import as_values, behind, fingerprint
from portal.work import WORKER, Work, begin_work
from tests.unit.reports.invented import Complaint, Invented, Matter, Step
from tests.unit.reports.invented_register import store
from tests.unit.reports.invented_things import at_noon

COUNCIL = load_council("staffordshire")
YEAR, AS_AT = ReportingYear(2019), date(2020, 4, 9)


def register() -> Invented:
    """Complaints of both procedures, with a review, a withdrawal and refusals."""
    first = Step(StageKey.STAGE_1, "answered", 10, (Finding.UPHELD,))
    review = (first, Step(StageKey.STAGE_2, "answered", 40, (Finding.NOT_UPHELD,)))
    day = date(2019, 6, 3)
    complaints = tuple(
        Complaint(day, track, team, Nature.POLICY, Relationship.PARENT, steps)
        for track in (Track.STATUTORY, Track.CORPORATE)
        for team in (Team.SEND, Team.FOSTERING, Team.LADO)
        for steps in ((first,), review)
    )
    matters = (
        Matter(date(2019, 5, 2), Team.SEND, RefusalReason.SCHOOL, passed_on=True),
        Matter(date(2019, 8, 2), Team.LADO, RefusalReason.COURT_DECISION),
        Matter(date(2020, 1, 2), Team.LADO, None),
    )
    return Invented(complaints, matters)


def erase_all(work: Work) -> int:
    """Erase everything that has ended, as the persons might ask."""
    keys = list(work.session.scalars(select(Feedback.id)))
    ended = [
        key
        for key, facts in retention_facts.facts_of(work.session, keys).items()
        if not why_not_erased(facts)
    ]
    for key in ended:
        erasure = Erasure(
            public_id=make_public_id(),
            feedback_id=key,
            state=ErasureState.CONFIRMED,
            asked=True,
            kept_as=KeptAs.STATUTORY,
            years=6,
            listed_at=work.now,
        )
        work.session.add(erasure)
        work.session.flush()
        assert erasing.erase(work, erasure.id) is not None
    return len(ended)


def test_every_figure_is_the_same_and_counts_the_same_matters(app: Flask) -> None:
    with begin_work(WORKER) as work:
        store(work.session, COUNCIL, register())
        # What is answered can still be asked to go on: here nobody did, and all of it has ended.
        ended = update(Case).values(state=CaseState.CLOSED, closed_at=at_noon(AS_AT))
        work.session.execute(ended)
        before = annual_report(work.session, COUNCIL, YEAR, AS_AT)
        assert erase_all(work) > 5
        work.session.flush()
        after = annual_report(work.session, COUNCIL, YEAR, AS_AT)
        assert as_values(after) == as_values(before)
        assert behind(after) == behind(before)
        assert fingerprint(as_values(after)) == fingerprint(as_values(before))
        # Read and compared here: in the database each is sealed, and no two are equal.
        left = select(Feedback.story).where(Feedback.erased_at.is_not(None))
        assert set(work.session.scalars(left)) == {""}

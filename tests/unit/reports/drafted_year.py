"""A year that is over, with a report of sample figures: its matters, what was promised in one of
them, and words of thanks that may be published."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time

import pytest
from sqlalchemy import ColumnElement, select, true

from portal import clock
from portal.cases import publishing_consent
from portal.cases.tokens import make_public_id
from portal.db import db
from portal.procedures.finding import Giver
from portal.procedures.remedy import RemedyKind, RemedyState
from portal.procedures.reporting_year import ReportingYear
from portal.procedures.vocabulary import Area, Team
from portal.records.account import Account, Role
from portal.records.case import Case, CaseStage
from portal.records.feedback import Feedback
from portal.records.publication import Publication, PublicationState
from portal.records.remedy import Remedy
from portal.reports import asking
from portal.reports.annual.table import AnnualReport, Cell, CellKind, TextBlock
from portal.work import Who, Work
from tests import matters
from tests.unit.reports import sample_report
from tests.unit.reports.sample_report import AS_AT, YEAR, table, words

EVERYTHING: ColumnElement[bool] = true()
LEARNED = "Robin’s school answers letters within five days."
SHOWN = "Letters are answered within five days."
THANKS = ("X was kind to Y.", "Z always rang back.")


def as_staff(work: Work, role: Role = Role.COMPLAINTS_MANAGER) -> Account:
    """Somebody who writes the report; the act is theirs from now on."""
    account = matters.make_account(work, role, f"{role.value}@council.example", "Sam Manager")
    work.who = Who("staff", account.id)
    return account


def a_matter(work: Work, officer: Account) -> Feedback:
    """A complaint whose stage 1 opened in the year."""
    feedback = matters.make_feedback(work, name="Robin Example")
    case = matters.make_case(work, feedback, officer=officer)
    stage = work.session.scalars(select(CaseStage).where(CaseStage.case_id == case.id)).one()
    stage.opened_on = date(2019, 6, 3)
    work.session.flush()
    return feedback


def a_remedy(work: Work, feedback: Feedback, officer: Account, text: str = LEARNED) -> Remedy:
    """Something promised in it, marked as learning."""
    case = work.session.scalars(select(Case).where(Case.feedback_id == feedback.id)).one()
    found = Remedy(
        public_id=make_public_id(),
        case_id=case.id,
        stage_key=case.stage_key,
        giver=Giver.INVESTIGATOR,
        kind=RemedyKind.PROCEDURE_CHANGE,
        text=text,
        state=RemedyState.DONE,
        team=Team.CARE_PLANNING_COURT,
        for_report=True,
        made_at=work.now,
        made_by_id=officer.id,
    )
    work.session.add(found)
    work.session.flush()
    return found


def thanks(work: Work, officer: Account, text: str) -> Publication:
    """Words of thanks that two officers have agreed to, of somebody who agrees."""
    feedback = matters.make_feedback(work)
    publishing_consent.from_form(work, feedback, agrees=True)
    found = Publication(
        public_id=make_public_id(),
        feedback_id=feedback.id,
        state=PublicationState.AGREED,
        text=text,
        area=Area.LAC_DISABILITY,
        year=YEAR.name,
        quarter=1,
        agreed_at=work.now,
        agreed_by_id=officer.id,
    )
    work.session.add(found)
    work.session.flush()
    return found


def figures() -> AnnualReport:
    """What the register would say: the sample, with learning and compliments as the database has
    them."""
    report, session = sample_report.report(), db.session
    promised = session.execute(
        select(Case.feedback_id, Remedy).join(Remedy, Remedy.case_id == Case.id).order_by(Remedy.id)
    ).all()
    told_of = session.scalars(select(Publication).order_by(Publication.id)).all()
    told = (
        table("T17", "Recommendations", ("Service", "Recommendation"),
              tuple((words("Care Planning"), _words_of(key, one.text)) for key, one in promised)),
        table("T35", "Compliments", ("Service", "Words"),
              tuple((words("Care Planning"), _words_of(one.feedback_id, one.text or ""))
                    for one in told_of)),
    )  # fmt: skip
    chapters = [
        replace(
            chapter,
            blocks=tuple(
                next((one for one in told if one.id == block.id), block) for block in chapter.blocks
            )
            + (told[1:] if chapter.key == "key_numbers" else ()),
        )
        for chapter in report.chapters
    ]
    return replace(report, chapters=tuple(chapters))


def _words_of(key: int, text: str) -> Cell:
    return Cell(CellKind.WORDS, None, text, (key,))


def counted_as(monkeypatch: pytest.MonkeyPatch, report: Callable[[], AnnualReport]) -> None:
    """Let these be the figures, whatever the register holds."""

    def annual_report(
        _session: object, _council: object, year: ReportingYear, as_at: date, *,
        teams: object = None, quarter: int | None = None,
    ) -> AnnualReport:  # fmt: skip
        of_teams = tuple(sorted(team.value for team in teams)) if teams else ()  # type: ignore[attr-defined]
        return replace(report(), year=year, as_at=as_at, quarter=quarter, teams=of_teams)

    monkeypatch.setattr(asking, "annual_report", annual_report)
    monkeypatch.setattr(asking, "default_as_at", lambda _council, _year, _today: AS_AT)


def paragraphs(report: AnnualReport) -> dict[str, tuple[str, ...]]:
    """The texts of a report by their ids."""
    blocks = [block for chapter in report.chapters for block in chapter.blocks]
    return {one.id: one.paragraphs for one in blocks if isinstance(one, TextBlock)}


def column(report: AnnualReport, key: str) -> list[str]:
    """The last cells of a table."""
    return [row[-1].text for row in report.table(key).rows]


def at(day: date) -> datetime:
    """Noon of a day in London."""
    return datetime.combine(day, time(12), tzinfo=clock.LONDON)

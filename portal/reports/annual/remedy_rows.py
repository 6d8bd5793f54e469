"""What was promised and recommended in a year's stages, as slim values without their words."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from portal.many_questions import Question
from portal.procedures.finding import Giver
from portal.procedures.procedure import StageKey, Track
from portal.procedures.remedy import Compliance, RemedyKind, RemedyState
from portal.procedures.reporting_year import ReportingYear
from portal.procedures.vocabulary import Team
from portal.records.case import Case, CaseStage
from portal.records.published_report import PublishedReport
from portal.records.remedy import Remedy
from portal.reports.annual.scope import Scope, end_of

YEARS = 2


class RemedyRow(NamedTuple):
    """One remedy, under the stage in which it was made; a stage counts in the year it opened.

    `late` is of the year before and came after that year's report, which could not tell of it.
    """

    remedy_id: int
    matter: int
    back: int
    track: Track
    key: StageKey
    team: Team
    leadership: str
    giver: Giver
    kind: RemedyKind
    state: RemedyState
    pence: int
    due_on: date | None
    done_on: date | None
    for_report: bool
    compliance: Compliance | None
    late: bool

    @property
    def told_now(self) -> bool:
        """Whether its words belong into this year's report."""
        return self.back == 0 or self.late


def told_until(session: Session, year: ReportingYear) -> datetime | None:
    """The end of the day on which the report of the year before stands, with its supplements.

    Returns:
        None where it is not published: it can still tell everything.
    """
    day = session.scalar(_told_on(year))
    return None if day is None else end_of(day)


def _told_on(year: ReportingYear) -> Select[date]:
    return select(func.max(PublishedReport.as_at)).where(PublishedReport.year == year.before().name)


def read(rows: Iterable[Any], scope: Scope) -> Iterator[RemedyRow]:
    """Read the remedies of the reported year and the year before it.

    Args:
        rows: what `question` found.
        scope: the report's bounds.
    """
    tracks = {profile.code: profile.track for profile in scope.council.profiles}
    for row in rows:
        back = scope.back_of(row.opened_on)
        if back is not None and row.profile in tracks:
            told = row.told_on if back == 1 and scope.quarter is None else None
            late = told is not None and row.made_at >= end_of(told)
            yield _row(row, back, tracks[row.profile], scope, late)


def question(scope: Scope) -> Question:
    """Ask for them.

    Args:
        scope: the report's bounds.
    """
    # A stage that was asked for again has two rows with one key; the later one was worked.
    worked = (
        select(func.max(CaseStage.id).label("id"))
        .where(CaseStage.opened_on.between(scope.span(YEARS - 1)[0], scope.as_at))
        .group_by(CaseStage.case_id, CaseStage.key)
        .subquery("worked")
    )
    wanted = (
        select(
            Remedy.id, Case.feedback_id, CaseStage.opened_on, CaseStage.profile, CaseStage.key,
            Remedy.team, Remedy.giver, Remedy.kind, Remedy.state, Remedy.amount_pence,
            Remedy.due_on, Remedy.done_on, Remedy.for_report, Remedy.compliance, Remedy.made_at,
            _told_on(scope.year).scalar_subquery().label("told_on"),
        )
        .join(Case, Case.id == Remedy.case_id)
        .join(CaseStage, (CaseStage.case_id == Case.id) & (CaseStage.key == Remedy.stage_key))
        .join(worked, worked.c.id == CaseStage.id)
        .where(Remedy.made_at < scope.moment)
    )  # fmt: skip
    if scope.teams is not None:
        wanted = wanted.where(Case.team.in_(list(scope.teams)))
    return Question(wanted, Remedy.id)


def _row(row: Any, back: int, track: Track, scope: Scope, late: bool) -> RemedyRow:
    later = row.done_on is not None and row.done_on > scope.as_at
    return RemedyRow(
        remedy_id=row.id,
        matter=row.feedback_id,
        back=back,
        track=track,
        key=StageKey(row.key),
        team=row.team,
        leadership=scope.leadership(row.team),
        giver=row.giver,
        kind=row.kind,
        # What was done after the day of the report was a promise on it.
        state=RemedyState.PROMISED if later else row.state,
        pence=row.amount_pence or 0,
        due_on=row.due_on,
        done_on=None if later else row.done_on,
        for_report=row.for_report,
        compliance=row.compliance,
        late=late,
    )

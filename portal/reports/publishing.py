"""Publishing a year's report: a stored extract that never changes, and dated supplements to it."""

import hashlib
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, select, true
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, defer

from portal import audit
from portal.cases.acting import signed_in_id
from portal.cases.tokens import make_public_id
from portal.errors import Refused
from portal.procedures.reporting_year import ReportingYear
from portal.records.published_report import PublishedReport, ReportFile
from portal.records.report_draft import PickKind
from portal.reports import drafting, extract, picking
from portal.reports.annual.table import AnnualReport
from portal.reports.differences import differences
from portal.reports.forms.form import Form
from portal.work import Work

LONGEST_REASON = 1_000
# The chapters as they stand in the portal's own page: drawn once, and not for each reader.
PAGE = "page"


class DoesNotAddUp(Refused):
    """A check of a chapter does not hold."""

    title = "The report does not add up"

    def __init__(self, disagreements: Sequence[str]) -> None:
        """Name everything that disagrees."""
        super().__init__(f"It is not published. {' '.join(disagreements)}")


class NumbersInNoTable(Refused):
    """The commentary has numbers that no table has, and nobody said that they are no figures."""

    title = "A number stands in no table"

    def __init__(self, where: Sequence[str]) -> None:
        """Name every chapter with such numbers, and these."""
        super().__init__(
            f"The commentary has numbers that stand in no table. {' '.join(where)} Take each from a"
            " table. If one is not a figure of this report, tick that under the commentary."
        )


class FiguresMoved(Refused):
    """The register or the draft changed since whoever publishes looked."""

    title = "The report has changed"
    message = (
        "Something has changed since you opened this page, so nothing was published. Look at the"
        " report again, then publish it."
    )
    status = 409


class NobodyChose(Refused):
    """What is told of cases was read by nobody for this year."""

    message = (
        "Nobody has yet chosen what the report tells of things learned. Open “Things learned”, read"
        " each text, and save your choice. Then publish."
    )


class YearNotOver(Refused):
    """The year has not ended."""

    message = "This year is not over. Its report can be published from 1 April."


class NoReason(Refused):
    """A supplement that does not say why there is one."""

    message = "Write in up to 1,000 characters why the report is corrected. The public reads it."


class NothingToCorrect(Refused):
    """A supplement in which nothing differs."""

    message = "Nothing differs from what is published, so there is nothing to correct."


def check(session: Session, report: AnnualReport, today: date) -> None:
    """See whether a finished report may be published.

    Args:
        session: any session.
        report: the finished report of a whole year.
        today: the year must be over by then.

    Raises:
        YearNotOver, DoesNotAddUp, NumbersInNoTable, NobodyChose: with what stands in the way.
    """
    if today <= report.year.last_day:
        raise YearNotOver
    check_numbers(session, report)
    unread = PickKind.LEARNED not in picking.chosen(session, report.year)
    if unread and picking.learned(session, report.year, true()):
        raise NobodyChose


def check_numbers(session: Session, report: AnnualReport) -> None:
    """See whether everything in a draft agrees: its tables with each other, and what officers wrote
    with its tables.

    Args:
        session: any session.
        report: the finished report of a whole year that is not published.

    Raises:
        DoesNotAddUp, NumbersInNoTable: with what disagrees.
    """
    if report.disagreements:
        raise DoesNotAddUp(report.disagreements)
    missing = drafting.unfounded(session, report)
    where = [
        f"{chapter.title}: {', '.join(missing[chapter.key])}."
        for chapter in report.chapters
        if chapter.key in missing
    ]
    if where:
        raise NumbersInNoTable(where)


def publish(
    work: Work,
    report: AnnualReport,
    page: bytes,
    seen: str,
    reason: str = "",
) -> PublishedReport:
    """Publish a year's report, or a supplement where it is published already.

    Args:
        work: the open act.
        report: the finished report.
        page: its chapters as the public reads them; its files are made afterwards.
        seen: the fingerprint of what whoever publishes has looked at.
        reason: why there is a supplement.

    Raises:
        YearNotOver, DoesNotAddUp, NumbersInNoTable, NobodyChose, FiguresMoved, NoReason,
            NothingToCorrect: with what stands in the way.
    """
    check(work.session, report, work.today)
    values = extract.as_values(report)
    sha256 = extract.fingerprint(values)
    if sha256 != seen:
        raise FiguresMoved
    last = latest(work.session, report.year)
    changed = _changes(last, report, reason) if last is not None else ()
    found = PublishedReport(
        public_id=make_public_id(),
        year=report.year.name,
        number=last.number + 1 if last is not None else 0,
        as_at=report.as_at,
        extract=values,
        behind=extract.behind(report),
        sha256=sha256,
        reason=reason.strip() if last is not None else None,
        differences=list(changed),
        published_at=work.now,
        published_by_id=signed_in_id(work),
    )
    work.session.add(found)
    try:
        work.session.flush()
    except IntegrityError:
        # Of two who publish at once, the number of the second one is taken.
        raise FiguresMoved from None
    of_page = hashlib.sha256(page).hexdigest()
    work.session.add(ReportFile(report_id=found.id, form=PAGE, content=page, sha256=of_page))
    audit.note(work, "report_published" if last is None else "report_supplemented", found)
    return found


def latest(
    session: Session, year: ReportingYear, *, figures: bool = False
) -> PublishedReport | None:
    """A year's report as it stands: its newest supplement, or the report itself.

    Args:
        session: any session.
        year: which.
        figures: what it says is wanted as well, and comes with it.
    """
    if not figures:
        return next(iter(editions(session, year)), None)
    wanted = select(PublishedReport).options(defer(PublishedReport.behind))
    newest = wanted.where(PublishedReport.year == year.name).order_by(PublishedReport.number.desc())
    return session.scalar(newest.limit(1))


def editions(session: Session, year: ReportingYear) -> Sequence[PublishedReport]:
    """Everything published of a year, the newest first."""
    wanted = _without_figures().where(PublishedReport.year == year.name)
    return session.scalars(wanted.order_by(PublishedReport.number.desc())).all()


def listed(session: Session) -> Sequence[PublishedReport]:
    """The report of each published year as it stands, the newest year first."""
    wanted = _without_figures().order_by(PublishedReport.number)
    by_year = {one.year: one for one in session.scalars(wanted)}
    return [by_year[year] for year in sorted(by_year, reverse=True)]


def file_of(session: Session, published: PublishedReport, form: str) -> bytes | None:
    """One of its forms, or its page; None where it was not made."""
    return session.scalar(
        select(ReportFile.content).where(
            ReportFile.report_id == published.id, ReportFile.form == form
        )
    )


def forms_of(session: Session, published: PublishedReport) -> Sequence[Form]:
    """The forms in which it was published."""
    wanted = select(ReportFile.form).where(ReportFile.report_id == published.id)
    kept = set(session.scalars(wanted))
    return [form for form in Form if form.value in kept]


def _without_figures() -> Select[PublishedReport]:
    """A list of reports has no need of what they say; it is read when it is asked for."""
    large = (PublishedReport.extract, PublishedReport.behind)
    return select(PublishedReport).options(*(defer(column) for column in large))


def _changes(last: PublishedReport, report: AnnualReport, reason: str) -> Sequence[str]:
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise NoReason
    found = differences(extract.from_values(last.extract), report)
    if not found:
        raise NothingToCorrect
    return found

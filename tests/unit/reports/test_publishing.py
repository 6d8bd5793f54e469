"""A published report never changes; what corrects it is dated, reasoned and listed."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.errors import Refused
from portal.records.audit_event import AuditEvent
from portal.records.published_report import PublishedReport, ReportFile
from portal.reports import extract, filing, picking, publishing
from portal.reports.annual.table import AnnualReport
from portal.reports.forms.form import Form
from portal.work import Work
from tests.unit.reports import sample_report
from tests.unit.reports.drafted_year import EVERYTHING, a_matter, a_remedy, as_staff
from tests.unit.reports.sample_report import YEAR
from tests.unit.reports.test_extract import with_block

REPORT = sample_report.report()
PAGE = b"<p>"


def seen(report: AnnualReport) -> str:
    """What whoever publishes has looked at."""
    return extract.fingerprint(extract.as_values(report))


def publish(work: Work, report: AnnualReport = REPORT, reason: str = "") -> PublishedReport:
    return publishing.publish(work, report, PAGE, seen(report), reason)


def corrected() -> AnnualReport:
    """The same year with one figure put right."""
    from dataclasses import replace

    table = REPORT.table("T07")
    row = (table.rows[0][0], table.rows[0][1], sample_report.count(74, 1))
    return with_block(REPORT, replace(table, rows=(row, *table.rows[1:])))


def test_what_is_published_is_kept_with_who_and_when(work: Work) -> None:
    manager = as_staff(work)
    found = publish(work)
    assert (found.number, found.year, found.as_at) == (0, "2019-20", REPORT.as_at)
    assert (found.published_by_id, found.published_at) == (manager.id, work.now)
    assert (found.reason, found.differences) == (None, [])
    assert extract.fingerprint(found.extract) == found.sha256
    assert extract.from_values(found.extract, found.behind) == REPORT
    assert publishing.file_of(work.session, found, publishing.PAGE) == PAGE
    assert publishing.forms_of(work.session, found) == []
    lacking = filing.waiting(work.session, ["json", "csv"])
    assert lacking == ((found.id, "json"), (found.id, "csv"))
    filing.keep(work, found.id, "json", b"{}")
    assert publishing.file_of(work.session, found, "json") == b"{}"
    assert publishing.forms_of(work.session, found) == [Form.JSON]
    assert filing.waiting(work.session, ["json"]) == ()
    assert "report_published" in set(work.session.scalars(select(AuditEvent.act)))


def test_a_correction_is_a_supplement_that_lists_what_it_changes(work: Work) -> None:
    as_staff(work)
    first = publish(work)
    before = dict(first.extract)
    second = publish(work, corrected(), "One complaint was entered twice.")
    assert (second.number, second.reason) == (1, "One complaint was entered twice.")
    assert len(second.differences) == 1
    assert "was 73 and is 74" in second.differences[0]
    assert first.extract == before
    assert publishing.latest(work.session, YEAR) is second
    assert [one.number for one in publishing.editions(work.session, YEAR)] == [1, 0]
    assert publishing.listed(work.session) == [second]
    kept = work.session.scalars(select(ReportFile.report_id)).all()
    assert sorted(kept) == sorted([first.id, second.id])


def test_a_correction_needs_a_reason_and_something_to_correct(work: Work) -> None:
    as_staff(work)
    publish(work)
    with pytest.raises(publishing.NoReason):
        publish(work, corrected(), " ")
    with pytest.raises(publishing.NoReason):
        publish(work, corrected(), "x" * 1_001)
    with pytest.raises(publishing.NothingToCorrect):
        publish(work, REPORT, "To be sure.")
    assert len(publishing.editions(work.session, YEAR)) == 1


def test_what_does_not_add_up_is_not_published(work: Work) -> None:
    as_staff(work)
    wrong = sample_report.report(adds_up=False)
    with pytest.raises(publishing.DoesNotAddUp) as refused:
        publish(work, wrong)
    assert "Statutory stage 1: 76 are 73 and 4." in refused.value.message
    assert publishing.latest(work.session, YEAR) is None


def test_what_nobody_looked_at_is_not_published(work: Work) -> None:
    as_staff(work)
    with pytest.raises(publishing.FiguresMoved):
        publishing.publish(work, REPORT, PAGE, seen(corrected()))
    with pytest.raises(publishing.FiguresMoved):
        publishing.publish(work, REPORT, PAGE, "")
    assert publishing.latest(work.session, YEAR) is None


def test_a_year_is_over_before_its_report_is_published(work: Work) -> None:
    as_staff(work)
    work.today = date(2020, 3, 31)
    with pytest.raises(publishing.YearNotOver):
        publish(work)
    work.today = date(2020, 4, 1)
    assert publish(work).number == 0


def test_learning_is_read_before_it_is_published(work: Work) -> None:
    officer = as_staff(work)
    a_remedy(work, a_matter(work, officer), officer)
    refusal: type[Refused] = publishing.NobodyChose
    with pytest.raises(refusal):
        publish(work)
    offered = picking.learned(work.session, YEAR, EVERYTHING)
    picking.choose_learned(work, YEAR, offered, {})
    assert publish(work).number == 0

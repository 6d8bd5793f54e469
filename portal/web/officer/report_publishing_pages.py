"""Publishing a year's report, or a supplement to it: read, confirmed, and kept as it is."""

from collections.abc import Mapping, Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal import audit
from portal.access.acts import Act
from portal.db import db
from portal.errors import Refused
from portal.reports import differences, drafting, extract, publishing
from portal.reports.annual.table import AnnualReport
from portal.reports.asking import Question
from portal.reports.forms import html_form
from portal.web.access import opens_to
from portal.web.officer import report_shown as shown
from portal.web.officer.blueprint import pages, staff
from portal.web.officer.report_forms import PublishForm
from portal.work import begin_work


@pages.get("/annual-report/<year>/publish")
@opens_to(Act.PUBLISH_REPORT)
def report_publishing(year: str) -> ResponseReturnValue:
    """What would be published, and what stands in the way."""
    asked = shown.whole(year)
    with begin_work(staff()) as work:
        audit.note(work, "report_publishing_viewed")
    return _page(asked, shown.report_of(asked, anew=True), PublishForm(formdata=None))


@pages.post("/annual-report/<year>/publish")
@opens_to(Act.PUBLISH_REPORT)
def publish_report(year: str) -> ResponseReturnValue:
    """Publish what was looked at."""
    asked, form = shown.whole(year), PublishForm()
    found = shown.report_of(asked, anew=True)
    if not form.validate():
        return _page(asked, found, form), 422
    # Drawn before the act, which must not keep everybody else waiting.
    page = html_form.body(found).encode()
    try:
        with begin_work(staff()) as work:
            seen, reason = form.seen.data or "", form.reason.data or ""
            publishing.publish(work, found, page, seen, reason)
    except Refused as refused:
        form.form_errors = [refused.message]
        with begin_work(staff()) as work:
            audit.note(work, "report_publishing_viewed")
        return _page(asked, found, form), refused.status
    flash("Published. Everybody can read it now; the files follow in some minutes.", "success")
    return redirect(url_for("officer.report", year=year), 303)


def _page(asked: Question, found: AnnualReport, form: PublishForm) -> str:
    session = db.session()
    last = publishing.latest(session, asked.year, figures=True)
    written = drafting.passages(session, asked.year.name)
    form.seen.data = extract.fingerprint(extract.as_values(found))
    changed = (
        differences.differences(extract.from_values(last.extract), found)
        if last is not None
        else ()
    )
    return render_template(
        "officer/report_publishing.html",
        asked=asked,
        report=found,
        form=form,
        last=last,
        changed=changed,
        unfounded=_of_chapters(found, drafting.unfounded(session, found, written)),
        excused=_of_chapters(found, {key: one.excused for key, one in written.items()}),
    )


def _of_chapters(
    found: AnnualReport, numbers: Mapping[str, Sequence[str]]
) -> list[tuple[str, str]]:
    """The chapters that have such numbers, with these."""
    return [
        (chapter.title, ", ".join(numbers[chapter.key]))
        for chapter in found.chapters
        if numbers.get(chapter.key)
    ]

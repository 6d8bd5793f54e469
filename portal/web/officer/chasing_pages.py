"""What is chased across all cases: open promises by date, and reminders that did not arrive."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import audit, clock
from portal.access.acts import Act
from portal.cases import promises_open, reminding
from portal.db import db
from portal.web.access import opens_to, visible
from portal.web.officer import chasing_words, procedure_words, wording
from portal.web.officer.blueprint import pages, staff
from portal.web.officer.case_pages import found_or_404
from portal.work import begin_work

LONGEST_PAGE = 7


@pages.get("/promises", endpoint="open_promises")
@opens_to(Act.LIST)
def open_promises() -> ResponseReturnValue:
    """Everything still to be done in the cases that one may see, closed ones among them."""
    page = request.args.get("page", "1")
    today = clock.today()
    with begin_work(staff()) as work:
        number = int(page) if page.isdecimal() and len(page) < LONGEST_PAGE else 1
        listing = promises_open.listing(work.session, visible, today, number)
        audit.note(work, "promises_listed")
    return render_template(
        "officer/open_promises.html",
        listing=listing,
        today=today,
        wording=wording,
        procedure_words=procedure_words,
    )


@pages.get("/reminders", endpoint="untold")
@opens_to(Act.LIST)
def untold() -> ResponseReturnValue:
    """Reminders for somebody who could not be told, in the cases that one conducts."""
    with begin_work(staff()) as work:
        found = reminding.untold(work.session, visible(Act.CONDUCT))
        audit.note(work, "untold_listed")
    return render_template("officer/untold.html", found=found, words=chasing_words)


@pages.post("/cases/<public_id>/reminders/<reminder_id>/settled", endpoint="reminder_settled")
@opens_to(Act.CONDUCT)
def settled(public_id: str, reminder_id: str) -> ResponseReturnValue:
    """An officer has told them another way."""
    with begin_work(staff()) as work:
        _, case = found_or_404(work.session, public_id)
        if not reminding.settle(work, case, reminder_id):
            abort(404)
    flash("Noted: they know.", "success")
    left = reminding.untold(db.session(), visible(Act.CONDUCT))
    to = url_for("officer.untold") if left else url_for("officer.case", public_id=public_id)
    return redirect(to, 303)

"""The queue and the list of open cases."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal import audit, clock
from portal.access.acts import Act
from portal.cases import alarms, linking, reminding
from portal.db import db
from portal.triage import queue
from portal.triage.queue import View
from portal.web.access import may, opens_to, visible
from portal.web.officer import case_view, wording
from portal.web.officer.blueprint import pages, staff
from portal.work import begin_work, council, counting_council

TITLES = {
    View.WAITING: "Waiting for a decision",
    View.SECOND_OFFICER: "Waiting for a second officer",
    View.OPEN_CASES: "Open cases",
    View.REPLIES: "New replies",
    View.PASSED_ON: "Passed on, not yet taken",
    View.ALL: "Everything",
}
LONGEST_SEARCH = 40


@pages.get("/", endpoint="queue")
@opens_to(Act.LIST)
def queue_page() -> ResponseReturnValue:
    """One list: waiting by risk, open cases by date, replies, or everything."""
    known = {view.value: view for view in View}
    search = request.args.get("reference", "")[:LONGEST_SEARCH].strip()
    if search:
        _note_search(search)
    # Somebody who looks a reference up does not care which list it is in.
    counts = queue.counts(db.session(), visible())
    start = View.WAITING if may(Act.ENTER) or counts[View.WAITING] else View.OPEN_CASES
    fallback = View.ALL if search else start
    view = known.get(request.args.get("view", ""), fallback)
    page = request.args.get("page", "1")
    listing = queue.rows(
        db.session(),
        council(),
        clock.today(),
        view,
        visible=visible(),
        search=search,
        page=int(page) if page.isdecimal() and len(page) < 7 else 1,
    )
    shown = [row.public_id for row in listing.rows if row.is_case]
    return render_template(
        "officer/queue.html",
        marks=alarms.marks(db.session(), counting_council(db.session()), clock.today(), shown),
        untold=len(reminding.untold(db.session(), visible(Act.CONDUCT))),
        listing=listing,
        view=view,
        views=View,
        titles=TITLES,
        counts=counts,
        search=search,
        wording=wording,
        states=case_view.STATES,
    )


def _note_search(search: str) -> None:
    """A search is a look. What it found is noted where it found one thing that the reader may see;
    a reference of something closed leaves no more than one of nothing."""
    with begin_work(staff()) as work:
        found = linking.find_by_reference(work.session, search, visible())
        audit.note(work, "list_searched", found, ["reference"])

"""The timeline of a matter, with its filters."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal import audit
from portal.access.acts import Act
from portal.db import db
from portal.matter_rows import fetch_matter
from portal.web.access import opens_to
from portal.web.officer import case_bar, timeline
from portal.web.officer.blueprint import pages, part_or_404, staff
from portal.web.officer.history import MOST_SHOWN
from portal.web.officer.item_pages import words_of
from portal.web.officer.timeline import Part
from portal.work import begin_work


@pages.get("/feedback/<public_id>/timeline", endpoint="timeline")
@opens_to(Act.READ)
def timeline_page(public_id: str) -> ResponseReturnValue:
    """Everything that was said and done, or a part of it."""
    with begin_work(staff()) as work:
        feedback, case = part_or_404(work.session, public_id)
        audit.note(work, "timeline_viewed", feedback)
    session = db.session()
    fetch_matter(session, feedback, [case] if case is not None else [])
    parts = timeline.parts_for(feedback)
    known = {part.value: part for part in parts}
    part = known.get(request.args.get("show", ""), Part.ALL)
    return render_template(
        "officer/timeline.html",
        told=timeline.entries(session, feedback, part),
        most=MOST_SHOWN,
        part=part,
        parts=parts,
        names=timeline.NAMES,
        bar=case_bar.of(session, feedback, case),
        here="timeline",
        **words_of(session, feedback),
    )

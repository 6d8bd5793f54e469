"""Who has looked at one matter: for whoever asks who has seen their case."""

from flask import render_template
from flask.typing import ResponseReturnValue

from portal import audit
from portal.access.acts import Act
from portal.cases import looks as trail
from portal.db import db
from portal.web.access import opens_to
from portal.web.officer.blueprint import feedback_or_404, pages, staff
from portal.web.officer.history import ACTORS
from portal.work import begin_work


@pages.get("/feedback/<public_id>/looks")
@opens_to(Act.SEE_WHO_LOOKED)
def looks(public_id: str) -> ResponseReturnValue:
    """The list; looking at it is a look as well. It shows nobody's words."""
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        audit.note(work, "looks_viewed", feedback)
    found = trail.looks(db.session(), feedback)
    return render_template("officer/looks.html", feedback=feedback, looks=found, kinds=ACTORS)

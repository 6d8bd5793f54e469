"""Saying whether two feedbacks belong together, and that an address works again."""

from collections.abc import Callable

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from portal.access.acts import Act
from portal.cases import suggested_links
from portal.correspondence import failing
from portal.records.failing_address import FailingAddress
from portal.records.suggested_link import SuggestedLink
from portal.web.access import may, opens_to
from portal.web.officer.blueprint import feedback_or_404, pages, staff
from portal.work import Work, begin_work


@pages.post("/feedback/<public_id>/links/<link_id>/confirm")
@opens_to(Act.DECIDE)
def link_confirm(public_id: str, link_id: str) -> ResponseReturnValue:
    """They belong together."""
    _settle(public_id, link_id, suggested_links.confirm)
    flash("Both now lead to each other. What happens to the newer one is for you to decide.")
    return _back(public_id)


@pages.post("/feedback/<public_id>/links/<link_id>/dismiss")
@opens_to(Act.DECIDE)
def link_dismiss(public_id: str, link_id: str) -> ResponseReturnValue:
    """They do not."""
    _settle(public_id, link_id, suggested_links.dismiss)
    flash("They are not shown together any more.")
    return _back(public_id)


@pages.post("/feedback/<public_id>/addresses/<failing_id>/works")
@opens_to(Act.DECIDE)
def address_works(public_id: str, failing_id: str) -> ResponseReturnValue:
    """An officer has made sure that letters to an address arrive."""
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        wanted = select(FailingAddress).where(FailingAddress.public_id == failing_id)
        found = work.session.scalar(wanted)
        if found is None or found not in failing.failing_of(work.session, feedback.id):
            abort(404)
        failing.clear(work, found)
    flash("Automatic letters and texts go there again.")
    return _back(public_id)


def _settle(public_id: str, link_id: str, act: Callable[[Work, SuggestedLink], None]) -> None:
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        link = suggested_links.find(work.session, link_id)
        if link is None or feedback.id not in (link.feedback_id, link.other_id):
            abort(404)
        other = link.other_id if link.feedback_id == feedback.id else link.feedback_id
        # Neither end may be behind a wall for whoever says so.
        if not may(Act.READ, other):
            abort(404)
        act(work, link)


def _back(public_id: str) -> ResponseReturnValue:
    return redirect(url_for("officer.item", public_id=public_id), 303)

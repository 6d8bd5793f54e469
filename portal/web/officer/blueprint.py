"""The officers' blueprint, apart from its views, so that each view's file can import it."""

from flask import Blueprint, abort
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.records.feedback import Feedback
from portal.work import Who

pages = Blueprint("officer", __name__, url_prefix="/officers")


def staff() -> Who:
    """Who acts: whoever of the council is signed in. The view's rule has let nobody else in."""
    return Who("staff", int(current_user.id))


def feedback_or_404(session: Session, public_id: str) -> Feedback:
    """The feedback of an address, which the view's rule has found and found open already."""
    found = session.scalar(select(Feedback).where(Feedback.public_id == public_id))
    if found is None:
        abort(404)
    return found

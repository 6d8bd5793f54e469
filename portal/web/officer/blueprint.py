"""The officers' blueprint, apart from its views, so that each view's file can import it."""

from flask import Blueprint, abort
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.records.feedback import Feedback
from portal.work import Who

pages = Blueprint("officer", __name__, url_prefix="/officers")


def officer() -> Who:
    """Who acts: the officer who is signed in. The view's access rule has let nobody else in."""
    return Who("officer", int(current_user.id))


def feedback_or_404(session: Session, public_id: str) -> Feedback:
    """The feedback of an address; an address of nothing is the same page as everywhere."""
    found = session.scalar(select(Feedback).where(Feedback.public_id == public_id))
    if found is None:
        abort(404)
    return found
